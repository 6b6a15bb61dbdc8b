import type { Raster } from '../model.ts'
import { greyPoints } from './grey-points.ts'

/** Degrees from level and upright within which lines are rulings, and the steps by which the slope is sought. */
const RULING = 8
const STEPS = [1, 0.2, 0.05]
/** A line is drawn along this share of the page's chord or more. */
const DRAWN = 0.45
/** So many lines, this long (share of the shorter side), make a pattern. */
const [LINES, LONG] = [3, 0.4]
/** Its other lines cut off corners of at least so many pixels. */
const SHORT = 40
/** Pixels about a line's middle that are its own. */
const HALF = 3
/** More pixels than this tell no more. */
const SAMPLE = 60_000

type Lines = { degrees: number; at: Set<number> }

/**
 * The page without a watermark of straight grey lines that run slanting across it: pixels on them that are lighter than print and
 * not beside it are painted as paper. It is given back as it is when there is no such pattern.
 */
export function fadeSlantedLines(raster: Raster): Raster {
  const { paperAt, points } = greyPoints(raster)
  const lines = findLines(points, raster)
  if (!lines) return raster
  const data = raster.data.slice()
  const { width, channels } = raster
  const across = acrossOf(lines.degrees)
  for (const point of points) {
    const [x, y] = [point % width, Math.floor(point / width)]
    const at = Math.round(across(x, y))
    let isOn = false
    for (let off = -HALF; off <= HALF && !isOn; off++) isOn = lines.at.has(at + off)
    if (isOn) data.fill(paperAt(x, y), point * channels, (point + 1) * channels)
  }
  return { ...raster, data }
}

/** How far a place lies across lines of a slope. */
function acrossOf(degrees: number): (x: number, y: number) => number {
  const radians = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  return (x, y) => y * cos - x * sin
}

function findLines(points: Int32Array, page: Raster): Lines | null {
  const step = Math.max(1, Math.floor(points.length / SAMPLE))
  const sample = points.filter((_, index) => index % step === 0)
  if (sample.length < page.width) return null
  let candidates = slopes(-90, 90, STEPS[0] ?? 1).filter(
    (degrees) => Math.abs(degrees) > RULING && Math.abs(Math.abs(degrees) - 90) > RULING,
  )
  let best = 0
  for (const [round, width] of STEPS.entries()) {
    // A coarser slope smears a line over more places.
    const bin = round === 0 ? 16 : round === 1 ? 4 : 1
    best = mostOf(candidates, (degrees) => sharpness(sample, degrees, bin, page))
    candidates = slopes(best - width, best + width, STEPS[round + 1] ?? width)
  }
  return linesAt(points, best, page)
}

const slopes = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step)

function mostOf(values: number[], score: (value: number) => number): number {
  let [best, most] = [values[0] ?? 0, -1]
  for (const value of values) {
    const own = score(value)
    if (own > most) [best, most] = [value, own]
  }
  return best
}

/** How much the points gather on few lines of a slope. */
function sharpness(points: Int32Array, degrees: number, bin: number, { width, height }: Raster): number {
  const reach = Math.ceil((width + height) / bin)
  const counts = new Uint32Array(2 * reach + 1)
  const across = acrossOf(degrees)
  for (const point of points) {
    const at = Math.round(across(point % width, Math.floor(point / width)) / bin) + reach
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts.reduce((sum, count) => sum + count * count, 0)
}

function linesAt(points: Int32Array, degrees: number, page: Raster): Lines | null {
  const across = acrossOf(degrees)
  const reach = page.width + page.height
  const counts = new Uint32Array(2 * reach + 1)
  for (const point of points) {
    const at = Math.round(across(point % page.width, Math.floor(point / page.width))) + reach
    counts[at] = (counts[at] ?? 0) + 1
  }
  const drawn = Array.from(counts).flatMap((count, place) => {
    const at = place - reach
    const chord = count === 0 ? 0 : chordOf(at, degrees, page)
    return chord >= SHORT && count >= DRAWN * chord ? [{ at, chord }] : []
  })
  const long = new Set(
    drawn.filter(({ chord }) => chord >= LONG * Math.min(page.width, page.height)).map(({ at }) => at),
  )
  const count = [...long].filter((place) => !long.has(place - 1)).length
  return count >= LINES ? { degrees, at: new Set(drawn.map(({ at }) => at)) } : null
}

/** The length in pixels of a line within the page. */
function chordOf(at: number, degrees: number, { width, height }: Raster): number {
  const radians = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const [x0, y0] = [-at * sin, at * cos]
  const spans = [
    [(0 - x0) / cos, (width - x0) / cos],
    [(0 - y0) / sin, (height - y0) / sin],
  ].map(([a = 0, b = 0]) => [Math.min(a, b), Math.max(a, b)] as const)
  const from = Math.max(...spans.map(([low]) => low))
  const to = Math.min(...spans.map(([, high]) => high))
  return Math.max(0, to - from)
}
