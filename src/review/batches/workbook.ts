import { utils, type WorkSheet, write } from '@e965/xlsx'
import type { BatchItem } from '../../store/batches.ts'
import { decisionsOn } from '../report/rulings.ts'
import { xmlText } from '../report/xml-text.ts'
import type { Finding, Review, Ruling, Verdict } from '../schema.ts'
import { isNotChecked } from '../verdict.ts'

type Value = string | number | undefined
type Column<T> = { title: string; width: number; value: (row: T) => Value }

/** A declaration with its review; none where it was refused. */
type Result = { item: Pick<BatchItem, 'position' | 'name' | 'review' | 'status' | 'problem'>; review?: Review }
type FindingRow = { place: number; name: string; review: Review; finding: Finding }

const STATUSES: Record<Review['status'], string> = {
  queued: '排队中',
  running: '审查中',
  done: '已完成',
  failed: '未能审查',
}
const VERDICTS: Record<Verdict, string> = { return: '退回修改', manual: '需人工核对', pass: '形式审查通过' }
const SEVERITIES: Record<Finding['severity'], string> = { error: '错误', warning: '警告', info: '提示' }
const RULINGS: Record<Ruling, string> = { uphold: '维持', overrule: '不予采纳', ask: '请申报人说明' }

const count = (review: Review | undefined, holds: (finding: Finding) => boolean): number =>
  (review?.findings ?? []).filter(holds).length

const DECLARATIONS: Column<Result>[] = [
  { title: '序号', width: 6, value: ({ item }) => item.position + 1 },
  { title: '文件', width: 36, value: ({ item }) => item.name },
  { title: '审查编号', width: 32, value: ({ item }) => item.review },
  { title: '状态', width: 10, value: ({ item }) => STATUSES[item.status] },
  { title: '结论', width: 14, value: ({ review }) => review?.verdict && VERDICTS[review.verdict] },
  { title: '项目名称', width: 40, value: ({ review }) => review?.declaration?.project?.name ?? titleOfSheet(review) },
  {
    title: '申报单位',
    width: 28,
    value: ({ review }) => review?.declaration?.unit?.name ?? review?.summaries?.[0]?.unit ?? undefined,
  },
  { title: '项目负责人', width: 12, value: ({ review }) => review?.declaration?.leader?.name ?? undefined },
  { title: '规则包', width: 24, value: ({ review }) => review?.pack && `${review.pack.id} ${review.pack.version}` },
  {
    title: '错误',
    width: 8,
    value: ({ review }) => count(review, ({ status, severity }) => status === 'fail' && severity === 'error'),
  },
  {
    title: '警告和提示',
    width: 10,
    value: ({ review }) => count(review, ({ status, severity }) => status === 'fail' && severity !== 'error'),
  },
  {
    title: '待核对',
    width: 8,
    value: ({ review }) => count(review, (finding) => finding.status === 'unknown' && !isNotChecked(finding)),
  },
  { title: '未检查', width: 8, value: ({ review }) => count(review, isNotChecked) },
  {
    title: '同批比对',
    width: 24,
    value: ({ review }) => review?.compared && `比对后更新：${review.compared.rules.join('、')}`,
  },
  { title: '未能审查的原因', width: 60, value: ({ item, review }) => (review?.problem ?? item.problem)?.detail },
]

const FINDINGS: Column<FindingRow>[] = [
  { title: '序号', width: 6, value: ({ place }) => place },
  { title: '文件', width: 36, value: ({ name }) => name },
  { title: '项目名称', width: 40, value: ({ review }) => review.declaration?.project?.name ?? titleOfSheet(review) },
  { title: '规则', width: 26, value: ({ finding }) => finding.rule },
  { title: '结果', width: 10, value: ({ finding }) => resultOf(finding) },
  { title: '程度', width: 8, value: ({ finding }) => SEVERITIES[finding.severity] },
  { title: '说明', width: 80, value: ({ finding }) => finding.message },
  { title: '修改建议', width: 50, value: ({ finding }) => finding.suggestion },
  { title: '通知', width: 24, value: ({ finding }) => finding.citation?.document },
  { title: '条款', width: 60, value: ({ finding }) => finding.citation?.clause },
  { title: '页码', width: 8, value: ({ finding }) => pagesOf(finding) },
  { title: '人工裁定', width: 30, value: rulingOn },
]

/** Rows below which Excel cannot go. */
const MOST_ROWS = 1_000_000
/** Characters that a cell can hold. */
const LONGEST = 32_000

/** The results as a workbook: a sheet of declarations, and one of what is wrong or open in them. */
export async function renderResults(
  results: AsyncIterable<Result> | Iterable<Result>,
): Promise<Uint8Array<ArrayBuffer>> {
  const declarations: Value[][] = []
  const findings: Value[][] = []
  for await (const result of results) {
    const { item, review } = result
    declarations.push(DECLARATIONS.map(({ value }) => value(result)))
    for (const finding of review?.findings ?? []) {
      if (!review || findings.length >= MOST_ROWS || !['fail', 'unknown'].includes(finding.status)) continue
      const row = { place: item.position + 1, name: item.name, review, finding }
      findings.push(FINDINGS.map(({ value }) => value(row)))
    }
  }
  const book = utils.book_new()
  utils.book_append_sheet(book, sheetOf(DECLARATIONS, declarations), '申报书')
  utils.book_append_sheet(book, sheetOf(FINDINGS, findings), '审查意见')
  // The titles stand on every printed page.
  const titles = book.SheetNames.map((name, Sheet) => ({ Name: '_xlnm.Print_Titles', Sheet, Ref: `'${name}'!$1:$1` }))
  book.Workbook = { Names: titles }
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', compression: true }))
}

function sheetOf<T>(columns: Column<T>[], rows: Value[][]): WorkSheet {
  const sheet = utils.aoa_to_sheet([columns.map(({ title }) => cellOf(title)), ...rows.map((row) => row.map(cellOf))])
  sheet['!cols'] = columns.map(({ width }) => ({ wch: width }))
  const range = sheet['!ref']
  if (range !== undefined) sheet['!autofilter'] = { ref: range }
  return sheet
}

/** Texts come from strangers' forms: a cell of type and format text is never a formula, also when somebody edits it. */
function cellOf(value: Value) {
  if (value === undefined) return null
  if (typeof value === 'number') return { t: 'n' as const, v: value }
  return { t: 's' as const, v: xmlText(value).slice(0, LONGEST), z: '@' }
}

const titleOfSheet = (review: Review | undefined): string | undefined => review?.summaries?.[0]?.title ?? undefined

const resultOf = (finding: Finding): string =>
  finding.status === 'fail' ? '不符合' : isNotChecked(finding) ? '未检查' : '待核对'

const pagesOf = ({ evidence }: Finding): string | undefined =>
  [...new Set(evidence.map(({ page }) => page))].sort((a, b) => a - b).join('、') || undefined

/** The last ruling on the finding. */
function rulingOn({ review, finding }: FindingRow): string | undefined {
  const last = decisionsOn(finding, review).at(-1)
  return last && [RULINGS[last.ruling], last.reason].filter(Boolean).join('：')
}
