import { meet } from '../boxes.ts'
import type { Box } from '../model.ts'
import type { Square } from './checkboxes.ts'
import { inkWithin } from './ink-in-box.ts'
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
/** Sides that are left may be as thick as this share of their length. */
const RIM = 0.2

/** Squares of which a fax lost one or two sides, as large as the whole ones of the page. */
export function partialSquares(ink: Plane, whole: Square[]): Square[] {
  const side = usualSide(whole)
  if (side === null) return []
  const level = oppositeSides(ink, side, false)
  const upright = oppositeSides(ink, side, true).filter((box) => !level.some((other) => meet(box, other)))
  return [...level, ...upright].flatMap((box) => {
    const shorter = Math.min(box.width, box.height)
    const inner = inkWithin(ink, box, [2, Math.max(2, Math.round(RIM * shorter))])
    return inner > INNER ? [] : [{ box, inner, beyond: 0, crisp: false, partial: true as const }]
  })
}

/** Marks the squares that are as large as the crisp ones of the page. */
export function markAlike(whole: Square[]): Square[] {
  const side = usualSide(whole)
  if (side === null) return whole
  return whole.map((square) => (!square.crisp && isAsLarge(square.box, side) ? { ...square, alike: true } : square))
}

/** Whether a box has sides of about this length. */
export const isAsLarge = ({ width, height }: Box, side: number): boolean =>
  Math.max(Math.abs(width - side), Math.abs(height - side)) <= ALIKE * side + 1

/** The side of most crisp squares of a page; null where there are too few, or they differ. */
export function usualSide(whole: Square[]): number | null {
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
