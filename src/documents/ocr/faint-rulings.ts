import type { Plane } from './raster.ts'
import { keepStretches } from './stretches.ts'

/** Grey is averaged along a ruling over this length (mm): dashes and noise even out, the room between lines of print does not. */
const ALONG = 1.2
/** The line is this much darker than the paper at both sides of it, as a share of the paper's grey. */
const DARKER = 0.045
/** Sides are looked at this far from the line, in millimetres. */
const SIDE = { from: 0.28, to: 0.5 }
/** Such a line is at least this long (mm), broken over at most this much (mm). */
const LENGTH = { across: 12, down: 6.5 }
const GAP = 0.5
/** Share of the line's length that has no ink beside it: rulings stand clear of print, the strokes of print do not. */
const CLEAR = 0.85

/**
 * What may be rulings too faint, thin, dotted or broken to be ink throughout: narrow valleys of grey along one direction with
 * clear paper at both sides. 1 where such a line runs. `ink` is the same page's ink; `perMm`: pixels a millimetre.
 */
export function findFaintRuns(grey: Plane, ink: Plane, perMm: number, vertical: boolean): Plane {
  const shortest = (vertical ? LENGTH.down : LENGTH.across) * perMm
  const valleys = { ...grey, data: findValleys(grey, perMm, vertical) }
  return keepStretches(
    valleys,
    vertical,
    GAP * perMm,
    (line, first, last) => last - first + 1 >= shortest && isClear(ink, perMm, vertical, line, first, last),
  )
}

/** Where the grey, averaged along the direction, is darker than at both sides across it; a leaning line's steps overlap. */
function findValleys(grey: Plane, perMm: number, vertical: boolean): Uint8Array {
  const { width, height } = grey
  const mean = averageAlong(grey, Math.max(2, Math.round((ALONG * perMm) / 2)), vertical)
  const near = Math.max(2, Math.round(SIDE.from * perMm))
  const far = Math.max(near + 1, Math.round(SIDE.to * perMm))
  const across = vertical ? 1 : width
  const valley = new Uint8Array(grey.data.length)
  const [marginX, marginY] = vertical ? [far, 0] : [0, far]
  for (let y = marginY; y < height - marginY; y++) {
    for (let x = marginX; x < width - marginX; x++) {
      const at = y * width + x
      const own = mean[at] ?? 0
      // Cheap first: most of the page is as light as its nearest sides.
      if ((mean[at - near * across] ?? 0) - own < 3 || (mean[at + near * across] ?? 0) - own < 3) continue
      if (own > (mean[at - across] ?? 0) || own > (mean[at + across] ?? 0)) continue
      let before = 0
      let after = 0
      for (let d = near; d <= far; d++) {
        before += mean[at - d * across] ?? 0
        after += mean[at + d * across] ?? 0
      }
      const paper = Math.min(before, after) / (far - near + 1)
      if (paper - own > DARKER * paper) valley[at - across] = valley[at] = valley[at + across] = 1
    }
  }
  return valley
}

/** The mean over `reach` pixels to both sides along the direction. */
function averageAlong({ width, height, data }: Plane, reach: number, vertical: boolean): Uint8Array {
  const mean = new Uint8Array(data.length)
  const count = 2 * reach + 1
  if (!vertical) {
    for (let y = 0; y < height; y++) {
      const base = y * width
      let sum = 0
      for (let x = 0; x < Math.min(width, 2 * reach); x++) sum += data[base + x] ?? 0
      for (let x = reach; x < width - reach; x++) {
        sum += data[base + x + reach] ?? 0
        mean[base + x] = sum / count
        sum -= data[base + x - reach] ?? 0
      }
    }
    return mean
  }
  const sums = new Uint16Array(width)
  for (let y = 0; y < height; y++) {
    const enters = y * width
    const leaves = (y - count) * width
    const middle = (y - reach) * width
    for (let x = 0; x < width; x++) {
      const sum = (sums[x] ?? 0) + (data[enters + x] ?? 0) - (y >= count ? (data[leaves + x] ?? 0) : 0)
      sums[x] = sum
      if (y >= count - 1) mean[middle + x] = sum / count
    }
  }
  return mean
}

/** Whether hardly any ink stands right beside a run, at one side and at the other. */
function isClear(ink: Plane, perMm: number, vertical: boolean, line: number, from: number, to: number): boolean {
  const near = Math.max(2, Math.round(SIDE.from * perMm)) + 1
  const far = Math.max(near + 1, Math.round(SIDE.to * perMm) + 1)
  const inked = [-1, 1].map((side) => {
    let count = 0
    for (let i = from; i <= to; i++) {
      for (let d = near; d <= far; d++) {
        const across = line + side * d
        const at = vertical ? i * ink.width + across : across * ink.width + i
        if (!ink.data[at]) continue
        count++
        break
      }
    }
    return count
  })
  return inked.every((count) => count <= (1 - CLEAR) * (to - from + 1))
}
