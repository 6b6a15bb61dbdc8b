import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import type { Brackets } from './brackets.ts'
import { type Component, findComponents } from './components.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'

/** Brackets with nothing in them, as they were read: a pattern for those that hold a tick. */
const EMPTY = /[(（[【［]\s?[)）\]】］]/gu
/** So many empty pairs, as far apart but for this share, tell how the form's brackets look. */
const KNOWN = 2
const ALIKE = 0.15
/** A bracket's height as a share of its line's, and its width as a share of its height. */
const STROKE = { high: 0.45, broad: 0.5 }
/** A bracket's strokes are looked for beside a line as far as this, in heights, and as far off its middle. */
const REACH = { x: 2.2, y: 0.4 }
/** Share of a bracket's pixels that must be inked, and of those before it that may be. */
const DRAWN = 0.93
const BESIDE = 0.12
/** The second bracket may stand this much higher or lower, in heights. */
const ASKEW = 0.12
/** What is nearer to the ends of the brackets than this share of their height is not looked at. */
const END = 0.1

type Point = { x: number; y: number }
type Shape = { points: Point[]; width: number; height: number }
type Pattern = { open: Shape; close: Shape; apart: number; off: number }

/**
 * Pairs of brackets, round or square, drawn like the empty ones of the page, whatever was read between them. `ink` without
 * rulings; `inner`: the share of ink between the two.
 */
export function siblingBrackets(ink: Plane, lines: OcrLine[]): Brackets[] {
  const pattern = patternOf(ink, lines)
  if (!pattern) return []
  const thick = grow(ink, 1)
  const found: Brackets[] = []
  for (const { box } of lines) {
    for (const open of placesOf(pattern.open, thick, ink, box, -1)) {
      const close = closingOf(pattern, thick, ink, open)
      if (!close) continue
      const top = Math.min(open.y, close.y)
      const pair = {
        x: open.x,
        y: top,
        width: close.x + pattern.close.width - open.x,
        height: Math.max(open.y + pattern.open.height, close.y + pattern.close.height) - top,
      }
      if (
        found.some(
          ({ box: other }) =>
            Math.abs(other.x - pair.x) < pair.width / 2 && Math.abs(other.y - pair.y) < pair.height / 2,
        )
      )
        continue
      found.push({ box: pair, inner: inkBetween(ink, open.x + pattern.open.width + 1, close.x - 1, pair) })
    }
  }
  return found
}

/** The pair that is as far apart as most. */
function patternOf(ink: Plane, lines: OcrLine[]): Pattern | null {
  const pairs = lines.flatMap((line) =>
    [...line.text.matchAll(EMPTY)].flatMap(({ index, 0: pair }) => {
      const open = strokeAt(ink, line, index)
      const close = strokeAt(ink, line, index + pair.length - 1)
      if (!open || !close || close.left <= open.left + open.shape.width) return []
      return [{ open: open.shape, close: close.shape, apart: close.left - open.left, off: close.top - open.top }]
    }),
  )
  const alike = (apart: number) => pairs.filter((other) => Math.abs(other.apart - apart) <= ALIKE * apart)
  const most = pairs.map(({ apart }) => alike(apart)).toSorted((a, b) => b.length - a.length)[0] ?? []
  return most.length < KNOWN ? null : (most.toSorted((a, b) => a.apart - b.apart)[most.length >> 1] ?? null)
}

/** The upright stroke that was read as the bracket at `at`. */
function strokeAt(ink: Plane, line: OcrLine, at: number): { shape: Shape; left: number; top: number } | null {
  const middle = line.units[at]?.middle
  if (middle === undefined) return null
  const { height } = line.box
  const left = Math.max(0, Math.round(middle - height / 2))
  const right = Math.min(ink.width, Math.round(middle + height / 2))
  const top = Math.max(0, Math.floor(line.box.y))
  const bottom = Math.min(ink.height, Math.ceil(line.box.y + height))
  const patch = {
    width: right - left,
    height: bottom - top,
    data: new Uint8Array(Math.max(0, (right - left) * (bottom - top))),
  }
  for (let y = top; y < bottom; y++)
    patch.data.set(ink.data.subarray(y * ink.width + left, y * ink.width + right), (y - top) * patch.width)
  const { labels, parts } = findComponents(patch)
  const off = (part: Component) => Math.abs(left + part.x + part.width / 2 - middle)
  const [part] = parts
    .filter(
      (each) =>
        each.height >= STROKE.high * height &&
        each.width <= STROKE.broad * each.height &&
        each.y > 0 &&
        each.y + each.height < patch.height,
    )
    .toSorted((a, b) => off(a) - off(b))
  if (!part) return null
  const points: Point[] = []
  for (let y = 0; y < part.height; y++) {
    for (let x = 0; x < part.width; x++) {
      if (labels[(part.y + y) * patch.width + part.x + x] === part.label) points.push({ x, y })
    }
  }
  return { shape: { points, width: part.width, height: part.height }, left: left + part.x, top: top + part.y }
}

/** Where a bracket stands in or beside a line, with nothing close on its outer `side`. */
function placesOf(shape: Shape, thick: Plane, ink: Plane, line: Box, side: 1 | -1): Point[] {
  const middle = line.y + line.height / 2 - shape.height / 2
  const places: Point[] = []
  for (let x = Math.round(line.x - REACH.x * line.height); x < line.x + line.width + REACH.x * line.height; x++) {
    for (let y = Math.round(middle - REACH.y * line.height); y <= middle + REACH.y * line.height; y++) {
      if (isDrawn(shape, thick, ink, x, y, side)) places.push({ x, y })
    }
  }
  return places
}

function closingOf({ open, close, apart, off }: Pattern, thick: Plane, ink: Plane, from: Point): Point | null {
  const askew = Math.round(ASKEW * open.height)
  const slack = Math.max(2, Math.round(ALIKE * apart))
  for (let d = 0; d <= slack; d++) {
    for (const x of d === 0 ? [from.x + apart] : [from.x + apart - d, from.x + apart + d]) {
      for (let y = from.y + off - askew; y <= from.y + off + askew; y++) {
        if (isDrawn(close, thick, ink, x, y, 1)) return { x, y }
      }
    }
  }
  return null
}

function isDrawn(
  { points, width, height }: Shape,
  thick: Plane,
  ink: Plane,
  x: number,
  y: number,
  side: 1 | -1,
): boolean {
  if (x < 2 || y < 1 || x + width + 2 > ink.width || y + height + 1 > ink.height) return false
  let lost = 0
  const most = (1 - DRAWN) * points.length
  for (const point of points) {
    if (!thick.data[(y + point.y) * ink.width + x + point.x] && ++lost > most) return false
  }
  const beside = side < 0 ? x - 2 : x + width + 1
  let inked = 0
  for (let v = y; v < y + height; v++) inked += ink.data[v * ink.width + beside] ?? 0
  return inked <= BESIDE * height
}

function inkBetween(ink: Plane, left: number, right: number, { y, height }: Box): number {
  let [inked, all] = [0, 0]
  for (let v = Math.round(y + END * height); v < y + (1 - END) * height; v++) {
    for (let u = left; u < right; u++) {
      all++
      inked += ink.data[v * ink.width + u] ?? 0
    }
  }
  return all === 0 ? 0 : inked / all
}
