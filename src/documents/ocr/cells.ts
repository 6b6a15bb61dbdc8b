import type { Box } from '../model.ts'
import { findComponents } from './components.ts'
import type { Plane } from './raster.ts'

/** Smaller regions between rulings, in millimetres, are the insides of double lines and of letters. */
const SMALLEST = 3
/** A region that fills less of its bounds is not a cell but what is left around cells. */
const FILLED = 0.6

/**
 * The cells of ruled tables: regions that the rulings close off. A region that holds another is the paper around a table,
 * not a cell. Boxes in pixels reach to the middle of the rulings around them.
 */
export function findCells(barrier: Plane, perMm: number): Box[] {
  const { width, height } = barrier
  const margin = Math.max(1, Math.round(0.2 * perMm)) + 1
  const regions = findComponents(barrier, 0).parts.filter(
    (part) =>
      part.x > 0 &&
      part.y > 0 &&
      part.x + part.width < width &&
      part.y + part.height < height &&
      Math.min(part.width, part.height) >= SMALLEST * perMm &&
      part.pixels >= FILLED * part.width * part.height,
  )
  return regions
    .filter((outer) => !regions.some((inner) => inner !== outer && holds(outer, inner)))
    .map(({ x, y, width, height }) => ({
      x: x - margin,
      y: y - margin,
      width: width + 2 * margin,
      height: height + 2 * margin,
    }))
}

function holds(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}
