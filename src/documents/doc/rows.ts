import { blankCell, closeGrid } from '../docx/grid.ts'
import type { Cell, Line, Table } from '../model.ts'
import { viewOf } from './file.ts'
import type { Modifiers } from './modifiers.ts'

const DEFINITION = 0xd608
const VERTICAL_MERGE = 0xd62b
const CELL_BYTES = 20
/** Borders of two rows closer than this (twips, about 0.5 mm) are one. */
const SAME_BORDER = 30

type Merge = 'none' | 'first' | 'continued'
type CellShape = { across: Merge; down: Merge }

/** A table row as the file defines it: the borders between its cells (twips) and how they are merged. */
export type RowShape = { borders: number[]; cells: CellShape[] }

export type Row = { shape: RowShape; cells: Line[][] }

/** The row's definition, from the modifiers of its end mark ([MS-DOC] 2.9.322); `null` when there is none. */
export function rowShape(modifiers: Modifiers): RowShape | null {
  const definition = modifiers.get(DEFINITION)
  const count = definition?.[0]
  if (!definition || !count || definition.length < 1 + (count + 1) * 2) return null
  const view = viewOf(definition)
  const borders = Array.from({ length: count + 1 }, (_, i) => view.getInt16(1 + i * 2, true))
  const cells = Array.from({ length: count }, (_, i) => {
    const at = 1 + (count + 1) * 2 + i * CELL_BYTES
    return at + 2 <= definition.length
      ? shapeOf(view.getUint16(at, true))
      : { across: 'none' as const, down: 'none' as const }
  })
  const [index, flags] = modifiers.get(VERTICAL_MERGE) ?? []
  const cell = index === undefined ? undefined : cells[index]
  if (cell && flags !== undefined) cell.down = mergeOf(flags & 3, 1)
  return { borders, cells }
}

function shapeOf(flags: number): CellShape {
  return { across: mergeOf(flags & 3, 1), down: mergeOf((flags >> 5) & 3, 1) }
}

/** Two bits: 0 none, 1 merged with the one before, 2 or 3 the first of its group. */
function mergeOf(bits: number, continued: number): Merge {
  return bits === 0 ? 'none' : bits === continued ? 'continued' : 'first'
}

/** Puts rows onto the grid that all their borders make together. `hide` takes text of covered cells, which Word does not show. */
export function tableOf(rows: Row[], number: number, hide: (lines: Line[]) => void): Table {
  const borders = mergeBorders(rows.flatMap((row) => row.shape.borders))
  const columnOf = (border: number) => nearest(borders, border)
  const cells: Cell[] = []
  let above = new Map<number, Cell>()
  rows.forEach((row, rowIndex) => {
    const placed = new Map<number, Cell>()
    let end = 0
    for (const { index, lines, left, right, down } of joinAcross(row)) {
      const column = Math.max(end, columnOf(left))
      const columnSpan = Math.max(1, columnOf(right) - column)
      if (column > end) cells.push(blankCell(rowIndex, end, column - end))
      end = column + columnSpan
      const upper = above.get(column)
      if (down === 'continued' && upper && upper.columnSpan === columnSpan) {
        upper.rowSpan++
        hide(lines)
        placed.set(column, upper)
      } else {
        const path = `table ${number}, row ${rowIndex + 1}, cell ${index + 1}`
        const cell = { row: rowIndex, column, rowSpan: 1, columnSpan, box: null, lines, path }
        cells.push(cell)
        placed.set(column, cell)
      }
    }
    above = placed
  })
  return closeGrid(cells, rows.length)
}

type Joined = { index: number; lines: Line[]; left: number; right: number; down: Merge }

/** Cells merged across become one, from the first one's left border to the last one's right. */
function joinAcross({ shape, cells }: Row): Joined[] {
  const joined: Joined[] = []
  cells.forEach((lines, index) => {
    const { across, down } = shape.cells[index] ?? { across: 'none', down: 'none' }
    const [left, right] = [shape.borders[index] ?? 0, shape.borders[index + 1] ?? 0]
    const before = joined.at(-1)
    if (across === 'continued' && before) {
      before.right = right
      before.lines = [...before.lines, ...lines]
    } else joined.push({ index, lines, left, right, down })
  })
  return joined
}

function mergeBorders(all: number[]): number[] {
  const merged: number[] = []
  for (const border of all.sort((a, b) => a - b)) {
    const last = merged.at(-1)
    if (last === undefined || border - last > SAME_BORDER) merged.push(border)
  }
  return merged
}

function nearest(borders: number[], border: number): number {
  let best = 0
  borders.forEach((candidate, i) => {
    if (Math.abs(candidate - border) < Math.abs((borders[best] ?? 0) - border)) best = i
  })
  return best
}
