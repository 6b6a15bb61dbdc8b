import type { Box, Ruling } from '../model.ts'
import { anchoredLines, closeBorders } from './close-borders.ts'
import { type Component, findComponents } from './components.ts'
import { findFaintRuns } from './faint-rulings.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'
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
function only({ mask, labels, numbers }: Kept, kept: Set<number>): Plane {
  const wanted = new Set([...kept].map((index) => numbers[index]))
  const data = new Uint8Array(mask.data.length)
  for (let i = 0; i < data.length; i++) if (mask.data[i] && wanted.has(labels[i])) data[i] = 1
  return { ...mask, data }
}

function merge(one: Plane, other: Plane): Plane {
  const data = new Uint8Array(one.data.length)
  for (let i = 0; i < data.length; i++) data[i] = (one.data[i] ?? 0) | (other.data[i] ?? 0)
  return { ...one, data }
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
  const { width, height, data } = ink
  const [lines, length, lineStep, step] = vertical ? [width, height, 1, width] : [height, width, width, 1]
  const runs = new Uint8Array(data.length)
  for (let line = 0; line < lines; line++) {
    const base = line * lineStep
    let from = -1
    let last = -1
    let count = 0
    const close = () => {
      const extent = last - from + 1
      if (from >= 0 && extent >= shortest && count >= SOLID * extent) {
        for (let i = from; i <= last; i++) runs[base + i * step] = 1
      }
      from = -1
      count = 0
    }
    for (let i = 0; i < length; i++) {
      if (!data[base + i * step]) continue
      if (from >= 0 && i > last + 1 && i - last - 1 > (vertical ? gapAt(line, i) : gapAt(i, line))) close()
      if (from < 0) from = i
      last = i
      count++
    }
    close()
  }
  return { width, height, data: runs }
}

/** `numbers`: the label of each line in `labels`. */
type Kept = { mask: Plane; labels: Int32Array; numbers: number[]; lines: Ruling[]; thicknesses: number[] }

/** Drops what is too thick for its length, and gives each remaining line from the middle of one end to the middle of the other. */
function keepThin(mask: Plane, perMm: number, vertical: boolean, pen: number): Kept {
  const thicknesses: number[] = []
  const { labels, parts } = findComponents(mask)
  const thin = new Set<number>()
  const lines: Ruling[] = []
  for (const part of parts) {
    const [length, extent] = vertical ? [part.height, part.width] : [part.width, part.height]
    const thickness = part.pixels / length
    if (thickness > THICK * perMm || extent > THICK * perMm + length * 0.06) continue
    if (length < PEN.longest * perMm && thickness > pen) continue
    thicknesses.push(thickness)
    thin.add(part.label)
    const start = middleAt(labels, mask.width, part, vertical, 0)
    const end = middleAt(labels, mask.width, part, vertical, length - 1)
    lines.push(
      vertical
        ? { x1: start, y1: part.y, x2: end, y2: part.y + part.height }
        : { x1: part.x, y1: start, x2: part.x + part.width, y2: end },
    )
  }
  const data = new Uint8Array(mask.data.length)
  for (let i = 0; i < data.length; i++) if (thin.has(labels[i] ?? 0)) data[i] = 1
  return { mask: { ...mask, data }, labels, numbers: [...thin], lines, thicknesses }
}

/** Where across a line the middle of its ink is, `at` pixels along it. */
function middleAt(labels: Int32Array, width: number, part: Component, vertical: boolean, at: number): number {
  const extent = vertical ? part.width : part.height
  let sum = 0
  let count = 0
  for (let across = 0; across < extent; across++) {
    const [x, y] = vertical ? [part.x + across, part.y + at] : [part.x + at, part.y + across]
    if (labels[y * width + x] !== part.label) continue
    sum += across + 0.5
    count++
  }
  return (vertical ? part.x : part.y) + (count === 0 ? extent / 2 : sum / count)
}
