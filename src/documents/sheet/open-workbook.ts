import { type CellObject, read, utils, type WorkBook, type WorkSheet } from '@e965/xlsx'
import { Problem } from '../../problem.ts'
import type { Cell, HiddenText, Line, Page, Table } from '../model.ts'
import { UNKNOWN } from '../symbols.ts'
import { openZip } from '../zip.ts'

/** Rows that hold something. The largest summary sheets have some hundred. */
const MOST_ROWS = 2_000
const MOST_COLUMNS = 100
const MOST_SHEETS = 50
/** Packed parts of a sheet beyond this (unpacked) are no form: reading them takes a hundred times as much memory. */
const MOST_SHEET_BYTES = 16 * 1024 * 1024

/**
 * Reads an XLSX, XLSM or XLS workbook: every sheet that is not hidden is a page with one table, each cell as it is shown. Macros are never run, formulas
 * never worked out: one without a stored result is a cell that cannot be read (〓). Hidden sheets, rows and columns are hidden text.
 * `path` of a cell: `sheet "附件3", row 7, cell D`.
 * Throws `Problem`: `encrypted_document`, `corrupt_document`, `too_many_pages` (more than 2,000 filled rows or 50 sheets).
 */
export async function openWorkbook(bytes: Uint8Array, packed: boolean): Promise<Page[]> {
  const unsolved = packed ? await checkParts(bytes) : new Set<string>()
  const workbook = parse(bytes)
  const names = workbook.SheetNames
  if (names.length > MOST_SHEETS)
    throw new Problem('too_many_pages', `工作簿有 ${names.length} 个工作表，超过 ${MOST_SHEETS} 个。请只保留汇总表。`)
  const pages = names.map((name, index) => pageOf(workbook, name, index, unsolved))
  return pages.length > 0 ? pages : [emptyPage(1)]
}

/**
 * Unpacks every part once within our own bounds, so that the library only ever sees an archive that keeps to them. Gives the places
 * (`D7`, of any sheet) of formulas saved without a result: the library takes them for 0.
 */
async function checkParts(bytes: Uint8Array): Promise<Set<string>> {
  const zip = openZip(bytes)
  const unsolved = new Set<string>()
  for (const name of zip.names) {
    const isSheet = /worksheets\/[^/]+$|sharedStrings/i.test(name)
    if (isSheet && zip.sizeOf(name) > MOST_SHEET_BYTES) {
      throw new Problem(
        'too_many_pages',
        `工作表内容过多（解压后超过 ${MOST_SHEET_BYTES / 1024 / 1024} MB）。请只保留汇总表本身的行后重新上传。`,
      )
    }
    const part = await zip.read(name)
    if (!part || !isSheet) continue
    for (const place of unsolvedIn(new TextDecoder().decode(part))) unsolved.add(place)
  }
  return unsolved
}

const unsolvedIn = (xml: string): string[] =>
  xml
    .split(/<(?:\w+:)?c\s/)
    .slice(1)
    .filter((cell) => /<(?:\w+:)?f[\s/>]/.test(cell) && !/<(?:\w+:)?v>[^<]/.test(cell))
    .flatMap((cell) => /^[^>]*\br="([A-Z]+\d+)"/.exec(cell)?.[1] ?? [])

function parse(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, { type: 'array', cellStyles: true, cellHTML: false, dateNF: 'yyyy-mm-dd', bookVBA: false })
  } catch (cause) {
    // The library's message may quote the file.
    if (/password|encrypt/i.test(String(cause)))
      throw new Problem('encrypted_document', '工作簿设置了打开密码，无法读取。请取消密码后重新上传。')
    throw new Problem('corrupt_document', '工作簿已损坏，无法打开。请用 Excel 或 WPS 重新另存为 .xlsx 后上传。', {
      cause,
    })
  }
}

type Filled = { row: number; column: number; cell: CellObject }
type Span = { rows: number; columns: number }

function pageOf(workbook: WorkBook, name: string, index: number, unsolved: Set<string>): Page {
  const sheet = workbook.Sheets[name]
  const page = emptyPage(index + 1)
  if (!sheet) return page
  const filled = filledCells(sheet, unsolved)
  if (workbook.Workbook?.Sheets?.[index]?.Hidden) return { ...page, hidden: hiddenOf(filled) }
  const isHidden = ({ row, column }: Filled) =>
    Boolean(sheet['!rows']?.[row]?.hidden || sheet['!cols']?.[column]?.hidden)
  const seen = filled.filter((each) => !isHidden(each))
  const table = tableOf(sheet, name, seen)
  return {
    ...page,
    hidden: hiddenOf(filled.filter(isHidden)),
    blocks: table ? [{ kind: 'table', table }] : [],
  }
}

function filledCells(sheet: WorkSheet, unsolved: Set<string>): Filled[] {
  const filled: Filled[] = []
  for (const address of Object.keys(sheet)) {
    if (!/^[A-Z]{1,3}\d+$/.test(address)) continue
    const shown: CellObject = sheet[address]
    const cell: CellObject = unsolved.has(address) && shown.v === 0 ? { t: 'z', f: shown.f ?? '' } : shown
    const { r: row, c: column } = utils.decode_cell(address)
    if (textOfCell(cell) !== '') filled.push({ row, column, cell })
  }
  return filled
}

/** What a person sees in the cell. */
function textOfCell(cell: CellObject): string {
  if (cell.v === undefined || cell.v === null) return cell.f === undefined ? '' : UNKNOWN
  if (cell.t === 'e') return cell.w ?? UNKNOWN
  return (cell.w ?? String(cell.v)).replace(/\r\n?/g, '\n').trim()
}

/** Rows and columns without any text are left out; the paths keep the sheet's own numbers. */
function tableOf(sheet: WorkSheet, name: string, filled: Filled[]): Table | null {
  const rows = [...new Set(filled.map(({ row }) => row))].sort((a, b) => a - b)
  const columns = [...new Set(filled.map(({ column }) => column))].sort((a, b) => a - b)
  if (rows.length === 0) return null
  if (rows.length > MOST_ROWS || columns.length > MOST_COLUMNS) {
    throw new Problem(
      'too_many_pages',
      `一个工作表有 ${rows.length} 行、${columns.length} 列内容，超过 ${MOST_ROWS} 行、${MOST_COLUMNS} 列的上限。请只保留汇总表本身。`,
    )
  }
  const spans = spansOf(sheet, rows, columns)
  const texts = new Map(filled.map(({ row, column, cell }) => [`${row} ${column}`, cell]))
  const covered = new Set<string>()
  const cells: Cell[] = []
  for (const [r, row] of rows.entries()) {
    for (const [c, column] of columns.entries()) {
      if (covered.has(`${r} ${c}`)) continue
      const span = spans.get(`${r} ${c}`) ?? { rows: 1, columns: 1 }
      for (let i = 0; i < span.rows; i++) for (let j = 0; j < span.columns; j++) covered.add(`${r + i} ${c + j}`)
      const cell = texts.get(`${row} ${column}`)
      const path = `sheet "${name}", row ${row + 1}, cell ${utils.encode_col(column)}`
      const place = { row: r, column: c, rowSpan: span.rows, columnSpan: span.columns, box: null, path }
      cells.push({ ...place, lines: cell ? linesOf(cell) : [] })
    }
  }
  return { rows: rows.length, columns: columns.length, cells, box: null }
}

/** Merged areas by their first place among the rows and columns that are kept; one that overlaps another is not believed. */
function spansOf(sheet: WorkSheet, rows: number[], columns: number[]): Map<string, Span> {
  const [rowAt, columnAt] = [rows, columns].map((kept) => new Map(kept.map((number, index) => [number, index])))
  const spans = new Map<string, Span>()
  const taken = new Set<string>()
  for (const { s, e } of (sheet['!merges'] ?? []).slice(0, MOST_ROWS * 10)) {
    const [row, column] = [rowAt?.get(s.r), columnAt?.get(s.c)]
    if (row === undefined || column === undefined) continue
    const span = {
      rows: rows.filter((number) => number >= s.r && number <= e.r).length,
      columns: columns.filter((number) => number >= s.c && number <= e.c).length,
    }
    const places = Array.from(
      { length: span.rows * span.columns },
      (_, at) => `${row + Math.floor(at / span.columns)} ${column + (at % span.columns)}`,
    )
    if (places.some((place) => taken.has(place))) continue
    for (const place of places) taken.add(place)
    spans.set(`${row} ${column}`, span)
  }
  return spans
}

function linesOf(cell: CellObject): Line[] {
  const text = textOfCell(cell)
  const confidence = text === UNKNOWN || cell.t === 'e' ? 0 : 1
  return text.split('\n').map((line) => ({ spans: [{ text: line.trim(), box: null, confidence }], box: null }))
}

const hiddenOf = (filled: Filled[]): HiddenText[] =>
  filled.map(({ cell }) => ({ text: textOfCell(cell), reason: 'vanished', box: null }))

const emptyPage = (number: number): Page => ({
  number,
  width: 0,
  height: 0,
  source: 'text',
  engine: 'sheetjs',
  confidence: 1,
  blocks: [],
  rulings: [],
  checkboxes: [],
  seals: [],
  handwriting: [],
  pictures: [],
  hidden: [],
})
