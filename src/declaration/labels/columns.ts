import { words } from './words.ts'

/** Columns of the lists on a form. `serial` and `skip` are known but read into nothing. */
export type Column =
  | 'serial'
  | 'name'
  | 'title'
  | 'method'
  | 'unit'
  | 'topic'
  | 'content'
  | 'hours'
  | 'theoryHours'
  | 'practiceHours'
  | 'speciality'
  | 'degree'
  | 'signed'
  | 'group'
  | 'date'
  | 'time'
  | 'start'
  | 'end'
  | 'place'
  | 'enrollment'
  | 'year'
  | 'level'
  | 'executed'
  | 'number'
  | 'nationalNumber'
  | 'provincialNumber'
  | 'skip'

export const COLUMN_WORDS: Record<Column, { words: string[]; pattern?: RegExp }> = {
  serial: {
    words: words('序号 编号 序 No NO No. 期次 期数 期别 批次 第几期 场次 节次 课次'),
  },
  name: {
    words: words(`
      姓名 授课教师 教师姓名 主讲人 主要讲师 授课教师姓名 主讲教师 讲师 教师 任课教师 授课人 授课专家 讲者 授课老师 主讲人姓名 师资姓名 主讲 讲课教师 授课师资
      任课教师姓名 主讲者 讲课人 专家姓名 授课人员 老师`),
    pattern:
      /^(?:(?:授课|任课|主讲|讲课|讲授|理论|实践)(?:的)?(?:教师|讲师|老师|专家|师资|人员|者|人)|教师|讲师|老师|主讲|讲者|师资)(?:的)?(?:姓名|名字)?$/,
  },
  title: {
    words: words(`
      专业技术职称 专业技术职务 职称 技术职称 职称/职务 专业职称 教师职称 专业技术职位 职称名称 技术职务 职务/职称 职称职务 职称、职务 职务职称 职称及职务
      职务及职称 职务、职称 专业技术资格`),
  },
  method: {
    words: words(`
      教学方法 授课形式 教学形式 授课方式 教学方式 授课方法 教学手段 讲授方式 讲授形式 方法 方式 形式 授课类型 课程类型 课程性质 教学类型 理论/实践 讲授方法`),
  },
  unit: {
    words: words(`
      所在单位 工作单位 单位 单位名称 教师单位 教师所在单位 所属单位 授课教师单位 工作单位及科室 所在单位及科室 单位及科室 单位/科室 任职单位 现工作单位
      教师工作单位 单位全称`),
  },
  topic: {
    words: words(`
      实践内容 实验内容 操作内容 实践题目 实验题目 讲授题目 讲授题目或实验内容 授课题目 课程名称 讲授课题 讲课题目 课程题目 授课内容 题目 讲题 讲授内容 课程
      讲授题目/实验内容 课程内容 授课课题 讲座题目 教学内容 授课题目或实验内容 讲授(实验)题目 培训课程 授课名称 讲授题目及内容 课题 讲座名称 课程主题 授课主题 主题
      培训内容`),
    pattern:
      /^(讲授|授课|讲课|课程|讲座|教学)(的)?(题目|课题|名称|主题|内容)((或|及|和|\/|、)(实验|操作|实践|内容|主要|授课|教学)?(内容|题目|项目|方法|方式|形式)?)?$|^(题目|讲题|课题)(及|和|\/|、)(授课|教学)?(方法|方式|形式)$/,
  },
  content: {
    words: words('内容 主要内容 内容提要 内容摘要 授课内容提要 主要讲授内容 讲授内容提要 课程简介 内容简介'),
  },
  hours: {
    words: words(`
      学时 学时数 用时 课程时长 讲授学时 教学时数 时长 讲授时长 授课学时 课时 课时数 授课时长 授课时数 教学学时 时数 教学时长 授课课时 小时 小时数 时长/小时 学时/小时`),
  },
  theoryHours: { words: words('理论学时 理论 理论授课 讲授理论 理论课时 理论学时数 讲授') },
  practiceHours: {
    words: words('实践学时 实践 实验学时 实验 实操 技术示范 操作学时 实践课时 实践学时数 操作'),
  },
  speciality: {
    words: words(
      '主要研究方向 研究方向 从事专业 专业 专业方向 专业领域 从事学科 专业/研究方向 所学专业 现从事专业 专业特长 学科专业 研究领域',
    ),
  },
  degree: { words: words('学历 学位 最高学历 学历/学位 学历学位 最后学历 最高学位 学历、学位') },
  signed: {
    words: words(
      '教师签字 签字 签名 教师签名 本人签字 本人签名 签字或联系方式 授课教师签字 授课教师签名 联系方式/签字',
    ),
  },
  group: { words: words('类别 教师类别 类型 授课类别 师资类别 教师类型 分类') },
  date: { words: words('日期 授课日期 上课日期 教学日期 授课时间 上课时间 讲课时间') },
  time: {
    words: words(`
      时间 时段 时间段 起止时间 具体时间 举办时间 举办日期 起止日期 举办起止日期 拟举办时间 办班时间 培训时间 举办起止时间 拟举办日期 计划举办时间 培训日期`),
  },
  start: { words: words('开始日期 开始时间 起始日期 起始时间 举办开始日期 开班日期 开班时间') },
  end: { words: words('结束日期 结束时间 终止日期 举办结束日期 截止日期 结业日期') },
  place: {
    words: words('地点 举办地点 培训地点 办班地点 教学地点 授课地点 拟举办地点 上课地点 举办地址 培训场所 场地'),
  },
  enrollment: {
    words: words(
      '人数 招生人数 拟招生人数 本期招生人数 本期人数 拟招收人数 培训人数 学员人数 招收人数 每期人数 计划人数',
    ),
  },
  year: { words: words('年度 年份 年 申报年度 项目年度') },
  level: { words: words('级别 项目级别 申报级别 等级') },
  executed: { words: words('是否执行 执行情况 是否举办 是否完成 是否按期执行') },
  number: { words: words('项目编号 编号 批准编号 获批项目编号 项目批准号 批准号 项目编码 立项编号') },
  nationalNumber: { words: words('国家级项目编号 国家级编号') },
  provincialNumber: { words: words('省级项目编号 省级编号 市级项目编号 省市级项目编号') },
  skip: {
    words: words(`
      备注 创新 性别 年龄 联系电话 电话 手机 联系方式 职务 行政职务 邮箱 天数 考核方式 拟授学分 学分 出生年月 身份证号 身份证号码 创新性 是否本单位 是否外聘
      授课对象 项目名称 负责人 期限 主持人 学科 所在科室 科室 教学对象 单位性质 手机号码 手机号`),
  },
}

/** Left-hand group cells of a teacher table and the kind they give their rows. */
export const GROUPS: { kind: 'theory' | 'practice' | null; pattern: RegExp }[] = [
  {
    kind: 'practice',
    pattern:
      /^(实验|实践|实操|操作|技术示范|示范|演示|技能|带教|示教|实训|临床技能)(\(?(技术示范|操作|教学|授课|技能)\)?)*(部分|类|课|课程)?(授课|带教|指导)?(教师|师资|老师)?(类)?$/,
  },
  { kind: 'theory', pattern: /^(讲授|讲课)?理论(讲授|课|课程|教学|部分|类)?(授课)?(教师|师资|老师)?$/ },
  { kind: null, pattern: /^(授课|任课|主讲|主要授课)?(教师|师资|老师)(情况|信息|名单|队伍)?$/ },
]
