import { meet } from '../boxes.ts'
import type { Box } from '../model.ts'
import { type Component, findComponents } from './components.ts'
import { inkBeyond, inkWithin } from './ink-in-box.ts'
import { isAsLarge, markAlike, partialSquares, usualSide } from './partial-squares.ts'
import type { Plane } from './raster.ts'
import { findSolids, type Solid } from './solids.ts'

/** Sides of a checkbox in millimetres, and of the ink it may be joined with: a tick that runs out of it, options close by. */
const SIDE = { least: 1.9, most: 6.5 }
const JOINED = { high: 14, wide: 32 }
const ASPECT = { least: 0.78, most: 1.28 }
/** Share of a side that must be inked. */
const COVER = 0.86
const SOLID = 0.85
/** Ink this many sides long may hold two boxes, joined by a tick and what stands between them. */
const TWO = 1.6

/**
 * A square outline or a filled square. `inner`: the share of ink within it. `beyond`: ink of strokes that run out of it, as a
 * share of its area. `crisp`: drawn as a true square, without the feet and horns that the strokes of 口 have; false where the
 * scan is too coarse to tell. `partial`: sides are missing, but it is as large as the crisp ones on the page; `alike`: so is a
 * whole one that is not crisp.
 */
export type Square = { box: Box; inner: number; beyond: number; crisp: boolean; partial?: true; alike?: true }

/** `rim`: how far within the bounds its thinnest side ends, and its thickest. */
type Outline = { box: Box; rim: [number, number]; crisp: boolean }

/**
 * Squares of a checkbox's size, characters such as 口 and 国 among them. `ink` without rulings; boxes in pixels. `faint`: the
 * same with paler ink, for outlines that are not whole in `ink`; `solids`: the filled ones, found before rulings were taken off.
 */
export function findSquares(
  ink: Plane,
  perMm: number,
  faint: Plane | null = null,
  solids: Solid[] = findSolids(ink, perMm),
): Square[] {
  const drawn = wholeSquares(ink, ink, perMm)
  const solid = solids.flatMap(({ box, round }) => (round ? [] : [{ box, inner: 1, beyond: 0, crisp: true }]))
  const clear = [...drawn, ...solid.filter((square) => isApart(square, drawn))]
  const pale = faint ? wholeSquares(faint, ink, perMm).filter((square) => isApart(square, clear)) : []
  const whole = markAlike([...clear, ...pale])
  const partial = partialSquares(ink, whole).filter((square) => isApart(square, whole))
  return [...whole, ...partial]
}

const isApart = ({ box }: Square, others: Square[]) => !others.some((other) => meet(box, other.box))

/** Squares whose outline is seen in `mask`; `ink` tells what is in them. */
function wholeSquares(mask: Plane, ink: Plane, perMm: number): Square[] {
  const least = SIDE.least * perMm
  const { parts, cutOut } = findComponents(mask)
  const found: { part: Component; patch: Plane; outline: Outline; square: Square }[] = []
  const squareOf = (part: Component, patch: Plane, outline: Outline): Square => {
    const box = { ...outline.box, x: outline.box.x + part.x, y: outline.box.y + part.y }
    // A tick need not touch the outline: all ink within counts.
    return {
      box,
      crisp: outline.crisp,
      inner: inkWithin(ink, box, outline.rim),
      beyond: inkBeyond(patch, outline.box),
    }
  }
  for (const part of parts) {
    if (Math.min(part.width, part.height) < least) continue
    if (part.height > JOINED.high * perMm || part.width > JOINED.wide * perMm) continue
    const patch = cutOut(part)
    const outline = filledSquare(part, perMm) ?? largest(outlinesIn(patch, perMm))
    if (outline) found.push({ part, patch, outline, square: squareOf(part, patch, outline) })
  }
  const side = usualSide(found.map(({ square }) => square))
  if (side === null) return found.map(({ square }) => square)
  return found.flatMap(({ part, patch, outline, square }) => {
    if (Math.max(part.width, part.height) < TWO * side && isAsLarge(outline.box, side)) return [square]
    const own = apartFromEachOther(
      outlinesIn(patch, perMm).filter(({ box }) => isAsLarge(box, side)),
      side,
    )
    return own.length === 0 ? [square] : own.map((each) => squareOf(part, patch, each))
  })
}

/** The outlines that are nearest to the usual side where several are of the same ink. */
function apartFromEachOther(outlines: Outline[], side: number): Outline[] {
  const off = ({ box }: Outline) => Math.abs(box.width - side) + Math.abs(box.height - side)
  const kept: Outline[] = []
  for (const outline of outlines.toSorted((one, other) => off(one) - off(other)))
    if (!kept.some(({ box }) => meet(box, outline.box))) kept.push(outline)
  return kept
}

const largest = (outlines: Outline[]): Outline | null =>
  outlines.reduce<Outline | null>(
    (best, each) => (best && best.box.width * best.box.height >= each.box.width * each.box.height ? best : each),
    null,
  )

function filledSquare(part: Component, perMm: number): Outline | null {
  const { width, height, pixels } = part
  const aspect = width / height
  if (pixels < SOLID * width * height || aspect < ASPECT.least || aspect > ASPECT.most) return null
  if (Math.max(width, height) > SIDE.most * perMm) return null
  return { box: { x: 0, y: 0, width, height }, rim: [1, 1], crisp: true }
}

type Bar = { first: number; last: number }

/** The squares whose four sides are inked. */
function outlinesIn(patch: Plane, perMm: number): Outline[] {
  const least = SIDE.least * perMm
  const most = SIDE.most * perMm
  const levels = longBars(patch, least, false)
  const uprights = longBars(patch, least, true)
  const outlines: Outline[] = []
  for (const top of levels) {
    for (const bottom of levels) {
      const height = bottom.last - top.first + 1
      if (height < least || height > most) continue
      for (const left of uprights) {
        for (const right of uprights) {
          const width = right.last - left.first + 1
          const aspect = width / height
          if (width < least || width > most || aspect < ASPECT.least || aspect > ASPECT.most) continue
          if (!hasSides(patch, top.first, bottom.last, left.first, right.last, perMm)) continue
          const box = { x: left.first, y: top.first, width, height }
          const thickness = [top, bottom, left, right].map((bar) => bar.last - bar.first + 1).sort((a, b) => a - b)
          const [thinnest = 1, , , thickest = 1] = thickness
          const deepest = Math.round(Math.min(width, height) * 0.28)
          outlines.push({
            box,
            rim: [Math.min(thinnest + 1, deepest), Math.min(thickest + 1, deepest)],
            crisp: isCrisp(patch, box, thinnest),
          })
        }
      }
    }
  }
  return outlines
}

/** Neighbouring rows (or columns) with a run of ink of at least `least` pixels, broken by one pixel at most. */
function longBars(patch: Plane, least: number, vertical: boolean): Bar[] {
  const [lines, length, lineStep, step] = vertical
    ? [patch.width, patch.height, 1, patch.width]
    : [patch.height, patch.width, patch.width, 1]
  const bars: Bar[] = []
  for (let line = 0; line < lines; line++) {
    let longest = 0
    let from = 0
    let gap = 0
    for (let i = 0; i < length; i++) {
      if (patch.data[line * lineStep + i * step]) {
        gap = 0
        longest = Math.max(longest, i - from + 1)
      } else if (++gap > 1) from = i + 1
    }
    if (longest < least * 0.92) continue
    const last = bars.at(-1)
    if (last && last.last === line - 1) last.last = line
    else bars.push({ first: line, last: line })
  }
  return bars
}

function hasSides(patch: Plane, top: number, bottom: number, left: number, right: number, perMm: number): boolean {
  const band = Math.max(2, Math.round(0.4 * perMm))
  const at = (x: number, y: number) => patch.data[y * patch.width + x] === 1
  const cover = (from: number, to: number, inked: (i: number, d: number) => boolean) => {
    let count = 0
    for (let i = from; i <= to; i++) {
      for (let d = 0; d < band; d++) {
        if (!inked(i, d)) continue
        count++
        break
      }
    }
    return count / (to - from + 1)
  }
  const corner = Math.max(2, Math.round(0.1 * (right - left)))
  const inkedCorner = (x: number, y: number) => {
    for (let i = 0; i < corner * corner; i++) {
      if (at(x + (i % corner), y + Math.floor(i / corner))) return true
    }
    return false
  }
  return (
    inkedCorner(left, top) &&
    inkedCorner(right - corner + 1, top) &&
    inkedCorner(left, bottom - corner + 1) &&
    inkedCorner(right - corner + 1, bottom - corner + 1) &&
    cover(left, right, (x, d) => at(x, top + d)) >= COVER &&
    cover(left, right, (x, d) => at(x, bottom - d)) >= COVER &&
    cover(top, bottom, (y, d) => at(left + d, y)) >= COVER &&
    cover(top, bottom, (y, d) => at(right - d, y)) >= COVER
  )
}

/** No strokes run on below or above both upright sides. */
function isCrisp(patch: Plane, box: Box, stroke: number): boolean {
  const side = Math.min(box.width, box.height)
  if (side < 16 || box.width / box.height < 0.9 || box.width / box.height > 1.11) return false
  const reach = Math.max(2, stroke + 1)
  const inked = (from: number, y: number) => {
    for (let x = Math.max(0, from); x < Math.min(patch.width, from + reach); x++) {
      if (patch.data[y * patch.width + x]) return true
    }
    return false
  }
  const both = (y: number) =>
    y >= 0 && y < patch.height && inked(box.x - 1, y) && inked(box.x + box.width - reach + 1, y)
  let beyond = 0
  while (both(box.y + box.height + beyond)) beyond++
  let above = 0
  while (both(box.y - 1 - above)) above++
  // The bottom stroke of 口 may also stand above the feet within the bounds of the square.
  let middle = box.y + box.height - 1
  const centre = Math.round(box.x + box.width / 2) - 1
  while (middle > box.y && !patch.data[middle * patch.width + centre] && !patch.data[middle * patch.width + centre + 1])
    middle--
  return (beyond + above + (box.y + box.height - 1 - middle)) / side < 0.05
}
