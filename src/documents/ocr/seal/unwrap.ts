import type { Raster } from '../../model.ts'
import type { Plane } from '../raster.ts'
import { type Ellipse, pointAt } from './ellipse.ts'

/** How far inside the rim a band of words runs: its outer and inner side, in shares of the shorter half axis. */
export type Band = { outer: number; inner: number }

/** Height of a strip: what the recogniser takes. */
const HEIGHT = 48
/** White on either side, in pixels. */
export const PADDING = 16
/** Shares of the strip's pixels that are paper and full ink. */
const PAPER = 0.3
const INK = 0.95
/** Where the middle of the words usually is, in shares of the shorter half axis inside the rim. */
const MIDDLE = 0.23
const SAMPLES = 720

/** A way around a seal inside its rim: `at(s)` for `s` 0–1 clockwise, even along the way; `length` in pixels. */
export type Way = { length: number; at(s: number): { x: number; y: number; outX: number; outY: number } }

/** The way through the middle of the words within a rim. */
export function wayInside(ellipse: Ellipse): Way {
  const depth = MIDDLE * Math.min(ellipse.a, ellipse.b)
  const rim = Array.from({ length: SAMPLES + 1 }, (_, i) => pointAt(ellipse, (i * 2 * Math.PI) / SAMPLES))
  const inside = rim.map(({ x, y, outX, outY }) => ({ x: x - outX * depth, y: y - outY * depth }))
  const reached = new Float64Array(SAMPLES + 1)
  for (let i = 1; i <= SAMPLES; i++) {
    const [from, to] = [inside[i - 1] ?? { x: 0, y: 0 }, inside[i] ?? { x: 0, y: 0 }]
    reached[i] = (reached[i - 1] ?? 0) + Math.hypot(to.x - from.x, to.y - from.y)
  }
  const length = reached[SAMPLES] ?? 0
  return {
    length,
    at(s) {
      const wanted = (s - Math.floor(s)) * length
      let [low, high] = [0, SAMPLES]
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if ((reached[middle] ?? 0) <= wanted) low = middle
        else high = middle
      }
      const [before, after] = [reached[low] ?? 0, reached[high] ?? 0]
      const part = after > before ? (wanted - before) / (after - before) : 0
      return pointAt(ellipse, ((low + part) * 2 * Math.PI) / SAMPLES)
    },
  }
}

/**
 * The band of a seal as a straight strip, dark on white, from `start` (0–1 of the way) once around, outer side up.
 * `stretch`: how much wider than it is.
 */
export function unwrap(ink: Plane, ellipse: Ellipse, band: Band, start: number, stretch: number): Raster {
  const unit = Math.min(ellipse.a, ellipse.b)
  const way = wayInside(ellipse)
  const high = (band.inner - band.outer) * unit
  const filled = Math.round((way.length / high) * HEIGHT * stretch)
  const values = new Float32Array(filled * HEIGHT)
  for (let x = 0; x < filled; x++) {
    const rim = way.at(start + (x + 0.5) / filled)
    for (let y = 0; y < HEIGHT; y++) {
      const depth = (band.outer + ((y + 0.5) / HEIGHT) * (band.inner - band.outer)) * unit
      values[y * filled + x] = sample(ink, rim.x - rim.outX * depth, rim.y - rim.outY * depth)
    }
  }
  return paint(values, filled)
}

/** Pixels of a plane as a straight strip, dark on white: the middle, the extent and the slope (clockwise) of what is cut. */
export function cutLine(
  ink: Plane,
  cut: { x: number; y: number; width: number; height: number; slope: number },
): Raster {
  const filled = Math.round((cut.width / cut.height) * HEIGHT)
  const values = new Float32Array(filled * HEIGHT)
  const [cos, sin] = [Math.cos(cut.slope), Math.sin(cut.slope)]
  for (let y = 0; y < HEIGHT; y++) {
    const across = ((y + 0.5) / HEIGHT - 0.5) * cut.height
    for (let x = 0; x < filled; x++) {
      const along = ((x + 0.5) / filled - 0.5) * cut.width
      values[y * filled + x] = sample(ink, cut.x + along * cos - across * sin, cut.y + along * sin + across * cos)
    }
  }
  return paint(values, filled)
}

function sample({ width, height, data }: Plane, x: number, y: number): number {
  const [u, v] = [Math.floor(x), Math.floor(y)]
  if (u < 0 || v < 0 || u >= width - 1 || v >= height - 1) return 0
  const [du, dv] = [x - u, y - v]
  const at = v * width + u
  const top = (data[at] ?? 0) * (1 - du) + (data[at + 1] ?? 0) * du
  const low = (data[at + width] ?? 0) * (1 - du) + (data[at + width + 1] ?? 0) * du
  return top * (1 - dv) + low * dv
}

function paint(values: Float32Array, filled: number): Raster {
  const sorted = values.toSorted()
  const paper = sorted[Math.floor(sorted.length * PAPER)] ?? 0
  const full = Math.max(paper + 12, sorted[Math.floor(sorted.length * INK)] ?? 0)
  const width = filled + 2 * PADDING
  const data = new Uint8Array(width * HEIGHT * 3).fill(255)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < filled; x++) {
      const share = Math.min(1, Math.max(0, ((values[y * filled + x] ?? 0) - paper) / (full - paper)))
      const at = (y * width + x + PADDING) * 3
      data.fill(255 * (1 - share), at, at + 3)
    }
  }
  return { width, height: HEIGHT, channels: 3, data, dpi: null }
}
