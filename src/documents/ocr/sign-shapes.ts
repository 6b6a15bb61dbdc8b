import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import { type Component, findComponents } from './components.ts'
import type { Plane } from './raster.ts'

/** The lower part of a semicolon has so many times the ink of the upper one and is higher; a colon's has at most a tenth more. */
const TAIL = 1.3
/** A stop is a ring at least this large, in characters' widths; what is left of a comma is smaller. */
const STOP = 0.24
const RING = { least: 0.16, uneven: 1.45, most: 0.42 }
/** A comma is so many times higher than broad where its tail shows, and at most so high. */
const COMMA = { slim: 1.25, most: 0.5 }
/** 一 is so broad and at most so high, in characters' widths; its neighbours reach so far to it, and so much room is looked at. */
const BAR = { broad: 0.6, high: 0.22, beside: 0.45, room: 1.3 }

/**
 * Whether what stands there is a stop: as broad as high, with paper in its middle. A copy may have broken its ring into pieces. `em`
 * is the width of a character in pixels.
 */
export function isRing(dots: Component[], ink: Plane, em: number): boolean {
  const { x, y, width, height } = around(dots)
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  if (short < RING.least * em || long > RING.uneven * short || long > RING.most * em) return false
  const [u, v] = [x + (width - 1) / 2, y + (height - 1) / 2]
  const middle = [Math.floor(u), Math.ceil(u)].flatMap((cx) =>
    [Math.floor(v), Math.ceil(v)].map((cy) => cy * ink.width + cx),
  )
  return middle.every((spot) => !ink.data[spot])
}

/** The bounds of pieces of ink. */
export function around(dots: Component[]): Box {
  const [x, y] = [Math.min(...dots.map((dot) => dot.x)), Math.min(...dots.map((dot) => dot.y))]
  return {
    x,
    y,
    width: Math.max(0, ...dots.map((dot) => dot.x + dot.width)) - x,
    height: Math.max(0, ...dots.map((dot) => dot.y + dot.height)) - y,
  }
}

/** Whether a single dot has a tail: neither a point nor a stop is higher than broad. */
export function isTall({ width, height }: Component, em: number): boolean {
  return height >= COMMA.slim * width && height <= COMMA.most * em
}

/** Whether a sign behind a Chinese character is a stroke as broad as such a character. */
export function isBar(line: OcrLine, at: number, ink: Plane, em: number): boolean {
  const [before, after] = [line.units[at - 1]?.middle, line.units[at + 1]?.middle]
  if (before === undefined) return false
  const left = before + BAR.beside * em
  const right = Math.min(left + BAR.room * em, after === undefined ? Number.POSITIVE_INFINITY : after - BAR.beside * em)
  const [bar, more] = dotsWithin(ink, { x: left, y: line.box.y, width: right - left, height: line.box.height })
  return bar !== undefined && !more && bar.width >= BAR.broad * em && bar.height <= BAR.high * em
}

/** Whether a point is large enough for a stop. */
export function isStop(line: OcrLine, at: number, ink: Plane, em: number): boolean {
  return dotsAt(line, at, ink).some(({ width, height }) => Math.min(width, height) >= STOP * em)
}

/** Whether what was read as a colon has a comma for its lower part. */
export function hasTail(line: OcrLine, at: number, ink: Plane): boolean {
  const dots = dotsAt(line, at, ink)
  const [upper, lower] = dots
  if (dots.length !== 2 || !upper || !lower || upper.height < 2) return false
  const isBelow = lower.y >= upper.y + upper.height
  const isAligned = upper.x < lower.x + lower.width && lower.x < upper.x + upper.width
  return (
    isBelow &&
    isAligned &&
    lower.height > upper.height &&
    lower.pixels >= TAIL * upper.pixels &&
    lower.height < line.box.height / 2
  )
}

/** The pieces of ink where a sign was read, from top to bottom. */
export function dotsAt(line: OcrLine, at: number, ink: Plane): Component[] {
  const unit = line.units[at]
  if (!unit) return []
  const before = line.units[at - 1]?.middle ?? unit.middle - 2 * line.box.height
  const after = line.units[at + 1]?.middle ?? unit.middle + 2 * line.box.height
  const reach = line.box.height / 3
  const left = Math.max(unit.middle - reach, (before + unit.middle) / 2)
  const right = Math.min(unit.middle + reach, (after + unit.middle) / 2)
  return dotsWithin(ink, { x: left, y: line.box.y, width: right - left, height: line.box.height })
}

/** Pieces of ink inside a window from top to bottom, without those that reach in from its sides, and without specks. */
export function dotsWithin(ink: Plane, window: Box): Component[] {
  const [x, y] = [Math.max(0, Math.floor(window.x)), Math.max(0, Math.floor(window.y))]
  const width = Math.min(ink.width, Math.ceil(window.x + window.width)) - x
  const height = Math.min(ink.height, Math.floor(window.y + window.height)) - y
  if (width < 3 || height < 3) return []
  const patch = { width, height, data: new Uint8Array(width * height) }
  for (let v = 0; v < height; v++) {
    patch.data.set(ink.data.subarray((y + v) * ink.width + x, (y + v) * ink.width + x + width), v * width)
  }
  const own = findComponents(patch).parts.filter((part) => part.x > 0 && part.x + part.width < width)
  const most = Math.max(0, ...own.map(({ pixels }) => pixels))
  return own
    .filter(({ pixels }) => pixels >= 0.2 * most)
    .map((part) => ({ ...part, x: part.x + x, y: part.y + y }))
    .sort((a, b) => a.y - b.y)
}
