import type { Box, Checkbox, Ruling } from '../model.ts'
import type { Content, Glyph, Shape } from './content.ts'
import { holds } from './matrix.ts'
import { rulingsOfShape } from './rulings.ts'
import { lightness } from './visibility.ts'

/** Sides of a drawn checkbox, points. */
const SMALLEST = 5
const LARGEST = 18
/** Fill darker than this ticks a box. */
const DARK = 0.75
const TICKS = /^[✓☑×✕✖✗✘xXvV√]$/u
const MOST_SHAPES = 2_000

type Square = { box: Box; parts: Shape[]; outlined: boolean }

/** Checkboxes found, and what of the page they used up: shapes that are no rulings and glyphs that are no text. */
export type DrawnBoxes = { checkboxes: Checkbox[]; shapes: Set<Shape>; glyphs: Set<Glyph> }

/** Small squares and rings drawn as paths, ticked when something lies inside or when they are filled. */
export function drawnCheckboxes({ shapes, glyphs }: Content): DrawnBoxes {
  const found: DrawnBoxes = { checkboxes: [], shapes: new Set(), glyphs: new Set() }
  const small = shapes.filter(({ box }) => box.width <= LARGEST + 2 && box.height <= LARGEST + 2)
  if (small.length === 0 || small.length > MOST_SHAPES) return found
  const squares = squaresOf(small)
  if (squares.length === 0) return found
  const members = new Set(squares.flatMap((square) => square.parts))
  const others = shapes.filter((shape) => !members.has(shape))
  const lines = others.flatMap(rulingsOfShape)

  for (const square of squares) {
    if (
      lines.some((line) => meets(square.box, line)) ||
      squares.some((other) => other !== square && abut(square, other))
    ) {
      continue
    }
    const inside = glyphs.filter(
      (glyph) => !glyph.hidden && holds(square.box, ...middleOf(glyph.box)) && glyph.text.trim() !== '',
    )
    if (inside.some((glyph) => !TICKS.test(glyph.text))) continue
    const marks = small.filter((shape) => !square.parts.includes(shape) && isMark(shape, square.box))
    const isFilled = fillOf(square)
    // A filled square without an outline is an ornament unless the page has outlined ones of its size.
    if (!square.outlined && !squares.some((other) => other.outlined && isSize(other.box, square.box))) continue
    found.checkboxes.push({
      box: square.box,
      checked: isFilled || marks.length > 0 || inside.length > 0,
      confidence: 1,
    })
    for (const shape of [...square.parts, ...marks]) found.shapes.add(shape)
    for (const glyph of inside) found.glyphs.add(glyph)
  }
  return found
}

function squaresOf(small: Shape[]): Square[] {
  const squares: Square[] = []
  const add = (box: Box, parts: Shape[], outlined: boolean) => {
    const near = squares.find((square) => Math.hypot(...difference(square.box, box)) < 1.5)
    if (!near) {
      squares.push({ box, parts, outlined })
      return
    }
    near.parts.push(...parts)
    near.outlined ||= outlined
    if (box.width > near.box.width) near.box = box
  }
  for (const shape of small) {
    if (!isSquare(shape.box) || shape.points.length < 4) continue
    const isRing = small.some(
      (other) => other !== shape && other.path === shape.path && isConcentric(other.box, shape.box),
    )
    if (shape.curved && !shape.closed && shape.paint !== 'fill') continue
    add(shape.box, [shape], shape.paint !== 'fill' || isRing || isPale(shape))
  }
  for (const { box, parts } of barSquares(small)) add(box, parts, true)
  return squares
}

/** Squares put together from four lines or bars. */
function barSquares(small: Shape[]): { box: Box; parts: Shape[] }[] {
  const bars = small.flatMap((shape) => {
    const lines = shape.points.length <= 5 && !shape.curved ? rulingsOfShape(shape) : []
    return lines.length === 1 && lines[0] ? [{ shape, line: lines[0] }] : []
  })
  const levels = bars.filter(({ line }) => Math.abs(line.x2 - line.x1) > Math.abs(line.y2 - line.y1))
  const uprights = bars.filter((bar) => !levels.includes(bar))
  const near = (a: number, b: number) => Math.abs(a - b) < 1.5
  return levels.flatMap((top) => {
    const left = Math.min(top.line.x1, top.line.x2)
    const right = Math.max(top.line.x1, top.line.x2)
    const bottom = levels.find(
      ({ line }) =>
        line.y1 - top.line.y1 >= SMALLEST &&
        line.y1 - top.line.y1 <= LARGEST &&
        near(Math.min(line.x1, line.x2), left) &&
        near(Math.max(line.x1, line.x2), right),
    )
    if (!bottom) return []
    const side = (x: number) =>
      uprights.find(
        ({ line }) =>
          near(line.x1, x) &&
          near(Math.min(line.y1, line.y2), top.line.y1) &&
          near(Math.max(line.y1, line.y2), bottom.line.y1),
      )
    const [l, r] = [side(left), side(right)]
    const box = { x: left, y: top.line.y1, width: right - left, height: bottom.line.y1 - top.line.y1 }
    return l && r && isSquare(box) ? [{ box, parts: [top.shape, bottom.shape, l.shape, r.shape] }] : []
  })
}

/** Something drawn in a box: a tick, a cross, a smaller filled square or dot. */
function isMark(shape: Shape, box: Box): boolean {
  const isInside =
    holds(box, ...middleOf(shape.box)) && shape.box.width <= box.width + 4 && shape.box.height <= box.height + 4
  return isInside && Math.max(shape.box.width, shape.box.height) > 0.3 * box.width && !isPale(shape)
}

function fillOf({ box, parts }: Square): boolean {
  const fills = parts.filter((part) => part.paint !== 'stroke').sort((a, b) => a.order - b.order)
  const last = fills.at(-1)
  if (!last || isPale(last)) return false
  const isRing = fills.some((part) => part !== last && part.path === last.path)
  const isBars = fills.every((part) => Math.min(part.box.width, part.box.height) < 3)
  return !isRing && !isBars && last.box.width > 0.35 * box.width
}

function isPale(shape: Shape): boolean {
  return shape.colour === null || lightness(shape.colour) > DARK
}

function isSquare({ width, height }: Box): boolean {
  const [short, long] = width < height ? [width, height] : [height, width]
  return short >= SMALLEST && long <= LARGEST && long <= 1.3 * short
}

function isConcentric(a: Box, b: Box): boolean {
  return Math.hypot(...difference(a, b)) < 1 && Math.abs(a.width - b.width) > 0.2
}

function isSize(a: Box, b: Box): boolean {
  return Math.abs(a.width - b.width) < 0.25 * a.width
}

function difference(a: Box, b: Box): [number, number] {
  const [ax, ay] = middleOf(a)
  const [bx, by] = middleOf(b)
  return [ax - bx, ay - by]
}

function middleOf(box: Box): [number, number] {
  return [box.x + box.width / 2, box.y + box.height / 2]
}

/** A line that runs along or up to the box makes it a cell. */
function meets(box: Box, { x1, y1, x2, y2 }: Ruling): boolean {
  const left = Math.min(x1, x2)
  const right = Math.max(x1, x2)
  const top = Math.min(y1, y2)
  const bottom = Math.max(y1, y2)
  const reaches =
    left <= box.x + box.width + 1 && right >= box.x - 1 && top <= box.y + box.height + 1 && bottom >= box.y - 1
  return reaches && Math.max(right - left, bottom - top) > box.width * 1.2
}

function abut(a: Square, b: Square): boolean {
  const gapX = Math.max(a.box.x, b.box.x) - Math.min(a.box.x + a.box.width, b.box.x + b.box.width)
  const gapY = Math.max(a.box.y, b.box.y) - Math.min(a.box.y + a.box.height, b.box.y + b.box.height)
  return gapX < 0.75 && gapY < 0.75
}
