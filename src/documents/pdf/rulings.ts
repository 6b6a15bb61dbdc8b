import type { Box, Ruling, Span } from '../model.ts'
import type { Content, Shape } from './content.ts'
import { isAlike } from './visibility.ts'

/** A bar thicker than this (points) is an area, not a line. */
const THICKEST = 3
/** Shorter lines are parts of drawn signs. */
const SHORTEST = 4
/** A line may lean by this much (rise over run). */
const LEAN = 0.02

/** Ruling lines: stroked segments, thin filled bars, the sides of stroked rectangles, and pictures as thin as a line. */
export function rulingsOf({ shapes, images }: Pick<Content, 'shapes' | 'images'>): Ruling[] {
  return [...shapes.flatMap(rulingsOfShape), ...images.flatMap(({ box }) => barOf(box))]
}

export function rulingsOfShape(shape: Shape): Ruling[] {
  if (shape.colour && isAlike(shape.colour, '#ffffff')) return []
  const bar = barOf(shape.box)
  if (shape.paint === 'fill') return bar
  if (bar.length > 0 && shape.points.length > 2) return bar
  return segmentsOf(shape)
}

function segmentsOf({ points, closed, curved }: Shape): Ruling[] {
  if (curved && points.length > 12) return []
  const rulings: Ruling[] = []
  const ends = closed && points[0] ? [...points, points[0]] : points
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1], ends[i]]
    if (!from || !to) continue
    const width = Math.abs(to[0] - from[0])
    const height = Math.abs(to[1] - from[1])
    if (Math.max(width, height) < SHORTEST || Math.min(width, height) > LEAN * Math.max(width, height) + 0.1) continue
    rulings.push({ x1: from[0], y1: from[1], x2: to[0], y2: to[1] })
  }
  return rulings
}

function barOf({ x, y, width, height }: Box): Ruling[] {
  if (height <= THICKEST && width >= SHORTEST && width > 2 * height) {
    return [{ x1: x, y1: y + height / 2, x2: x + width, y2: y + height / 2 }]
  }
  if (width <= THICKEST && height >= SHORTEST && height > 2 * width) {
    return [{ x1: x + width / 2, y1: y, x2: x + width / 2, y2: y + height }]
  }
  return []
}

/**
 * Tells lines that underline text from those of tables and marks the spans above them. An underline lies just below its
 * text's base line and is as long as the text, or as a blank that the text lies in.
 */
export function takeUnderlines(rulings: Ruling[], spans: Span[]): Ruling[] {
  const level = spans.filter((span) => span.box && span.edges)
  return rulings.filter((ruling) => {
    if (Math.abs(ruling.y2 - ruling.y1) > 1) return true
    const left = Math.min(ruling.x1, ruling.x2)
    const right = Math.max(ruling.x1, ruling.x2)
    let isUnderline = false
    for (const span of level) {
      if (!span.box) continue
      const size = span.size ?? span.box.height
      const drop = ruling.y1 - (span.box.y + 0.88 * span.box.height)
      if (drop < -0.05 * size || drop > 0.32 * size) continue
      const shared = Math.min(right, span.box.x + span.box.width) - Math.max(left, span.box.x)
      if (shared < 0.8 * span.box.width) continue
      span.underlined = true
      if (Math.abs(left - span.box.x) < 1.5 && Math.abs(right - span.box.x - span.box.width) < 1.5) isUnderline = true
    }
    return !isUnderline
  })
}
