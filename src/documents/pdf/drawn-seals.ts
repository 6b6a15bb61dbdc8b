import type { Seal } from '../model.ts'
import type { Content, Glyph, Shape } from './content.ts'
import { holds } from './matrix.ts'

/** A seal's diameter, points (18–70 mm). */
const SMALLEST = 50
const LARGEST = 200
/** An oval seal's longer side against its shorter one. */
const OVAL = 1.7
/** Words on the ring lie further out than this share of the radius and lean with it (degrees). */
const RING = 0.5
const LEANS_WITH_RING = 30

/** Red rings drawn as paths with the words on and in them, and the characters that are theirs and not the page's. */
export function drawnSeals({ shapes, glyphs }: Content): { seals: Seal[]; glyphs: Set<Glyph> } {
  const rings: Shape[] = []
  for (const shape of shapes.filter(isRing).sort((a, b) => b.box.width - a.box.width)) {
    if (!rings.some((ring) => holds(ring.box, ...middleOf(shape)))) rings.push(shape)
  }
  const taken = new Set<Glyph>()
  const seals = rings.map((ring): Seal => {
    const words = glyphs.filter((glyph) => !glyph.hidden && isRed(glyph.colour) && holds(ring.box, ...middleOf(glyph)))
    for (const glyph of words) taken.add(glyph)
    const text = wordsOf(words, ring)
    return { box: ring.box, ...(text ? { text } : {}), confidence: 0.95 }
  })
  return { seals, glyphs: taken }
}

function isRing({ box, curved, colour }: Shape): boolean {
  const [short, long] = box.width < box.height ? [box.width, box.height] : [box.height, box.width]
  return curved && isRed(colour) && short >= SMALLEST && long <= LARGEST && long <= OVAL * short
}

function isRed(colour: string | null): boolean {
  if (!colour) return false
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return r > 140 && g < 0.6 * r && b < 0.6 * r
}

/** The words around the ring, clockwise from the bottom, then those across it. */
function wordsOf(glyphs: Glyph[], ring: Shape): string {
  const [x, y] = middleOf(ring)
  const placed = glyphs.map((glyph) => {
    const [gx, gy] = middleOf(glyph)
    const [dx, dy] = [(gx - x) / (ring.box.width / 2), (gy - y) / (ring.box.height / 2)]
    const bearing = (Math.atan2(dx, -dy) * 180) / Math.PI
    const isAround = Math.hypot(dx, dy) > RING && Math.abs(turned(bearing - glyph.angle)) < LEANS_WITH_RING
    return { glyph, gx, gy, bearing, isAround }
  })
  const around = placed.filter((word) => word.isAround).sort((a, b) => a.bearing - b.bearing)
  const across = placed.filter((word) => !word.isAround).sort((a, b) => Math.round((a.gy - b.gy) / 4) || a.gx - b.gx)
  return [...around, ...across]
    .map(({ glyph }) => glyph.text)
    .join('')
    .replace(/[\s★☆]/g, '')
}

function turned(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180
}

function middleOf({ box }: Shape | Glyph): [number, number] {
  return [box.x + box.width / 2, box.y + box.height / 2]
}
