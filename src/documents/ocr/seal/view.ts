import type { SealView } from '../../model.ts'
import type { Plane } from '../raster.ts'
import type { Ellipse } from './ellipse.ts'
import { wayInside } from './unwrap.ts'

/** So many characters' room is looked at beyond the words, from so far off the last one's middle. */
const BEYOND = { from: 0.75, to: 1.9 }
/** A character beyond an end that is cut off by the page would begin here. */
const CUT = 1.6
/** The outer half of the words, away from a line across the seal, as shares of the shorter half axis; the rim itself reaches this far. */
const WORDS = { from: 0.08, to: 0.19 }
const RIM = 0.05
/** Paper has less of the words' usual ink than this, an inked rim more of the rim's than this. */
const PAPER = 0.18
const INKED = 0.5
const STEP = 1 / 360

/**
 * How much of the words along a rim can be seen: with room without ink to both sides nothing of them was lost there. `ink` as
 * the words were read from; `at`: the middles of their places along the way inside the rim.
 */
export function viewOf(ink: Plane, ellipse: Ellipse, at: number[], isRed: boolean): { view?: SealView } {
  const [first, last] = [at[0] ?? 0, at.at(-1) ?? 0]
  const pitch = (last - first) / Math.max(1, at.length - 1)
  const way = wayInside(ellipse)
  for (let s = first - CUT * pitch; s <= last + CUT * pitch; s += STEP) {
    const { x, y } = way.at(s)
    if (x < 0 || y < 0 || x > ink.width || y > ink.height) return { view: 'part' }
  }
  if (!isRed) return { view: 'grey' }
  const { words, rim } = inkAlong(ink, ellipse, first, last)
  const isBare = (from: number, to: number) => {
    for (let s = from; s + pitch / 2 <= to; s += pitch / 2) {
      const here = inkAlong(ink, ellipse, s, s + pitch / 2)
      if (here.words > PAPER * words || here.rim < INKED * rim) return false
    }
    return true
  }
  const hasRoom = last - first + 2 * BEYOND.to * pitch <= 1
  const isWhole =
    hasRoom &&
    isBare(last + BEYOND.from * pitch, last + BEYOND.to * pitch) &&
    isBare(first - BEYOND.to * pitch, first - BEYOND.from * pitch)
  return isWhole ? { view: 'whole' } : {}
}

/** The mean ink where the words stand and the strongest on the rim, from one share of the way to another. */
function inkAlong(ink: Plane, ellipse: Ellipse, from: number, to: number): { words: number; rim: number } {
  const unit = Math.min(ellipse.a, ellipse.b)
  const way = wayInside(ellipse)
  const value = (x: number, y: number) => {
    const [u, v] = [Math.round(x), Math.round(y)]
    return u >= 0 && v >= 0 && u < ink.width && v < ink.height ? (ink.data[v * ink.width + u] ?? 0) : 0
  }
  let [words, rim, count, rays] = [0, 0, 0, 0]
  for (let s = from; s <= to; s += STEP) {
    const { x, y, outX, outY } = way.at(s)
    rays++
    for (let depth = WORDS.from * unit; depth <= WORDS.to * unit; depth++) {
      words += value(x - outX * depth, y - outY * depth)
      count++
    }
    let strongest = 0
    for (let off = -RIM * unit; off <= RIM * unit; off++)
      strongest = Math.max(strongest, value(x + outX * off, y + outY * off))
    rim += strongest
  }
  return { words: words / Math.max(1, count), rim: rim / Math.max(1, rays) }
}
