import { findComponents } from './components.ts'
import type { Plane } from './raster.ts'
import { wordsOf } from './words.ts'

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
  const half = Math.max(8, Math.round((width * WINDOW) / 2))
  const ink = new Uint8Array(width * height)
  // No mean is above 255: what is lighter than this is ink nowhere.
  const lightest = 255 * (1 - darker) - 4
  // The sums of the window's columns, and of those left of a column: each row is added and taken away once.
  const columns = new Int32Array(width)
  const sums = new Int32Array(width + 1)
  const add = (row: number, sign: 1 | -1) => {
    for (let x = 0, at = row * width; x < width; x++, at++) columns[x] = (columns[x] ?? 0) + sign * (data[at] ?? 0)
  }
  for (let y = 0; y < Math.min(height, half); y++) add(y, 1)
  for (let y = 0; y < height; y++) {
    if (y + half < height) add(y + half, 1)
    if (y - half > 0) add(y - half - 1, -1)
    const rows = Math.min(height, y + half + 1) - Math.max(0, y - half)
    for (let x = 0, sum = 0; x < width; x++) {
      sum += columns[x] ?? 0
      sums[x + 1] = sum
    }
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const value = data[at] ?? 0
      if (value >= lightest) continue
      const left = Math.max(0, x - half)
      const right = Math.min(width, x + half + 1)
      const mean = ((sums[right] ?? 0) - (sums[left] ?? 0)) / (rows * (right - left))
      if (value < mean * (1 - darker) - 4) ink[at] = 1
    }
  }
  return { width, height, data: ink }
}

/** The mask without components of at most `pixels` pixels. */
export function dropSpecks(mask: Plane, pixels: number): Plane {
  const { parts, draw } = findComponents(mask)
  const kept = new Uint8Array(parts.length + 1)
  for (const part of parts) if (part.pixels > pixels) kept[part.label] = 1
  return draw(kept)
}

/** `mask` where `other` is not. */
export function subtract(mask: Plane, other: Plane): Plane {
  const data = new Uint8Array(mask.data.length)
  for (let i = 0; i < data.length; i++) data[i] = (mask.data[i] ?? 0) & ~(other.data[i] ?? 0) & 1
  return { ...mask, data }
}

/** What is in either mask. */
export function merge(one: Plane, other: Plane): Plane {
  const data = new Uint8Array(one.data.length)
  for (let i = 0; i < data.length; i++) data[i] = (one.data[i] ?? 0) | (other.data[i] ?? 0)
  return { ...one, data }
}

/** 1 where the mask is 0, and the other way round. */
export function invert(mask: Plane): Plane {
  const data = new Uint8Array(mask.data.length)
  for (let i = 0; i < data.length; i++) data[i] = 1 - (mask.data[i] ?? 0)
  return { ...mask, data }
}

/** The mask grown by `radius` pixels to all sides (a square). */
export function grow(mask: Plane, radius: number): Plane {
  const { width, height } = mask
  // Rows begin at whole words, with empty ones above and below.
  const stride = (width + 3) >> 2
  const rows = growAcross(mask, radius, 4 * stride)
  const words = new Uint32Array(rows.buffer)
  // Each row takes in the one below, then the two below that, the four … until it has all of the square's.
  let taken = 1
  const take = (step: number) => {
    for (let i = 0; i + step * stride < words.length; i++) words[i] = (words[i] ?? 0) | (words[i + step * stride] ?? 0)
    taken += step
  }
  const side = 2 * radius + 1
  while (2 * taken <= side) take(taken)
  if (taken < side) take(side - taken)
  const grown = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) grown.set(rows.subarray(4 * y * stride, 4 * y * stride + width), y * width)
  return { width, height, data: grown }
}

/** The mask grown along its rows, which are `stride` bytes apart then; `radius` empty rows are above and below. */
function growAcross({ width, height, data }: Plane, radius: number, stride: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array((height + 2 * radius) * stride)
  const words = wordsOf(data)
  for (let y = 0; y < height; y++) {
    const row = y * width
    const out = (y + radius) * stride
    let done = 0
    for (let x = 0; x < width; ) {
      if (((row + x) & 3) === 0) while (x + 4 <= width && words[(row + x) >> 2] === 0) x += 4
      if (x >= width) break
      if (!data[row + x]) {
        x++
        continue
      }
      const from = Math.max(done, x - radius)
      while (x < width && data[row + x]) x++
      done = Math.min(width, x + radius)
      for (let at = out + from; at < out + done; at++) grown[at] = 1
    }
  }
  return grown
}
