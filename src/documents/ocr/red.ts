import type { Box, Raster } from '../model.ts'
import { findComponents } from './components.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'

/** R − max(G, B) above which a pixel is red ink; what lies under it is told by its R alone. */
export const RED = 22
/** Stamps of every shape are this big, in millimetres; red lines of type are lower, red tables are larger. */
const STAMP = { least: 14, most: 62 }

const NEIGHBOURS = 2
/** R of print under a stamp, and of the stamp's thinnest strokes on paper. */
const INK = { black: 60, white: 165 }
/** Share of a square millimetre that is red where a stamp lies. */
const COVERED = 0.12

/** Share of the pixels below which there is no stamp, only colour noise. */
const TRACE = 0.0003

/** Spread of R, G and B that no grey scan has, and the share of pixels that shows it in a scan with any colour. */
const CHROMA = { spread: 10, share: 0.0001 }

/** Whether a raster is a grey or black-and-white scan. */
export function isColourless({ channels, data }: Raster): boolean {
  if (channels === 1) return true
  let coloured = 0
  for (let i = 0; i < data.length; i += 3) {
    const red = data[i] ?? 0
    const green = data[i + 1] ?? 0
    const blue = data[i + 2] ?? 0
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > CHROMA.spread) coloured++
  }
  return coloured * 3 < CHROMA.share * data.length
}

/** How much redder than the paper each pixel is: R − max(G, B), 0 to 255; null for a page without red on it. */
export function redness({ width, height, channels, data }: Raster): Plane | null {
  if (channels === 1) return null
  const red = new Uint8Array(width * height)
  const counts = new Uint32Array(256)
  for (let i = 0, j = 0; i < red.length; i++, j += 3) {
    const green = data[j + 1] ?? 0
    const blue = data[j + 2] ?? 0
    const value = Math.max(0, (data[j] ?? 0) - Math.max(green, blue))
    red[i] = value
    counts[value] = (counts[value] ?? 0) + 1
  }
  let below = 0
  const paper = counts.findIndex((count) => {
    below += count
    return below * 2 >= red.length
  })
  const inked = counts.subarray(Math.min(255, paper + RED)).reduce((sum, count) => sum + count, 0)
  if (inked < TRACE * red.length) return null
  if (paper > 0) for (let i = 0; i < red.length; i++) red[i] = Math.max(0, (red[i] ?? 0) - paper)
  return { width, height, data: red }
}

/** The mean of the plane over tiles so big that `perMm` pixels of the result make a millimetre. */
export function shrinkPlane(plane: Plane, from: number, perMm: number): Plane {
  const scale = from / perMm
  const width = Math.max(1, Math.round(plane.width / scale))
  const height = Math.max(1, Math.round(plane.height / scale))
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const top = Math.min(plane.height - 1, Math.floor(y * scale))
    const bottom = Math.min(plane.height, Math.max(top + 1, Math.floor((y + 1) * scale)))
    for (let x = 0; x < width; x++) {
      const left = Math.min(plane.width - 1, Math.floor(x * scale))
      const right = Math.min(plane.width, Math.max(left + 1, Math.floor((x + 1) * scale)))
      let sum = 0
      for (let v = top; v < bottom; v++) {
        for (let u = left; u < right; u++) sum += plane.data[v * plane.width + u] ?? 0
      }
      data[y * width + x] = sum / ((right - left) * (bottom - top))
    }
  }
  return { width, height, data }
}

/** Bounds of red things the size of a stamp, round or not, in pixels of the raster. */
export function findStamps(red: Plane, perMm: number): Box[] {
  const inked = { ...red, data: red.data.map((value) => (value >= RED ? 255 : 0)) }
  const coarse = shrinkPlane(inked, perMm, 1)
  const mask = { ...coarse, data: coarse.data.map((value) => (value >= 255 * COVERED ? 1 : 0)) }
  const scaleX = red.width / coarse.width
  const scaleY = red.height / coarse.height
  return findComponents(mask)
    .parts.filter(({ width, height }) => [width, height].every((side) => side >= STAMP.least && side <= STAMP.most))
    .map(({ x, y, width, height }) => ({
      x: x * scaleX,
      y: y * scaleY,
      width: width * scaleX,
      height: height * scaleY,
    }))
}

/**
 * A copy in which red ink within the boxes is turned to paper, and print under it to grey. JPEG keeps colour at half the
 * resolution: pixels next to red ones are red ink as well, if they are not dark.
 */
export function removeRed(raster: Raster, boxes: Box[], margin: number): Raster {
  if (boxes.length === 0 || raster.channels === 1) return raster
  const data = raster.data.slice()
  for (const box of boxes) {
    const x = Math.max(0, Math.floor(box.x - margin))
    const y = Math.max(0, Math.floor(box.y - margin))
    const width = Math.min(raster.width, Math.ceil(box.x + box.width + margin)) - x
    const height = Math.min(raster.height, Math.ceil(box.y + box.height + margin)) - y
    const red = { width, height, data: new Uint8Array(Math.max(0, width * height)) }
    const at = (i: number) => ((y + Math.floor(i / width)) * raster.width + x + (i % width)) * 3
    for (let i = 0; i < red.data.length; i++) {
      const j = at(i)
      if ((data[j] ?? 0) - Math.max(data[j + 1] ?? 0, data[j + 2] ?? 0) > RED) red.data[i] = 1
    }
    const near = grow(red, NEIGHBOURS)
    for (let i = 0; i < near.data.length; i++) {
      if (!near.data[i]) continue
      const j = at(i)
      data.fill(Math.min(255, Math.max(0, (((data[j] ?? 0) - INK.black) * 255) / (INK.white - INK.black))), j, j + 3)
    }
  }
  return { ...raster, data }
}
