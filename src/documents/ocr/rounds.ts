import { meet } from '../boxes.ts'
import type { Box } from '../model.ts'
import { findComponents } from './components.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'
import { findSolids, type Solid } from './solids.ts'

/** Diameter of a round mark in millimetres. */
const SIDE = { least: 1.15, most: 6.5 }
/** A disc this small is a dot. */
const DOT_ALONE = 1.3
const ASPECT = { least: 0.83, most: 1.2 }
/** Gaps of a thin ring in a coarse scan are closed over this many pixels to each side. */
const MEND = 1
/** Directions in which the outline is looked at. */
const RAYS = 48
/** Share of the rays whose outermost ink may lie off the circle by more than `OFF` radii. */
const STRAY = 0.05
const OFF = 0.13
/** Share of ink within a full disc, and within the inner part of an empty ring. */
const DISC = 0.88
const EMPTY = 0.015
/** A dot in a ring: its diameter as a share of the ring's, how round it is and how far off the middle it may lie. */
const DOT = { least: 0.08, most: 0.82, aspect: 1.45, filled: 0.6, off: 0.12 }

/** A radio mark: a disc or a ring with a dot is chosen, an empty ring is not. */
export type Round = { box: Box; checked: boolean }

/**
 * Discs, rings and dotted rings of a radio mark's size, 〇 and O among them. `ink` without rulings; boxes in pixels. `faint`:
 * the same with paler ink, for rings that are not whole in `ink`.
 */
export function findRounds(
  ink: Plane,
  perMm: number,
  faint: Plane | null = null,
  solids: Solid[] = findSolids(ink, perMm),
): Round[] {
  const rounds = roundsIn(ink, ink, perMm, 0)
  const add = (more: Round[]) => {
    rounds.push(...more.filter(({ box }) => !rounds.some((other) => meet(other.box, box))))
  }
  add(solids.flatMap(({ box, round }) => (round ? [{ box, checked: true }] : [])))
  add(roundsIn(grow(ink, MEND), ink, perMm, MEND))
  if (faint) {
    add(roundsIn(faint, faint, perMm, 0))
    add(roundsIn(grow(faint, MEND), faint, perMm, MEND))
  }
  return rounds.filter(({ box }) => !rounds.some((other) => other.box !== box && holds(other.box, box)))
}

/** Rounds among the pieces of `mask`, which is `ink` grown by `grown` pixels. */
function roundsIn(mask: Plane, ink: Plane, perMm: number, grown: number): Round[] {
  const { parts, cutOut } = findComponents(mask)
  const rounds: Round[] = []
  for (const part of parts) {
    const aspect = part.width / part.height
    if (aspect < ASPECT.least || aspect > ASPECT.most) continue
    const side = Math.min(part.width, part.height) - 2 * grown
    if (side < SIDE.least * perMm) continue
    if (Math.max(part.width, part.height) > SIDE.most * perMm) continue
    const stroke = roundStroke(cutOut(part))
    if (stroke === null || (side < DOT_ALONE * perMm && stroke > 0.8)) continue
    const box = {
      x: part.x + grown,
      y: part.y + grown,
      width: part.width - 2 * grown,
      height: part.height - 2 * grown,
    }
    const checked = stroke > 0.8 ? fill(ink, box, 0.85) >= DISC || null : chosenWithin(ink, box, 1 - stroke)
    if (checked !== null) rounds.push({ box, checked })
  }
  return rounds
}

function holds(outer: Box, { x, y, width, height }: Box): boolean {
  return x > outer.x && y > outer.y && x + width < outer.x + outer.width && y + height < outer.y + outer.height
}

/** Mean thickness of the outline as a share of the radius (1: a disc), null when it is no circle. */
function roundStroke({ width, height, data }: Plane): number | null {
  const [a, b] = [width / 2, height / 2]
  const inked = (share: number, cos: number, sin: number) => {
    const u = Math.floor(a + a * share * cos)
    const v = Math.floor(b + b * share * sin)
    return u >= 0 && v >= 0 && u < width && v < height && data[v * width + u] === 1
  }
  let stray = 0
  const strokes: number[] = []
  const step = 0.5 / Math.max(a, b)
  for (let ray = 0; ray < RAYS; ray++) {
    const cos = Math.cos((ray * 2 * Math.PI) / RAYS)
    const sin = Math.sin((ray * 2 * Math.PI) / RAYS)
    let outer = 1.3
    while (outer > 0 && !inked(outer, cos, sin)) outer -= step
    if (Math.abs(outer - (1 - step)) > Math.max(OFF, 3 * step)) stray++
    let inner = outer
    while (inner > 0 && inked(inner, cos, sin)) inner -= step
    strokes.push(outer - Math.max(0, inner))
  }
  if (stray > STRAY * RAYS) return null
  const sorted = strokes.toSorted((one, other) => one - other)
  const median = sorted[RAYS >> 1] ?? 0
  const [thin = 0, thick = 0] = [sorted[Math.floor(RAYS * 0.1)], sorted[Math.floor(RAYS * 0.9)]]
  if (median > 0.8) return 1
  // O and 0 are thicker at their sides.
  return median <= 0.45 && thick - thin <= Math.max(4 * step, 0.1) ? median : null
}

/** Whether a ring has a dot in its middle; null when something else is in it. `inner`: the hole's share of the radius. */
export function chosenWithin(ink: Plane, box: Box, inner: number): boolean | null {
  const side = Math.max(0.3, inner - 0.12)
  if (fill(ink, box, side) <= EMPTY) return false
  const [a, b] = [(box.width / 2) * side, (box.height / 2) * side]
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2]
  let [left, right, top, bottom, pixels] = [Infinity, -Infinity, Infinity, -Infinity, 0]
  for (let v = Math.ceil(middleY - b); v < middleY + b; v++) {
    for (let u = Math.ceil(middleX - a); u < middleX + a; u++) {
      if (!ink.data[v * ink.width + u] || ((u + 0.5 - middleX) / a) ** 2 + ((v + 0.5 - middleY) / b) ** 2 > 1) continue
      left = Math.min(left, u)
      right = Math.max(right, u + 1)
      top = Math.min(top, v)
      bottom = Math.max(bottom, v + 1)
      pixels++
    }
  }
  const [width, height] = [right - left, bottom - top]
  const aspect = Math.max(width, height) / Math.min(width, height)
  const off = Math.hypot((left + right) / 2 - middleX, (top + bottom) / 2 - middleY) / box.width
  const size = Math.max(width, height) / box.width
  const isDot = size >= DOT.least && size <= DOT.most && aspect <= DOT.aspect && pixels >= DOT.filled * width * height
  return isDot && off <= DOT.off ? true : null
}

/** Share of ink within the middle `share` of a round box. */
function fill(ink: Plane, box: Box, share: number): number {
  const [a, b] = [(box.width / 2) * share, (box.height / 2) * share]
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2]
  let some = 0
  let all = 0
  for (let v = Math.ceil(middleY - b); v < middleY + b; v++) {
    for (let u = Math.ceil(middleX - a); u < middleX + a; u++) {
      if (((u + 0.5 - middleX) / a) ** 2 + ((v + 0.5 - middleY) / b) ** 2 > 1) continue
      all++
      some += ink.data[v * ink.width + u] ?? 0
    }
  }
  return all === 0 ? 1 : some / all
}
