import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import { coveredBy } from './box-in-line.ts'
import { findComponents } from './components.ts'
import type { Plane } from './raster.ts'

/** A cross that stands for a box is about as large: shares of the box's side. */
const SIDE = { least: 0.45, most: 1.15 }
/** The corners, the middle and the middles of the sides of a cross, as shares of its own side. */
const CORNER = 0.3
const MIDDLE = { from: 0.38, to: 0.62, deep: 0.2 }
/** How crosses are read; a capital read this surely is a letter. */
const READINGS = /^[×xX✕乂χ*〓 ]$/
const LETTER = 0.8
/** Nearer than this share of its side behind a box is the box's own word: `☐X线`. */
const BEHIND = 0.8

/** Crosses drawn or printed as such, as large as boxes of `side` pixels; `ink` without rulings. */
export function findCrosses(ink: Plane, side: number): Box[] {
  const { parts, cutOut } = findComponents(ink)
  return parts.filter((part) => {
    const [short, long] = [Math.min(part.width, part.height), Math.max(part.width, part.height)]
    return short >= SIDE.least * side && long <= SIDE.most * side && isCross(cutOut(part))
  })
}

function isCross({ width, height, data }: Plane): boolean {
  const isInked = (left: number, right: number, top: number, bottom: number) => {
    for (let v = Math.floor(top * height); v < Math.ceil(bottom * height); v++) {
      for (let u = Math.floor(left * width); u < Math.ceil(right * width); u++) {
        if (data[v * width + u]) return true
      }
    }
    return false
  }
  const { from, to, deep } = MIDDLE
  const ends = [0, 1 - CORNER]
  return (
    isInked(from, to, from, to) &&
    ends.every((left) => ends.every((top) => isInked(left, left + CORNER, top, top + CORNER))) &&
    !isInked(from, to, 0, deep) &&
    !isInked(from, to, 1 - deep, 1) &&
    !isInked(0, deep, from, to) &&
    !isInked(1 - deep, 1, from, to)
  )
}

/** Whether a cross in a line stands where a box would, and is no letter of a word. */
export function isCrossedOption(line: OcrLine, cross: Box, boxes: Box[]): boolean {
  const { from, to } = coveredBy(line, cross)
  const beside = `${line.text[from - 1] ?? ''}${line.text[to] ?? ''}`
  if (/[\w.+-]/.test(beside)) return false
  for (let i = from; i < to; i++) {
    const character = line.text[i] ?? ''
    if (!READINGS.test(character) || (character === 'X' && (line.units[i]?.certainty ?? 1) >= LETTER)) return false
  }
  return !boxes.some((box) => {
    const gap = cross.x - box.x - box.width
    return Math.abs(box.y - cross.y) < box.height && gap > -box.width && gap < BEHIND * box.width
  })
}
