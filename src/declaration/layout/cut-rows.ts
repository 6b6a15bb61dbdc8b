import { tablesFromCells } from '../../documents/layout/grid.ts'
import type { Box, Cell, Line, Page, Table } from '../../documents/model.ts'
import { textOf } from '../../documents/text.ts'
import { matchWhole } from '../labels/lexicon.ts'

/** Points: pieces so far apart across their direction are one ruling; a ruling ends so near a cell's side at it. */
const [SAME, AT_SIDE] = [3.5, 5]
/** A row has room for print; shorter strokes are characters' own. Points. */
const [ROW, SHORTEST] = [9, 12]
/** Pieces of a row's border that a seal left cover so much of a cell's width; a level ruling leans no more. */
const [COVERED, LEAN] = [0.5, 0.03]

type Piece = { from: number; to: number }
/** A level ruling in pieces; `at` gives its y at an x. */
type Level = { pieces: Piece[]; at: (x: number) => number }

/**
 * A scanned table with the rows that a seal ran together: the border between them was lost under its rim, but pieces of it
 * are left on both sides. Cells are cut along a ruling that reaches one of their sides and crosses no line of text.
 */
export function cutRows(table: Table, page: Page): Table {
  if (page.source !== 'ocr' || page.seals.length === 0 || !table.box || table.unruled) return table
  const levels = levelsOf(page, table.box)
  const middle = middleOf(table.box)
  const edges = table.cells.flatMap(({ box }) => (box ? [box.y, box.y + box.height] : []))
  const snap = (y: number) => edges.find((edge) => Math.abs(edge - y) < ROW) ?? y
  const cuts = new Map<Cell, Level[]>()
  for (const cell of table.cells) {
    const own = levels.filter((level) => isCut(cell, level))
    if (own.length > 0) cuts.set(cell, own)
  }
  if (cuts.size === 0) return table
  for (const cell of table.cells) cutLabels(cell, cuts)
  const held = new Map<Box, Line[]>()
  for (const cell of table.cells) {
    if (!cell.box) return table
    for (const part of partsOf(cell, cell.box, cuts.get(cell) ?? [], (level) => snap(level.at(middle))))
      held.set(part.box, part.lines)
  }
  const [whole, more] = tablesFromCells([...held.keys()])
  if (!whole || more) return table
  const cells = whole.cells.map((cell) => ({ ...cell, lines: (cell.box && held.get(cell.box)) ?? [] }))
  const count = (own: Cell[]) => own.reduce((sum, { lines }) => sum + lines.length, 0)
  return count(cells) === count(table.cells) ? { ...table, ...whole, cells } : table
}

function levelsOf(page: Page, table: Box): Level[] {
  const level = page.rulings.filter(
    ({ x1, y1, x2, y2 }) => Math.abs(x2 - x1) >= SHORTEST && Math.abs(y2 - y1) <= Math.max(1, LEAN * Math.abs(x2 - x1)),
  )
  const leans = level
    .filter(({ x1, x2 }) => Math.abs(x2 - x1) > table.width / 2)
    .map(({ x1, y1, x2, y2 }) => (y2 - y1) / (x2 - x1))
    .sort((a, b) => a - b)
  const lean = leans[Math.floor(leans.length / 2)] ?? 0
  const sorted = level
    .map(({ x1, y1, x2, y2 }) => ({
      piece: { from: Math.min(x1, x2), to: Math.max(x1, x2) },
      foot: (y1 + y2) / 2 - (lean * (x1 + x2)) / 2,
    }))
    .sort((a, b) => a.foot - b.foot)
  const levels: { pieces: Piece[]; foot: number }[] = []
  for (const { piece, foot } of sorted) {
    const last = levels.at(-1)
    if (last && foot - last.foot <= SAME) last.pieces.push(piece)
    else levels.push({ pieces: [piece], foot })
  }
  return levels.map(({ pieces, foot }) => ({ pieces, at: (x) => foot + lean * x }))
}

const middleOf = ({ x, width }: Box) => x + width / 2

const isWithin = ({ box }: Cell, { at }: Level): boolean =>
  box !== null && at(middleOf(box)) > box.y + ROW && at(middleOf(box)) < box.y + box.height - ROW

function isCut(cell: Cell, level: Level): boolean {
  const { box } = cell
  if (!box || !isWithin(cell, level)) return false
  const [left, right] = [box.x, box.x + box.width]
  const own = level.pieces.filter(({ from, to }) => to > left + AT_SIDE && from < right - AT_SIDE)
  const covered = own.reduce((sum, { from, to }) => sum + Math.min(to, right) - Math.max(from, left), 0)
  const reaches = own.some(({ from, to }) => from <= left + AT_SIDE || to >= right - AT_SIDE)
  return reaches && covered >= COVERED * box.width && !cell.lines.some((line) => crosses(line, level))
}

/** A level drawn through a line's middle is no border; where the level itself is lost the line may be read twice. */
function crosses({ box }: Line, { at, pieces }: Level): boolean {
  if (!box || at(middleOf(box)) < box.y + box.height / 4 || at(middleOf(box)) > box.y + (box.height * 3) / 4)
    return false
  const drawn = pieces.map(({ from, to }) => Math.min(to, box.x + box.width) - Math.max(from, box.x))
  return drawn.some((width) => width > box.width / 2)
}

/** Beside a cut cell one that holds two labels one over the other was two cells as well. */
function cutLabels(cell: Cell, cuts: Map<Cell, Level[]>): void {
  const known = cuts.get(cell) ?? []
  const beside = [...cuts]
    .filter(([other]) => other.column === cell.column + cell.columnSpan)
    .flatMap(([, levels]) => levels)
    .filter((level) => !known.includes(level) && isWithin(cell, level))
  const levels = [...known, ...new Set(beside)]
  if (beside.length === 0 || cell.lines.some((line) => beside.some((level) => crosses(line, level)))) return
  const texts = linesBetween(cell.lines, levels).map((lines) => lines.map(textOf).join('\n'))
  if (texts.every((text) => matchWhole(text, null, true) !== null)) cuts.set(cell, levels)
}

/** The lines above the first level, between it and the next, and so on. */
function linesBetween(lines: Line[], levels: Level[]): Line[][] {
  const parts: Line[][] = Array.from({ length: levels.length + 1 }, () => [])
  for (const line of lines) {
    const { box } = line
    const above = box ? levels.filter(({ at }) => at(middleOf(box)) < box.y + box.height / 2).length : 0
    parts[above]?.push(line)
  }
  return parts
}

function partsOf(cell: Cell, box: Box, levels: Level[], yOf: (level: Level) => number): { box: Box; lines: Line[] }[] {
  if (levels.length === 0) return [{ box, lines: cell.lines }]
  const ys = [box.y, ...levels.map(yOf).sort((a, b) => a - b), box.y + box.height]
  return linesBetween(cell.lines, levels).map((lines, index) => {
    const [top = box.y, bottom = top] = [ys[index], ys[index + 1]]
    return { box: { ...box, y: top, height: bottom - top }, lines }
  })
}
