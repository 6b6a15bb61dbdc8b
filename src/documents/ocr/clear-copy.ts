import type { Box, Raster } from '../model.ts'
import type { Strip, StripReader } from '../ports.ts'
import { findDarkStamps, inkOfStamps, isAmongWords, shareOut } from './dark-stamps.ts'
import { grow, subtract } from './ink.ts'
import type { Plane } from './raster.ts'
import type { Ellipse } from './seal/ellipse.ts'
import type { FoundSeal } from './seals.ts'

/** Print under a seal runs through its middle or out of it, as level as this (radians): these shares of the way to the rim. */
const PRINT = { middle: 0.45, outside: 1.04, slope: 0.12 }
/** Print that goes on under a seal begins or ends this near to it (mm). */
const BESIDE = 10

/**
 * `print`: the lines that are no seal's words. `rings`: where the seals lie; `stamp`: the ink of their rims and stars, under which print may be lost; `stars`: of stars only.
 * `isOfSeal`: whether what stands in a strip are words along a rim.
 */
export type Copy = {
  raster: Raster
  ink: Plane
  print: Strip[]
  rings: Box[]
  stamp: Plane
  stars: Plane
  isOfSeal: (strip: Strip) => boolean
  /** The page with the rims left on it, faded by a share from 0 (as dark as they were) to 1. */
  withRims: (fading: number) => Raster
}

/**
 * A level page copied without colour, made ready for reading: seals, which are as dark as print there, are taken off. `ink` of the
 * whole page. Null for a page without such a seal.
 */
export function clearCopy(raster: Raster, ink: Plane, strips: Strip[], perMm: number): Copy | null {
  const { seals, straight } = findDarkStamps(ink, perMm)
  if (seals.length === 0) return null
  const ellipses = seals.map(({ ellipse }) => ellipse)
  const { stamp, stars } = inkOfStamps(subtract(ink, straight), ellipses, perMm)
  const left = subtract(ink, stamp)
  const rows = seals.map(({ box, ellipse }) => {
    const reach = BESIDE * perMm
    return strips.filter((strip) => isBeside(strip, box, reach) && isPrint(strip, ellipse))
  })
  const isOfSeal = (strip: Strip) =>
    ellipses.some((each, i) => !isPrint(strip, each) && !rows[i]?.some((row) => isOnRow(row, strip.x, strip.y)))
  const erased = { ...ink, data: stamp.data.slice() }
  seals.forEach((seal, i) => {
    markWords(erased, seal, subtract(left, straight), rows[i] ?? [])
  })
  const clear = paint(raster, ink, grow(erased, 1))
  return {
    raster: clear,
    ink: subtract(ink, erased),
    print: strips.filter((strip) => !isOfSeal(strip)),
    rings: seals.map(({ box }) => box),
    stamp,
    stars,
    isOfSeal,
    withRims: remember((fading) => fade(raster, clear, grow(subtract(stamp, stars), 1), fading)),
  }
}

function remember<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}

/** The clear page, with what it was before where the mask is, faded. */
function fade(before: Raster, clear: Raster, mask: Plane, fading: number): Raster {
  const data = clear.data.slice()
  for (let i = 0; i < mask.data.length; i++) {
    if (!mask.data[i]) continue
    for (let at = i * clear.channels; at < (i + 1) * clear.channels; at++)
      data[at] = Math.round(fading * (clear.data[at] ?? 0) + (1 - fading) * (before.data[at] ?? 0))
  }
  return { ...clear, data }
}

/** Of a line found before, less than this share is found again when the detector has lost it. */
const FOUND = 0.5

/** The lines of print on a copy: those across which a seal stood are better found without it, and none of the others is lost. */
export async function findPrint({ raster, print, isOfSeal }: Copy, reader: StripReader): Promise<Strip[]> {
  const again = (await reader.find(raster)).filter((strip) => !isOfSeal(strip))
  const isLost = (strip: Strip) =>
    again.filter((other) => isOnRow(other, strip.x, strip.y)).reduce((sum, other) => sum + shared(strip, other), 0) <
    FOUND * strip.width
  return [...again, ...print.filter(isLost)]
}

const shared = (one: Strip, other: Strip): number =>
  Math.max(
    0,
    (one.width + other.width) / 2 - Math.max(Math.abs(one.x - other.x), Math.abs(one.width - other.width) / 2),
  )

/** Whether a line is none of a seal's own words: it lies outside of the seal, runs out of it or through its middle. */
function isPrint({ x, y, width, slope }: Strip, ellipse: Ellipse): boolean {
  const places = Array.from({ length: 9 }, (_, i) => {
    const along = ((i + 0.5) / 9 - 0.5) * width
    return shareOut(ellipse, x + along * Math.cos(slope), y + along * Math.sin(slope))
  })
  if (!places.some((share) => share < 1)) return true
  const runsThrough = places.some((share) => share < PRINT.middle || share > PRINT.outside)
  return runsThrough && Math.abs(slope) < PRINT.slope
}

const isBeside = ({ x, width }: Strip, box: Box, reach: number): boolean =>
  Math.abs(x - box.x - box.width / 2) < (width + box.width) / 2 + reach

/** Marks the ink along a seal's rim, without the rows of print that cross it. */
function markWords(erased: Plane, { box, ellipse }: FoundSeal, ink: Plane, rows: Strip[]): void {
  const right = Math.min(ink.width, Math.ceil(box.x + box.width))
  const bottom = Math.min(ink.height, Math.ceil(box.y + box.height))
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x++) {
      const at = y * ink.width + x
      if (ink.data[at] && isAmongWords(ellipse, x, y) && !rows.some((row) => isOnRow(row, x, y))) erased.data[at] = 1
    }
  }
}

/** Whether a place is as high on the page as a line: what stands before or behind it there may be a part of it. */
function isOnRow({ x, y, height, slope }: Strip, u: number, v: number): boolean {
  return Math.abs((v - y) * Math.cos(slope) - (u - x) * Math.sin(slope)) <= height / 2
}

/** A copy in which the mask has the colour of the page's paper. */
function paint(raster: Raster, ink: Plane, mask: Plane): Raster {
  const { channels } = raster
  const data = raster.data.slice()
  const counts = new Uint32Array(256)
  for (let i = 0; i < ink.data.length; i += 7) {
    const value = data[i * channels] ?? 0
    if (!ink.data[i]) counts[value] = (counts[value] ?? 0) + 1
  }
  const all = counts.reduce((sum, count) => sum + count, 0)
  let below = 0
  const paper = counts.findIndex((count) => {
    below += count
    return below >= 0.7 * all
  })
  for (let i = 0; i < mask.data.length; i++) if (mask.data[i]) data.fill(paper, i * channels, (i + 1) * channels)
  return { ...raster, data }
}
