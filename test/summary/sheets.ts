import { type BookType, utils, type WorkSheet, write } from '@e965/xlsx'

type Cells = (string | number | null)[][]
export type Sheet = { name: string; rows: Cells; merges?: string[] }

export type Held = { name: string; number: string; leader: string; learners: number; way?: string }
export type Unheld = { name: string; number: string; leader: string; reason: string; way?: string }

export type Year = {
  year: number
  unit?: string
  heldNew: Held[]
  heldFiling: Held[]
  unheldNew: Unheld[]
  unheldFiling: Unheld[]
  /** What is written instead of the right figure. */
  says?: Partial<
    Record<
      'approved' | 'heldShare' | 'unheldShare' | 'newApproved' | 'newHeld' | 'held' | 'learners' | 'unheld',
      number | string
    >
  >
}

/** A year of a fictional hospital: three of four held. */
export const year = (of: number, change: Partial<Year> = {}): Year => ({
  year: of,
  heldNew: [
    { name: '基层高血压合理用药培训班', number: `WZ${of}-011`, leader: '林知远', learners: 120 },
    { name: '急诊创伤救治技能培训班', number: `WZ${of}-012`, leader: '顾承泽', learners: 96 },
  ],
  heldFiling: [{ name: '老年护理适宜技术培训班', number: `WZ${of}-B03`, leader: '沈书瑶', learners: 150 }],
  unheldNew: [{ name: '超声引导穿刺培训班', number: `WZ${of}-013`, leader: '周亦安', reason: '负责人外出进修' }],
  unheldFiling: [],
  ...change,
})

/** Wenzhou's 附件3 and 4: counts in running words, then four lists with headings of their own, padded with blank rows. */
export function executionSheet(of: Year): Sheet {
  const { year: y, unit = '温州澄湖医院', says = {} } = of
  const newHeld = of.heldNew.length
  const newAll = newHeld + of.unheldNew.length
  const filingHeld = of.heldFiling.length
  const filingAll = filingHeld + of.unheldFiling.length
  const all = newAll + filingAll
  const held = newHeld + filingHeld
  const share = (count: number) => Math.round((count / all) * 10_000) / 100
  const learners = [...of.heldNew, ...of.heldFiling].reduce((sum, each) => sum + each.learners, 0)
  const head = (name: string, last: string) => [
    '序号',
    name,
    '项目编号',
    '项目负责人姓名',
    last,
    '举办方式：\n线上/线下',
  ]
  const pad = (rows: Cells) => [
    ...rows,
    ...Array.from({ length: 2 }, (_, i) => [rows.length + i + 1, null, null, null, null, null]),
  ]
  const heldRows = (rows: Held[]) =>
    pad(rows.map((row, i) => [i + 1, row.name, row.number, row.leader, row.learners, row.way ?? '线下']))
  const unheldRows = (rows: Unheld[]) =>
    pad(rows.map((row, i) => [i + 1, row.name, row.number, row.leader, row.reason, row.way ?? '线下']))
  const rows: Cells = [
    [`附件${y === 2023 ? 3 : 4}`],
    [`${y}年度 市级继续医学教育项目立项获批总数及年度办班情况汇总`],
    [`举办单位名称：${unit}（加盖公章）`, null, null, null, '填表时间：2025年2月20日'],
    [
      `市级继教项目（新立项+备案项目）共获批（ ${says.approved ?? all} ）项，已完成数占比（${says.heldShare ?? share(held)}）%，未完成数占比（${says.unheldShare ?? share(all - held)}）%`,
    ],
    [
      '执行\n情况',
      `1.获批新立项项目总数（${says.newApproved ?? newAll}）项`,
      null,
      `已举办项目数（${says.newHeld ?? newHeld}）项`,
      null,
      `未举办项目数（${newAll - newHeld}）项`,
    ],
    [
      null,
      `2.获批备案项目总数（${filingAll}）项`,
      null,
      `已举办项目数（${filingHeld}）项`,
      null,
      `未举办项目数（${filingAll - filingHeld}）项`,
    ],
    [`${y}年度共计完成市级继教项目（${says.held ?? held}）项，授予学分人数共计（${says.learners ?? learners}）人`],
    head('已举办项目名称\n（新立项）', '授予学分人数（人）'),
    ...heldRows(of.heldNew),
    head('已举办项目名称\n（备案项目）', '授予学分人数（人）'),
    ...heldRows(of.heldFiling),
    [`${y}年度共计未举办市级继教项目（${says.unheld ?? all - held}）项`],
    head('未举办项目名称\n（新立项）', '未举办原因'),
    ...unheldRows(of.unheldNew),
    head('未举办项目名称\n（备案项目）', '未举办原因'),
    ...unheldRows(of.unheldFiling),
    ['填表人姓名：周亦安', null, null, '联系方式：0577-88000000'],
  ]
  return { name: `附件${y === 2023 ? 3 : 4}`, rows, merges: ['A2:F2', 'A4:F4', 'A5:A6', 'A7:F7'] }
}

export type Applied = {
  name: string
  leader: string
  title?: string
  hours?: number
  credits?: number
  enrollment?: number
  unit?: string
  phone?: string
}

export const APPLIED: Applied[] = [
  { name: '慢性伤口规范化处置培训班', leader: '林知远', title: '主任医师', hours: 6, credits: 2, enrollment: 100 },
  { name: '儿童哮喘规范诊治培训班', leader: '顾承泽', title: '副主任医师', hours: 7.5, credits: 2.5, enrollment: 80 },
]

/** 附件2, with a heading of two rows and a row of sums. */
export function applicationSheet(
  applied: Applied[],
  change: { title?: string; unit?: string; hours?: number; enrollment?: number } = {},
): Sheet {
  const { unit = '温州澄湖医院', title = '申报2025年温州市继续医学教育线下培训项目汇总表' } = change
  const sum = (key: 'hours' | 'enrollment') => applied.reduce((total, row) => total + (row[key] ?? 0), 0)
  const rows: Cells = [
    [title],
    [`申报单位（盖章）：${unit}`, null, null, null, null, null, '填报日期：2025年2月20日'],
    ['序号', '项目名称', '项目负责人', null, null, '学时', '拟授学分', '拟招生人数', '备注'],
    [null, null, '姓名', '职称', '联系电话', null, null, null, null],
    ...applied.map((row, i) => [
      i + 1,
      row.name,
      row.leader,
      row.title ?? null,
      row.phone ?? null,
      row.hours ?? null,
      row.credits ?? null,
      row.enrollment ?? null,
      null,
    ]),
    [applied.length + 1, null, null, null, null, null, null, null, null],
    ['合计', null, null, null, null, change.hours ?? sum('hours'), null, change.enrollment ?? sum('enrollment'), null],
  ]
  return { name: '附件2', rows, merges: ['A1:I1', 'A3:A4', 'B3:B4', 'C3:E3', 'F3:F4', 'G3:G4', 'H3:H4', 'I3:I4'] }
}

export function toWorksheet({ rows, merges = [] }: Sheet): WorkSheet {
  const sheet = utils.aoa_to_sheet(rows)
  sheet['!merges'] = merges.map((range) => utils.decode_range(range))
  return sheet
}

/** A workbook's bytes. */
export function workbookOf(
  sheets: Sheet[],
  bookType: BookType = 'xlsx',
  change?: (worksheets: WorkSheet[]) => void,
): Uint8Array {
  const book = utils.book_new()
  const worksheets = sheets.map(toWorksheet)
  change?.(worksheets)
  for (const [index, sheet] of sheets.entries()) utils.book_append_sheet(book, worksheets[index] ?? {}, sheet.name)
  return new Uint8Array(write(book, { type: 'array', bookType, compression: true }))
}
