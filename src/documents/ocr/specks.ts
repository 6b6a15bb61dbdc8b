import type { Box, Raster } from '../model.ts'
import { findComponents } from './components.ts'
import type { Plane } from './raster.ts'

/** A pixel of a page in black and white is one or the other; a few are between the two after scaling or JPEG. */
const BLACK = 60
const WHITE = 195
const BETWEEN = 0.02
/** Dirt is at most this big (mm²), smaller than a full stop, and stands this far (mm) from any other ink. */
const SPECK = { area: 0.036, alone: 0.2 }
/** Fewer specks than this may be what little print a page has. */
const DIRTY = 120

/** A copy of a fax without its specks, which are read as stops and as points at the ends of lines; other rasters as they are. */
export function dropDirt(raster: Raster, perMm: number): Raster {
  const ink = blackOf(raster)
  if (!ink) return raster
  const { parts, labelAt } = findComponents(ink)
  const most = Math.max(1, SPECK.area * perMm ** 2)
  const small = parts.filter(({ pixels }) => pixels <= most)
  if (small.length < DIRTY) return raster
  const reach = Math.max(1, Math.round(SPECK.alone * perMm))
  const isPrint = (label: number) => label > 0 && (parts[label - 1]?.pixels ?? 0) > most
  const { channels } = raster
  const data = raster.data.slice()
  for (const part of small) {
    if (someWithin(labelAt, ink, part, reach, isPrint)) continue
    for (let y = part.y; y < part.y + part.height; y++) {
      for (let x = part.x; x < part.x + part.width; x++) {
        const i = y * ink.width + x
        if (labelAt(x, y) === part.label) data.fill(255, i * channels, (i + 1) * channels)
      }
    }
  }
  return { ...raster, data }
}

/** Whether a label for which the test holds stands within a reach of a box. */
function someWithin(
  labelAt: (x: number, y: number) => number,
  { width, height }: Plane,
  box: Box,
  reach: number,
  test: (label: number) => boolean,
): boolean {
  const [right, bottom] = [box.x + box.width + reach, box.y + box.height + reach]
  for (let y = Math.max(0, box.y - reach); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, box.x - reach); x < Math.min(width, right); x++) {
      if (test(labelAt(x, y))) return true
    }
  }
  return false
}

/** What is black on a page in black and white; null on any other. */
function blackOf({ width, height, channels, data }: Raster): Plane | null {
  const black = new Uint8Array(width * height)
  let between = 0
  for (let i = 0, j = 0; i < black.length; i++, j += channels) {
    const value = data[j] ?? 0
    if (value > BLACK && value < WHITE) between++
    black[i] = value < (BLACK + WHITE) / 2 ? 1 : 0
  }
  return between > BETWEEN * black.length ? null : { width, height, data: black }
}
