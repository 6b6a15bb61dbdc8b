import type { Box } from '../model.ts'
import type { Plane } from './raster.ts'

/** A tick runs out of its box by at most this share of the side; what goes on further is print that touches it. */
const REACH = 0.9

/** The pixels of ink outside of a box that are joined with what is in it, where all of that ends near the box: a tick's ends. */
export function strokesBeyond(ink: Plane, box: Box): Set<number> {
  const reach = Math.round(REACH * Math.max(box.width, box.height))
  const [left, top] = [Math.floor(box.x), Math.floor(box.y)]
  const [right, bottom] = [Math.ceil(box.x + box.width), Math.ceil(box.y + box.height)]
  const pending: number[] = []
  const seen = new Set<number>()
  const see = (x: number, y: number) => {
    const at = y * ink.width + x
    if (x < 0 || y < 0 || x >= ink.width || y >= ink.height || !ink.data[at] || seen.has(at)) return
    seen.add(at)
    pending.push(at)
  }
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) see(x, y)
  const inBox = new Set(seen)
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const [x, y] = [at % ink.width, Math.floor(at / ink.width)]
    if (x < left - reach || x >= right + reach || y < top - reach || y >= bottom + reach) return new Set()
    for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) see(x + u, y + v)
  }
  return new Set([...seen].filter((at) => !inBox.has(at)))
}
