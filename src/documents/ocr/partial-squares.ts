import { meet } from '../boxes.ts'
import type { Box } from '../model.ts'
import type { Square } from './checkboxes.ts'
import type { Plane } from './raster.ts'
import { eachStretch } from './stretches.ts'
import { medianOf } from './strips.ts'

/** So many whole boxes tell how large the boxes of a page are; fewer may be characters. */
const KNOWN = 3
/** Boxes of one form differ by at most this share of their side. */
const ALIKE = 0.1
/** Share of a side that must be inked, and of one that is taken for lost. */
const SIDE = { inked: 0.78, gap: 2 }
const INNER = 0.3

/** Squares of which a fax lost one or two sides, as large as the whole ones of the page. */
export function partialSquares(ink: Plane, whole: Square[]): Square[] {
  const side = usualSide(whole)
  if (side === null) return []
  const level = oppositeSides(ink, side, false)
  const upright = oppositeSides(ink, side, true).filter((box) => !level.some((other) => meet(box, other)))
  return [...level, ...upright].flatMap((box) => {
    const inner = inkWithin(ink, box)
    return inner > INNER ? [] : [{ box, inner, beyond: 0, crisp: false, partial: true as const }]
  })
}

/** Marks the squares that are as large as the crisp ones of the page. */
export function markAlike(whole: Square[]): Square[] {
  const side = usualSide(whole)
  if (side === null) return whole
  const isAlike = (length: number) => Math.abs(length - side) <= ALIKE * side + 1
  return whole.map((square) =>
    !square.crisp && isAlike(square.box.width) && isAlike(square.box.height) ? { ...square, alike: true } : square,
  )
}

function usualSide(whole: Square[]): number | null {
  const sides = whole.filter(({ crisp }) => crisp).map(({ box }) => (box.width + box.height) / 2)
  const side = medianOf(sides)
  if (side === undefined || side === null) return null
  const alike = sides.filter((each) => Math.abs(each - side) <= ALIKE * side)
  return alike.length >= KNOWN ? side : null
}

type Run = { line: number; from: number; to: number }

/** Pairs of parallel runs, as long as a side and as far apart, level or upright. */
function oppositeSides(ink: Plane, side: number, vertical: boolean): Box[] {
  const runs = runsOf(ink, side, vertical)
  const boxes: Box[] = []
  for (const [index, first] of runs.entries()) {
    for (const second of runs.slice(index + 1)) {
      const apart = second.line - first.line + 1
      if (apart > side * (1 + ALIKE) + 1) break
      if (apart < side * (1 - ALIKE) - 1) continue
      if (Math.abs(first.from - second.from) > ALIKE * side + 1 || Math.abs(first.to - second.to) > ALIKE * side + 1)
        continue
      const from = Math.min(first.from, second.from)
      const length = Math.max(first.to, second.to) - from
      const box = vertical
        ? { x: first.line, y: from, width: apart, height: length }
        : { x: from, y: first.line, width: length, height: apart }
      if (!boxes.some((other) => Math.abs(other.x - box.x) < side / 2 && Math.abs(other.y - box.y) < side / 2))
        boxes.push(box)
    }
  }
  return boxes
}

/** Runs of ink as long as a side, of which nothing goes on at either end. */
function runsOf(ink: Plane, side: number, vertical: boolean): Run[] {
  const runs: Run[] = []
  eachStretch(ink, vertical, SIDE.gap, (line, from, last, count) => {
    const extent = last + 1 - from
    if (Math.abs(extent - side) <= ALIKE * side + 1 && count >= SIDE.inked * extent)
      runs.push({ line, from, to: last + 1 })
  })
  return runs.sort((a, b) => a.line - b.line || a.from - b.from)
}

function inkWithin(ink: Plane, { x, y, width, height }: Box): number {
  const inset = Math.max(2, Math.round(0.15 * Math.min(width, height)))
  let count = 0
  let all = 0
  for (let v = y + inset; v < y + height - inset; v++) {
    for (let u = x + inset; u < x + width - inset; u++) {
      all++
      count += ink.data[v * ink.width + u] ?? 0
    }
  }
  return all === 0 ? 1 : count / all
}
