import { plain, type SheetCell, type SheetRow, wordsOf } from './rows.ts'
import { readCounts } from './totals.ts'

/** Fewer filled cells than this are no line of a list. */
const FEWEST_CELLS = 3

/** Joins the two halves of a line of a list that a page break runs through: the lower one has no serial number. */
export function joinBrokenRows(rows: SheetRow[]): SheetRow[] {
  const joined: SheetRow[] = []
  for (const row of rows) {
    const above = joined.at(-1)
    if (above && continues(above, row)) joined[joined.length - 1] = join(above, row)
    else joined.push(row)
  }
  return joined
}

function continues(above: SheetRow, row: SheetRow): boolean {
  if (above.table === null || row.table !== above.table + 1 || row.page !== above.page + 1) return false
  if (row.cells.length !== above.cells.length || above.cells.filter(({ text }) => text !== '').length < FEWEST_CELLS)
    return false
  const [first, below] = [above.cells[0]?.text ?? '', row.cells[0]?.text ?? '']
  return (
    plain(first) !== '' &&
    plain(below) === '' &&
    wordsOf(row).text.trim() !== '' &&
    readCounts(row, { of: null }).size === 0
  )
}

const join = (above: SheetRow, below: SheetRow): SheetRow => ({
  ...above,
  cells: above.cells.map((cell, index) => joinCells(cell, below.cells[index])),
})

const joinCells = (cell: SheetCell, below: SheetCell | undefined): SheetCell =>
  below && below.text !== ''
    ? { ...cell, text: `${cell.text}${below.text}`, confidence: Math.min(cell.confidence, below.confidence) }
    : cell
