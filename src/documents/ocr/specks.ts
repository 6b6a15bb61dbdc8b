import type { Raster } from '../model.ts'
import { findComponents } from './components.ts'
import { grow } from './ink.ts'
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
  const specks = ink && specksOf(ink, perMm)
  if (!specks) return raster
  const { channels } = raster
  const data = raster.data.slice()
  for (let i = 0; i < specks.data.length; i++) if (specks.data[i]) data.fill(255, i * channels, (i + 1) * channels)
  return { ...raster, data }
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

function specksOf(ink: Plane, perMm: number): Plane | null {
  const { labels, parts } = findComponents(ink)
  const most = Math.max(1, SPECK.area * perMm ** 2)
  const small = new Uint8Array(parts.length + 1)
  for (const { label, pixels } of parts) if (pixels <= most) small[label] = 1
  if (parts.filter(({ label }) => small[label]).length < DIRTY) return null
  const print = { ...ink, data: new Uint8Array(ink.data.length) }
  for (let i = 0; i < labels.length; i++) print.data[i] = labels[i] && !small[labels[i] ?? 0] ? 1 : 0
  const near = grow(print, Math.max(1, Math.round(SPECK.alone * perMm)))
  for (let i = 0; i < labels.length; i++) if (near.data[i]) small[labels[i] ?? 0] = 0
  return { ...ink, data: Uint8Array.from(labels, (label) => small[label] ?? 0) }
}
