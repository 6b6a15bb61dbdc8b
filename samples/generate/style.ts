export type DateStyle = 'chinese' | 'spaced' | 'dash' | 'dot' | 'slash'
export type BoxStyle =
  | 'tick'
  | 'solid'
  | 'cross'
  | 'bracket'
  | 'check-mark'
  | 'radio'
  | 'dotted-radio'
  | 'control'
  | 'wingdings'

/** How a form looks and words itself; what it asks is the layout's business. */
export type Style = {
  font: string
  headFont: string
  size: number
  line: number
  border: string
  margin: string
  box: BoxStyle
  date: DateStyle
  /** Numbers carry their unit in the cell: 12小时, 60人. */
  units: boolean
  wideDigits?: boolean
  /** Labels carry the form's own instructions. */
  hints: boolean
  padding: number
  repeatHeader: boolean
  pageNumbers?: 'plain' | 'dashes' | 'of'
  runningHead?: string
  watermark?: string
  spacedLabels?: boolean
  labels: Record<string, string>
}

export const LABELS: Record<string, string> = {
  'project.name': '项目名称',
  'project.kind': '项目性质',
  'project.year': '举办年度',
  'project.discipline': '所在学科',
  'project.disciplineCode': '申请代码',
  'project.contentClass': '项目类别',
  'project.infectiousDisease': '传染病防治知识类项目',
  'project.jingJinJi': '京津冀互认项目',
  'project.delivery': '举办方式',
  'project.practical': '是否为实操训练类项目',
  'project.audience': '教学对象',
  'project.enrollment': '拟招生人数',
  'project.outsideShare': '拟招收外省学员占比(%)',
  'project.grassrootsShare': '拟招收基层单位学员占比(%)',
  'project.hours': '教学总时长(小时)',
  'project.theoryHours': '讲授理论时长(小时)',
  'project.practiceHours': '实践(技术示范)时长(小时)',
  'project.credits': '学分',
  'project.fee': '收费金额',
  'project.objective': '项目目标',
  'project.content': '项目内容及创新之处',
  'project.assessment': '考核方式',
  'project.days': '举办期限(天)',
  'unit.name': '申报单位',
  'unit.contact': '单位联系人',
  'unit.phone': '单位联系电话',
  'leader.name': '项目负责人姓名',
  'leader.sex': '性别',
  'leader.birth': '出生年月',
  'leader.age': '年龄',
  'leader.idNumber': '项目负责人身份证号码',
  'leader.title': '职称',
  'leader.post': '职务',
  'leader.degree': '最高学历',
  'leader.unit': '工作单位',
  'leader.speciality': '从事专业(二、三级学科)',
  'leader.employed': '是否在职(岗)',
  'leader.teaches': '是否参与项目授课',
  'leader.address': '项目负责人通讯地址',
  'leader.phone': '项目负责人联系电话',
  'leader.email': '电子邮箱',
  'leader.experience': '工作经历',
  'leader.achievements': '项目负责人在临床诊疗、教学、科研等促进学科发展方面的主要成绩',
  overview: '项目申报单位及项目负责人所在科室基本情况',
  'teacher.name': '姓名',
  'teacher.title': '专业技术职称',
  'teacher.method': '教学方法',
  'teacher.unit': '所在单位',
  'teacher.topic': '讲授题目或实验内容',
  'teacher.hours': '学时',
  'teacher.speciality': '主要研究方向',
  'teacher.degree': '学历',
  peerReview: '同行评议意见',
  unitOpinion: '申报单位意见',
  higherOpinion: '省级卫生健康行政部门意见',
  'unit.partners': '联合申报单位',
  'cover.date': '申报日期',
}

export const UNITS: Record<string, string> = {
  'project.enrollment': '人',
  'project.hours': '小时',
  'project.theoryHours': '小时',
  'project.practiceHours': '小时',
  'project.credits': '学分',
  'project.outsideShare': '%',
  'project.grassrootsShare': '%',
  'project.fee': '元/人',
  'project.days': '天',
  'leader.age': '岁',
}

const PLAIN: Style = {
  font: 'Noto Serif CJK SC',
  headFont: 'Noto Sans CJK SC',
  size: 10.5,
  line: 1.4,
  border: '0.75pt solid #000',
  margin: '22mm 20mm 20mm 20mm',
  box: 'tick',
  date: 'chinese',
  units: false,
  hints: true,
  padding: 2,
  repeatHeader: true,
  labels: {},
}

const style = (changes: Partial<Style>): Style => ({ ...PLAIN, ...changes })

export const STYLES = {
  plain: style({ pageNumbers: 'plain' }),
  song: style({ font: 'AR PL SungtiL GB', headFont: 'WenQuanYi Zen Hei', box: 'solid', date: 'dash', padding: 3 }),
  kai: style({
    font: 'AR PL KaitiM GB',
    headFont: 'Noto Serif CJK SC',
    size: 12,
    box: 'check-mark',
    date: 'spaced',
    units: true,
    spacedLabels: true,
    repeatHeader: false,
    pageNumbers: 'dashes',
  }),
  sans: style({
    font: 'Noto Sans CJK SC',
    headFont: 'Noto Sans CJK SC',
    size: 9,
    border: '0.5pt solid #888',
    margin: '15mm 14mm 16mm 14mm',
    box: 'dotted-radio',
    date: 'dash',
    units: true,
    hints: false,
    padding: 0,
    pageNumbers: 'of',
    runningHead: '继续医学教育项目申报管理系统',
    labels: {
      'project.audience': '培训对象',
      'project.enrollment': '拟招收人数',
      'project.hours': '总学时',
      'project.theoryHours': '理论学时',
      'project.practiceHours': '实践学时',
      'project.credits': '拟授学分',
      'leader.name': '姓名',
      'leader.idNumber': '身份证号',
      'leader.title': '专业技术职务',
      'leader.post': '行政职务',
      'leader.degree': '最后学历',
      'leader.phone': '手机',
      'leader.address': '通讯地址',
      'teacher.name': '授课教师',
      'teacher.title': '职称',
      'teacher.unit': '工作单位',
      'teacher.topic': '授课题目',
      'teacher.hours': '学时数',
    },
  }),
  zenhei: style({
    font: 'WenQuanYi Zen Hei',
    headFont: 'WenQuanYi Zen Hei',
    size: 10,
    border: '1pt solid #000',
    box: 'bracket',
    date: 'dot',
    repeatHeader: false,
    labels: {
      'project.audience': '参加对象',
      'leader.degree': '学历',
      'project.objective': '培训目标',
      'cover.date': '填表日期',
    },
  }),
  ming: style({
    font: 'AR PL UMing CN',
    headFont: 'AR PL UKai CN',
    size: 11,
    line: 1.55,
    box: 'cross',
    date: 'chinese',
    padding: 4,
    wideDigits: true,
    labels: { 'leader.name': '负责人姓名', 'teacher.title': '专业技术职务', 'project.content': '主要内容' },
  }),
  micro: style({
    font: 'WenQuanYi Micro Hei',
    headFont: 'WenQuanYi Micro Hei',
    size: 9.5,
    box: 'radio',
    date: 'slash',
    hints: false,
    units: true,
    pageNumbers: 'plain',
    labels: { 'project.discipline': '学科专业', 'teacher.topic': '课程名称', 'project.credits': '授予学员学分' },
  }),
} satisfies Record<string, Style>

export type StyleName = keyof typeof STYLES
