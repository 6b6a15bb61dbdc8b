import type { Raster } from '../../model.ts'
import type { Strip } from '../../ports.ts'
import { findComponents } from '../components.ts'
import type { Network, Tensor } from './network.ts'
import { smallestRectangle } from './rectangle.ts'

/** Longer side at which the detector looks at a page: 1600 read 98.0 % of fields, 1280 97.0 %, 2400 97.5 %. */
const LONGEST = 1600
/** Small cut-outs are enlarged, but not into mush. */
const ENLARGE = 2
const PIXEL_THRESHOLD = 0.3
const BOX_THRESHOLD = 0.6
/** The detector marks the core of a line; this grows it to the whole line (DB, Liao et al. 2020, equation 10). */
const UNCLIP = 1.6
const MEAN = [0.406, 0.456, 0.485] as const
const DEVIATION = [0.225, 0.224, 0.229] as const

/** Finds the lines of print on an RGB raster with a DB (differentiable binarisation) network. */
export async function findStrips(detect: Network, raster: Raster): Promise<Strip[]> {
  const input = toInput(raster)
  const [, , height = 1, width = 1] = input.dims
  const { data } = await detect(input)
  const scaleX = raster.width / width
  const scaleY = raster.height / height
  return stripsOfMap(data, width, height).map((strip) => ({
    x: strip.x * scaleX,
    y: strip.y * scaleY,
    width: strip.width * scaleX,
    height: strip.height * scaleY,
    slope: strip.slope,
  }))
}

/** Text lines in the network's probability map; boxes in its pixels. */
export function stripsOfMap(map: Float32Array, width: number, height: number): Strip[] {
  const mask = { width, height, data: new Uint8Array(width * height) }
  for (let i = 0; i < mask.data.length; i++) mask.data[i] = (map[i] ?? 0) > PIXEL_THRESHOLD ? 1 : 0
  const { labels, parts } = findComponents(mask)
  const strips: Strip[] = []
  for (const part of parts) {
    if (part.pixels < 12) continue
    const outline: { x: number; y: number }[] = []
    for (let y = part.y; y < part.y + part.height; y++) {
      let first = -1
      let last = -1
      for (let x = part.x; x < part.x + part.width; x++) {
        if (labels[y * width + x] !== part.label) continue
        if (first < 0) first = x
        last = x
      }
      if (first >= 0)
        outline.push({ x: first, y }, { x: last + 1, y }, { x: first, y: y + 1 }, { x: last + 1, y: y + 1 })
    }
    const strip = smallestRectangle(outline)
    if (Math.min(strip.width, strip.height) < 3 || meanInside(map, width, height, strip) < BOX_THRESHOLD) continue
    const grow = (strip.width * strip.height * UNCLIP) / (strip.width + strip.height)
    strips.push({ ...strip, width: strip.width + grow, height: strip.height + grow })
  }
  return strips
}

function meanInside(map: Float32Array, width: number, height: number, strip: Strip): number {
  const cos = Math.cos(strip.slope)
  const sin = Math.sin(strip.slope)
  const reachX = (Math.abs(strip.width * cos) + Math.abs(strip.height * sin)) / 2
  const reachY = (Math.abs(strip.width * sin) + Math.abs(strip.height * cos)) / 2
  let sum = 0
  let count = 0
  for (let y = Math.max(0, Math.floor(strip.y - reachY)); y < Math.min(height, strip.y + reachY); y++) {
    for (let x = Math.max(0, Math.floor(strip.x - reachX)); x < Math.min(width, strip.x + reachX); x++) {
      const dx = x + 0.5 - strip.x
      const dy = y + 0.5 - strip.y
      if (Math.abs(dx * cos + dy * sin) > strip.width / 2 || Math.abs(dy * cos - dx * sin) > strip.height / 2) continue
      sum += map[y * width + x] ?? 0
      count++
    }
  }
  return count === 0 ? 0 : sum / count
}

function toInput(raster: Raster): Tensor {
  const scale = Math.min(LONGEST / Math.max(raster.width, raster.height), ENLARGE)
  const width = Math.max(32, Math.round((raster.width * scale) / 32) * 32)
  const height = Math.max(32, Math.round((raster.height * scale) / 32) * 32)
  const plane = width * height
  const data = new Float32Array(3 * plane)
  const columns = placesOf(width, raster.width, 3)
  const rows = placesOf(height, raster.height, 3 * raster.width)
  // The networks were trained on BGR.
  for (let channel = 0; channel < 3; channel++) {
    const mean = MEAN[2 - channel] ?? 0
    const deviation = DEVIATION[2 - channel] ?? 1
    let at = (2 - channel) * plane
    for (let y = 0; y < height; y++) {
      const upper = (rows.low[y] ?? 0) + channel
      const lower = (rows.high[y] ?? 0) + channel
      const dv = rows.share[y] ?? 0
      for (let x = 0; x < width; x++) {
        const left = columns.low[x] ?? 0
        const right = columns.high[x] ?? 0
        const du = columns.share[x] ?? 0
        const top = (raster.data[upper + left] ?? 0) * (1 - du) + (raster.data[upper + right] ?? 0) * du
        const bottom = (raster.data[lower + left] ?? 0) * (1 - du) + (raster.data[lower + right] ?? 0) * du
        const value = (top * (1 - dv) + bottom * dv) / 255
        data[at++] = (value - mean) / deviation
      }
    }
  }
  return { data, dims: [1, 3, height, width] }
}

/** Between which two of `from` pixels, `stride` apart in memory, each of `to` pixels lies, and how far on its way to the second. */
function placesOf(to: number, from: number, stride: number) {
  const [low, high, share] = [new Int32Array(to), new Int32Array(to), new Float64Array(to)]
  for (let i = 0; i < to; i++) {
    const place = Math.min(Math.max((i + 0.5) * (from / to) - 0.5, 0), from - 1)
    low[i] = Math.floor(place) * stride
    high[i] = Math.min(Math.floor(place) + 1, from - 1) * stride
    share[i] = place - Math.floor(place)
  }
  return { low, high, share }
}
