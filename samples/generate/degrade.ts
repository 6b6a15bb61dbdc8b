import sharp from 'sharp'
import { type Random, seeded } from './random.ts'

export type Raster = { width: number; height: number; data: Uint8Array }

/** What happened to a page between the printer and the upload. Angles in degrees, noise as standard deviation of 255. */
export type Damage = {
  dpi: number
  skew: [number, number]
  /** How far a corner moves, as a share of the page's width. */
  perspective?: number
  blur?: number
  noise?: number
  paper?: [number, number, number]
  /** How much darker the far corner is, 0–1. */
  shade?: number
  quality: number
  fax?: boolean
}

export const DAMAGES = {
  clean: { dpi: 200, skew: [-0.2, 0.2], noise: 0, paper: [253, 252, 249], quality: 40 },
  degraded: { dpi: 150, skew: [0.5, 2.6], blur: 0.55, noise: 5, paper: [247, 241, 226], shade: 0.18, quality: 40 },
  faint: { dpi: 150, skew: [-2.2, -0.5], blur: 0.7, noise: 5, paper: [236, 238, 240], shade: 0.1, quality: 50 },
  fax: { dpi: 200, skew: [-0.6, 0.6], quality: 100, fax: true },
  photo: {
    dpi: 170,
    skew: [-1.5, 1.5],
    perspective: 0.018,
    blur: 0.6,
    noise: 4,
    paper: [238, 232, 220],
    shade: 0.32,
    quality: 52,
  },
} satisfies Record<string, Damage>

/** One page as it comes from the scanner: RGB pixels. */
export function damage(page: Raster, how: Damage, seed: string): Raster {
  const random = seeded(seed)
  const bent = warp(page, how, random)
  return how.fax ? threshold(bent, random) : light(bent, how, random)
}

/** The page's bytes: JPEG, or a 1-bit PNG for a fax. */
export async function encode(page: Raster, how: Damage): Promise<Uint8Array> {
  const image = sharp(page.data, { raw: { width: page.width, height: page.height, channels: 3 } }).withMetadata({
    density: how.dpi,
  })
  if (how.fax) return image.greyscale().png({ palette: true, colours: 2, dither: 0 }).toBuffer()
  return (how.blur ? image.blur(how.blur) : image).jpeg({ quality: how.quality, chromaSubsampling: '4:2:0' }).toBuffer()
}

/** Skew and perspective in one pass, bilinear; outside the sheet is white. */
function warp(page: Raster, how: Damage, random: Random): Raster {
  const { width, height, data } = page
  const out = new Uint8Array(width * height * 3).fill(255)
  const angle = (random.between(how.skew[0], how.skew[1]) * Math.PI) / 180
  const reach = how.perspective ?? 0
  const [px, py] = [(random.between(-reach, reach) * 2) / width, (random.between(0, reach) * 2) / height]
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const zoom = 1 + reach * 1.5
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [(x - width / 2) * zoom, (y - height / 2) * zoom]
      const depth = 1 + dx * px + dy * py
      const sx = (cos * dx + sin * dy) / depth + width / 2
      const sy = (-sin * dx + cos * dy) / depth + height / 2
      const [x0, y0] = [Math.floor(sx), Math.floor(sy)]
      if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) continue
      const [fx, fy] = [sx - x0, sy - y0]
      const at = (y0 * width + x0) * 3
      for (let c = 0; c < 3; c++) {
        const top = (data[at + c] ?? 255) * (1 - fx) + (data[at + 3 + c] ?? 255) * fx
        const low = (data[at + width * 3 + c] ?? 255) * (1 - fx) + (data[at + width * 3 + 3 + c] ?? 255) * fx
        out[(y * width + x) * 3 + c] = top * (1 - fy) + low * fy
      }
    }
  return { width, height, data: out }
}

function light(page: Raster, how: Damage, random: Random): Raster {
  const { width, height, data } = page
  const paper = how.paper ?? [255, 255, 255]
  const out = new Uint8Array(data.length)
  const turned = random.next() < 0.5
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = turned ? 1 - x / width : x / width
      const lit = 1 - (how.shade ?? 0) * ((across + y / height) / 2) ** 1.5
      const grain = how.noise ? (random.next() + random.next() + random.next() - 1.5) * 2 * how.noise : 0
      const at = (y * width + x) * 3
      for (let c = 0; c < 3; c++) {
        const value = (((data[at + c] ?? 255) * (paper[c] ?? 255)) / 255) * lit + grain
        out[at + c] = Math.max(0, Math.min(255, value))
      }
    }
  return { width, height, data: out }
}

function threshold(page: Raster, random: Random): Raster {
  const out = new Uint8Array(page.data.length)
  for (let pixel = 0; pixel < page.width * page.height; pixel++) {
    const at = pixel * 3
    const grey = 0.3 * (page.data[at] ?? 0) + 0.59 * (page.data[at + 1] ?? 0) + 0.11 * (page.data[at + 2] ?? 0)
    const speck = random.next() < 0.0006
    out.fill(speck ? 0 : grey < 150 ? 0 : 255, at, at + 3)
  }
  return { ...page, data: out }
}
