import type { Box } from '../model.ts'
import { type Component, findComponents } from './components.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'

/** Thicker than the strokes of any character on a form, in millimetres to each side of a stroke's middle. */
const CORE = 0.55
/** Millimetres. */
const SIDE = { least: 1.9, most: 6.5 }
/** Shares: of a solid square that is ink, of its sides, and of the pixels beside a side that may be another thing's. */
const SOLID = 0.93
const ASPECT = { least: 0.78, most: 1.28 }
const BESIDE = 0.5

/** Filled squares to tick, those that touch the characters beside them as well. Boxes in pixels. */
export function solidSquares(ink: Plane, perMm: number): Box[] {
  const reach = Math.max(2, Math.round(CORE * perMm))
  const paper = { ...ink, data: ink.data.map((value) => 1 - value) }
  const wide = grow(paper, reach)
  const cores = { ...ink, data: wide.data.map((value) => 1 - value) }
  return findComponents(cores).parts.flatMap((core) => {
    const box = widen(core, reach)
    const aspect = box.width / box.height
    const [short, long] = [Math.min(box.width, box.height), Math.max(box.width, box.height)]
    if (aspect < ASPECT.least || aspect > ASPECT.most || short < SIDE.least * perMm || long > SIDE.most * perMm)
      return []
    return inkIn(ink, box) >= SOLID && standsAlone(ink, box) ? [box] : []
  })
}

const widen = ({ x, y, width, height }: Component, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
})

function standsAlone(ink: Plane, { x, y, width, height }: Box): boolean {
  const beside = [
    { x, y: y - 3, width, height: 1 },
    { x, y: y + height + 2, width, height: 1 },
    { x: x - 3, y, width: 1, height },
    { x: x + width + 2, y, width: 1, height },
  ]
  return beside.every((strip) => inkIn(ink, strip) <= BESIDE)
}

function inkIn(ink: Plane, { x, y, width, height }: Box): number {
  let count = 0
  for (let v = Math.max(0, y); v < Math.min(ink.height, y + height); v++) {
    for (let u = Math.max(0, x); u < Math.min(ink.width, x + width); u++) count += ink.data[v * ink.width + u] ?? 0
  }
  return count / (width * height)
}
