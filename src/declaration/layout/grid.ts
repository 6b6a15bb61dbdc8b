import type { Box, Table } from '../../documents/model.ts'
import { type Passage, type Place, passageOf, pieceOf } from '../text/passage.ts'

/** A cell of a table that may run over several pages; `frames` has one box a page. */
export type GridCell = {
  row: number
  column: number
  rowSpan: number
  columnSpan: number
  passage: Passage
  frames: { place: Place; box: Box | null }[]
}

/**
 * `joints`: rows that stand first on a further page. `edges`: x of the columns' borders in points, where known. `torn`: the
 * next page begins with lines like rows, which do not fit the columns: rows may be missing at the end.
 */
export type Grid = {
  rows: number
  columns: number
  cells: GridCell[]
  joints: Set<number>
  edges: number[] | null
  torn?: true
  /** Its columns are told by white space. */
  unruled?: true
  at(row: number, column: number): GridCell | undefined
}

export function gridOf(table: Table, place: Place): Grid {
  const cells = table.cells.map((cell): GridCell => {
    const spot = { ...place, path: cell.path }
    return {
      row: cell.row,
      column: cell.column,
      rowSpan: Math.max(1, cell.rowSpan),
      columnSpan: Math.max(1, cell.columnSpan),
      passage: passageOf(cell.lines.map((line) => pieceOf(line, spot, cell.box))),
      frames: [{ place: spot, box: cell.box }],
    }
  })
  const grid = makeGrid(cells, table.rows, table.columns, new Set(), edgesOf(cells, table.columns))
  return table.unruled ? { ...grid, unruled: true } : grid
}

export function makeGrid(
  cells: GridCell[],
  rows: number,
  columns: number,
  joints: Set<number>,
  edges: number[] | null,
): Grid {
  const covered = new Map<number, GridCell>()
  for (const cell of cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) {
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++) {
        const key = row * columns + column
        if (!covered.has(key)) covered.set(key, cell)
      }
    }
  }
  const at = (row: number, column: number) =>
    column < 0 || column >= columns || row < 0 ? undefined : covered.get(row * columns + column)
  return { rows, columns, cells, joints, edges, at }
}

/** The cells of a row from left to right, each once, those from rows above included. */
export function rowCells(grid: Grid, row: number): GridCell[] {
  const cells: GridCell[] = []
  for (let column = 0; column < grid.columns; column++) {
    const cell = grid.at(row, column)
    if (cell && cells.at(-1) !== cell) cells.push(cell)
  }
  return cells
}

export const cellText = (cell: GridCell | undefined): string => cell?.passage.text.trim() ?? ''

const placeOf = (cell: GridCell): Place | undefined => cell.frames[0]?.place

export const isScanned = (cell: GridCell): boolean => placeOf(cell)?.page.source === 'ocr'

function edgesOf(cells: GridCell[], columns: number): number[] | null {
  const edges: (number | undefined)[] = Array.from({ length: columns + 1 })
  for (const cell of cells) {
    const box = cell.frames[0]?.box
    if (!box) return null
    edges[cell.column] ??= box.x
    edges[cell.column + cell.columnSpan] ??= box.x + box.width
  }
  return edges.every((edge) => edge !== undefined) ? (edges as number[]) : null
}

export const gridRows = (cell: GridCell): number[] =>
  Array.from({ length: cell.rowSpan }, (_, index) => cell.row + index)
