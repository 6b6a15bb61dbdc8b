import { z } from 'zod'

/**
 * A summary sheet (汇总表): what a unit applies for (Wenzhou 附件2, Hunan 附件3 and 4), or how it held what was approved in a year
 * (Wenzhou 附件3 and 4). Absent, `null` and unreadable mean what they mean in a declaration (contract §1).
 */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().optional()
const text = (title: string) => maybe(z.string().meta({ title }))
const number = (title: string) => maybe(z.number().nonnegative().meta({ title }))

/** One project on a sheet. Words stand as on the sheet. */
export const SummaryRow = z.object({
  serial: number('序号'),
  name: text('项目名称'),
  number: text('项目编号'),
  unit: text('申报单位'),
  leader: text('项目负责人'),
  title: text('职称'),
  phone: text('联系电话'),
  discipline: text('所在学科'),
  code: text('学科代码'),
  dates: text('举办起止日期'),
  days: number('举办天数'),
  sessions: number('期数'),
  place: text('举办地点'),
  hours: number('学时'),
  credits: number('学分'),
  audience: text('教学对象'),
  enrollment: number('拟招生人数'),
  learners: number('授予学分人数'),
  reason: text('未举办原因'),
  delivery: text('举办方式'),
  kind: text('项目性质'),
  level: text('项目级别'),
  remark: text('备注'),
})
export type SummaryRow = z.infer<typeof SummaryRow>

/** A row of sums over `rows[from]` to the row before `to`; `count`: how many projects it says there are. */
export const SummarySum = z.object({
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  count: number('项目数合计'),
  sessions: number('期数合计'),
  hours: number('学时合计'),
  credits: number('学分合计'),
  enrollment: number('拟招生人数合计'),
  learners: number('授予学分人数合计'),
})
export type SummarySum = z.infer<typeof SummarySum>

/** `status` and `kind`: what the list's own heading says of all its projects. */
export const SummaryList = z.object({
  status: z.enum(['held', 'unheld']).optional(),
  kind: z.enum(['new', 'filing']).optional(),
  rows: z.array(SummaryRow).meta({ title: '所列项目' }),
  sums: z.array(SummarySum).meta({ title: '合计' }),
})
export type SummaryList = z.infer<typeof SummaryList>

const counts = (of: string) =>
  z.object({
    approved: number(`获批${of}项目总数`),
    held: number(`${of}项目已举办数`),
    unheld: number(`${of}项目未举办数`),
  })

export const SummaryTotals = z.object({
  approved: number('共获批项目数'),
  /** Percent. */
  heldShare: number('已完成数占比（%）'),
  unheldShare: number('未完成数占比（%）'),
  new: counts('新立项').optional(),
  filing: counts('备案').optional(),
  held: number('共计完成项目数'),
  unheld: number('共计未举办项目数'),
  learners: number('授予学分人数共计'),
})
export type SummaryTotals = z.infer<typeof SummaryTotals>

export const Summary = z
  .object({
    kind: z.enum(['application', 'execution']),
    title: text('表名'),
    year: maybe(z.number().int().meta({ title: '年度' })),
    level: maybe(z.enum(['national', 'provincial', 'city']).meta({ title: '项目级别' })),
    unit: text('填报单位'),
    date: text('填表时间'),
    totals: SummaryTotals,
    lists: z.array(SummaryList).meta({ title: '项目清单' }),
  })
  .meta({ id: 'Summary' })
export type Summary = z.infer<typeof Summary>

/** What `labelOf` walks for paths such as `summaries[0].lists[1].rows[2].learners`. */
export const SummaryFile = z.object({ summaries: z.array(Summary).meta({ title: '汇总表' }) })
