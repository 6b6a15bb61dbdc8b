import { findComponents } from './components.ts'
import { grow, merge, subtract } from './ink.ts'
import type { Plane } from './raster.ts'
import { type Ellipse, pointAt } from './seal/ellipse.ts'
import { type FoundSeal, findSeals } from './seals.ts'
import { keepStretches } from './stretches.ts'

/** No seal's rim runs straight as far as this (mm), with a digit beside it; rulings and underlines do. */
const STRAIGHT = 22
/** A piece of a rim is longer and broader than this (mm): no character of a form is. */
const PIECE = { long: 12, broad: 2.5 }
/** Rings less sure than this are made of strokes of print that happen to stand round. */
const SURE = 0.82

/**
 * Seals on a copy without colour, where they are as dark as print: rings among the large curved pieces of ink. `ink` of the
 * whole page, `perMm` its pixels a millimetre; places in its pixels. `straight`: its rulings and underlines.
 */
export function findDarkStamps(ink: Plane, perMm: number): { seals: FoundSeal[]; straight: Plane } {
  const straight = grow(straightRuns(ink, STRAIGHT * perMm), 1)
  const { parts, draw } = findComponents(subtract(ink, straight))
  const large = new Uint8Array(parts.length + 1)
  for (const { label, width, height } of parts) {
    const [short, long] = [Math.min(width, height), Math.max(width, height)]
    if (long >= PIECE.long * perMm && short >= PIECE.broad * perMm) large[label] = 255
  }
  if (!large.includes(255)) return { seals: [], straight }
  return { seals: findSeals(draw(large), perMm, []).filter(({ confidence }) => confidence >= SURE), straight }
}

/** Runs of ink along rows and columns, at least so long. */
function straightRuns(ink: Plane, shortest: number): Plane {
  const runs = (vertical: boolean) => keepStretches(ink, vertical, 0, (_, first, last) => last - first + 1 >= shortest)
  return merge(runs(false), runs(true))
}

/** Steps along and across a rim, in pixels. */
const STEP = 0.5
/** The rim is at most this broad to both sides of its middle (mm); print that crosses it goes on at both sides. */
const BROADEST = 1.2
/** The star reaches this far out, as shares of the shorter half axis. */
const STAR = { least: 0.12, most: 0.55 }
const POINTS = 5
/** Half the inner radius of a star with five points, as a share of the outer one. */
const WAIST = 0.382
/** Words along the rim stand between these shares of the way from the middle to it. */
const WORDS = 0.5

export type Covered = {
  /** The ink of rims and stars. */
  stamp: Plane
  /** Print that the star hides may be anything. */
  stars: Plane
}

/** The ink of the rims and stars of seals, print that crosses a rim left out. */
export function inkOfStamps(ink: Plane, seals: Ellipse[], perMm: number): Covered {
  const stamp = { ...ink, data: new Uint8Array(ink.data.length) }
  const stars = { ...ink, data: new Uint8Array(ink.data.length) }
  for (const ellipse of seals) {
    markRim(stamp, ink, ellipse, perMm)
    markStar(stars, ink, ellipse)
  }
  for (let i = 0; i < stamp.data.length; i++) if (stars.data[i]) stamp.data[i] = 1
  return { stamp, stars }
}

const inked = ({ width, height, data }: Plane, x: number, y: number): boolean => {
  const [u, v] = [Math.round(x), Math.round(y)]
  return u >= 0 && v >= 0 && u < width && v < height && data[v * width + u] === 1
}

function put({ width, height, data }: Plane, x: number, y: number, value: 0 | 1): void {
  const [u, v] = [Math.round(x), Math.round(y)]
  if (u >= 0 && v >= 0 && u < width && v < height) data[v * width + u] = value
}

function markRim(stamp: Plane, ink: Plane, ellipse: Ellipse, perMm: number): void {
  const count = Math.ceil((2 * Math.PI * Math.max(ellipse.a, ellipse.b)) / STEP)
  const rays = Array.from({ length: count }, (_, i) => pointAt(ellipse, (i * 2 * Math.PI) / count))
  const limit = BROADEST * perMm
  const reach = (ray: (typeof rays)[number], way: 1 | -1): number => {
    let far = 0
    while (far <= limit && inked(ink, ray.x + way * far * ray.outX, ray.y + way * far * ray.outY)) far += STEP
    return far
  }
  const usual = (way: 1 | -1) => {
    const found = rays.map((ray) => reach(ray, way)).filter((far) => far > 0 && far < limit)
    return (found.toSorted((a, b) => a - b)[Math.floor(found.length * 0.6)] ?? limit / 2) + 1
  }
  const [out, inside] = [usual(1), usual(-1)]
  const crossing: (typeof rays)[number][] = []
  for (const ray of rays) {
    const goesOn = [out + 1, -inside - 1].every((d) => inked(ink, ray.x + d * ray.outX, ray.y + d * ray.outY))
    if (goesOn) crossing.push(ray)
    for (let d = -inside; d <= out; d += STEP) put(stamp, ray.x + d * ray.outX, ray.y + d * ray.outY, 1)
  }
  for (const ray of crossing)
    for (let d = -inside; d <= out; d += STEP) put(stamp, ray.x + d * ray.outX, ray.y + d * ray.outY, 0)
}

/** The star in the middle, whichever way it is turned. */
function markStar(stars: Plane, ink: Plane, { x, y, a, b }: Ellipse): void {
  const radius = Math.min(a, b)
  const turns = Array.from({ length: 24 }, (_, i) => (i / 24) * ((2 * Math.PI) / POINTS))
  const lengths = (turn: number) =>
    Array.from({ length: POINTS }, (_, k) => {
      const angle = turn - Math.PI / 2 + (k * 2 * Math.PI) / POINTS
      let far = 0
      while (far < radius && inked(ink, x + far * Math.cos(angle), y + far * Math.sin(angle))) far += STEP
      return far
    }).toSorted((one, other) => one - other)
  const middleOf = (turn: number) => lengths(turn)[POINTS >> 1] ?? 0
  const turn = turns.reduce((best, each) => (middleOf(each) > middleOf(best) + 1 ? each : best))
  const reach = middleOf(turn)
  const narrow = middleOf(turn + Math.PI / POINTS)
  if (reach < STAR.least * radius || reach > STAR.most * radius || narrow > 0.75 * reach) return
  const outer = reach + 2
  for (let v = Math.floor(y - outer); v <= y + outer; v++) {
    for (let u = Math.floor(x - outer); u <= x + outer; u++) {
      if (inked(ink, u, v) && isInStar(u - x, v - y, outer, turn)) put(stars, u, v, 1)
    }
  }
}

/** Whether a place, from the star's middle, lies in it: each of its points narrows evenly from waist to tip. */
function isInStar(dx: number, dy: number, outer: number, turn: number): boolean {
  const far = Math.hypot(dx, dy)
  if (far > outer) return false
  const sector = (2 * Math.PI) / POINTS
  const from = Math.atan2(dy, dx) + Math.PI / 2 - turn
  const angle = Math.abs(from - sector * Math.round(from / sector))
  const [along, across] = [far * Math.cos(angle), far * Math.sin(angle)]
  const waist = WAIST * outer + 1
  const [waistX, waistY] = [waist * Math.cos(sector / 2), waist * Math.sin(sector / 2)]
  return across <= ((outer - along) / (outer - waistX)) * waistY + 1.5
}

/** Whether a place lies among the words along a seal's rim. */
export function isAmongWords(ellipse: Ellipse, x: number, y: number): boolean {
  const far = shareOut(ellipse, x, y)
  return far > WORDS && far < 1
}

/** How far out a place lies from an ellipse's middle: 1 on the rim. */
export function shareOut({ x, y, a, b, angle }: Ellipse, u: number, v: number): number {
  const [dx, dy] = [u - x, v - y]
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return Math.hypot((dx * cos + dy * sin) / a, (dy * cos - dx * sin) / b)
}
