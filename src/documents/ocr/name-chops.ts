import { meet } from '../boxes.ts'
import type { Box, Handwriting } from '../model.ts'
import { findComponents } from './components.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'
import { RED } from './red.ts'

/** Stamps with a person's name, or with a facsimile of a signature, are at most this large, in millimetres; a unit's are larger. */
const LARGEST = { short: 26, long: 62 }
/** Whether such a stamp may stand for a signature is for a person to say. */
const CONFIDENCE = 0.45

/** A chop's sides in millimetres, its longer one as a multiple of the other, and how far its strokes are apart. */
const CHOP = { least: 5.5, most: 26, long: 3, apart: 0.5 }
/** Its rim is this share of the shorter side broad, and this much of every side is red; a tick or a word in red has none. */
const RIM = { broad: 0.14, red: 0.8 }

/** Red frames with a name in them, too small for stamps of a unit. Boxes in pixels. */
export function findChops(red: Plane, perMm: number): Box[] {
  const inked = { ...red, data: red.data.map((value) => (value >= RED ? 1 : 0)) }
  const gap = Math.max(1, Math.round((CHOP.apart * perMm) / 2))
  return findComponents(grow(inked, gap)).parts.flatMap((part) => {
    const box = { x: part.x + gap, y: part.y + gap, width: part.width - 2 * gap, height: part.height - 2 * gap }
    const [short, long] = [Math.min(box.width, box.height), Math.max(box.width, box.height)]
    const isSized = short >= CHOP.least * perMm && long <= CHOP.most * perMm && long <= CHOP.long * short
    return isSized && hasRim(inked, box) ? [box] : []
  })
}

function hasRim(inked: Plane, { x, y, width, height }: Box): boolean {
  const broad = Math.max(2, Math.round(RIM.broad * Math.min(width, height)))
  const cover = (length: number, isRed: (along: number, across: number) => boolean) => {
    let count = 0
    for (let along = 0; along < length; along++) {
      for (let across = 0; across < broad; across++) {
        if (!isRed(along, across)) continue
        count++
        break
      }
    }
    return count / length
  }
  const at = (u: number, v: number) => inked.data[(y + v) * inked.width + x + u] === 1
  return [
    cover(width, (along, across) => at(along, across)),
    cover(width, (along, across) => at(along, height - 1 - across)),
    cover(height, (along, across) => at(across, along)),
    cover(height, (along, across) => at(width - 1 - across, along)),
  ].every((share) => share >= RIM.red)
}

/** Small red stamps that are no seals, as marks that may be signatures. Boxes in pixels. */
export function nameChops(stamps: Box[], seals: Box[], perMm: number): Handwriting[] {
  return stamps
    .filter(({ width, height }) => {
      const [short, long] = [Math.min(width, height), Math.max(width, height)]
      return short <= LARGEST.short * perMm && long <= LARGEST.long * perMm
    })
    .filter((stamp) => !seals.some((seal) => meet(seal, stamp)))
    .map((box) => ({ box, area: (box.width * box.height) / perMm ** 2, confidence: CONFIDENCE }))
}
