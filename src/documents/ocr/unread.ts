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
  const middles = lines.map(({ box }) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 }))
  const isEmpty = (cell: Box) => !middles.some((middle) => holds(cell, middle))
  return cells
    .filter(isEmpty)
    .flatMap((cell) => findBands(ink, inset(cell, 0.1 * type), type))
    .filter((band) => band.height > LEAST * type && band.width > LEAST * type)
}

const holds = (cell: Box, { x, y }: { x: number; y: number }): boolean =>
  x >= cell.x && x < cell.x + cell.width && y >= cell.y && y < cell.y + cell.height

const inset = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
})
