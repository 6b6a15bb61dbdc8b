import { COLUMN_WORDS, type Column } from '../labels/columns.ts'
import { bareLabel } from '../labels/lexicon.ts'
import { misreadFrom } from '../labels/misread.ts'
import { cellText, type Grid, type GridCell, rowCells } from '../layout/grid.ts'
import { distance, foldText } from '../text/fold.ts'
import { groupWord } from './group-word.ts'

export type ListKind = 'teachers' | 'schedule' | 'sessions' | 'history'

/** Where a list's column stands in the grid; `part`: the first or second of two that stand in it together (姓名／职称). */
export type ColumnSpan = { from: number; to: number; part?: 0 | 1 }

/** Which grid columns a list's column stands in; `from` and `to` are the rows of the header. */
export type Header = { kind: ListKind; columns: Map<Column, ColumnSpan>; from: number; to: number }

const KINDS: Record<ListKind, Column[]> = {
  teachers: [
    'serial',
    'name',
    'title',
    'method',
    'unit',
    'topic',
    'content',
    'hours',
    'theoryHours',
    'practiceHours',
    'speciality',
    'degree',
    'signed',
    'group',
    'skip',
    'date',
    'time',
  ],
  schedule: ['serial', 'date', 'time', 'start', 'end', 'topic', 'content', 'name', 'hours', 'method', 'skip', 'place'],
  sessions: ['serial', 'date', 'time', 'start', 'end', 'place', 'enrollment', 'skip', 'hours'],
  history: ['serial', 'year', 'level', 'executed', 'number', 'nationalNumber', 'provincialNumber', 'skip', 'topic'],
}

const WORDS = new Map<string, Column[]>()
const PATTERNS: [RegExp, Column][] = []
for (const [column, { words, pattern }] of Object.entries(COLUMN_WORDS) as [
  Column,
  { words: string[]; pattern?: RegExp },
][]) {
  for (const word of words) {
    const bare = bareLabel(foldText(word)).text
    WORDS.set(bare, [...(WORDS.get(bare) ?? []), column])
  }
  if (pattern) PATTERNS.push([pattern, column])
}
const LONG_WORDS = [...WORDS.keys()].filter((word) => word.length >= 3)
const looked = new Map<string, Column[]>()

/** What a column's heading may mean; none for a text that is no heading. */
export function columnsOf(text: string, loose = false): Column[] {
  const bare = bareLabel(foldText(text)).text
  if (bare === '' || bare.length > 16) return []
  const key = `${loose}${bare}`
  const known = looked.get(key)
  if (known) return known
  const found = WORDS.get(bare) ?? PATTERNS.filter(([pattern]) => pattern.test(bare)).map(([, column]) => column)
  const meant = found.length > 0 || !loose ? found : misreadColumns(bare)
  const result = meant.length > 0 ? meant : loose || bare.length >= 5 ? nearColumns(bare) : []
  if (looked.size < 10_000) looked.set(key, result)
  return result
}

/** 学附 is 学时 on a poor copy. */
const misreadColumns = (bare: string): Column[] => [
  ...new Set(misreadFrom(bare).flatMap((word) => WORDS.get(word) ?? [])),
]

function nearColumns(bare: string): Column[] {
  const near = LONG_WORDS.filter((word) => bare.length >= 3 && distance(bare, word, 1) === 1)
  const columns = new Set(near.map((word) => WORDS.get(word)?.[0]).filter((column) => column !== undefined))
  return columns.size === 1 ? [...columns] : []
}

/** The header of a list that begins in this row, or null. A second header row refines the first. */
export function headerAt(grid: Grid, row: number): Header | null {
  const cells = rowCells(grid, row)
  const filled = cells.filter((cell) => cellText(cell) !== '')
  if (filled.length < 2 || cells.length - filled.length > filled.length / 2) return null
  if (!filled.some((cell) => cell.row === row)) return null
  const scanned = filled.some((cell) => cell.frames[0]?.place.page.source === 'ocr')
  const meanings = new Map(filled.map((cell) => [cell, columnsOf(cell.passage.text, scanned)]))
  const known = filled.filter((cell) => (meanings.get(cell)?.length ?? 0) > 0 || pairOf(cell, scanned))
  if (known.length < 2 || known.length < filled.length * 0.6) return null
  for (const kind of ['history', 'sessions', 'teachers', 'schedule'] as const) {
    const header = mapColumns(grid, row, kind, filled, meanings, scanned)
    if (header && (kind === 'teachers' || known.length >= filled.length * 0.75)) return header
  }
  return null
}

function mapColumns(
  grid: Grid,
  row: number,
  kind: ListKind,
  filled: GridCell[],
  meanings: Map<GridCell, Column[]>,
  scanned: boolean,
): Header | null {
  const columns: Header['columns'] = new Map()
  const place = (cell: GridCell, options: Column[]) => {
    const column = options.find((option) => KINDS[kind].includes(option) && !columns.has(option))
    if (column) columns.set(column, { from: cell.column, to: cell.column + cell.columnSpan })
    return column
  }
  // 授课教师 down the left side of a table of teachers, or over its groups, is no heading of names: 姓名 beside it is.
  const isNamed = (cell: GridCell) => /姓\s*名/.test(cellText(cell))
  const isOverGroups = (cell: GridCell) => {
    const others = filled.filter((other) => other !== cell && meanings.get(other)?.includes('name'))
    const below = cellText(grid.at(cell.row + cell.rowSpan, cell.column))
    return (
      meanings.get(cell)?.includes('name') &&
      others.length > 0 &&
      (groupWord(below) !== undefined || (below === '' && !isNamed(cell) && others.some(isNamed)))
    )
  }
  const placed = filled
    .toSorted((a, b) => a.rowSpan - b.rowSpan)
    .filter((cell) => place(cell, isOverGroups(cell) ? ['group'] : (meanings.get(cell) ?? [])) !== undefined)
  for (const cell of filled) {
    const pair = (meanings.get(cell)?.length ?? 0) > 0 ? null : pairOf(cell, scanned)
    for (const [part, options] of (pair ?? []).entries()) {
      const column = place(cell, options)
      if (column && (part === 0 || part === 1))
        columns.set(column, { from: cell.column, to: cell.column + cell.columnSpan, part })
    }
  }
  const second = secondRow(grid, row, scanned)
  for (const cell of second) {
    const parents = [...columns].filter(
      ([, span]) => cell.column >= span.from && cell.column + cell.columnSpan <= span.to,
    )
    const isUnderHours = parents.some(([column]) => column === 'hours')
    for (const [column] of parents) if (column !== 'hours') columns.delete(column)
    const options = columnsOf(cell.passage.text, scanned)
    place(
      cell,
      isUnderHours ? [...options].sort((a, b) => Number(b.endsWith('Hours')) - Number(a.endsWith('Hours'))) : options,
    )
  }
  const to =
    row +
    Math.max(
      1,
      second.length > 0 ? 2 : 1,
      ...placed.filter((cell) => cell.row === row && cell.rowSpan < 3).map((cell) => cell.rowSpan),
    )
  return isList(kind, columns) ? { kind, columns, from: row, to } : null
}

/** `姓名／职称`, or one over the other: two headings of one column. */
function pairOf(cell: GridCell, scanned: boolean): [Column[], Column[]] | null {
  const [first, second, more] = cellText(cell).split(/[/／\n]/)
  if (!first || !second || more !== undefined) return null
  const meant = [columnsOf(first, scanned), columnsOf(second, scanned)] as const
  return meant[0].length > 0 && meant[1].length > 0 ? [meant[0], meant[1]] : null
}

/** The cells of a header's second row: it lies under a cell that spans columns, beside cells that span both rows. */
function secondRow(grid: Grid, row: number, scanned: boolean): GridCell[] {
  const above = rowCells(grid, row)
  if (!above.some((cell) => cell.columnSpan > 1) || !above.some((cell) => cell.rowSpan > 1)) return []
  const own = rowCells(grid, row + 1).filter((cell) => cell.row === row + 1 && cellText(cell) !== '')
  return own.length >= 2 && own.every((cell) => columnsOf(cell.passage.text, scanned).length > 0) ? own : []
}

function isList(kind: ListKind, columns: Map<Column, unknown>): boolean {
  const has = (...names: Column[]) => names.some((name) => columns.has(name))
  const count = (...names: Column[]) => names.filter((name) => columns.has(name)).length
  switch (kind) {
    case 'teachers':
      return (
        has('name', 'topic') &&
        count('name', 'title', 'method', 'unit', 'topic', 'hours', 'theoryHours', 'speciality', 'degree') >= 3 &&
        !(has('date') && has('time') && !has('title', 'unit'))
      )
    case 'schedule':
      return has('date', 'time', 'start') && has('topic', 'content') && columns.size >= 3
    case 'sessions':
      return has('date', 'time', 'start') && has('place') && !has('hours')
    case 'history':
      return has('year') && has('executed', 'number', 'nationalNumber') && columns.size >= 3
  }
}
