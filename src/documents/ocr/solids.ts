import type { Box } from '../model.ts'
import { type Component, findComponents } from './components.ts'
import { grow, invert } from './ink.ts'
import type { Plane } from './raster.ts'

/** Thicker than the strokes of any character on a form, in millimetres to each side of a stroke's middle. */
const CORE = 0.55
/** Millimetres. */
const SIDE = { least: 1.9, most: 6.5 }
const ASPECT = { least: 0.78, most: 1.28 }
/** Shares that are ink: of a square, of the disc in its box, of a disc's corners, and of the pixels beside a side, which may be another thing's. */
const INK = { square: 0.93, disc: 0.95, corner: 0.4, beside: 0.5 }
/** Part of the half side in which a disc is looked at, and of the side that a corner takes. */
const DISC = 0.9
const CORNER = 0.12

/** A filled box or disc. */
export type Solid = { box: Box; round: boolean }

/** Filled squares and discs to tick, those that touch the characters beside them as well. Boxes in pixels. */
export function findSolids(ink: Plane, perMm: number): Solid[] {
  const reach = Math.max(2, Math.round(CORE * perMm))
  const cores = invert(grow(invert(ink), reach))
  return findComponents(cores).parts.flatMap((core): Solid[] => {
    const box = widen(core, reach)
    const aspect = box.width / box.height
    const [short, long] = [Math.min(box.width, box.height), Math.max(box.width, box.height)]
    if (aspect < ASPECT.least || aspect > ASPECT.most || short < SIDE.least * perMm || long > SIDE.most * perMm)
      return []
    if (!standsAlone(ink, box)) return []
    if (inkIn(ink, box) >= INK.square) return [{ box, round: false }]
    return isDisc(ink, box) ? [{ box, round: true }] : []
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
  // A character's upright may stand close by.
  return beside.filter((strip) => inkIn(ink, strip) > INK.beside).length <= 1
}

function isDisc(ink: Plane, { x, y, width, height }: Box): boolean {
  const [a, b] = [width / 2, height / 2]
  let [count, all] = [0, 0]
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      if (((u + 0.5 - a) / a) ** 2 + ((v + 0.5 - b) / b) ** 2 > DISC ** 2) continue
      all++
      count += ink.data[(y + v) * ink.width + x + u] ?? 0
    }
  }
  const side = Math.max(2, Math.round(CORNER * Math.min(width, height)))
  const corners = [x, x + width - side].flatMap((left) =>
    [y, y + height - side].map((top) => ({ x: left, y: top, width: side, height: side })),
  )
  return count >= INK.disc * all && corners.filter((corner) => inkIn(ink, corner) > INK.corner).length <= 1
}

function inkIn(ink: Plane, { x, y, width, height }: Box): number {
  let count = 0
  for (let v = Math.max(0, y); v < Math.min(ink.height, y + height); v++) {
    for (let u = Math.max(0, x); u < Math.min(ink.width, x + width); u++) count += ink.data[v * ink.width + u] ?? 0
  }
  return count / (width * height)
}
