import { matchWhole } from '../labels/lexicon.ts'
import { cellText, type Grid, type GridCell, isScanned, makeGrid, rowCells } from '../layout/grid.ts'
import { columnsOf } from './columns.ts'

/** Fewer headings than this are fields of the form. */
const HEADINGS = 4

/**
 * A list whose headings stand down its first column, with a lecture a column, turned so that they stand in a row; `from` and `to`
 * are its rows in the table. Null when there is none: a form's own labels stand down the left side likewise.
 */
export function turnList(grid: Grid): { grid: Grid; from: number; to: number } | null {
  for (let from = 0; from < grid.rows; from++) {
    let to = from
    while (to < grid.rows && isAcross(grid, to) && rowCells(grid, to).length === rowCells(grid, from).length) to++
    if (to - from < HEADINGS) continue
    const rows = Array.from({ length: to - from }, (_, index) => rowCells(grid, from + index))
    const meant = new Set(rows.flatMap(([head]) => (head ? columnsOf(cellText(head)) : [])))
    if (meant.has('name') && meant.has('topic') && meant.has('hours')) return { grid: turn(rows), from, to }
  }
  return null
}

/** A heading and two values or more, none of which is a label. */
function isAcross(grid: Grid, row: number): boolean {
  const cells = rowCells(grid, row)
  const [head, ...values] = cells
  return (
    head !== undefined &&
    values.length >= 2 &&
    cells.every((cell) => cell.rowSpan === 1) &&
    columnsOf(cellText(head), isScanned(head)).length > 0 &&
    values.every((cell) => matchWhole(cell.passage.text, null) === null)
  )
}

function turn(rows: GridCell[][]): Grid {
  const cells = rows.flatMap((row, column) =>
    row.map((cell, index): GridCell => ({ ...cell, row: index, column, rowSpan: 1, columnSpan: 1 })),
  )
  return makeGrid(cells, rows[0]?.length ?? 0, rows.length, new Set(), null)
}
