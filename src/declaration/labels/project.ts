import type { Label } from './label.ts'
import { words } from './words.ts'

export const PROJECT_LABELS: Label[] = [
  {
    path: 'project.name',
    type: 'text',
    words: words(`
      项目名称 培训项目名称 活动名称 申报项目名称 继续医学教育项目名称 继教项目名称 推荐项目名称 项目题目 题目 培训班名称 学习班名称 申报项目 备案项目名称 课题名称
      项目中文名称`),
    pattern: /^(拟)?(申报|推荐|申办|备案|举办|培训|继续医学教育|继教)*(项目|班|活动)(的)?(名称|题目|全称)$/,
  },
  { path: 'project.name', type: 'text', words: words('名称 全称'), within: ['project'] },
  { path: 'project.level', type: 'level', words: words('项目级别 项目等级 申报级别 项目层次 级别 推荐级别') },
  {
    path: 'project.kind',
    type: 'kind',
    words: words('项目性质 申报性质 申报类型 项目申报性质 申报类别 新申报/备案 新报/备案 申报方式'),
  },
  {
    path: 'project.year',
    type: 'year',
    words: words('申报年度 备案年度 申请年度 举办年度 年度 项目年度 申报年份 项目年份 执行年度'),
    general: true,
  },
  {
    path: 'project.discipline',
    type: 'discipline',
    words: words(`
      所在学科 学科专业 所属学科 项目所在学科 项目所属学科 二级学科 学科 学科分类 申报学科 学科名称 所在二级学科 所属二级学科 学科代码及名称 学科类别
      所属学科专业 所在学科专业`),
    pattern: /^(项目|申报)?(所在|所属|申报)?(一级|二级)?(、)?(二级|三级)?学科(名称|专业|分类|类别)?$/,
  },
  {
    path: 'project.subdiscipline',
    type: 'subdiscipline',
    words: words('三级学科 所在三级学科 所属三级学科 三级学科名称'),
  },
  {
    path: 'project.disciplineCode',
    type: 'code',
    words: words('申请代码 学科代码 申报代码 申报编码 项目代码 申请编码 申报编号 编号 项目编号 原项目编号'),
  },
  {
    path: 'project.contentClass',
    type: 'content-class',
    words: words('项目类别 项目内容类别 推荐项目内容 内容类别 内容分类 推荐项目类别 活动内容 培训类别 科目类别'),
  },
  {
    path: 'project.infectiousDisease',
    type: 'flag',
    words: words(
      '传染病防治知识类项目 传染病防治知识培训类项目 传染病防治知识项目 传染病防治类项目 传染病防治知识类 传染病防治知识培训类',
    ),
    pattern: /^(是否)?(为|属于|确定为|属)?传染病防治(知识)?(培训)?类?(的)?(项目|培训)?$/,
  },
  {
    path: 'project.jingJinJi',
    type: 'flag',
    words: words('京津冀互认项目 京津冀三地互认项目 京津冀互认'),
    pattern:
      /^(是否)?(确定|申请|申报|拟申请|拟确立|作为|属于)*(为|成为|作为)?京津冀(三地)?互认(继续医学教育)?(推荐)?(项目)?$/,
  },
  {
    path: 'project.practical',
    type: 'flag',
    words: words(
      '实操训练类 实操训练类项目 临床技能项目 临床技能类项目 临床技能操作类项目 实操类项目 技能操作类项目 实践操作类项目',
    ),
    // 技能操作 alone is an answer.
    pattern:
      /^(?=是否|.*(类|项目)$)(是否)?(为|属于|属)?(临床技能|实操|技能|实践)(操作|训练|培训|实训)*(类)?(的)?(项目|培训)?$/,
  },
  {
    path: 'project.delivery',
    type: 'delivery',
    words: words(`
      举办方式 举办形式 教学形式 授课方式 培训方式 培训形式 教学方式 办班形式 办班方式 授课形式 项目举办方式 项目形式 活动形式 活动方式 开展形式 开展方式`),
    pattern: /^(项目|拟)?(举办|培训|教学|授课|办班|开展|实施|活动)(的)?(方式|形式)$/,
  },
  {
    path: 'project.audience',
    type: 'text',
    words: words(
      '教学对象 对象 培训对象 参加对象 招生对象 教学科目 培训人群 学员对象 授课对象 面向对象 招收对象 参训对象 参会对象',
    ),
    pattern:
      /^(项目|拟|学员|主要|本)*(教学|培训|参加|招生|招收|授课|参训|面向|目标|适用|服务)(的)?(对象|人群|人员|学员)(及要求|范围|及范围)?$/,
  },
  {
    path: 'project.enrollment',
    type: 'integer',
    words: words(`
      拟招生人数 拟招收人数 拟收人数 人数 招生人数 培训人数 计划招生人数 招生规模 参加人数 学员人数 拟培训人数 拟招收学员人数 预计人数 招收人数`),
    pattern:
      /^(预计|计划|拟)?(每期)?(拟)?(招生|招收|招|收|培训|参加|参训|参会|学员)(学员|生员)?(总)?(人数|规模|数量|数)(\/人|\/名)?$/,
  },
  {
    path: 'project.outsideShare',
    type: 'percent',
    words: words('拟招收外省学员占比 外省学员占比 外省学员比例 招收外省学员占比'),
    pattern:
      /^(其中)?[:,]?(拟|计划)?(招收|招生|招)?(的)?(外省|外省市|省外|外地|京外|本市以外)(的)?(区|市)?(单位)?(学员|人员)?(所)?(占比|比例|占比例|比重|所占比例)%?$/,
  },
  {
    path: 'project.grassrootsShare',
    type: 'percent',
    words: words('拟招收基层单位学员占比 拟招收基层学员占比 基层单位学员占比 基层学员占比 基层学员比例'),
    pattern:
      /^(其中)?[:,]?(拟|计划)?(招收|招生|招)?(的)?基层(医疗|卫生)*(机构|单位)?(的)?(学员|人员)?(所)?(占比|比例|占比例|比重|所占比例)%?$/,
  },
  {
    path: null,
    type: 'group',
    words: words('拟招收学员占比 学员占比 招收学员占比 学员构成 学员来源占比 学员比例'),
    opens: 'share',
  },
  {
    path: 'project.outsideShare',
    type: 'percent',
    words: words('外省 外省学员 省外 省外学员 外省市学员'),
    within: ['share'],
  },
  {
    path: 'project.grassrootsShare',
    type: 'percent',
    words: words('基层 基层学员 基层单位 基层单位学员'),
    within: ['share'],
  },
  {
    path: 'project.hours',
    type: 'number',
    words: words(`
      教学总时长 教学总学时数 总学时 学时总数 教学时数 总学时数 教学总学时 教学学时 学时 课时 总课时 教学时长 总时长 培训学时 培训总学时 学时数 项目总学时`),
    pattern: /^(项目|教学|培训|授课|课程)*(总)?(的)?(学时|时长|课时|时数)(总数|合计|数|总计|总和)?(\/小时)?$/,
    opens: 'hours',
  },
  {
    path: 'project.theoryHours',
    type: 'number',
    words: words(`
      讲授理论时长 讲授理论学时数 理论学时 理论讲授时长 理论学时数 理论授课学时 讲授理论学时 理论课学时 理论讲授学时 理论时长 其中理论学时`),
    pattern: /^(其中)?[:,]?(讲授|教学|授课)?理论(讲授|授课|教学|课|部分)?(总)?(学时|时长|课时|时数)数?$/,
  },
  {
    path: 'project.practiceHours',
    type: 'number',
    words: words(
      '实践时长 实践学时 实验学时 实验学时数 实践技术示范时长 技术示范时长 实验技术示范学时数 实践学时数 操作学时 实操学时 实践教学时长',
    ),
    pattern:
      /^(其中)?[:,]?(实践|实验|实操|操作|技能操作|技术示范|实训)(\/)?(技术示范|教学|操作|课|部分|授课)?(总)?(学时|时长|课时|时数)数?$/,
  },
  { path: 'project.hours', type: 'number', words: words('合计 总计 总数 共计 总'), within: ['hours'] },
  {
    path: 'project.theoryHours',
    type: 'number',
    words: words('理论 讲授理论 理论讲授 理论授课 讲授 理论教学 其中理论 其中:理论'),
    within: ['hours'],
  },
  {
    path: 'project.practiceHours',
    type: 'number',
    words: words(
      '实践 实验 技术示范 实操 操作 实践技术示范 实验技术示范 实践教学 其中实践 其中实验 其中:实践 其中:实验 实践操作',
    ),
    within: ['hours'],
  },
  {
    path: 'project.credits',
    type: 'number',
    words: words(
      '学分 申请学分数 拟授学分 拟授学员学分 授予学员学分 申请学分 学分数 拟授予学分 授予学分 拟申请学分 申报学分 项目学分',
    ),
    pattern:
      /^(拟|申请|申报|计划|项目|建议)*(授|授予|给予)?(学员)?(项目)?(i类|1类|一类|ii类|2类|二类)?学分(数|值|总数)?$/,
  },
  { path: null, type: 'none', words: words('讲师拟授学分 教师拟授学分 授课教师学分 拟授讲师学分 拟授教师学分') },
  {
    path: 'project.fee',
    type: 'fee',
    words: words('收费金额 收费标准 拟收费标准 报名费 收费情况 培训费 收费 注册费 学费 是否收费 每人收费 费用'),
    pattern: /^(拟)?(项目|培训|每人|人均)?(拟)?(收费|收取费用|培训费|报名费|注册费)(用)?(的)?(金额|标准|情况|数额)?$/,
  },
  {
    path: 'project.objective',
    type: 'long',
    words: words(
      '项目目标 培训目标 举办目的 培训目的 项目目的 举办目标 教学目标 教学目的 举办本项目的目的 办班目的 申办目的 目的',
    ),
    pattern:
      /^(举办|培训|项目|教学|办班|申办)*(本项目)?(的)?(目的|目标)(和|及|与|、)?(意义|要求|任务|预期效果|预期目标)?$/,
  },
  {
    path: 'project.content',
    type: 'long',
    words: words(`
      项目内容及创新之处 项目内容 主要内容 培训内容 项目的创新之处 项目主要内容 教学内容 内容及创新之处 项目内容简介 项目简介 培训主要内容 课程内容 创新之处
      项目创新之处 项目的主要内容 项目内容与创新点 内容提要 内容摘要 内容简介`),
    pattern:
      /^(本)?(?:(项目|培训|教学|课程|学习班)(的)?(主要)?(培训)?|主要(培训)?)内容((和|及|与|、)(其)?(的)?(创新|特色|特点|主要特点)(之处|点|性)?)?(简介|概要|摘要)?$/,
  },
  {
    path: 'project.assessment',
    type: 'long',
    words: words(
      '考核方式 考核和评估方式 考核评估方式 考核方法 考核及评估方式 考核形式 考核与评估 考核与评估方式 评估方式 考核评价方式',
    ),
    pattern:
      /^(?=.*(?:方式|方法|形式|办法))(学员|拟采用的?|项目|培训)*(考核|考试|评估|评价|测评)(的)?(方式|方法|形式|办法)?((和|及|与|、|\/)?(考核|考试|评估|评价|测评|效果评估)?(的)?(方式|方法|形式|办法)?)?$/,
  },
  {
    path: 'project.days',
    type: 'number',
    words: words('举办期限 举办天数 培训天数 每期天数 天数 办班天数 期限 举办时长 会期 培训期限 学习天数'),
    pattern: /^(项目|举办|培训|办班|每期|教学)*(期限|天数)$/,
  },
  {
    path: 'project.sessions',
    type: 'session-date',
    words: words(`
      举办时间 举办日期 举办起止日期 起止日期 起止时间 办班时间 培训时间 拟举办时间 拟举办日期 计划举办时间 举办周期 举办起止时间 拟办班时间 培训起止时间 教学时间
      时间`),
    pattern:
      /^(拟|计划|本年度|项目)*(举办|办班|培训|教学|开班)?(起止|起讫)?(时间|日期)((及|和|与|、|\/)?(举办|办班|培训)?(地点|地址))?$/,
  },
  {
    path: 'project.sessions',
    type: 'session-date',
    words: [],
    pattern:
      /^第([一二三四五六七八九十]{1,2}|\d{1,2})(期|次|批|批次)(拟)?(举办|培训|办班)?(起止)?(时间|日期|安排)?$|^第([一二三四五六七八九十]{1,2}|\d{1,2})(期|次|批|批次)(拟)?(举办|培训|办班)?(时间|日期)(和|及|与|、)?(地点|地址)$/,
  },
  {
    path: 'project.sessions',
    type: 'session-place',
    words: [],
    pattern: /^第([一二三四五六七八九十]{1,2}|\d{1,2})(期|次|批|批次)(拟)?(举办|培训|办班)?(地点|地址)$/,
  },
  {
    path: 'project.sessions',
    type: 'session-start',
    words: words('开始日期 开始时间 举办开始日期 开班日期 起始日期 起始时间 开班时间'),
    pattern: /^(拟|计划)?(举办|培训|办班|项目)?(开始|起始|开班)(日期|时间)$/,
  },
  {
    path: 'project.sessions',
    type: 'session-end',
    words: words('结束日期 结束时间 举办结束日期 终止日期 截止日期 结业日期'),
    pattern: /^(拟|计划)?(举办|培训|办班|项目)?(结束|终止|结业)(日期|时间)$/,
  },
  {
    path: 'project.sessions',
    type: 'session-place',
    words: words(
      '举办地点 办班地点 培训地点 教学地点 拟举办地点 地点 授课地点 举办地址 会议地点 培训场所 举办场地 培训场地',
    ),
    pattern: /^(拟|计划|本年度|项目)*(举办|办班|培训|教学|授课|开班)(的)?(地点|地址|场所|场地)$/,
  },
  {
    path: 'project.sessions',
    type: 'session-count',
    words: words(
      '举办期数 期数 期次 办班计划 举办计划 办班安排 多期举办 多期举办信息 举办批次 举办次数 期(次)数 办班期数 培训期数 拟举办期数 多期举办情况',
    ),
    opens: 'sessions',
  },
]
