import { type Document, MEDIA_TYPES } from '../../documents/model.ts'
import { assign } from '../book.ts'
import type { FieldReading, Readings } from '../schema.ts'
import { readDate } from '../values/date.ts'
import { joinBrokenRows } from './broken-rows.ts'
import { DATE, FOOT, LEVELS, TITLES, UNIT } from './labels.ts'
import { addRow, closeList, groupOf, type Heading, isSameHeading, type OpenList, readHeading } from './lists.ts'
import { plain, rowsOf, type SheetRow, wordsOf } from './rows.ts'
import type { Summary } from './schema.ts'
import { type Running, readCounts } from './totals.ts'

const LONGEST_TITLE = 70

type Open = {
  kind: Summary['kind'] | null
  title: FieldReading | null
  heads: Map<string, FieldReading>
  totals: Map<string, FieldReading>
  lists: OpenList[]
  running: Running
  /** The words between the lists say what the next one holds, where its own heading does not. */
  above: Pick<Heading, 'status' | 'kind'>
  sheet: string
}

/** `rest`: places of the files among which no summary sheet was found. */
export type SummaryExtraction = { summaries: Summary[]; fields: Readings; rest: number[] }

/**
 * The summary sheets among files, `null` when there are none: lists of projects under a title that speaks of a summary, or in a workbook
 * under headings that only such a list has. Outside a workbook a form without any entry, as at the end of a notice, is none.
 */
export function extractSummaries(documents: Document[]): SummaryExtraction | null {
  const found = documents.map((document, index) => readSheets(document, index))
  const parts = found.flat()
  if (parts.length === 0) return null
  return { ...close(parts), rest: found.flatMap((own, index) => (own.length > 0 ? [] : [index])) }
}

function readSheets(document: Document, index: number): Open[] {
  const isWorkbook = isSpreadsheet(document)
  const rows = joinBrokenRows(rowsOf(document, index))
  const parts: Open[] = []
  let open: Open | null = null
  let list: OpenList | null = null
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]
    if (!row) continue
    const isOnNewSheet = isWorkbook && row.page !== rows[at - 1]?.page
    if (isOnNewSheet) [open, list] = [null, null]
    const title = titleOf(rows, at)
    if (title && !(open && open.lists.length === 0 && open.totals.size === 0 && open.kind === title.kind)) {
      open = startSummary(title.kind, title.reading, row)
      parts.push(open)
      list = null
      continue
    }
    const heading = readHeading(rows, at)
    if (heading) {
      if (!open && isWorkbook && heading.columns.size >= 4) {
        open = startSummary(null, null, row)
        parts.push(open)
      }
      at += heading.height - 1
      if (open) list = listUnder(heading, open)
      continue
    }
    if (!open) continue
    if (readHeadLine(row, open, list !== null)) list = null
    else if (list) addRow(list, row)
    else open.above = { ...open.above, ...groupOf(wordsOf(row).text) }
  }
  const found = parts.filter(({ lists }) => lists.length > 0)
  return isWorkbook || found.some(hasEntry) ? found : []
}

const hasEntry = ({ lists, totals }: Open): boolean =>
  lists.some(({ rows }) => rows.length > 0) || [...totals.values()].some(({ value }) => typeof value === 'number')

export const isSpreadsheet = ({ mediaType }: Document): boolean =>
  mediaType === MEDIA_TYPES.xlsx || mediaType === MEDIA_TYPES.xls

function startSummary(kind: Summary['kind'] | null, title: FieldReading | null, { cells }: SheetRow): Open {
  const sheet = /^sheet "(.*)", row/.exec(cells[0]?.evidence.path ?? '')?.[1] ?? ''
  return { kind, title, heads: new Map(), totals: new Map(), lists: [], running: { of: null }, above: {}, sheet }
}

/** A title may be broken over two lines. */
function titleOf(rows: SheetRow[], at: number): { kind: Summary['kind']; reading: FieldReading } | null {
  const texts = [rows[at - 1], rows[at]].map((row) => (row ? filledOf(row) : []))
  const [above, own] = texts
  if (own?.length !== 1 || !own[0] || !/汇总|一览|统计/.test(plain(own[0].text))) return null
  const isWhole = /20\d\d|项目/.test(plain(own[0].text))
  const cells = !isWhole && above?.length === 1 && above[0] ? [above[0], own[0]] : [own[0]]
  const raw = cells.map(({ text }) => text).join('')
  const words = plain(raw)
  const kind = TITLES.find((title) => title.words.test(words))?.kind
  if (!kind || words.length > LONGEST_TITLE || /[。;；]/.test(words)) return null
  const confidence = Math.min(...cells.map((cell) => cell.confidence))
  return { kind, reading: { value: raw.trim(), raw, confidence, evidence: cells.map(({ evidence }) => evidence) } }
}

const filledOf = ({ cells }: SheetRow) => cells.filter(({ text, turn }) => text !== '' && turn === 0)

function listUnder(heading: Heading, open: Open): OpenList {
  const before = open.lists.at(-1)
  const own = { ...open.above, ...heading }
  if (before && isSameHeading(before.heading, own)) return before
  const list: OpenList = { heading: own, rows: [], sums: [] }
  open.lists.push(list)
  return list
}

/** Counts, unit and day. Gives whether the row was such a line; below a list only counts and what stands at a sheet's foot end it. */
function readHeadLine(row: SheetRow, open: Open, inList: boolean): boolean {
  const { text, cellAt } = wordsOf(row)
  const filled = filledOf(row)
  if (FOOT.test(text.replace(/^\t+/, ''))) return true
  const counts = inList && filled.length > 3 ? new Map<string, FieldReading>() : readCounts(row, open.running)
  for (const [key, reading] of counts) if (!open.totals.has(key)) open.totals.set(key, reading)
  if (inList) return counts.size > 0
  for (const [key, words] of [
    ['unit', UNIT],
    ['date', DATE],
  ] as const) {
    const match = words.exec(text)
    const cell = match && cellAt(match.index + match[0].length - (match[1]?.length ?? 0))
    if (!match || !cell || open.heads.has(key)) continue
    const raw = (match[1] ?? '').replace(/^[_—\s]+|[_—\s]+$/g, '')
    open.heads.set(key, { ...headValue(key, raw), raw, confidence: cell.confidence, evidence: [cell.evidence] })
  }
  return counts.size > 0
}

function headValue(key: 'unit' | 'date', raw: string): { value?: string | null } {
  if (raw === '' || /^年?月?日?$/.test(raw)) return { value: null }
  if (key === 'unit') return { value: raw }
  const value = readDate(raw)
  return value === undefined ? {} : { value }
}

function close(parts: Open[]): Omit<SummaryExtraction, 'rest'> {
  const fields: Readings = {}
  const summaries = parts.map((open, index) => {
    const path = `summaries[${index}]`
    const totals: Record<string, unknown> = {}
    for (const [key, reading] of open.totals) {
      fields[`${path}.totals.${key}`] = reading
      if (reading.value !== undefined) assign(totals, key, reading.value)
    }
    const heads: Record<string, unknown> = {}
    for (const [key, reading] of [...open.heads, ...aboutOf(open)]) {
      fields[`${path}.${key}`] = reading
      if (reading.value !== undefined) heads[key] = reading.value
    }
    const lists = open.lists.map((list, at) => closeList(list, `${path}.lists[${at}]`, fields))
    return { kind: kindOf(open), ...heads, totals, lists } satisfies Summary
  })
  return { summaries, fields }
}

/** Title, and year and level as it tells them; the year else as the sheet's name or the line of sums has it. */
function aboutOf({ title, sheet, totals }: Open): [string, FieldReading][] {
  const words = plain(title?.raw ?? '')
  const named = title ?? { raw: sheet, confidence: 1, evidence: [] }
  const counted = [...totals.values()]
    .flatMap(({ evidence }) => evidence)
    .map(({ text }) => /20\d\d(?=年度?共)/.exec(plain(text))?.[0])
  const year = /20\d\d/.exec(words)?.[0] ?? /20\d\d/.exec(sheet)?.[0] ?? counted.find((found) => found !== undefined)
  const level = LEVELS.find((each) => each.words.test(words))?.level
  return [
    ...(title ? [['title', title] as [string, FieldReading]] : []),
    ...(year ? [['year', { ...named, value: Number(year) }] as [string, FieldReading]] : []),
    ...(level ? [['level', { ...named, value: level }] as [string, FieldReading]] : []),
  ]
}

/** Without a title the columns tell: what was held has learners or reasons. */
function kindOf({ kind, lists, totals }: Open): Summary['kind'] {
  const columns = new Set(lists.flatMap(({ heading }) => [...heading.columns.values()]))
  return kind ?? (totals.size > 0 || columns.has('learners') || columns.has('reason') ? 'execution' : 'application')
}
