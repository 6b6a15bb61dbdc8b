import type { Raster } from '../model.ts'
import type { Corners, Point } from './find-paper.ts'
import type { Place } from './move-page.ts'

/** The sides of A4 and A3 sheets are as 1 to √2; a photograph's estimate this near to it means it. */
const PROPORTION = Math.SQRT2
const LIKELY = 0.1

/** A sheet laid flat, and where each of its pixels came from. */
export type Flat = { raster: Raster; place: Place }

/** Lays the sheet with these corners flat; its longer side has at most `longest` pixels. Bilinear. */
export function flatten(raster: Raster, corners: Corners, longest: number): Flat {
  const [a, b, c, d] = corners
  const across = (distance(a, b) + distance(d, c)) / 2
  const down = (distance(a, d) + distance(b, c)) / 2
  const tall = down >= across
  const ratio = tall ? down / across : across / down
  const long = Math.min(longest, Math.max(across, down))
  const short = long / (Math.abs(ratio / PROPORTION - 1) < LIKELY ? PROPORTION : ratio)
  const width = Math.round(tall ? short : long)
  const height = Math.round(tall ? long : short)
  const place = placeOf(corners, width, height)
  const dpi = raster.dpi === null ? null : (raster.dpi * long) / Math.max(across, down)
  return { raster: { ...sample(raster, width, height, place), dpi }, place }
}

function distance(from: Point, to: Point): number {
  return Math.hypot(to.x - from.x, to.y - from.y)
}

/** The projection that takes a rectangle to four corners (Heckbert, Fundamentals of texture mapping, 1989). */
function placeOf([a, b, c, d]: Corners, width: number, height: number): Place {
  const [sx, sy] = [a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y]
  const [dx1, dy1, dx2, dy2] = [b.x - c.x, b.y - c.y, d.x - c.x, d.y - c.y]
  const whole = dx1 * dy2 - dx2 * dy1
  const g = (sx * dy2 - dx2 * sy) / whole
  const h = (dx1 * sy - sx * dy1) / whole
  const [ax, bx] = [b.x - a.x + g * b.x, d.x - a.x + h * d.x]
  const [ay, by] = [b.y - a.y + g * b.y, d.y - a.y + h * d.y]
  return (x, y) => {
    const [u, v] = [x / width, y / height]
    const depth = g * u + h * v + 1
    return [(ax * u + bx * v + a.x) / depth, (ay * u + by * v + a.y) / depth]
  }
}

function sample(raster: Raster, width: number, height: number, place: Place): Raster {
  const { channels, data } = raster
  const out = new Uint8Array(width * height * channels)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += channels) {
      const [px, py] = place(x + 0.5, y + 0.5)
      const u = Math.min(Math.max(px - 0.5, 0), raster.width - 1.001)
      const v = Math.min(Math.max(py - 0.5, 0), raster.height - 1.001)
      const [u0, v0] = [Math.floor(u), Math.floor(v)]
      const [du, dv] = [u - u0, v - v0]
      const from = (v0 * raster.width + u0) * channels
      const below = from + raster.width * channels
      for (let c = 0; c < channels; c++) {
        const top = (data[from + c] ?? 0) * (1 - du) + (data[from + channels + c] ?? 0) * du
        const low = (data[below + c] ?? 0) * (1 - du) + (data[below + channels + c] ?? 0) * du
        out[at + c] = top * (1 - dv) + low * dv + 0.5
      }
    }
  }
  return { ...raster, width, height, data: out }
}
