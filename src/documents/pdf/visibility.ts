import type { HiddenText } from '../model.ts'
import { unite } from '../text.ts'
import type { Content, Glyph, PlacedImage, Shape } from './content.ts'
import { holds } from './matrix.ts'

/** Colours that differ by less than this in every channel (of 255) look the same. */
const SAME_COLOUR = 20
/** Areas smaller than this (points, either way) hide no text. */
const SMALLEST_AREA = 4
const PAPER = '#ffffff'

/** Marks text that has the colour of what lies behind it, or that something opaque was painted over. */
export function hideUnseen({ glyphs, shapes, images }: Pick<Content, 'glyphs' | 'shapes' | 'images'>): void {
  const areas = shapes.filter(
    (shape) =>
      shape.paint !== 'stroke' &&
      shape.opaque &&
      shape.colour !== null &&
      isRectangle(shape) &&
      shape.box.width > SMALLEST_AREA &&
      shape.box.height > SMALLEST_AREA,
  )
  const behind = new Map<string, Shape[]>()
  const lastPaint = Math.max(-1, ...areas.map((area) => area.order), ...images.map((image) => image.order))
  for (const glyph of glyphs) {
    if (glyph.hidden) continue
    if (glyph.colour && blendsIn(glyph, glyph.colour, areas, images, behind)) glyph.hidden = 'white'
    else if (glyph.order < lastPaint && isCovered(glyph, areas, images)) glyph.hidden = 'covered'
  }
}

function blendsIn(
  glyph: Glyph,
  colour: string,
  areas: Shape[],
  images: PlacedImage[],
  alike: Map<string, Shape[]>,
): boolean {
  let candidates = alike.get(colour)
  if (!candidates) {
    candidates = areas.filter((area) => area.colour && isAlike(area.colour, colour))
    alike.set(colour, candidates)
  }
  if (!isAlike(colour, PAPER) && candidates.length === 0) return false
  const [x, y] = middle(glyph)
  const isBehind = (drawn: { box: Shape['box']; order: number }) => drawn.order < glyph.order && holds(drawn.box, x, y)
  if (images.some(isBehind)) return false
  const ground = areas.findLast(isBehind)?.colour ?? PAPER
  return isAlike(ground, colour)
}

function isCovered(glyph: Glyph, areas: Shape[], images: PlacedImage[]): boolean {
  const [x, y] = middle(glyph)
  const isOver = (drawn: { box: Shape['box']; order: number }) =>
    drawn.order > glyph.order && holds(drawn.box, x, y, -1)
  return areas.some(isOver) || images.some((image) => image.opaque && isOver(image))
}

function isRectangle({ curved, points, box }: Shape): boolean {
  if (curved || points.length < 4 || points.length > 5) return false
  const isAt = (value: number, from: number, length: number) =>
    Math.abs(value - from) < 0.5 || Math.abs(value - from - length) < 0.5
  return points.every(([x, y]) => isAt(x, box.x, box.width) && isAt(y, box.y, box.height))
}

function middle(glyph: Glyph): [number, number] {
  return [glyph.box.x + glyph.box.width / 2, glyph.box.y + glyph.box.height / 2]
}

export function isAlike(a: string, b: string): boolean {
  return [1, 3, 5].every(
    (at) => Math.abs(Number.parseInt(a.slice(at, at + 2), 16) - Number.parseInt(b.slice(at, at + 2), 16)) < SAME_COLOUR,
  )
}

/** Perceived lightness of a colour, 0–1 (Rec. 601 luma). */
export function lightness(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255
}

/** Hidden characters as texts, in drawing order. */
export function hiddenTextsOf(glyphs: Glyph[]): HiddenText[] {
  const runs: { reason: HiddenText['reason']; glyphs: Glyph[] }[] = []
  for (const glyph of glyphs) {
    if (!glyph.hidden) continue
    const run = runs.at(-1)
    const last = run?.glyphs.at(-1)
    const isNear = last && Math.abs(last.from[1] - glyph.from[1]) < 3 * Math.max(glyph.size, 2)
    if (run && run.reason === glyph.hidden && isNear) run.glyphs.push(glyph)
    else runs.push({ reason: glyph.hidden, glyphs: [glyph] })
  }
  return runs
    .map((run) => ({
      text: run.glyphs
        .map((glyph) => glyph.text)
        .join('')
        .trim(),
      reason: run.reason,
      box: unite(run.glyphs.map((glyph) => glyph.box)),
    }))
    .filter((hidden) => hidden.text !== '')
}
