import type { Box } from '../model.ts'
import type { Plane } from './raster.ts'

/** Heights and gaps as shares of the line's type. */
const STROKE = { least: 0.72, most: 1.5, wide: 0.22 }
const APART = { least: 0.22, most: 2 }
const ALIGNED = 0.15

/** Two square brackets used as a checkbox: `[ ]`, `[√]`. `inner`: the share of ink between them. */
export type Brackets = { box: Box; inner: number }

type Stroke = { left: number; right: number; top: number; bottom: number }

/** Pairs of square brackets in a line at most two characters apart. `ink` without rulings; `type`: height of the line's characters. */
export function findBrackets(ink: Plane, line: Box, type: number): Brackets[] {
  const strokes = uprightStrokes(ink, line, type)
  const found: Brackets[] = []
  for (const [i, open] of strokes.entries()) {
    if (!isOpening(ink, open, type)) continue
    const close = strokes
      .slice(i + 1)
      .find((stroke) => stroke.left - open.right > APART.least * type && isClosing(ink, stroke, type))
    if (!close || close.left - open.right > APART.most * type) continue
    const aligned = [close.top - open.top, close.bottom - open.bottom].every((d) => Math.abs(d) <= ALIGNED * type)
    const height = open.bottom - open.top
    const middle = (open.right + close.left) / 2
    const from = Math.min(middle - 1, open.right + 0.2 * type)
    const to = Math.max(middle + 1, close.left - 0.2 * type)
    const edge = Math.max(2, Math.round(0.1 * type))
    const closedAbove = coveredColumns(ink, from, to, open.top - 1, open.top + edge) > 0.7
    const closedBelow = coveredColumns(ink, from, to, open.bottom - edge, open.bottom + 1) > 0.7
    if (!aligned || closedAbove || closedBelow) continue
    found.push({
      box: { x: open.left, y: open.top, width: close.right - open.left, height },
      inner: share(ink, open.right + 2, close.left - 2, open.top + 0.2 * height, open.bottom - 0.15 * height),
    })
  }
  return found
}

/** Upright strokes as high as the type, from left to right. */
function uprightStrokes(ink: Plane, line: Box, type: number): Stroke[] {
  const top = Math.max(0, Math.floor(line.y))
  const bottom = Math.min(ink.height, Math.ceil(line.y + line.height))
  const strokes: Stroke[] = []
  for (
    let x = Math.max(0, Math.floor(line.x - type / 2));
    x < Math.min(ink.width, line.x + line.width + type / 2);
    x++
  ) {
    let best = { from: 0, to: 0 }
    let from = top
    let gap = 0
    for (let y = top; y < bottom; y++) {
      if (ink.data[y * ink.width + x]) {
        gap = 0
        if (y + 1 - from > best.to - best.from) best = { from, to: y + 1 }
      } else if (++gap > 1) from = y + 1
    }
    const length = best.to - best.from
    if (length < STROKE.least * type || length > STROKE.most * type) continue
    const last = strokes.at(-1)
    if (last && last.right === x) {
      last.right = x + 1
      last.top = Math.min(last.top, best.from)
      last.bottom = Math.max(last.bottom, best.to)
    } else strokes.push({ left: x, right: x + 1, top: best.from, bottom: best.to })
  }
  return strokes.filter((stroke) => stroke.right - stroke.left <= Math.max(2, STROKE.wide * type))
}

/** The ends turn right and nothing stands on its left. */
function isOpening(ink: Plane, stroke: Stroke, type: number): boolean {
  const reach = Math.max(2, Math.round(0.12 * type))
  const before = share(ink, stroke.left - reach - 1, stroke.left - 1, stroke.top, stroke.bottom)
  const ends = turnedEnds(ink, stroke.left, -1, reach, stroke, type)
  return before < 0.06 && Math.max(...ends) < 0.6 && isHollow(ink, stroke, type, 1)
}

/** The ends turn left; the next character may stand close behind. */
function isClosing(ink: Plane, stroke: Stroke, type: number): boolean {
  const behind = share(ink, stroke.right, stroke.right + 1, stroke.top, stroke.bottom)
  return behind < 0.4 && isHollow(ink, stroke, type, -1)
}

/** Both ends turn to `side`, with little ink beside the middle. */
function isHollow(ink: Plane, stroke: Stroke, type: number, side: 1 | -1): boolean {
  const reach = Math.max(2, Math.round(0.12 * type))
  const edge = side > 0 ? stroke.right : stroke.left
  const height = stroke.bottom - stroke.top
  const [left, right] = side > 0 ? [edge + 1, edge + reach + 1] : [edge - reach - 1, edge - 1]
  const middle = share(ink, left, right, stroke.top + 0.3 * height, stroke.bottom - 0.3 * height)
  return middle < 0.4 && Math.min(...turnedEnds(ink, edge, side, reach, stroke, type)) >= 0.5
}

/** Share of the columns beside the stroke's upper and lower end that have ink. */
function turnedEnds(ink: Plane, edge: number, side: 1 | -1, reach: number, { top, bottom }: Stroke, type: number) {
  const end = Math.max(2, Math.round(0.14 * type))
  return [
    columnsInked(ink, edge, side, reach, top - 1, top + end),
    columnsInked(ink, edge, side, reach, bottom - end, bottom + 1),
  ] as const
}

function columnsInked(ink: Plane, edge: number, side: 1 | -1, reach: number, top: number, bottom: number): number {
  return side > 0
    ? coveredColumns(ink, edge, edge + reach, top, bottom)
    : coveredColumns(ink, edge - reach, edge, top, bottom)
}

/** Share of columns with any ink between two rows. */
function coveredColumns(ink: Plane, left: number, right: number, top: number, bottom: number): number {
  const [from, to] = [Math.max(0, Math.round(left)), Math.min(ink.width, Math.round(right))]
  let count = 0
  for (let x = from; x < to; x++) {
    for (let y = Math.max(0, top); y < Math.min(ink.height, bottom); y++) {
      if (!ink.data[y * ink.width + x]) continue
      count++
      break
    }
  }
  return to > from ? count / (to - from) : 0
}

function share(ink: Plane, left: number, right: number, top: number, bottom: number): number {
  let inked = 0
  let all = 0
  for (let y = Math.max(0, Math.round(top)); y < Math.min(ink.height, Math.round(bottom)); y++) {
    for (let x = Math.max(0, Math.round(left)); x < Math.min(ink.width, Math.round(right)); x++) {
      all++
      inked += ink.data[y * ink.width + x] ?? 0
    }
  }
  return all === 0 ? 0 : inked / all
}
