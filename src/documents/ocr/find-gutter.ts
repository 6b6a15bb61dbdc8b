import type { Raster } from '../model.ts'
import type { Strip } from '../ports.ts'
import { findInk } from './ink.ts'
import { shrinkTo, toGrey } from './raster.ts'

/** Width by height of two upright sheets of A4 side by side, and the like. */
const PROPORTION = { least: 1.25, most: 1.65 }
/** Where the gutter may be, as shares of the width; how wide it must be. */
const MIDDLE = { from: 0.44, to: 0.56 }
const WIDE = 0.02
/** Lines of print that each of the two must have. */
const LINES = 4
/** A row of pixels that is ink over so much of the gutter is a ruling that crosses it. */
const CROSSED = 0.9
const CROSSINGS = 0.002
const COARSE = 1300

/**
 * Where two pages scanned side by side meet, as a share of the width: no line of print and no ruling crosses there, and there is
 * print on both sides. Null for one page. The raster stands upright and level.
 */
export function findGutter(raster: Raster, strips: Strip[]): number | null {
  const ratio = raster.width / raster.height
  if (ratio < PROPORTION.least || ratio > PROPORTION.most) return null
  const spans = strips
    .map(({ x, width }) => [(x - width / 2) / raster.width, (x + width / 2) / raster.width] as const)
    .toSorted((a, b) => a[0] - b[0])
  const gap = widestGap(spans)
  if (!gap || gap.to - gap.from < WIDE) return null
  const middle = (gap.from + gap.to) / 2
  const left = spans.filter(([, to]) => to <= middle).length
  if (left < LINES || spans.length - left < LINES || isCrossed(raster, middle)) return null
  return middle
}

/** The widest stretch about the middle that no span reaches into; a gap is counted only where it is about the middle. */
function widestGap(spans: (readonly [number, number])[]): { from: number; to: number } | null {
  let best: { from: number; to: number } | null = null
  let reached = 0
  for (const [from, to] of [...spans, [1, 1] as const]) {
    const gap = { from: Math.max(reached, MIDDLE.from), to: Math.min(from, MIDDLE.to) }
    if (gap.to > gap.from && (!best || gap.to - gap.from > best.to - best.from)) best = gap
    reached = Math.max(reached, to)
  }
  return best
}

function isCrossed(raster: Raster, middle: number): boolean {
  const ink = findInk(toGrey(shrinkTo(raster, COARSE)))
  const from = Math.round((middle - WIDE / 2) * ink.width)
  const to = Math.round((middle + WIDE / 2) * ink.width)
  let crossings = 0
  for (let y = 0; y < ink.height; y++) {
    let inked = 0
    for (let x = from; x < to; x++) inked += ink.data[y * ink.width + x] ?? 0
    if (inked >= CROSSED * (to - from)) crossings++
  }
  return crossings > CROSSINGS * ink.height
}
