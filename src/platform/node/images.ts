import sharp from 'sharp'
import type { Raster } from '../../documents/model.ts'
import type { Images } from '../../documents/ports.ts'
import { Problem } from '../../problem.ts'
import { decodeBmp, isBmp } from './bmp.ts'

/** A4 at 600 dpi has 35 million pixels; more than this is no form. */
const PIXELS = 120_000_000

// Decoded pages are used once: libvips' cache would only hold on to them.
sharp.cache(false)

/** PNG, JPEG, TIFF (many pages) and WebP by libvips; BMP, which libvips does not know, by hand. */
export function createImages(): Images {
  return {
    async count(bytes) {
      if (isBmp(bytes)) return 1
      const { pages, format } = await refusing(() => open(bytes, 0).metadata())
      // An animated WebP is one picture that moves.
      return format === 'tiff' ? (pages ?? 1) : 1
    },
    async decode(bytes, index) {
      if (isBmp(bytes)) return decodeBmp(bytes, PIXELS)
      return refusing(() => decode(bytes, index))
    },
    async encode({ data, width, height, channels }) {
      return sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 85 }).toBuffer()
    },
  }
}

async function decode(bytes: Uint8Array, index: number): Promise<Raster> {
  const { density, format } = await open(bytes, index).metadata()
  const { data, info } = await open(bytes, index)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  // libvips states 72 dpi for a picture that states none.
  const dpi = density && density !== 72 ? density : null
  const raster: Raster = {
    width: info.width,
    height: info.height,
    channels: 3,
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    dpi: format === 'webp' ? null : dpi,
  }
  return info.channels === 3 ? raster : spread(raster, info.channels)
}

/** Grey to RGB. */
function spread(raster: Raster, channels: number): Raster {
  const data = new Uint8Array(raster.width * raster.height * 3)
  for (let i = 0; i < raster.width * raster.height; i++) data.fill(raster.data[i * channels] ?? 255, i * 3, i * 3 + 3)
  return { ...raster, data }
}

function open(bytes: Uint8Array, page: number) {
  return sharp(bytes, { limitInputPixels: PIXELS, failOn: 'error', page })
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new Problem('corrupt_document', '图片已损坏或过大，无法打开，请重新扫描后上传', { cause })
  }
}
