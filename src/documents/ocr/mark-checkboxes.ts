import type { Box, Checkbox } from '../model.ts'
import type { OcrLine, OcrUnit } from '../ports.ts'
import type { Square } from './checkboxes.ts'
import { isBoxReading } from './square-characters.ts'

/** Shares of ink within a box: empty ones have at most 0.11, ticked ones at least 0.19; between these two is for a person. */
const EMPTY = 0.1
const TICKED = 0.15
/** A box belongs to a line at most this many of its heights away. */
const REACH = 1.6
/** A smaller square, as a share of the line's type, is a part of a character. */
const PART = 0.55
/** A line's box is about this much higher than its type. */
const AIR = 1.5

/**
 * Puts ☐ and ☑ into the lines beside which squares stand, in place of what the recogniser took them for, and lists them.
 * Squares that are characters of a word stay text; squares apart from any line are pictures, except alone in a cell.
 */
export function markCheckboxes(
  lines: OcrLine[],
  squares: Square[],
  cells: Box[],
): { lines: OcrLine[]; checkboxes: Checkbox[] } {
  const marked = [...lines]
  const checkboxes: Checkbox[] = []
  for (const square of squares.toSorted((a, b) => a.box.x - b.box.x)) {
    const checkbox = judge(square)
    const index = nearestLine(marked, square.box, cells)
    const line = marked[index]
    const changed = line ? putInto(line, square, checkbox) : standAlone(square, checkbox, cells)
    if (!changed) continue
    if (line) marked[index] = changed
    else marked.push(changed)
    checkboxes.push(checkbox)
  }
  return { lines: marked, checkboxes }
}

function judge({ box, inner }: Square): Checkbox {
  if (inner <= EMPTY) return { box, checked: false, confidence: 0.95 - inner }
  if (inner >= TICKED) return { box, checked: true, confidence: Math.min(0.97, 0.75 + inner) }
  return { box, checked: null, confidence: 0.5 }
}

function nearestLine(lines: OcrLine[], box: Box, cells: Box[]): number {
  const cell = cellAt(cells, box)
  const middle = box.y + box.height / 2
  let best = -1
  let nearest = Number.POSITIVE_INFINITY
  lines.forEach((line, i) => {
    if (Math.abs(line.box.y + line.box.height / 2 - middle) > 0.5 * line.box.height) return
    if (cellAt(cells, line.box) !== cell) return
    const right = line.box.x + line.box.width
    const gap = Math.max(line.box.x - (box.x + box.width), box.x - right, 0)
    if (gap > REACH * line.box.height || gap >= nearest) return
    nearest = gap
    best = i
  })
  return best
}

function cellAt(cells: Box[], box: Box): Box | undefined {
  const x = box.x + box.width / 2
  const y = box.y + box.height / 2
  return cells.find((cell) => x >= cell.x && x < cell.x + cell.width && y >= cell.y && y < cell.y + cell.height)
}

/** The line with the box in it, or `null` when the square is one of the line's characters. */
function putInto(line: OcrLine, square: Square, checkbox: Checkbox): OcrLine | null {
  const { box } = square
  if (box.height < (PART * line.box.height) / AIR) return null
  const middle = box.x + box.width / 2
  const covered = line.units.flatMap((unit, i) => (Math.abs(unit.middle - middle) < 0.55 * box.width ? [i] : []))
  const from = covered[0] ?? line.units.filter((unit) => unit.middle < middle).length
  const to = (covered.at(-1) ?? from - 1) + 1
  for (const i of covered) {
    const character = line.text[i] ?? ''
    if (/[☐☑]/.test(character)) return null
    const certainty = line.units[i]?.certainty ?? 1
    const before = line.text[from - 1] ?? ''
    const after = line.text[to] ?? ''
    if (character !== ' ' && !isBoxReading(character, before, after, square.crisp, certainty)) return null
  }
  const unit: OcrUnit = { middle, certainty: checkbox.confidence }
  const units = [...line.units.slice(0, from), unit, ...line.units.slice(to)]
  const text = line.text.slice(0, from) + (checkbox.checked ? '☑' : '☐') + line.text.slice(to)
  const edges = [...line.edges.slice(0, from), box.x, box.x + box.width, ...line.edges.slice(to + 1)]
  const left = Math.min(line.box.x, box.x)
  const right = Math.max(line.box.x + line.box.width, box.x + box.width)
  return {
    text,
    units,
    edges,
    box: { ...line.box, x: left, width: right - left },
    confidence: Math.min(...units.map((each) => each.certainty)),
  }
}

function standAlone({ box, crisp }: Square, checkbox: Checkbox, cells: Box[]): OcrLine | null {
  if (!crisp || !cellAt(cells, box)) return null
  return {
    text: checkbox.checked ? '☑' : '☐',
    box,
    edges: [box.x, box.x + box.width],
    units: [{ middle: box.x + box.width / 2, certainty: checkbox.confidence }],
    confidence: checkbox.confidence,
  }
}
