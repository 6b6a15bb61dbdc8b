import { meet } from '../boxes.ts'
import type { Box, Handwriting } from '../model.ts'

/** Stamps with a person's name, or with a facsimile of a signature, are at most this large, in millimetres; a unit's are larger. */
const LARGEST = { short: 26, long: 62 }
/** Whether such a stamp may stand for a signature is for a person to say. */
const CONFIDENCE = 0.45

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
