import type { Box } from '../model.ts'
import type { Plane } from './raster.ts'

/** A stretch wider than this many type heights without ink parts a line in two. */
const WIDE_GAP = 4
/** Rows of ink closer than this share of the type height belong to one line when that makes no line too high. */
const CLOSE = 0.3
const HIGHEST = 1.35

/**
 * Lines of print within a cell by projection: the bounds of the ink of each, top to bottom. `ink` holds no rulings.
 * `type` is the usual height of the page's characters in pixels. Bounds higher than one line are possible.
 */
export function findBands(ink: Plane, cell: Box, type: number): Box[] {
  const left = Math.max(0, Math.floor(cell.x))
  const right = Math.min(ink.width, Math.ceil(cell.x + cell.width))
  const top = Math.max(0, Math.floor(cell.y))
  const bottom = Math.min(ink.height, Math.ceil(cell.y + cell.height))
  const rows: { from: number; to: number }[] = []
  for (let y = top; y < bottom; y++) {
    let some = false
    for (let x = left; x < right && !some; x++) some = ink.data[y * ink.width + x] === 1
    if (!some) continue
    const last = rows.at(-1)
    if (last && last.to === y) last.to = y + 1
    else rows.push({ from: y, to: y + 1 })
  }
  const lines: typeof rows = []
  for (const row of rows) {
    const last = lines.at(-1)
    if (last && row.from - last.to < CLOSE * type && row.to - last.from <= HIGHEST * type) last.to = row.to
    else lines.push({ ...row })
  }
  return lines.flatMap((line) => boundsOfRows(ink, left, right, line, type))
}

/** Splits a crowd of bounds at wide gaps; drops what is too little ink for a stroke. */
function boundsOfRows(
  ink: Plane,
  left: number,
  right: number,
  { from, to }: { from: number; to: number },
  type: number,
): Box[] {
  const pieces: { left: number; right: number; pixels: number }[] = []
  for (let x = left; x < right; x++) {
    let pixels = 0
    for (let y = from; y < to; y++) pixels += ink.data[y * ink.width + x] ?? 0
    if (pixels === 0) continue
    const last = pieces.at(-1)
    if (last && x - last.right < WIDE_GAP * type) {
      last.right = x + 1
      last.pixels += pixels
    } else pieces.push({ left: x, right: x + 1, pixels })
  }
  return pieces
    .filter((piece) => piece.pixels > 0.03 * type * type && Math.max(to - from, piece.right - piece.left) > 0.25 * type)
    .map((piece) => ({ x: piece.left, y: from, width: piece.right - piece.left, height: to - from }))
}

/** The cut around a line's ink that the recogniser likes: air on all sides, never less high than type, within the cell. */
export function padBand(band: Box, type: number, cell: Box): Box {
  const height = Math.max(band.height, 0.85 * type) * 1.3
  const y = Math.max(cell.y, band.y + band.height / 2 - height / 2)
  const x = Math.max(cell.x, band.x - 0.3 * type)
  return {
    x,
    y,
    width: Math.min(cell.x + cell.width, band.x + band.width + 0.3 * type) - x,
    height: Math.min(cell.y + cell.height, y + height) - y,
  }
}
