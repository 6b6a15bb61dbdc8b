import type { Label } from './label.ts'
import { words } from './words.ts'

export const UNIT_LABELS: Label[] = [
  {
    path: 'unit.name',
    type: 'unit',
    words: words(`
      申报单位 申办单位 主办单位 举办单位 第一申办单位 项目牵头单位 申报单位名称 申办单位名称 主办单位名称 举办单位名称 第一申报单位 牵头单位 项目申报单位
      项目申办单位 项目主办单位 申请单位 承担单位 项目承担单位`),
    pattern: /^(项目|第一)?(申报|申办|主办|举办|牵头|申请)(的)?(单位|机构)(的)?(名称|全称|名)?$/,
    opens: 'unit',
  },
  { path: 'unit.name', type: 'unit', words: words('名称 单位名称 单位 全称 单位全称'), within: ['unit'] },
  {
    path: 'unit.kind',
    type: 'unit-kind',
    words: words('单位性质 单位类别 单位类型 申报单位性质 申办单位性质 机构性质 机构类别 主办单位性质'),
  },
  {
    path: 'unit.contact',
    type: 'name',
    words: words(
      '单位联系人 联系人 申报单位联系人 申办单位联系人 联系人姓名 项目联系人 单位经办人 经办人 主办单位联系人',
    ),
    opens: 'unit',
  },
  {
    path: 'unit.phone',
    type: 'phone',
    words: words(`
      单位联系电话 单位电话 联系人电话 单位联系人电话 申报单位联系电话 申办单位联系电话 申办单位电话 主办单位电话 主办单位联系电话 单位联系方式 联系人手机 办公电话
      单位联系人联系电话`),
  },
  {
    path: 'unit.phone',
    type: 'phone',
    words: words('联系电话 电话 联系方式 手机 手机号码 手机号 电话号码'),
    within: ['unit'],
  },
  {
    path: 'unit.partners',
    type: 'partners',
    words: words(
      '联合申报单位 承办单位 协办单位 联合举办单位 联合申办单位 合作单位 联办单位 联合主办单位 参与单位 合办单位',
    ),
    pattern: /^(联合|共同|合作)(申报|举办|申办|主办|承办)(的)?(单位|机构)(名称)?$/,
  },
  {
    path: null,
    type: 'none',
    words: words(`
      单位地址 邮政编码 邮编 传真 网址 法人代表 法定代表人 单位代码 统一社会信用代码 单位通讯地址 申报单位地址 申办单位地址 开户行 账号 教学网站`),
  },
]

export const LEADER_LABELS: Label[] = [
  {
    path: 'leader.name',
    type: 'name',
    words: words('项目负责人 项目负责人姓名 负责人姓名 负责人 第一负责人 项目主持人 主持人 项目负责人名称'),
    opens: 'leader',
  },
  { path: 'leader.name', type: 'name', words: words('姓名'), opens: 'leader' },
  { path: 'leader.sex', type: 'sex', words: words('性别') },
  { path: 'leader.birth', type: 'birth', words: words('出生年月 出生日期 出生年月日 出生时间 生日') },
  { path: 'leader.age', type: 'integer', words: words('年龄 周岁') },
  {
    path: 'leader.idNumber',
    type: 'id',
    words: words(`
      身份证号 身份证号码 证件号码 项目负责人身份证号码 项目负责人身份证号 居民身份证号 身份证 公民身份号码 居民身份证号码 身份证件号码 有效证件号码 证件号`),
    pattern: /^(项目)?(负责人)?(居民|有效)?(身份证|证件|身份证件)(件)?(的)?(号|号码|编号)$/,
  },
  { path: null, type: 'none', words: words('证件类型 民族 政治面貌 籍贯 证件类别 国籍 参加工作时间') },
  {
    path: 'leader.title',
    type: 'text',
    words: words(
      '职称 专业技术职务 专业技术职称 专业技术职位 职称名称 技术职称 技术职务 现任职称 负责人职称 项目负责人职称 专业职称 卫生技术职称',
    ),
    pattern: /^(项目)?(负责人)?(现)?(任|聘)?(专业|卫生)?(技术)?(职称|技术职务|技术资格)(名称|及级别|等级)?$/,
  },
  {
    path: 'leader.post',
    type: 'text',
    words: words('职务 行政职务 现任职务 负责人职务 项目负责人职务 担任职务 党政职务'),
  },
  {
    path: null,
    type: 'none',
    words: words('社团任职 学术任职 社会兼职 学术兼职 任职时间 职称级别 职称取得时间 外语水平'),
  },
  {
    path: 'leader.degree',
    type: 'text',
    words: words(
      '最高学历 最后学历 学历 学位 学历学位 学历/学位 最高学历/学位 最高学位 最后学位 最高学历学位 学历及学位 文化程度',
    ),
    pattern: /^(最高|最后|负责人|项目负责人)?(学历|学位)(、|\/|和|及|与|或)?(学位|学历)?$/,
  },
  {
    path: 'leader.unit',
    type: 'unit',
    words: words(`
      工作单位 所在单位 负责人单位 负责人所在单位 项目负责人单位 项目负责人工作单位 项目负责人所在单位 现工作单位 任职单位 工作单位及科室 工作单位名称 单位及科室 所在单位及科室
      负责人工作单位`),
  },
  { path: 'leader.unit', type: 'unit', words: words('单位 单位名称'), within: ['leader'] },
  { path: null, type: 'none', words: words('所在科室 科室 所在部门 工作部门') },
  {
    path: 'leader.speciality',
    type: 'speciality',
    words: words(
      '从事专业 专业 现从事专业 研究方向 主要研究方向 专业方向 专业特长 现从事专业及专长 从事学科 所学专业 所从事专业 从事学科专业',
    ),
    pattern: /^(项目)?(负责人)?(现|所|目前)?从事(的)?(学科)?(专业|学科)(及专长|方向|领域|名称)?$/,
  },
  {
    path: 'leader.employed',
    type: 'employed',
    words: words(
      '是否在职 是否在岗 是否在职在岗 在职情况 在岗情况 是否在职岗 在职状态 在职状况 在岗状况 在岗状态 在职在岗情况 是否在职(岗) 是否在编在岗 人员状态',
    ),
    pattern:
      /^(项目)?(负责人)?(目前)?是否(为)?(在职|在岗|在编|本单位在职)(\/|、|或|或者|且)?(在岗|在职|岗|人员|职工)?$/,
  },
  {
    path: 'leader.teaches',
    type: 'flag',
    words: words(
      '是否参与项目授课 是否授课 是否参与授课 是否参与项目受理 是否承担授课 是否参加授课 参与授课 是否担任授课教师 承担授课 承担授课任务 参加授课 担任授课教师',
    ),
    pattern: /^(项目)?(负责人)?(本人)?是否(参与|参加|承担|担任)?(本)?(项目)?(的)?(授课|讲课|教学|受理)(任务|教师)?$/,
  },
  {
    path: 'leader.address',
    type: 'text',
    words: words(
      '通讯地址 项目负责人通讯地址 联系地址 通信地址 地址 负责人通讯地址 通讯住址 家庭住址 项目负责人地址 详细地址',
    ),
  },
  {
    path: 'leader.phone',
    type: 'phone',
    words: words(`
      联系电话 手机 项目负责人联系电话 负责人电话 项目负责人电话 负责人联系电话 手机号码 手机号 移动电话 电话 联系方式 电话号码 项目负责人手机 负责人手机
      项目负责人联系方式 联系手机 负责人联系方式 项目负责人手机号 项目负责人手机号码`),
  },
  {
    path: 'leader.email',
    type: 'email',
    words: words(`
      电子邮箱 电子邮件 邮箱 E-mail Email EMAIL e-mail 电子信箱 项目负责人邮箱 项目负责人电子邮箱 邮件地址 邮箱地址 电子邮件地址`),
  },
  {
    path: 'leader.experience',
    type: 'long',
    words: words(`
      工作经历 简历 个人简历 工作简历 主要工作经历 学习工作经历 学习和工作经历 学习及工作经历 项目负责人简历 负责人简历 个人工作经历 主要学习工作经历`),
    pattern: /^(项目)?(负责人)?(的)?(个人|主要|学习|教育|工作|任职|及|和|与|、)*(经历|简历|简介)(简介|情况)?$/,
  },
  {
    path: 'leader.achievements',
    type: 'long',
    words: words(
      '主要成绩 科研成果 主要成果 学术成就 主要业绩 负责人主要成绩 主要学术成绩 近年主要成绩 工作业绩 教学科研成果 主要工作业绩 主要科研成果 近年科研成果 近年主要科研成果 主要科研成绩',
    ),
    pattern: /^(项目)?(负责人)?.{0,45}(主要|突出|学术)(成绩|成果|业绩|贡献|成就)$/,
  },
  {
    path: 'leader.history',
    type: 'history',
    words: words('近三年继续医学教育项目申报执行情况 近三年申报执行情况 近三年项目申报执行情况 近三年举办项目情况'),
    pattern:
      /^(项目)?(负责人)?.{0,6}(近|前|最近|过去)(三|3|两|2|五|5)年.{0,16}(申报|执行|举办|承办|获批|负责|主持).{0,10}(情况|项目)$/,
  },
  {
    path: null,
    type: 'none',
    words: words('论文 进修 著作 论文著作 获奖情况 发表论文 教学经历 学术团体任职 科研课题 进修情况'),
  },
]
