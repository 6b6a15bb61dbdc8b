import { z } from 'zod'

/**
 * The declaration of contract §1. Absent (`undefined`): the document has no such label. Blank (`null`): the label stands there
 * without a value. Unreadable: absent here, with its text in the reading's `raw`.
 */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().optional()
const text = (title: string) => maybe(z.string().normalize('NFC').trim().meta({ title }))
const longText = (title: string) => maybe(z.string().normalize('NFC').trim().meta({ title, longText: true }))
const number = (title: string, description?: string) =>
  maybe(
    z
      .number()
      .nonnegative()
      .meta({ title, ...(description ? { description } : {}) }),
  )
const integer = (title: string) => maybe(z.number().int().nonnegative().meta({ title }))
const flag = (title: string) => maybe(z.boolean().meta({ title }))
const oneOf = <const V extends readonly [string, ...string[]]>(title: string, values: V) =>
  maybe(z.enum(values).meta({ title }))
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const DATE_OR_MONTH = /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/
const date = (title: string) => maybe(z.string().regex(DATE, '应为 YYYY-MM-DD').meta({ title }))
const dateOrMonth = (title: string) =>
  maybe(z.string().regex(DATE_OR_MONTH, '应为 YYYY-MM 或 YYYY-MM-DD').meta({ title }))
const time = (title: string) =>
  maybe(
    z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应为 HH:MM')
      .meta({ title }),
  )

export const Session = z.object({
  start: dateOrMonth('开始日期'),
  end: dateOrMonth('结束日期'),
  place: text('举办地点'),
  enrollment: integer('本期招生人数'),
})

export const Project = z.object({
  name: text('项目名称'),
  level: oneOf('项目级别', ['national', 'provincial', 'city']),
  kind: oneOf('项目性质', ['new', 'filing']),
  year: integer('申报年度'),
  discipline: text('所在学科（二级学科）'),
  subdiscipline: text('三级学科'),
  disciplineCode: text('申请代码'),
  contentClass: text('项目类别'),
  infectiousDisease: flag('传染病防治知识类项目'),
  jingJinJi: flag('京津冀互认项目'),
  delivery: oneOf('举办方式', ['in-person', 'remote', 'hybrid']),
  practical: flag('实操训练类项目'),
  audience: text('教学对象'),
  enrollment: integer('拟招生人数'),
  outsideShare: number('拟招收外省学员占比（%）'),
  grassrootsShare: number('拟招收基层单位学员占比（%）'),
  hours: number('教学总时长（小时）'),
  theoryHours: number('讲授理论时长（小时）'),
  practiceHours: number('实践（技术示范）时长（小时）'),
  credits: number('学分'),
  fee: number('收费金额', 'yuan a person'),
  objective: longText('项目目标'),
  content: longText('项目内容及创新之处'),
  assessment: longText('考核方式'),
  days: number('举办期限（天）'),
  sessions: maybe(z.array(Session).meta({ title: '举办期数' })),
})

export const Unit = z.object({
  name: text('申报单位'),
  kind: oneOf('单位性质', ['medical', 'teaching', 'research', 'society', 'other']),
  contact: text('单位联系人'),
  phone: text('单位联系电话'),
  partners: maybe(z.array(z.string().normalize('NFC').trim()).meta({ title: '联合申报单位' })),
})

export const HistoryRow = z.object({
  year: integer('年度'),
  level: oneOf('级别', ['national', 'provincial']),
  executed: flag('是否执行'),
  number: text('项目编号'),
})

export const Leader = z.object({
  name: text('项目负责人姓名'),
  sex: oneOf('性别', ['男', '女']),
  birth: dateOrMonth('出生年月'),
  age: integer('年龄'),
  idNumber: maybe(z.string().normalize('NFC').trim().toUpperCase().meta({ title: '身份证号码' })),
  title: text('职称'),
  post: text('职务'),
  degree: text('最高学历'),
  unit: text('工作单位'),
  speciality: text('从事专业（二、三级学科）'),
  employed: flag('是否在职（岗）'),
  teaches: flag('是否参与项目授课'),
  address: text('通讯地址'),
  phone: text('联系电话'),
  email: text('电子邮箱'),
  experience: longText('工作经历'),
  achievements: longText('主要成绩'),
  history: maybe(z.array(HistoryRow).meta({ title: '近三年项目申报、执行情况' })),
  signed: flag('申报书中项目负责人签字'),
})

export const Teacher = z.object({
  name: text('姓名'),
  title: text('专业技术职称'),
  method: text('教学方法'),
  unit: text('所在单位'),
  topic: text('讲授题目或实验内容'),
  hours: number('学时'),
  kind: oneOf('理论或实践', ['theory', 'practice']),
  speciality: text('主要研究方向'),
  degree: text('学历'),
  signed: flag('签字'),
})

export const ScheduleRow = z.object({
  date: date('日期'),
  start: time('开始时间'),
  end: time('结束时间'),
  topic: text('内容'),
  teacher: text('授课教师'),
})

export const PeerReview = z.object({
  text: longText('同行评议推荐理由'),
  reviewer: text('评议专家'),
  unit: text('评议专家单位'),
  title: text('评议专家职称'),
  signed: flag('评议专家签字'),
  date: date('评议日期'),
})

const opinion = (title: string) =>
  z.object({ text: longText(title), sealed: flag(`${title}处盖章`), date: date(`${title}日期`) })

export const Commitment = z.object({
  present: flag('负责人承诺书'),
  signed: flag('承诺书签名'),
  date: date('承诺书日期'),
})

export const Cover = z.object({ sealed: flag('封面盖章'), date: date('申报日期') })

/** `[x, y, width, height]` as shares (0–1) of the page, origin top left. */
export const BoxShare = z.tuple([z.number(), z.number(), z.number(), z.number()])

export const SealFound = z.object({
  page: z.number().int().positive(),
  box: BoxShare.nullable(),
  text: z.string().nullable().optional(),
  document: z.number().int().nonnegative().optional(),
})

export const Declaration = z
  .object({
    project: maybe(Project),
    unit: maybe(Unit),
    leader: maybe(Leader),
    overview: longText('申报单位及负责人所在科室基本情况'),
    teachers: maybe(z.array(Teacher).meta({ title: '授课教师' })),
    schedule: maybe(z.array(ScheduleRow).meta({ title: '日程' })),
    peerReview: maybe(PeerReview),
    unitOpinion: maybe(opinion('申报单位意见')),
    higherOpinion: maybe(opinion('上级主管部门意见')),
    commitment: maybe(Commitment),
    cover: maybe(Cover),
    seals: maybe(z.array(SealFound).meta({ title: '公章' })),
  })
  .meta({ id: 'Declaration' })
export type Declaration = z.infer<typeof Declaration>

export type Teacher = z.infer<typeof Teacher>
export type Session = z.infer<typeof Session>

/** A place that shows a value: `page` from 1; `box` null where a DOCX has no geometry, and then `path` names the place. */
export const Evidence = z
  .object({
    document: z.number().int().nonnegative(),
    page: z.number().int().positive(),
    box: BoxShare.nullable(),
    text: z.string(),
    path: z.string().optional(),
  })
  .meta({ id: 'Evidence' })
export type Evidence = z.infer<typeof Evidence>

/** How a value was read. No `value`: unreadable, `raw` keeps what stands there. `value: null`: the label stands there, blank. */
export const FieldReading = z
  .object({
    value: z.unknown().optional(),
    raw: z.string(),
    confidence: z.number().min(0).max(1),
    evidence: z.array(Evidence),
    /** The raw text was corrected against a closed list or a checksum. */
    repaired: z.boolean().optional(),
    /** Of words around a seal: what may stand at each place, likeliest first, with its share of the readings (0–1). */
    places: z.array(z.array(z.object({ text: z.string(), share: z.number() }))).optional(),
    /** Of the same words: all of them to be seen, only a part (the page's edge), or read without colour among print. */
    view: z.enum(['whole', 'part', 'grey']).optional(),
  })
  .meta({ id: 'FieldReading' })
export type FieldReading = z.infer<typeof FieldReading>

/** By path: `leader.idNumber`, `teachers[2].title`. */
export type Readings = Record<string, FieldReading>

/** `others`: readings of the same path at further places of the form that say something else than the value taken. */
export type Extraction = { declaration: Declaration; fields: Readings; others?: Record<string, FieldReading[]> }
