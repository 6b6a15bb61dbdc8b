import { holdsMiddle } from '../boxes.ts'
import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import { findBands } from './bands.ts'
import type { Plane } from './raster.ts'

/** Print needs this share of a type height both ways; what is flatter or thinner is a dash, a slash or dirt. */
const LEAST = 0.4

/**
 * Where something stands in a table's cell and nothing was read: print under a seal, handwriting, characters that the engine
 * does not know. Such a cell is not blank. `ink` holds no rulings; `type` is the usual height of characters in pixels.
 */
export function findUnread(ink: Plane, cells: Box[], lines: OcrLine[], type: number): Box[] {
  const isEmpty = (cell: Box) => !lines.some(({ box }) => holdsMiddle(cell, box))
  return cells
    .filter(isEmpty)
    .flatMap((cell) => findBands(ink, inset(cell, 0.1 * type), type))
    .filter((band) => band.height > LEAST * type && band.width > LEAST * type)
}

const inset = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
})
