import type { Label } from './label.ts'
import { words } from './words.ts'

export const SECTION_LABELS: Label[] = [
  {
    path: 'overview',
    type: 'long',
    words: words('单位基本情况 项目申报单位及项目负责人所在科室基本情况 申报单位基本情况 工作概况'),
    pattern:
      /^(?:(项目)?(申报|申办|主办|举办|承办)(单位|机构).{0,32}|(项目)?负责人(所在|及所在|所属)(科室|学科|单位).{0,24}|(所在|本)?(单位|医院|科室|学科)(和|与|及|、)(所在|项目|负责人|申报|本)*(单位|医院|科室|学科).{0,8}|(所在|本)(科室|学科))(概况|情况简介|基本情况|工作情况|基础条件|工作基础|简介|情况介绍|情况)$/,
  },
  {
    path: 'peerReview.text',
    type: 'opinion',
    words: words(`
      同行评议意见 推荐理由 同行评议 同行专家评议意见 专家评议意见 同行评审意见 同行专家意见 同行评议推荐理由 评议意见 专家推荐意见 同行推荐意见 专家意见
      同行专家评议 同行专家推荐意见`),
    pattern:
      /^(同行|专家|同行专家)(的)?(评议|评审|评价|推荐)(专家)?(意见|理由|推荐理由|意见及推荐理由)?(及推荐理由|和推荐理由|与推荐理由)?$/,
    opens: 'peer',
  },
  {
    path: 'peerReview.reviewer',
    type: 'name',
    words: words(`
      评议专家 评议人 推荐专家 评审专家 同行专家 评议专家姓名 专家姓名 评议人姓名 专家 推荐人 同行评议专家 评审人 推荐专家姓名 同行专家姓名 评审专家姓名 评阅人`),
    opens: 'peer',
  },
  { path: 'peerReview.reviewer', type: 'name', words: words('姓名 评议人 专家'), within: ['peer'] },
  {
    path: 'peerReview.unit',
    type: 'unit',
    words: words(`
      评议专家单位 专家单位 评议人单位 评议专家工作单位 专家工作单位 评议专家所在单位 专家所在单位 评审专家单位 推荐专家单位 评议人工作单位`),
    opens: 'peer',
  },
  { path: 'peerReview.unit', type: 'unit', words: words('单位 工作单位 所在单位 单位名称'), within: ['peer'] },
  {
    path: 'peerReview.title',
    type: 'text',
    words: words(
      '评议专家职称 专家职称 评议人职称 专家专业技术职务 评议专家专业技术职务 评审专家职称 推荐专家职称 专家技术职称 评议专家专业技术职称',
    ),
    opens: 'peer',
  },
  {
    path: 'peerReview.title',
    type: 'text',
    words: words('职称 专业技术职务 专业技术职称 技术职称'),
    within: ['peer'],
  },
  { path: 'peerReview.date', type: 'date', words: words('评议日期 评审日期 推荐日期 评议时间') },
  { path: 'peerReview.date', type: 'date', words: words('日期 时间 签字日期 签名日期'), within: ['peer'] },
  {
    path: null,
    type: 'none',
    words: words('职务 联系电话 电话 专业 从事专业 学科 学科专业 研究方向'),
    within: ['peer'],
  },
  {
    path: 'unitOpinion.text',
    type: 'opinion',
    words: words(`
      申报单位意见 申办单位意见 主办单位意见 单位意见 举办单位意见 项目申报单位意见 所在单位意见 申请单位意见 项目申办单位意见 申报单位审核意见 申办单位审核意见
      单位审核意见 第一申办单位意见 推荐单位意见`),
    pattern:
      /^(项目)?(第一)?(申报|申办|主办|举办|申请|承办|备案|推荐|填报|牵头|负责人所在|负责人|所在)?(项目)?(单位|医院|机构)(的)?(审核|审查|推荐|初审|评审)?意见$/,
    opens: 'unitOpinion',
  },
  { path: 'unitOpinion.date', type: 'date', words: words('日期 时间'), within: ['unitOpinion'] },
  {
    path: 'higherOpinion.text',
    type: 'opinion',
    words: words(`
      上级主管部门意见 省级卫生健康行政部门意见 主管部门意见 学科组意见 主任意见 上级主管单位意见 省级卫生健康委意见 省继教委意见 市继教委意见 区县卫生局意见
      卫生健康行政部门意见 审批意见 省级继续医学教育委员会意见`),
    pattern:
      /^(?!同行|专家意见)(上级|省级?|自治区级?|直辖市级?|市级?|区级?|县级?|市州|州|所在地|各级|单位|、|\/|或){0,6}.{0,4}(卫生|卫健|主管|行政部门|继教|继续医学教育|学科组|专家组|评审委员会).{0,16}意见$/,
    opens: 'higherOpinion',
  },
  { path: 'higherOpinion.date', type: 'date', words: words('日期 时间'), within: ['higherOpinion'] },
  {
    path: 'commitment.date',
    type: 'date',
    words: words('日期 时间 签署日期 承诺日期 签名日期 签字日期'),
    within: ['commitment'],
  },
  {
    path: null,
    type: 'sign',
    words: words(`
      签名 签字 项目负责人签名 项目负责人签字 负责人签名 负责人签字 承诺人 承诺人签名 承诺人签字 本人签名 本人签字 手写签名 专家签名 专家签字 评议专家签名
      评议专家签字 评议人签名 评议人签字 单位负责人签字 单位负责人签名 负责人 盖章 公章 单位公章 单位盖章 签章 单位负责人 主管领导签字 领导签字 经办人签字`),
    within: ['peer', 'unitOpinion', 'higherOpinion', 'commitment'],
  },
  {
    path: null,
    type: 'sign',
    words: words(`
      项目负责人签名 项目负责人签字 承诺人签名 承诺书签名 承诺人 评议专家签名 评议专家签字 单位负责人签字 单位负责人签名 单位盖章 单位公章`),
  },
  {
    path: 'cover.date',
    type: 'date',
    words: words(
      '申报日期 备案日期 填表日期 填表时间 申请日期 填报日期 申报时间 填报时间 申请时间 填写日期 申办日期 上报日期 填写时间',
    ),
  },
  { path: 'cover.date', type: 'date', words: words('日期') },
  {
    path: null,
    type: 'none',
    words: words(`
      其他需要说明的情况 其它需要说明的情况 备注 项目类型 是否面向西部 培训需求 需求分析 培训需求及效益分析 培训需求分析 项目分析 简要内容 效益分析 国内外最新进展
      目前国内外最新进展 项目水平及在国内外的地位 存在问题 本领域存在的问题 本领域存在问题 预期效益 经费预算 上年度举办情况 上年度执行情况 附件 参考文献 教材 使用教材
      填表人 审核人 填表说明 项目背景 立项依据 国内外进展 必要性 教学计划 课程安排 授课安排 课程表 日程安排 教学日程 教学安排 课程设置 授课教师 授课教师情况 师资
      师资力量 师资名单 师资情况 师资队伍 讲授题目`),
    pattern:
      /^((目前)?.{0,10}国内外.{0,12}(进展|地位|现状|水平)|.{0,12}(需求|效益)(的)?分析|.{0,10}(存在|主要)(的)?(主要)?问题|.{0,8}需要说明的(情况|问题)|上(一)?年度.{0,24}(情况|时间|地点|人数|获批.{0,16}项目))$/,
  },
]

/** Headings that open a block and hold no value of their own. */
export const HEADING_LABELS: Label[] = [
  {
    path: null,
    type: 'group',
    words: words(`
      项目负责人信息 项目负责人基本情况 项目负责人情况 负责人信息 负责人基本情况 项目负责人基本信息 负责人情况 项目负责人简况 项目负责人概况`),
    opens: 'leader',
  },
  {
    path: null,
    type: 'group',
    words: words('申报单位信息 申办单位信息 单位信息 申报单位情况 主办单位信息 申办单位情况 主办单位情况 单位情况'),
    opens: 'unit',
  },
  {
    path: null,
    type: 'group',
    words: words(`
      授课教师 授课教师情况 授课教师信息 师资情况 师资信息 课程及教师信息 课程及教师情况 授课教师一览表 教师信息 授课教师名单 理论授课教师 实验技术示范教师 实验教师
      实践授课教师 实践教师 主要授课教师 课程及师资 课程与师资 讲授题目及授课教师 授课教师及课程安排 课程及授课教师 任课教师 师资队伍情况 主讲教师`),
    pattern:
      /^(课程|授课|讲授|教学|主讲)(题目|安排|内容)?(及|和|与|、)?(授课|任课)?(教师|师资)(信息|情况|一览表|名单|安排|队伍)?(表)?$/,
    opens: 'teachers',
  },
  {
    path: null,
    type: 'group',
    words: words('项目 培训项目 申报项目情况'),
    opens: 'project',
  },
  {
    path: null,
    type: 'group',
    words: words('项目基本信息 基本情况 项目其他信息 项目基本情况 项目信息 其他信息 项目概况 基本信息'),
  },
  {
    path: null,
    type: 'group',
    words: words('同行评议专家信息 评议专家信息 同行评议专家 评议专家情况 同行专家信息'),
    opens: 'peer',
  },
]
