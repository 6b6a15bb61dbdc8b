import type { FieldReading } from '../schema.ts'
import { UNREAD } from '../unread.ts'
import { readNumber } from '../values/number.ts'
import { COLUMNS, type Column, DITTO, GROUPS, NOTHING, NUMERIC, SUBTOTAL, SUM, SUMMED } from './labels.ts'
import { plain, type SheetCell, type SheetRow } from './rows.ts'
import type { SummaryList } from './schema.ts'

/** A list's heading: which column of the grid holds what, over how many rows it stands. */
export type Heading = {
  columns: Map<number, Column>
  height: number
  status?: 'held' | 'unheld'
  kind?: 'new' | 'filing'
}

type Item = Partial<Record<Column, FieldReading>>
type SumItem = { from: number; to: number; values: Record<string, FieldReading> }
export type OpenList = { heading: Heading; rows: Item[]; sums: SumItem[] }

const LONGEST_HEADING = 40

/** The heading of a list of projects that begins in row `at`, or `null`: names, and two more columns that are known. */
export function readHeading(rows: SheetRow[], at: number): Heading | null {
  const first = rows[at]
  if (!first || first.cells.length < 3) return null
  const height = Math.min(2, Math.max(1, ...first.cells.filter(({ turn }) => turn === 0).map(({ rowSpan }) => rowSpan)))
  const below = height > 1 ? rows[at + 1] : undefined
  const columns = new Map<number, Column>()
  const taken = new Set<Column>()
  let naming = ''
  for (const cell of below?.cells ?? first.cells) {
    const over = below
      ? first.cells.find(({ column, columnSpan }) => cell.column >= column && cell.column < column + columnSpan)
      : undefined
    const own = plain(cell.text)
    const above = over && over.turn === 0 && cell.turn === 0 ? plain(over.text) : ''
    if (own.length + above.length > LONGEST_HEADING) return null
    const column = columnOf(own, above)
    if (!column || taken.has(column)) continue
    taken.add(column)
    columns.set(cell.column, column)
    if (column === 'name') naming = above + own
  }
  if (!taken.has('name') || taken.size < 3) return null
  return { columns, height, ...groupOf(naming) }
}

/** Under a common heading such as 项目负责人 the lower one tells: 姓名, 职称, 电话. */
function columnOf(own: string, above: string): Column | undefined {
  const find = (text: string) => COLUMNS.find(({ words }) => words.test(text))?.column
  return (above && own ? (find(own) ?? find(above + own)) : find(own)) ?? undefined
}

/** 已举办 or 未举办, 新立项 or 备案, as the words say. */
export function groupOf(words: string): Pick<Heading, 'status' | 'kind'> {
  const status = GROUPS.status.find(({ words: own }) => own.test(words))?.value
  const kind = GROUPS.kind.filter(({ words: own }) => own.test(words))
  return { ...(status ? { status } : {}), ...(kind.length === 1 && kind[0] ? { kind: kind[0].value } : {}) }
}

/** Whether the same heading stands again, as after a page break. */
export const isSameHeading = (one: Heading, other: Heading): boolean =>
  one.status === other.status &&
  one.kind === other.kind &&
  [...one.columns].every(([at, column]) => other.columns.get(at) === column)

/** Adds a row below the heading: a project, a row of sums, or a blank one that is left out. */
export function addRow(list: OpenList, row: SheetRow): void {
  const cells = new Map<Column, SheetCell>()
  for (const cell of row.cells) {
    const column = list.heading.columns.get(cell.column)
    if (column && !cells.has(column)) cells.set(column, cell)
  }
  const lead = row.cells
    .filter(({ text }) => text !== '')
    .slice(0, 2)
    .find(({ text }) => SUM.test(plain(text)))
  if (lead) {
    list.sums.push(readSums(list, lead, cells))
    return
  }
  const has = (column: Column) => {
    const cell = cells.get(column)
    return cell !== undefined && cell.turn === 0 && !NOTHING.test(plain(cell.text))
  }
  if (!has('name') && !has('number') && !has('leader')) return
  list.rows.push(readItem(cells, list.rows.at(-1)))
}

function readItem(cells: Map<Column, SheetCell>, before: Item | undefined): Item {
  const item: Item = {}
  for (const [column, cell] of cells) {
    const upper = before?.[column]
    if (upper && DITTO.test(plain(cell.text))) item[column] = { ...upper, evidence: [cell.evidence, ...upper.evidence] }
    else item[column] = readingOf(column, cell)
  }
  return item
}

function readingOf(column: Column, { text, confidence, evidence }: SheetCell): FieldReading {
  const raw = text.replace(/\n+/g, '')
  const reading = { raw, confidence, evidence: [evidence] }
  const bare = plain(raw)
  if (bare === '' || (!NUMERIC.has(column) && NOTHING.test(bare))) return { ...reading, value: null }
  if (bare.includes(UNREAD) && bare.replaceAll(UNREAD, '') === '') return reading
  if (!NUMERIC.has(column)) return { ...reading, value: raw.normalize('NFC').trim() }
  const value = bare.startsWith('#') ? undefined : readNumber(raw)?.value
  return value === undefined ? reading : { ...reading, value }
}

function readSums(list: OpenList, lead: SheetCell, cells: Map<Column, SheetCell>): SumItem {
  const label = plain(lead.text)
  const from = SUBTOTAL.test(label) ? (list.sums.at(-1)?.to ?? 0) : 0
  const values: Record<string, FieldReading> = {}
  for (const column of SUMMED) {
    const cell = cells.get(column)
    if (cell && cell !== lead && plain(cell.text) !== '') values[column] = readingOf(column, cell)
  }
  const counted = [lead.text, ...[...cells.values()].map(({ text }) => text)]
    .map(plain)
    .find((text) => /\d+(?:个)?项/.test(text))
  const count = counted && Number(/(\d+)(?:个)?项/.exec(counted)?.[1])
  if (typeof count === 'number') {
    values.count = { value: count, raw: counted ?? '', confidence: lead.confidence, evidence: [lead.evidence] }
  }
  return { from, to: list.rows.length, values }
}

/** The list's values, and its readings by path below `path`. */
export function closeList(
  { heading, rows, sums }: OpenList,
  path: string,
  fields: Record<string, FieldReading>,
): SummaryList {
  const plainRow = (item: Record<string, FieldReading | undefined>, at: string) => {
    const values: Record<string, unknown> = {}
    for (const [key, reading] of Object.entries(item)) {
      if (!reading) continue
      fields[`${at}.${key}`] = reading
      if (reading.value !== undefined) values[key] = reading.value
    }
    return values
  }
  return {
    ...(heading.status ? { status: heading.status } : {}),
    ...(heading.kind ? { kind: heading.kind } : {}),
    rows: rows.map((item, index) => plainRow(item, `${path}.rows[${index}]`)),
    sums: sums.map(({ from, to, values }, index) => ({ from, to, ...plainRow(values, `${path}.sums[${index}]`) })),
  }
}
