import type { Raster } from '../model.ts'

export type Point = { x: number; y: number }

/** The brightness of the paper at a pixel. */
export type PaperAt = (x: number, y: number) => number

/** Darker than the paper by this share is a mark; darker than this share of black is print. */
const [MARKED, PRINT] = [0.06, 0.62]
/** The paper is looked at in tiles of this share of the page's shorter side: a scan's shade changes little within one. */
const TILE = 1 / 20
/** So much of a tile is darker than its paper at most. */
const DARKER = 0.8

/** The commonest brightness among the brighter half. */
function commonest({ data, channels }: Raster): number {
  const counts = new Uint32Array(256)
  for (let at = 0; at < data.length; at += channels * 7) counts[data[at] ?? 0] = (counts[data[at] ?? 0] ?? 0) + 1
  let best = 255
  for (let value = 128; value < 256; value++) if ((counts[value] ?? 0) > (counts[best] ?? 0)) best = value
  return best
}

/** The paper around each pixel, which a shade over a corner or a fold makes darker than elsewhere. */
function paperAround(raster: Raster): PaperAt {
  const { width, height } = raster
  const side = Math.max(8, Math.round(Math.min(width, height) * TILE))
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)]
  const tiles = new Uint8Array(columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      tiles[row * columns + column] = brightOf(raster, column * side, row * side, side)
  const tile = (column: number, row: number) =>
    tiles[Math.max(0, Math.min(rows - 1, row)) * columns + Math.max(0, Math.min(columns - 1, column))] ?? 255
  return (x, y) => {
    const [u, v] = [x / side - 0.5, y / side - 0.5]
    const [column, row] = [Math.floor(u), Math.floor(v)]
    const [right, below] = [u - column, v - row]
    const upper = tile(column, row) * (1 - right) + tile(column + 1, row) * right
    const lower = tile(column, row + 1) * (1 - right) + tile(column + 1, row + 1) * right
    return upper * (1 - below) + lower * below
  }
}

function brightOf({ data, width, height, channels }: Raster, x: number, y: number, side: number): number {
  const counts = new Uint32Array(256)
  let all = 0
  for (let v = y; v < Math.min(height, y + side); v += 2) {
    for (let u = x; u < Math.min(width, x + side); u += 2) {
      const value = data[(v * width + u) * channels] ?? 255
      counts[value] = (counts[value] ?? 0) + 1
      all++
    }
  }
  let darker = all * DARKER
  for (let value = 0; value < 256; value++) {
    darker -= counts[value] ?? 0
    if (darker <= 0) return value
  }
  return 255
}

/** What is lighter than print, darker than the paper around it, and has no print beside it; with the paper's brightness. */
export function greyPoints(raster: Raster): { paper: number; paperAt: PaperAt; points: Point[] } {
  const { data, width, height, channels } = raster
  const paper = commonest(raster)
  const paperAt = paperAround(raster)
  const points: Point[] = []
  const valueAt = (x: number, y: number) => data[(y * width + x) * channels] ?? 255
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const value = valueAt(x, y)
      const around = paperAt(x, y)
      const cut = around * (1 - PRINT)
      if (value > around * (1 - MARKED) || value < cut) continue
      let isEdge = false
      for (let v = -1; v <= 1 && !isEdge; v++)
        for (let u = -1; u <= 1 && !isEdge; u++) isEdge = valueAt(x + u, y + v) < cut
      if (!isEdge) points.push({ x, y })
    }
  }
  return { paper, paperAt, points }
}
