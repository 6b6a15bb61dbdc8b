import { matchWhole } from '../labels/lexicon.ts'
import { passageOf } from '../text/passage.ts'
import { cellText, type Grid, type GridCell, isScanned, makeGrid, rowCells } from './grid.ts'

/** Share of the table's width by which borders may be apart on two pages. */
const SLACK = { drawn: 0.012, scanned: 0.03 }

/** Cell padding on both sides and a character or two, in line heights. */
const ROOM = 3.5
/** No label's second half is longer than this. */
const REST = 60

/** Whether `below` may be the same table on the next page: outer borders agree, or (DOCX) the number of columns. */
export function canContinue(above: Grid, below: Grid): boolean {
  if (!above.edges || !below.edges) return above.columns === below.columns
  const slack = slackOf(above) * widthOf(above)
  const [left, right] = [above.edges[0] ?? 0, above.edges.at(-1) ?? 0]
  return Math.abs(left - (below.edges[0] ?? 0)) <= slack * 2 && Math.abs(right - (below.edges.at(-1) ?? 0)) <= slack * 2
}

/** Of two photographs of pages a table's sides lie at most this share of its width from each other. */
const ANOTHER_PHOTOGRAPH = 0.12

/** A table on another photograph or leaning page, with its column borders as they were had both lain in the same place. */
export function fitPhotograph(above: Grid, below: Grid): Grid {
  const [left, right] = [above.edges?.[0], above.edges?.at(-1)]
  const [from, to] = [below.edges?.[0], below.edges?.at(-1)]
  if (left === undefined || right === undefined || from === undefined || to === undefined) return below
  if (Math.max(Math.abs(left - from), Math.abs(right - to)) > ANOTHER_PHOTOGRAPH * (right - left)) return below
  const scale = (right - left) / (to - from)
  return { ...below, edges: (below.edges ?? []).map((edge) => left + (edge - from) * scale) }
}

/** One table out of two, on the union of their column borders; a cell cut by the page break becomes one cell. */
export function joinTables(above: Grid, next: Grid): Grid {
  const below = withoutRepeatedHeader(above, next.cells.some(isScanned) ? fitPhotograph(above, next) : next)
  const isSameList = below.rows < next.rows && above.columns === below.columns
  const edges = above.edges && below.edges && !isSameList ? unionEdges(above, below) : null
  const upper = edges ? recolumn(above, edges) : above.cells
  const lower = (edges ? recolumn(below, edges) : below.cells).map((cell) => ({ ...cell, row: cell.row + above.rows }))
  const columns = edges ? edges.length - 1 : above.columns
  const joints = new Set([...above.joints, above.rows, ...[...below.joints].map((row) => row + above.rows)])
  const joined = makeGrid([...upper, ...lower], above.rows + below.rows, columns, joints, edges ?? above.edges)
  const whole = isCutGroup(joined, above.rows) ? mendGroup(joined, above.rows) : joined
  const mended = isCutRow(whole, above.rows) ? mendRow(whole, above.rows) : whole
  if (next.torn) mended.torn = true
  return mended
}

/** A header printed again after the page break says nothing new, and hides that the row under it may go on with the row above. */
function withoutRepeatedHeader(above: Grid, below: Grid): Grid {
  const textsOf = (grid: Grid, row: number) => rowCells(grid, row).map((cell) => cellText(cell).replace(/\s/g, ''))
  const first = textsOf(below, 0)
  if (first.filter(Boolean).length < 3 || below.rows < 2 || rowCells(below, 0).some((cell) => cell.rowSpan > 1))
    return below
  const isRepeated = Array.from({ length: above.rows }, (_, row) => row).some(
    (row) => textsOf(above, row).join('|') === first.join('|'),
  )
  if (!isRepeated) return below
  const cells = below.cells.filter((cell) => cell.row > 0).map((cell) => ({ ...cell, row: cell.row - 1 }))
  const joints = new Set([...below.joints].map((row) => row - 1))
  return makeGrid(cells, below.rows - 1, below.columns, joints, below.edges)
}

const widthOf = (grid: Grid) => (grid.edges?.at(-1) ?? 0) - (grid.edges?.[0] ?? 0)
const slackOf = (grid: Grid) => (grid.cells.some(isScanned) ? SLACK.scanned : SLACK.drawn)

function unionEdges(above: Grid, below: Grid): number[] {
  const slack = slackOf(above) * widthOf(above)
  const union: number[] = []
  for (const edge of [...(above.edges ?? []), ...(below.edges ?? [])].sort((a, b) => a - b)) {
    const last = union.at(-1)
    if (last === undefined || edge - last > slack) union.push(edge)
  }
  return union
}

function recolumn(grid: Grid, edges: number[]): GridCell[] {
  const nearest = (x: number) =>
    edges.reduce((best, edge, index) => (Math.abs(edge - x) < Math.abs((edges[best] ?? 0) - x) ? index : best), 0)
  const columnAt = (grid.edges ?? []).map(nearest)
  return grid.cells.map((cell) => {
    const column = columnAt[cell.column] ?? cell.column
    const end = columnAt[cell.column + cell.columnSpan] ?? column + cell.columnSpan
    return { ...cell, column, columnSpan: Math.max(1, end - column) }
  })
}

/**
 * The first row of a page goes on with the row above when its columns are the same, it holds no label, no single-line cell is
 * filled in both halves, and the first column is empty on one side (its text stands on the other).
 */
function isCutRow(grid: Grid, row: number): boolean {
  const above = rowCells(grid, row - 1)
  const below = rowCells(grid, row)
  if (above.length !== below.length || above.length === 0) return false
  if (
    !above.every((cell, index) => cell.column === below[index]?.column && cell.columnSpan === below[index]?.columnSpan)
  )
    return false
  if (above[0] !== below[0] && isCutLabel(above[0], below[0])) return true
  if (below.some((cell) => matchWhole(cellText(cell), null, isScanned(cell)))) return false
  if (above.length === 1) return !/[。！!]$/.test(cellText(above[0])) && !startsLabel(cellText(below[0]))
  const filledAbove = above.map((cell) => cellText(cell) !== '')
  const filledBelow = below.map((cell) => cellText(cell) !== '')
  if (!filledBelow.includes(true)) return false
  if (above.length === 2) return filledAbove[0] === true && filledBelow[0] === false && filledAbove[1] === true
  const both = filledAbove.filter((filled, index) => filled && filledBelow[index]).length
  const missing = filledAbove.some((filled, index) => filled && !filledBelow[index])
  const isShortInBoth = above.some((cell, index) => isSingle(cellText(cell)) && isSingle(cellText(below[index])))
  const isWholeInBoth = above.some((cell, index) => leavesRoom(cell, below[index]))
  return (
    missing &&
    both <= 3 &&
    !isShortInBoth &&
    !isWholeInBoth &&
    filledBelow.filter(Boolean).length < above.length / 2 + 1
  )
}

/** The text above ends well before the cell does: what stands below would have begun beside it, had it belonged there. */
function leavesRoom(above: GridCell, below: GridCell | undefined): boolean {
  const line = above.passage.pieces.at(-1)?.line.box
  const frame = above.frames.at(-1)?.box
  if (!line || !frame || cellText(below) === '') return false
  return frame.width - line.width > ROOM * line.height
}

/** `申办单位` at the foot of one page and `意见` at the head of the next: together another label than the first alone. */
function isCutLabel(above: GridCell | undefined, below: GridCell | undefined): boolean {
  const [first, rest] = [cellText(above), cellText(below)]
  if (!above || first === '' || rest === '' || rest.length > REST) return false
  if (/[（(][^）)]*$/.test(first) && /^[^（(]*[）)]/.test(rest)) return true
  const joined = matchWhole(first + rest, null, isScanned(above))
  const alone = matchWhole(first, null, isScanned(above))
  return joined !== null && joined.certainty > 0.95 && joined.label !== alone?.label
}

/** The cell before several rows (理论授课教师) is cut by the page break, the rows beside it are not. */
function isCutGroup(grid: Grid, row: number): boolean {
  const [above, below] = [rowCells(grid, row - 1), rowCells(grid, row)]
  const [first, next] = [above[0], below[0]]
  if (!first || !next || first === next || first.column !== next.column) return false
  if (first.rowSpan === 1 && next.rowSpan === 1) return false
  const filled = (cells: GridCell[]) => cells.slice(1).filter((cell) => cellText(cell) !== '').length
  return filled(above) > 1 && filled(below) > 1 && isCutLabel(first, next)
}

function mendGroup(grid: Grid, row: number): Grid {
  const [first, next] = [rowCells(grid, row - 1)[0], rowCells(grid, row)[0]]
  if (!first || !next) return grid
  const whole: GridCell = {
    ...first,
    rowSpan: next.row + next.rowSpan - first.row,
    passage: passageOf([...first.passage.pieces, ...next.passage.pieces]),
    frames: [...first.frames, ...next.frames],
  }
  const cells = grid.cells.filter((cell) => cell !== next).map((cell) => (cell === first ? whole : cell))
  return { ...makeGrid(cells, grid.rows, grid.columns, grid.joints, grid.edges), ...(grid.torn ? { torn: true } : {}) }
}

/** A number, or a short name: what never runs over two lines. */
const isSingle = (text: string) => /^[\d.]{1,5}(学时|小时)?$/.test(text)

const startsLabel = (text: string) =>
  /^[^。，,]{2,40}[（(]?[^。，,]{0,30}[)）]?\s*[:：\n]/.test(text) &&
  matchWhole(text.split(/[:：\n]/)[0] ?? '', null) !== null

function mendRow(grid: Grid, row: number): Grid {
  const below = rowCells(grid, row)
  const gone = new Set(below)
  const cells = grid.cells
    .filter((cell) => !gone.has(cell))
    .map((cell) => {
      const isAbove = cell.row <= row - 1 && cell.row + cell.rowSpan > row - 1
      const rest = isAbove ? below.find((other) => other.column === cell.column) : undefined
      const moved = cell.row > row ? { ...cell, row: cell.row - 1 } : cell
      if (!rest) return moved
      return {
        ...cell,
        rowSpan: Math.max(cell.rowSpan, row - cell.row + rest.rowSpan - 1),
        passage: passageOf([...cell.passage.pieces, ...rest.passage.pieces]),
        frames: [...cell.frames, ...rest.frames],
      }
    })
  const joints = new Set(
    [...grid.joints].filter((joint) => joint !== row).map((joint) => (joint > row ? joint - 1 : joint)),
  )
  return makeGrid(cells, grid.rows - 1, grid.columns, joints, grid.edges)
}
