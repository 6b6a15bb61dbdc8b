import { compoundOf, valuesOf } from '../form/compound.ts'
import type { Column } from '../labels/columns.ts'
import { matchWhole } from '../labels/lexicon.ts'
import { cellText, type Grid, type GridCell, isScanned, rowCells } from '../layout/grid.ts'
import { foldText } from '../text/fold.ts'
import { cutOf, joinPassages, trimSlice, wholeOf } from '../text/passage.ts'
import { turnList } from './across.ts'
import { type Header, headerAt } from './columns.ts'
import { groupWord } from './group-word.ts'

/** One data row of a list. `heading` is the text over a column; `isJoined`: its cell was put together out of several. */
export type ListRow = {
  cell(column: Column): GridCell | undefined
  isJoined(column: Column): boolean
  heading(column: Column): string
  kind: 'theory' | 'practice' | null
  groupCell?: GridCell
}

export type List = {
  kind: Header['kind']
  rows: ListRow[]
  columns: Set<Column>
  grid: Grid
  header: Header
  end: number
}

const TOTAL = /^(?:合计|总计|共计|小计|总学时|学时合计|合计学时|总学时数|共)/

/** Behind its sum, where the hours stand in the first column. */
const TOTAL_ALONE = /^(?:合计|总计|共计|小计)(?:学时|课时)?数?:?$/

/** Every list in a table, and the rows that belong to lists. */
export function listsIn(
  grid: Grid,
  isTrusted: (header: Header, rows: number) => boolean,
): { lists: List[]; taken: Set<number> } {
  const lists: List[] = []
  const taken = new Set<number>()
  for (let row = 0; row < grid.rows; row++) {
    const header = headerAt(grid, row)
    if (!header) continue
    const { rows, end } = rowsOf(grid, header)
    if (!isTrusted(header, rows.length)) continue
    for (let used = header.from; used < end; used++) taken.add(used)
    lists.push({ kind: header.kind, rows, columns: new Set(header.columns.keys()), grid, header, end })
    row = end - 1
  }
  const turned = lists.length === 0 ? turnList(grid) : null
  if (turned) {
    lists.push(...listsIn(turned.grid, isTrusted).lists)
    for (let row = turned.from; lists.length > 0 && row < turned.to; row++) taken.add(row)
  }
  return { lists, taken }
}

function rowsOf(grid: Grid, header: Header): { rows: ListRow[]; end: number } {
  const rows: ListRow[] = []
  let banner = bannerOf(grid, header.from)
  let row = header.to
  for (; row < grid.rows; row++) {
    const cells = rowCells(grid, row)
    const again = headerAt(grid, row)
    if (again) {
      if (again.kind !== header.kind || !isSameHeader(header, again)) break
      const next = bannerOf(grid, again.from)
      if (next.kind) banner = next
      row = again.to - 1
      continue
    }
    const [first] = cells
    if (cells.length === 1 && first) {
      const group = groupIn(first)
      if (group) banner = { kind: group.kind, cell: first }
      else if (cellText(first) !== '') break
      continue
    }
    if (endsList(grid, row, header)) break
    if (isTotal(cells)) continue
    const item = rowAt(grid, row, header, banner)
    if (!isPadding(item, header)) rows.push(item)
  }
  return { rows, end: row }
}

type Banner = { kind: 'theory' | 'practice' | null; cell?: GridCell }

/** A group named in the header row itself: `理论授课教师 | 姓名 | 职称`. */
function bannerOf(grid: Grid, row: number): Banner {
  for (const cell of rowCells(grid, row)) {
    const kind = /教师|师资/.test(cell.passage.text) ? groupIn(cell)?.kind : undefined
    if (kind) return { kind, cell }
  }
  return { kind: null }
}

function isSameHeader(one: Header, other: Header): boolean {
  const shared = [...one.columns.keys()].filter((column) => other.columns.has(column)).length
  return (
    shared >= Math.max(one.columns.size, other.columns.size) * 0.7 &&
    [...one.columns].every(
      ([column, span]) => other.columns.get(column)?.from === span.from || !other.columns.has(column),
    )
  )
}

const groupIn = (cell: GridCell) => groupWord(cell.passage.text)

/** A row that begins with a label of the form and is not laid out as the header is. */
function endsList(grid: Grid, row: number, header: Header): boolean {
  const cells = rowCells(grid, row).filter((cell) => cell.row === row && cellText(cell) !== '')
  const [first] = cells
  if (!first) return false
  if (header.kind !== 'teachers' && cells.length === 2 && compoundOf(first, null)) return true
  const isLabel = (cell: GridCell) => {
    if (groupIn(cell)) return false
    const match = matchWhole(cell.passage.text, null, isScanned(cell))
    // 第五期 counts a row of the sessions' own table.
    return match !== null && !(header.kind === 'sessions' && cell === first && match.label.type === 'session-date')
  }
  const labels = cells.filter(isLabel)
  if (!labels.includes(first)) return false
  const starts = new Set([...header.columns.values()].map((span) => span.from))
  const isLaidOut =
    rowCells(grid, row).length >= starts.size &&
    rowCells(grid, row).every((cell) => cell.columnSpan <= 2 || starts.has(cell.column))
  return (
    !isLaidOut ||
    labels.length >= 2 ||
    cells.length <= 2 ||
    (first.column === 0 && labels.length === 1 && !groupIn(first) && cells.length <= header.columns.size / 2)
  )
}

const isTotal = (cells: GridCell[]) => {
  const filled = cells.filter((cell) => cellText(cell) !== '')
  const [first] = filled
  return (
    first !== undefined &&
    (TOTAL.test(foldText(first.passage.text)) ||
      filled.some((cell) => TOTAL_ALONE.test(foldText(cell.passage.text)))) &&
    filled.length <= Math.max(3, cells.length / 2)
  )
}

function rowAt(
  grid: Grid,
  row: number,
  header: Header,
  banner: { kind: 'theory' | 'practice' | null; cell?: GridCell },
): ListRow {
  const groups = rowCells(grid, row)
    .map((cell) => ({ cell, group: groupIn(cell) }))
    .filter(({ cell, group }) => group && !isDataColumn(cell, header))
  const own = groups.find(({ group }) => group?.kind)
  const kind = own?.group?.kind ?? banner.kind
  const groupCell = own?.cell ?? banner.cell
  return {
    cell: (column) => {
      const parts = partsIn(grid, row, header, column)
      const cell = parts.length > 1 ? joinCells(parts) : cellIn(grid, row, header, column)
      return partOf(cell, header.columns.get(column)?.part)
    },
    isJoined: (column) => partsIn(grid, row, header, column).length > 1,
    heading: (column) => headingOf(grid, header, column),
    kind,
    ...(groupCell ? { groupCell } : {}),
  }
}

/** Group words stand in a column of their own, or at the left of a heading that spans two columns; 实验 as a method is data. */
const isDataColumn = (cell: GridCell, header: Header): boolean => {
  for (const [column, span] of header.columns) {
    if (column === 'group' || column === 'serial') continue
    if (cell.column >= span.from && cell.column < span.to)
      return column !== 'name' || (span.to - span.from === 1 && !/教师|师资/.test(cell.passage.text))
  }
  return false
}

const SERIAL = /^[（(]?\d{1,2}[)）.、]?$/

/** The parts of a scan's cell under one heading: characters' strokes one under another may pass for an upright ruling. */
function partsIn(grid: Grid, row: number, header: Header, column: Column): GridCell[] {
  const span = header.columns.get(column)
  if (!span || span.to - span.from < 2 || span.part !== undefined) return []
  const cells = rowCells(grid, row).filter(
    (cell) => cell.column >= span.from && cell.column + cell.columnSpan <= span.to && cellText(cell) !== '',
  )
  const isOne = cells.every(
    (cell) =>
      cell.row === row && cell.rowSpan === 1 && isScanned(cell) && !groupIn(cell) && !SERIAL.test(cellText(cell)),
  )
  return isOne ? cells : []
}

const joinCells = (cells: GridCell[]): GridCell | undefined => {
  const [first] = cells
  if (!first) return undefined
  const passage = joinPassages(cells.map((cell) => cell.passage))
  return { ...first, passage, frames: cells.flatMap((cell) => cell.frames) }
}

function cellIn(grid: Grid, row: number, header: Header, column: Column): GridCell | undefined {
  const span = header.columns.get(column)
  if (!span) return undefined
  for (let index = span.to - 1; index >= span.from; index--) {
    const cell = grid.at(row, index)
    if (!cell || cell.row + cell.rowSpan <= header.to || cell.row < header.to) continue
    if (column === 'name' && groupIn(cell)?.kind !== undefined && /教师|师资/.test(cell.passage.text)) continue
    const isSerial = index < span.to - 1 && SERIAL.test(cellText(cell))
    if ((cellText(cell) !== '' && !isSerial) || index === span.from) return isSerial ? grid.at(row, span.to - 1) : cell
  }
  // A group before a blank row is no name.
  const last = grid.at(row, span.from)
  return last?.row === row && !(column === 'name' && groupIn(last)?.kind) ? last : undefined
}

/** One of two texts in a cell: a line each, or with a stroke or room between; undefined where they cannot be told apart. */
function partOf(cell: GridCell | undefined, part: 0 | 1 | undefined): GridCell | undefined {
  if (!cell || part === undefined) return cell
  const halves = valuesOf(trimSlice(wholeOf(cell.passage)), 2)
  const half = halves?.[part]
  return half && { ...cell, passage: cutOf(half) }
}

function headingOf(grid: Grid, header: Header, column: Column): string {
  const span = header.columns.get(column)
  return span ? foldText(cellText(grid.at(header.to - 1, span.from)) || cellText(grid.at(header.from, span.from))) : ''
}

const CONTENT: Column[] = [
  'name',
  'topic',
  'title',
  'unit',
  'hours',
  'content',
  'date',
  'time',
  'start',
  'place',
  'year',
  'method',
  'speciality',
  'level',
  'executed',
  'number',
]

/** Nothing but a serial number, a group or rules. */
function isPadding(row: ListRow, header: Header): boolean {
  return !CONTENT.some((column) => {
    if (!header.columns.has(column)) return false
    const text = cellText(row.cell(column)).replace(/[_＿\s/\\—-]/g, '')
    return text !== ''
  })
}
