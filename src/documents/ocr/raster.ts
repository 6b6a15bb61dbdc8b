import type { Box, Raster, Turn } from '../model.ts'
import { strokesBeyond } from './strokes-beyond.ts'

/** One byte a pixel: grey values, or 0 and 1 for a mask. */
export type Plane = { width: number; height: number; data: Uint8Array }

/** Luminance (ITU-R BT.601) of an RGB raster; a grey one is handed on as it is. */
export function toGrey(raster: Raster): Plane {
  const { width, height, data } = raster
  if (raster.channels === 1) return { width, height, data }
  const grey = new Uint8Array(width * height)
  for (let i = 0, j = 0; i < grey.length; i++, j += 3) {
    grey[i] = ((data[j] ?? 0) * 77 + (data[j + 1] ?? 0) * 150 + (data[j + 2] ?? 0) * 29) >> 8
  }
  return { width, height, data: grey }
}

export function toRgb(raster: Raster): Raster {
  if (raster.channels === 3) return raster
  const data = new Uint8Array(raster.width * raster.height * 3)
  for (let i = 0, j = 0; j < data.length; i++, j += 3) data.fill(raster.data[i] ?? 0, j, j + 3)
  return { ...raster, channels: 3, data }
}

/** A smaller copy whose longer side has at most `longest` pixels: each pixel is the mean of those it stands for. */
export function shrinkTo(raster: Raster, longest: number): Raster {
  const scale = longest / Math.max(raster.width, raster.height)
  if (scale >= 1) return raster
  const width = Math.max(1, Math.round(raster.width * scale))
  const height = Math.max(1, Math.round(raster.height * scale))
  const { channels } = raster
  const data = new Uint8Array(width * height * channels)
  const spanX = raster.width / width
  const spanY = raster.height / height
  const left = Int32Array.from({ length: width + 1 }, (_, x) => Math.floor(x * spanX))
  for (let y = 0; y < height; y++) {
    const top = Math.floor(y * spanY)
    const bottom = Math.max(top + 1, Math.floor((y + 1) * spanY))
    for (let x = 0; x < width; x++) {
      const from = left[x] ?? 0
      const to = Math.max(from + 1, left[x + 1] ?? 0)
      const count = (to - from) * (bottom - top)
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (let v = top; v < bottom; v++) {
          const row = v * raster.width
          for (let u = from; u < to; u++) sum += raster.data[(row + u) * channels + c] ?? 0
        }
        data[(y * width + x) * channels + c] = Math.round(sum / count)
      }
    }
  }
  return { width, height, channels, data, dpi: raster.dpi === null ? null : raster.dpi * scale }
}

/** The raster turned clockwise by quarter turns. */
export function turnRaster(raster: Raster, degrees: Turn): Raster {
  if (degrees === 0) return raster
  const { width, height, channels } = raster
  const across = degrees === 180 ? width : height
  const down = degrees === 180 ? height : width
  const data = new Uint8Array(raster.data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to =
        degrees === 90
          ? x * across + (height - 1 - y)
          : degrees === 180
            ? (height - 1 - y) * across + (width - 1 - x)
            : (width - 1 - x) * across + y
      for (let c = 0; c < channels; c++) data[to * channels + c] = raster.data[(y * width + x) * channels + c] ?? 0
    }
  }
  return { width: across, height: down, channels, data, dpi: raster.dpi }
}

/**
 * The raster turned about its middle so that lines of slope `slope` (radians, clockwise) lie level; same size, corners filled
 * with white. Bilinear.
 */
export function levelRaster(raster: Raster, slope: number): Raster {
  const { width, height, channels, data } = raster
  const out = new Uint8Array(data.length).fill(255)
  const cos = Math.cos(slope)
  const sin = Math.sin(slope)
  const middleX = (width - 1) / 2
  const middleY = (height - 1) / 2
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = middleX + (x - middleX) * cos - (y - middleY) * sin
      const v = middleY + (x - middleX) * sin + (y - middleY) * cos
      const u0 = Math.floor(u)
      const v0 = Math.floor(v)
      if (u0 < 0 || v0 < 0 || u0 >= width - 1 || v0 >= height - 1) continue
      const du = u - u0
      const dv = v - v0
      const at = (v0 * width + u0) * channels
      const below = at + width * channels
      for (let c = 0; c < channels; c++) {
        const top = (data[at + c] ?? 0) * (1 - du) + (data[at + channels + c] ?? 0) * du
        const bottom = (data[below + c] ?? 0) * (1 - du) + (data[below + channels + c] ?? 0) * du
        out[(y * width + x) * channels + c] = top * (1 - dv) + bottom * dv + 0.5
      }
    }
  }
  return { width, height, channels, data: out, dpi: raster.dpi }
}

/** Pixels beside a stroke that are greyer than the paper. */
const SOFT = 2

/** A copy with the boxes, and strokes that run out of them, painted in the colour of the paper around their ink. */
export function paintOver(raster: Raster, ink: Plane, boxes: Box[]): Raster {
  const { width, channels } = raster
  const data = raster.data.slice()
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.x) - 2)
    const right = Math.min(width, Math.ceil(box.x + box.width) + 2)
    const top = Math.max(0, Math.floor(box.y) - 2)
    const bottom = Math.min(raster.height, Math.ceil(box.y + box.height) + 2)
    const paper: number[][] = Array.from({ length: channels }, () => [])
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        if (ink.data[y * width + x]) continue
        for (let c = 0; c < channels; c++) paper[c]?.push(data[(y * width + x) * channels + c] ?? 255)
      }
    }
    const colour = paper.map((values) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.7)] ?? 255)
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) data.set(colour, (y * width + x) * channels)
    }
    const strokes = strokesBeyond(ink, box)
    for (const at of strokes) {
      for (let v = -SOFT; v <= SOFT; v++) {
        for (let u = -SOFT; u <= SOFT; u++) {
          const beside = at + v * width + u
          if (!ink.data[beside] || strokes.has(beside)) data.set(colour, beside * channels)
        }
      }
    }
  }
  return { ...raster, data }
}
