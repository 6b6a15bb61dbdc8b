import { meet } from '../boxes.ts'
import type { Box, Handwriting } from '../model.ts'
import { findComponents } from './components.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'
import { RED } from './red.ts'

/** Stamps with a person's name, or with a facsimile of a signature, are at most this large, in millimetres; a unit's are larger. */
const LARGEST = { short: 26, long: 62 }
/** Whether a name that was stamped stands for a signature is for a person to say: notices ask for signatures, and name no chops. */
export const CHOPPED = 0.45

/** A chop's sides in millimetres, its longer one as a multiple of the other, and how far its strokes are apart. */
const CHOP = { least: 5.5, most: 26, long: 3, apart: 0.5 }
/** Its rim is this share of the shorter side broad, and this much of every side, or of the way around, is ink; a tick or a word has none. */
const RIM = { broad: 0.14, inked: 0.8, around: 0.9, rays: 72 }
/** In black ink, smaller frames are cells or boxes to write a digit in; the words of a chop fill this share of it both ways, and so much of that is ink. */
const DARK = { least: 6.5, filled: 0.6, inked: { least: 0.06, most: 0.65 } }

/** Red frames with a name in them, too small for stamps of a unit. Boxes in pixels. */
export function findChops(red: Plane, perMm: number): Box[] {
  const inked = { ...red, data: red.data.map((value) => (value >= RED ? 1 : 0)) }
  const gap = Math.max(1, Math.round((CHOP.apart * perMm) / 2))
  return findComponents(grow(inked, gap)).parts.flatMap((part) => {
    const box = { x: part.x + gap, y: part.y + gap, width: part.width - 2 * gap, height: part.height - 2 * gap }
    return isSized(box, CHOP.least * perMm, perMm) && hasRim(inked, box) ? [box] : []
  })
}

/** Whether a piece of ink as dark as print is a name in a frame of its own, square or round. */
export function isDarkChop(ink: Plane, box: Box, perMm: number): boolean {
  return isSized(box, DARK.least * perMm, perMm) && hasRim(ink, box) && isFilled(ink, box)
}

function isSized({ width, height }: Box, least: number, perMm: number): boolean {
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  return short >= least && long <= CHOP.most * perMm && long <= CHOP.long * short
}

function hasRim(inked: Plane, box: Box): boolean {
  const { x, y, width, height } = box
  const broad = Math.max(2, Math.round(RIM.broad * Math.min(width, height)))
  const at = (u: number, v: number) => inked.data[(y + v) * inked.width + x + u] === 1
  const cover = (length: number, isInked: (along: number, across: number) => boolean) => {
    let count = 0
    for (let along = 0; along < length; along++) {
      for (let across = 0; across < broad; across++) {
        if (!isInked(along, across)) continue
        count++
        break
      }
    }
    return count / length
  }
  const isSquare = [
    cover(width, (along, across) => at(along, across)),
    cover(width, (along, across) => at(along, height - 1 - across)),
    cover(height, (along, across) => at(across, along)),
    cover(height, (along, across) => at(width - 1 - across, along)),
  ].every((share) => share >= RIM.inked)
  const isRound = () =>
    cover(RIM.rays, (ray, across) => {
      const angle = (2 * Math.PI * ray) / RIM.rays
      const [a, b] = [width / 2 - 0.5 - across, height / 2 - 0.5 - across]
      return at(Math.round(width / 2 - 0.5 + a * Math.cos(angle)), Math.round(height / 2 - 0.5 + b * Math.sin(angle)))
    }) >= RIM.around
  return isSquare || isRound()
}

/** What is within the rim reaches over most of it; a cell's word or digit stands in the middle of its paper. */
function isFilled(ink: Plane, { x, y, width, height }: Box): boolean {
  const rim = Math.round(RIM.broad * Math.min(width, height))
  const found = { left: Infinity, right: -1, top: Infinity, bottom: -1, pixels: 0 }
  for (let v = rim; v < height - rim; v++)
    for (let u = rim; u < width - rim; u++) {
      if (!ink.data[(y + v) * ink.width + x + u]) continue
      found.left = Math.min(found.left, u)
      found.right = Math.max(found.right, u)
      found.top = Math.min(found.top, v)
      found.bottom = Math.max(found.bottom, v)
      found.pixels++
    }
  const [wide, high] = [width - 2 * rim, height - 2 * rim]
  const share = found.pixels / (wide * high)
  const reaches = found.right - found.left >= DARK.filled * wide && found.bottom - found.top >= DARK.filled * high
  return reaches && share >= DARK.inked.least && share <= DARK.inked.most
}

/** Small stamps that are no seals, as marks that may be signatures. Boxes in pixels. */
export function nameChops(stamps: Box[], seals: Box[], perMm: number): Handwriting[] {
  return stamps
    .filter(({ width, height }) => {
      const [short, long] = [Math.min(width, height), Math.max(width, height)]
      return short <= LARGEST.short * perMm && long <= LARGEST.long * perMm
    })
    .filter((stamp) => !seals.some((seal) => meet(seal, stamp)))
    .map((box) => ({ box, area: (box.width * box.height) / perMm ** 2, confidence: CHOPPED, chop: true }))
}
