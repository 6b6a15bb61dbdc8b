import type { Strip } from '../ports.ts'
import type { Plane } from './raster.ts'

/** A stop or comma behind a line, in type heights: how far off, how large at most, and how little of it is more than a speck. */
const SIGN = { reach: 0.95, most: 0.5, least: 0.1 }
/** Some fonts set signs as high as the middle of characters, this far off at most; a speck there is smaller than this. */
const MIDDLE = { off: 0.25, least: 0.15 }
/** Paper that is left around it, in type heights. */
const AIR = 0.15

/**
 * The strip made longer by the stop or comma that ends its line: the detector leaves such a small thing out where it stands beside
 * a ruling. `ink` without rulings; `others` are the page's further strips, whose ink it may be.
 */
export function reachSign(strip: Strip, ink: Plane, type: number, others: Strip[]): Strip {
  const end = strip.x + (strip.width / 2) * Math.cos(strip.slope)
  const level = strip.y + (strip.width / 2) * Math.sin(strip.slope)
  const right = end + SIGN.reach * type
  const isTaken = others.some(
    (other) =>
      other !== strip &&
      Math.abs(other.y - level) < (other.height + strip.height) / 2 &&
      other.x + other.width / 2 > end &&
      other.x - other.width / 2 < right,
  )
  const found = isTaken ? null : inkWithin(ink, end, right, level - 0.6 * type, level + 0.75 * type)
  if (!found || !isSign(found, level, type)) return strip
  const longer = found.right + 1 + AIR * type - end
  if (longer <= 0) return strip
  return {
    ...strip,
    x: strip.x + (longer / 2) * Math.cos(strip.slope),
    y: strip.y + (longer / 2) * Math.sin(strip.slope),
    width: strip.width + longer,
  }
}

type Extent = { left: number; right: number; top: number; bottom: number }

const isSign = ({ left, right, top, bottom }: Extent, level: number, type: number): boolean => {
  const [width, height] = [right - left + 1, bottom - top + 1]
  const isSmall = width <= SIGN.most * type && height <= SIGN.most * type
  if (!isSmall) return false
  const isLow = top > level - 0.1 * type
  const isInMiddle = Math.abs((top + bottom) / 2 - level) <= MIDDLE.off * type
  return isLow
    ? Math.max(width, height) >= SIGN.least * type
    : isInMiddle && Math.min(width, height) >= MIDDLE.least * type
}

function inkWithin(ink: Plane, from: number, to: number, above: number, below: number): Extent | null {
  const found = { left: Infinity, right: -1, top: Infinity, bottom: -1 }
  for (let y = Math.max(0, Math.round(above)); y < Math.min(ink.height, below); y++)
    for (let x = Math.max(0, Math.round(from)); x < Math.min(ink.width, to); x++) {
      if (!ink.data[y * ink.width + x]) continue
      found.left = Math.min(found.left, x)
      found.right = Math.max(found.right, x)
      found.top = Math.min(found.top, y)
      found.bottom = Math.max(found.bottom, y)
    }
  return found.right < 0 ? null : found
}
