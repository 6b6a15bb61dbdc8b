import type { Box } from '../model.ts'
import type { Plane } from './raster.ts'

/** Of a row or column between the thinnest and the thickest side, so much ink is the side's own. */
const SIDE_INK = 0.35

/**
 * The share of ink within an outline: all that surely is none of its sides, a tick's point in a corner too. `thin`, `thick`: how
 * far within the bounds the thinnest side ends, and the thickest.
 */
export function inkWithin(ink: Plane, { x, y, width, height }: Box, [thin, thick]: [number, number]): number {
  const inked = (u: number, v: number) => ink.data[v * ink.width + u] ?? 0
  const isSide = (at: number, length: number, count: (i: number) => number) => {
    if (at >= thick && at < length - thick) return false
    let sum = 0
    for (let i = thin; i < length - thin; i++) sum += count(i)
    return sum >= SIDE_INK * (length - 2 * thin)
  }
  const rows = inner(thin, height).filter((v) => !isSide(v, height, (u) => inked(x + u, y + v)))
  const columns = inner(thin, width).filter((u) => !isSide(u, width, (v) => inked(x + u, y + v)))
  let count = 0
  for (const v of rows) for (const u of columns) count += inked(x + u, y + v)
  return rows.length * columns.length === 0 ? 1 : count / (rows.length * columns.length)
}

const inner = (rim: number, length: number): number[] =>
  Array.from({ length: Math.max(0, length - 2 * rim) }, (_, i) => rim + i)

/** How far above and below a square strokes are looked for, as a share of its side: no print stands there. */
const BEYOND = 0.45
/** Pixels that an outline not quite level may lie outside of its bounds. */
const RIM = 2

/** Ink joined with the outline, above and below it, as a share of its area; `patch`: the outline and what it is joined with. */
export function inkBeyond(patch: Plane, box: Box): number {
  const reach = Math.round(BEYOND * box.height)
  const bands = [
    { y: box.y - reach, height: reach - RIM },
    { y: box.y + box.height + RIM, height: reach - RIM },
  ]
  let count = 0
  for (const { y, height } of bands) {
    for (let v = Math.max(0, y); v < Math.min(patch.height, y + height); v++) {
      for (let u = Math.max(0, box.x - reach); u < Math.min(patch.width, box.x + box.width); u++) {
        count += patch.data[v * patch.width + u] ?? 0
      }
    }
  }
  return count / (box.width * box.height)
}
