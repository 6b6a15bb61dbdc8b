import type { Cell, Table } from '../model.ts'

/**
 * Makes a table of placed cells and sees to it that every position is covered: a row that ends early is closed by widening its
 * last cell, any other gap by a blank cell.
 */
export function closeGrid(cells: Cell[], rows: number): Table {
  const columns = cells.reduce((most, cell) => Math.max(most, cell.column + cell.columnSpan), 0)
  const covered = Array.from({ length: rows }, () => new Array<Cell | undefined>(columns))
  for (const cell of cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) {
      covered[row]?.fill(cell, cell.column, cell.column + cell.columnSpan)
    }
  }
  covered.forEach((positions, row) => {
    const end = positions.findLastIndex((cell) => cell !== undefined) + 1
    if (end === columns) return
    const last = positions[end - 1]
    if (last && last.row === row && last.rowSpan === 1) last.columnSpan = columns - last.column
    else cells.push(blankCell(row, end, columns - end))
  })
  return { rows, columns, cells: cells.sort((a, b) => a.row - b.row || a.column - b.column), box: null }
}

export function blankCell(row: number, column: number, columnSpan: number): Cell {
  return { row, column, rowSpan: 1, columnSpan, box: null, lines: [] }
}
