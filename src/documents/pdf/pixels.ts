import type { Raster } from '../model.ts'
import type { PdfPage } from './library.ts'

/** pdf.js's ImageKind. */
const ONE_BIT = 1
const RGB = 2
const RGBA = 3

/** A picture as pdf.js decoded it, once it has. */
export function pictureOf(page: PdfPage, id: string): Promise<unknown> {
  const objects = id.startsWith('g_') ? page.commonObjs : page.objs
  return new Promise((resolve) => {
    objects.get(id, resolve)
  })
}

export function isTransparent(picture: unknown): boolean {
  return typeof picture === 'object' && picture !== null && Reflect.get(picture, 'kind') === RGBA
}

/** A decoded picture of pdf.js as a raster; transparent parts as on white paper. Null when it is none. */
export function pixelsOf(loaded: unknown): Raster | null {
  if (typeof loaded !== 'object' || loaded === null) return null
  const width = Reflect.get(loaded, 'width')
  const height = Reflect.get(loaded, 'height')
  const kind = Reflect.get(loaded, 'kind')
  const data = Reflect.get(loaded, 'data')
  if (typeof width !== 'number' || typeof height !== 'number') return null
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) return null
  const source = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  if (kind === ONE_BIT) return { width, height, channels: 1, data: unpackBits(source, width, height), dpi: null }
  if (kind === RGB) return { width, height, channels: 3, data: source, dpi: null }
  return kind === RGBA ? { width, height, channels: 3, data: overWhite(source, width * height), dpi: null } : null
}

function unpackBits(source: Uint8Array, width: number, height: number): Uint8Array {
  const stride = (width + 7) >> 3
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((source[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) data[y * width + x] = 255
    }
  }
  return data
}

function overWhite(source: Uint8Array, count: number): Uint8Array {
  const data = new Uint8Array(count * 3)
  for (let i = 0; i < count; i++) {
    const alpha = source[i * 4 + 3] ?? 255
    for (let channel = 0; channel < 3; channel++) {
      const value = source[i * 4 + channel] ?? 0
      data[i * 3 + channel] = alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255)
    }
  }
  return data
}

/** `swap` makes rows columns first; then the result is flipped. */
export function turn(
  raster: Raster,
  { swap, flipX, flipY }: { swap: boolean; flipX: boolean; flipY: boolean },
): Raster {
  if (!swap && !flipX && !flipY) return raster
  const { channels, data: source } = raster
  const width = swap ? raster.height : raster.width
  const height = swap ? raster.width : raster.height
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) {
    const v = flipY ? height - 1 - y : y
    for (let x = 0; x < width; x++) {
      const u = flipX ? width - 1 - x : x
      const from = (swap ? u * raster.width + v : v * raster.width + u) * channels
      const to = (y * width + x) * channels
      for (let channel = 0; channel < channels; channel++) data[to + channel] = source[from + channel] ?? 0
    }
  }
  return { ...raster, width, height, data }
}

/** Puts a raster on a white ground of `width` × `height`; what sticks out is cut off. */
export function paste(raster: Raster, width: number, height: number, left: number, top: number): Raster {
  const { channels } = raster
  const data = new Uint8Array(width * height * channels).fill(255)
  const from = Math.max(0, left)
  const to = Math.min(width, left + raster.width)
  for (let y = Math.max(0, top); y < Math.min(height, top + raster.height) && to > from; y++) {
    const start = ((y - top) * raster.width + from - left) * channels
    data.set(raster.data.subarray(start, start + (to - from) * channels), (y * width + from) * channels)
  }
  return { ...raster, width, height, data }
}

/** Shrinks by a whole factor, averaging, until at most `maxPixels` are left. */
export function shrink(raster: Raster, maxPixels: number): Raster {
  const factor = Math.ceil(Math.sqrt((raster.width * raster.height) / maxPixels))
  if (factor <= 1) return raster
  const { channels, data: source } = raster
  const width = Math.floor(raster.width / factor)
  const height = Math.floor(raster.height / factor)
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * channels; x++) {
      const column = Math.floor(x / channels) * factor
      let sum = 0
      for (let j = 0; j < factor; j++) {
        for (let i = 0; i < factor; i++) {
          sum += source[((y * factor + j) * raster.width + column + i) * channels + (x % channels)] ?? 0
        }
      }
      data[y * width * channels + x] = Math.round(sum / (factor * factor))
    }
  }
  return { ...raster, width, height, data, dpi: raster.dpi && raster.dpi / factor }
}
