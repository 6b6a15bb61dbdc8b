import type { Box, Ruling } from '../model.ts'
import { findComponents } from './components.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'
import { medianOf } from './strips.ts'

/** A ruling is at least this long, in millimetres; the strokes of large type are shorter. */
const ACROSS = 8
const DOWN = 6.5
/** A faint or broken ruling is bridged over this gap, in millimetres. */
const GAP = 0.4
/** Where a stamp was removed, over this one. */
const STAMPED_GAP = 2.5
const SOLID = 0.85
/** A pen stroke that stands upright is shorter than this, in millimetres, and so many times thicker than the level rulings. */
const PEN = { longest: 18, thicker: 2.2 }
/** Anything thicker, in millimetres, is a filled area. */
const THICK = 1.6

/** Ruling lines of a level page: where their ink lies, grown a little so that nothing leaks through, and each as a line. */
export type Rulings = { barrier: Plane; lines: Ruling[] }

/** Finds ruling lines by long runs of ink, broken at most under `stamps`. `perMm`: pixels a millimetre. */
export function findRulings(ink: Plane, perMm: number, stamps: Box[]): Rulings {
  const gap = (x: number, y: number) =>
    perMm *
    (stamps.some((box) => x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height)
      ? STAMPED_GAP
      : GAP)
  const across = keepThin(longRuns(ink, ACROSS * perMm, gap, false), perMm, false, Number.POSITIVE_INFINITY)
  const usual = medianOf(across.thicknesses) ?? Number.POSITIVE_INFINITY
  const down = keepThin(longRuns(ink, DOWN * perMm, gap, true), perMm, true, Math.max(2, usual) * PEN.thicker)
  const both = new Uint8Array(ink.data.length)
  for (let i = 0; i < both.length; i++) both[i] = (across.mask.data[i] ?? 0) | (down.mask.data[i] ?? 0)
  const barrier = grow({ ...ink, data: both }, Math.max(1, Math.round(0.2 * perMm)))
  return { barrier, lines: [...across.lines, ...down.lines] }
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

type Kept = { mask: Plane; lines: Ruling[]; thicknesses: number[] }

/** Drops what is too thick for its length, and gives each remaining line's middle from end to end. */
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
    const middleX = part.x + part.width / 2
    const middleY = part.y + part.height / 2
    lines.push(
      vertical
        ? { x1: middleX, y1: part.y, x2: middleX, y2: part.y + part.height }
        : { x1: part.x, y1: middleY, x2: part.x + part.width, y2: middleY },
    )
  }
  const data = new Uint8Array(mask.data.length)
  for (let i = 0; i < data.length; i++) if (thin.has(labels[i] ?? 0)) data[i] = 1
  return { mask: { ...mask, data }, lines, thicknesses }
}
