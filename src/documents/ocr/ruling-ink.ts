import type { Box } from '../model.ts'
import { findComponents } from './components.ts'
import { isDarkChop } from './name-chops.ts'
import type { Plane } from './raster.ts'
import type { Solid } from './solids.ts'

/** What is as broad as this both ways, and no larger than that, in millimetres, is a character or a box to tick. */
const CHARACTER = { least: 1.9, most: 6.5 }

/**
 * The ink that may be rulings: without things that stand alone and are as large as a character, and without `solids`. The
 * sides of a box and the strokes of the character beside it run on in one line. Nor are `chops`, names in a frame of their
 * own, cells of a table.
 */
export function rulingInk(ink: Plane, perMm: number, solids: Solid[]): { ink: Plane; chops: Box[] } {
  const [least, most] = [CHARACTER.least * perMm, CHARACTER.most * perMm]
  const { parts, draw } = findComponents(ink)
  const mayRule = new Uint8Array(parts.length + 1)
  const chops: Box[] = []
  for (const { label, pixels, ...box } of parts) {
    const { width, height } = box
    const isChop = isDarkChop(ink, box, perMm)
    if (isChop) chops.push(box)
    else if (Math.min(width, height) < least || Math.max(width, height) > most) mayRule[label] = 1
  }
  const { data } = draw(mayRule)
  for (const { box } of solids) {
    const { x, y, width, height } = box
    for (let v = y; v < y + height; v++) data.fill(0, v * ink.width + x, v * ink.width + x + width)
  }
  return { ink: { ...ink, data }, chops }
}
