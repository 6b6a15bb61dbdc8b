import { findComponents } from './components.ts'
import type { Plane } from './raster.ts'

/** A pixel is ink when it is this share darker than the mean around it. */
const DARKER = 0.15
/** The neighbourhood's side, as a share of the page's width. */
const WINDOW = 1 / 16

/**
 * Which pixels are ink (1), against the local background, so that shade and yellowed paper do not matter
 * (Bradley and Roth, Adaptive thresholding using the integral image, 2007). `darker`: by which share at least.
 */
export function findInk(grey: Plane, darker = DARKER): Plane {
  const { width, height, data } = grey
  // Enough for 16 million white pixels; a page has at most 7 million.
  const sums = new Uint32Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      row += data[y * width + x] ?? 0
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row
    }
  }
  const half = Math.max(8, Math.round((width * WINDOW) / 2))
  const ink = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - half) * (width + 1)
    const bottom = Math.min(height, y + half + 1)
    const low = bottom * (width + 1)
    const rows = bottom - Math.max(0, y - half)
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - half)
      const right = Math.min(width, x + half + 1)
      const sum =
        (sums[low + right] ?? 0) - (sums[low + left] ?? 0) - (sums[top + right] ?? 0) + (sums[top + left] ?? 0)
      const mean = sum / (rows * (right - left))
      if ((data[y * width + x] ?? 0) < mean * (1 - darker) - 4) ink[y * width + x] = 1
    }
  }
  return { width, height, data: ink }
}

/** The mask without components of at most `pixels` pixels. */
export function dropSpecks(mask: Plane, pixels: number): Plane {
  const { labels, parts } = findComponents(mask)
  const kept = new Uint8Array(parts.length + 1)
  for (const part of parts) if (part.pixels > pixels) kept[part.label] = 1
  const data = new Uint8Array(mask.data.length)
  for (let i = 0; i < data.length; i++) data[i] = kept[labels[i] ?? 0] ?? 0
  return { ...mask, data }
}

/** `mask` where `other` is not. */
export function subtract(mask: Plane, other: Plane): Plane {
  const data = new Uint8Array(mask.data.length)
  for (let i = 0; i < data.length; i++) data[i] = (mask.data[i] ?? 0) & ~(other.data[i] ?? 0) & 1
  return { ...mask, data }
}

/** The mask grown by `radius` pixels to all sides (a square). */
export function grow({ width, height, data }: Plane, radius: number): Plane {
  const across = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    let until = -1
    for (let x = 0; x < width + radius; x++) {
      if (x < width && data[y * width + x]) until = x + 2 * radius
      if (x >= radius && x <= until) across[y * width + x - radius] = 1
    }
  }
  // Row by row, for all columns at once: going down one column after the other takes longer.
  const grown = new Uint8Array(data.length)
  const until = new Int32Array(width).fill(-1)
  for (let y = 0; y < height + radius; y++) {
    for (let x = 0; x < width; x++) {
      if (y < height && across[y * width + x]) until[x] = y + 2 * radius
      if (y >= radius && y <= (until[x] ?? -1)) grown[(y - radius) * width + x] = 1
    }
  }
  return { width, height, data: grown }
}
