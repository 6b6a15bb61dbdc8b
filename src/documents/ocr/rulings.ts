import type { Box, Ruling } from '../model.ts'
import { anchoredLines, closeBorders } from './close-borders.ts'
import { type Component, type Components, findComponents } from './components.ts'
import { findFaintRuns } from './faint-rulings.ts'
import { grow, merge } from './ink.ts'
import type { Plane } from './raster.ts'
import { keepStretches } from './stretches.ts'
import { medianOf } from './strips.ts'

/** A ruling is at least this long, in millimetres; the strokes of large type are shorter. */
const ACROSS = 8
const DOWN = 6.5
/** A faint or broken ruling is bridged over this gap, in millimetres. */
const GAP = 0.4
/** Where a stamp was removed, over this one. */
const STAMPED_GAP = 4
const SOLID = 0.85
/** A pen stroke that stands upright is shorter than this, in millimetres, and so many times thicker than the level rulings. */
const PEN = { longest: 18, thicker: 2.2 }
/** Rulings so long (mm), each and together, tell how the page leans. */
const TELLING = { each: 20, all: 150 }
/** Anything thicker, in millimetres, is a filled area. */
const THICK = 1.6

/** Ruling lines of a level page: where their ink lies, grown a little so that nothing leaks through, and each as a line. */
export type Rulings = { barrier: Plane; lines: Ruling[] }

/**
 * Finds ruling lines by long runs of ink, broken at most under `stamps`, and with the page's `grey` faint and dashed ones too;
 * sides of tables that nothing shows are closed where rulings end. `perMm`: pixels a millimetre.
 */
export function findRulings(ink: Plane, perMm: number, stamps: Box[], grey?: Plane): Rulings {
  const gap = (x: number, y: number) =>
    perMm *
    (stamps.some((box) => x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height)
      ? STAMPED_GAP
      : GAP)
  const solid = (vertical: boolean) => longRuns(ink, (vertical ? DOWN : ACROSS) * perMm, gap, vertical)
  const sureAcross = keepThin(solid(false), perMm, false, Number.POSITIVE_INFINITY)
  const usual = medianOf(sureAcross.thicknesses) ?? Number.POSITIVE_INFINITY
  const sureDown = keepThin(solid(true), perMm, true, Math.max(2, usual) * PEN.thicker)
  const { across, down } = grey
    ? addFaint({ across: sureAcross, down: sureDown }, grey, ink, perMm)
    : { across: sureAcross, down: sureDown }
  const both = merge(across.mask, down.mask)
  for (const side of closeBorders(across.lines, down.lines, perMm)) draw(both, side)
  const barrier = grow(both, Math.max(1, Math.round(0.2 * perMm)))
  return { barrier, lines: [...across.lines, ...down.lines] }
}

/**
 * How a page leans by its own level rulings, in radians clockwise; null where these are too few to tell. Steeper pages than
 * about 4° have none long enough.
 */
export function rulingSlope(ink: Plane, perMm: number): number | null {
  const { lines } = keepThin(
    longRuns(ink, ACROSS * perMm, () => GAP * perMm, false),
    perMm,
    false,
    Number.POSITIVE_INFINITY,
  )
  const long = lines
    .map(({ x1, y1, x2, y2 }) => ({ length: x2 - x1, slope: Math.atan2(y2 - y1, x2 - x1) }))
    .filter(({ length }) => length >= TELLING.each * perMm)
    .sort((a, b) => a.slope - b.slope)
  const total = long.reduce((sum, { length }) => sum + length, 0)
  if (total < TELLING.all * perMm) return null
  let below = 0
  for (const { length, slope } of long) {
    below += length
    if (below * 2 >= total) return slope
  }
  return null
}

type Both = { across: Kept; down: Kept }

/** Adds the faint lines that hold on to others; a line that is sure in parts only becomes one. */
function addFaint(sure: Both, grey: Plane, ink: Plane, perMm: number): Both {
  const faint = (vertical: boolean) =>
    keepThin(findFaintRuns(grey, ink, perMm, vertical), perMm, vertical, Number.POSITIVE_INFINITY)
  const [across, down] = [faint(false), faint(true)]
  const held = anchoredLines(
    { across: sure.across.lines, down: sure.down.lines },
    { across: across.lines, down: down.lines },
    perMm,
  )
  const join = (one: Kept, other: Kept, kept: Set<number>, vertical: boolean) =>
    kept.size === 0 ? one : keepThin(merge(one.mask, only(other, kept)), perMm, vertical, Number.POSITIVE_INFINITY)
  return { across: join(sure.across, across, held.across, false), down: join(sure.down, down, held.down, true) }
}

/** The mask of some of the lines. */
function only({ components, numbers }: Kept, kept: Set<number>): Plane {
  const isWanted = new Uint8Array(components.parts.length + 1)
  for (const index of kept) isWanted[numbers[index] ?? 0] = 1
  return components.draw(isWanted)
}

function draw(mask: Plane, { x1, y1, x2, y2 }: Ruling): void {
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1))))
  for (let i = 0; i <= steps; i++) {
    const x = Math.round(x1 + ((x2 - x1) * i) / steps)
    const y = Math.round(y1 + ((y2 - y1) * i) / steps)
    if (x >= 0 && y >= 0 && x < mask.width && y < mask.height) mask.data[y * mask.width + x] = 1
  }
}

function longRuns(ink: Plane, shortest: number, gapAt: (x: number, y: number) => number, vertical: boolean): Plane {
  return keepStretches(ink, vertical, gapAt, (_, first, last, count) => {
    const extent = last - first + 1
    return extent >= shortest && count >= SOLID * extent
  })
}

/** `numbers`: the label of each line among `components`. */
type Kept = { mask: Plane; components: Components; numbers: number[]; lines: Ruling[]; thicknesses: number[] }

/** Drops what is too thick for its length, and gives each remaining line from the middle of one end to the middle of the other. */
function keepThin(mask: Plane, perMm: number, vertical: boolean, pen: number): Kept {
  const thicknesses: number[] = []
  const components = findComponents(mask)
  const isThin = new Uint8Array(components.parts.length + 1)
  const numbers: number[] = []
  const lines: Ruling[] = []
  for (const part of components.parts) {
    const [length, extent] = vertical ? [part.height, part.width] : [part.width, part.height]
    const thickness = part.pixels / length
    if (thickness > THICK * perMm || extent > THICK * perMm + length * 0.06) continue
    if (length < PEN.longest * perMm && thickness > pen) continue
    thicknesses.push(thickness)
    numbers.push(part.label)
    isThin[part.label] = 1
    const start = middleAt(components, part, vertical, 0)
    const end = middleAt(components, part, vertical, length - 1)
    lines.push(
      vertical
        ? { x1: start, y1: part.y, x2: end, y2: part.y + part.height }
        : { x1: part.x, y1: start, x2: part.x + part.width, y2: end },
    )
  }
  return { mask: components.draw(isThin), components, numbers, lines, thicknesses }
}

/** Where across a line the middle of its ink is, `at` pixels along it. */
function middleAt({ labelAt }: Components, part: Component, vertical: boolean, at: number): number {
  const extent = vertical ? part.width : part.height
  let sum = 0
  let count = 0
  for (let across = 0; across < extent; across++) {
    const [x, y] = vertical ? [part.x + across, part.y + at] : [part.x + at, part.y + across]
    if (labelAt(x, y) !== part.label) continue
    sum += across + 0.5
    count++
  }
  return (vertical ? part.x : part.y) + (count === 0 ? extent / 2 : sum / count)
}
