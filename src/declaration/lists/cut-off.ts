import type { Column } from '../labels/columns.ts'
import { type GridCell, isScanned } from '../layout/grid.ts'
import type { List } from './rows.ts'

/** In heights of a line: texts set to the left begin so near the border, leave so much free, and one cut off begins so far. */
const [AT_BORDER, FREE, FAR] = [0.8, 2, 1.2]
/** So many short texts at the border tell that a column is set to the left. */
const TELLING = 2

/** Room before and behind a cell's text, in heights of its lines. */
function roomIn(cell: GridCell | undefined): { before: number; behind: number } | null {
  const frame = cell?.frames[0]?.box
  const lines = cell?.passage.pieces.flatMap(({ line }) => line.box ?? []) ?? []
  if (!cell || !frame || lines.length === 0 || cell.frames.length > 1 || !isScanned(cell)) return null
  const height = Math.max(...lines.map((line) => line.height))
  const from = Math.min(...lines.map((line) => line.x))
  const to = Math.max(...lines.map((line) => line.x + line.width))
  return { before: (from - frame.x) / height, behind: (frame.x + frame.width - to) / height }
}

/**
 * The rows of a scanned list in whose `column` the text begins far from the border where others begin: `技师` under `副主任技师`.
 * Its first characters may have been lost.
 */
export function cutOffIn({ rows }: List, column: Column): Set<number> {
  const rooms = rows.map((row) => roomIn(row.cell(column)))
  const atBorder = rooms.filter((room) => room && room.before < AT_BORDER && room.behind > FREE)
  if (atBorder.length < TELLING) return new Set()
  return new Set(rooms.flatMap((room, index) => (room && room.before > FAR ? [index] : [])))
}
