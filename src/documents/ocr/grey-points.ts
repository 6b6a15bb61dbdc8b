import type { Raster } from '../model.ts'
import { doubled } from './words.ts'

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

/** The paper in each tile of a page. */
type Tiles = { side: number; at: (column: number, row: number) => number }

function tilesOf(raster: Raster): Tiles {
  const { width, height } = raster
  const side = Math.max(8, Math.round(Math.min(width, height) * TILE))
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)]
  const tiles = new Uint8Array(columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      tiles[row * columns + column] = brightOf(raster, column * side, row * side, side)
  const at = (column: number, row: number) =>
    tiles[Math.max(0, Math.min(rows - 1, row)) * columns + Math.max(0, Math.min(columns - 1, column))] ?? 255
  return { side, at }
}

/** The paper around each pixel, which a shade over a corner or a fold makes darker than elsewhere. */
function paperAround({ side, at }: Tiles): PaperAt {
  return (x, y) => {
    const [u, v] = [x / side - 0.5, y / side - 0.5]
    const [column, row] = [Math.floor(u), Math.floor(v)]
    const [right, below] = [u - column, v - row]
    const upper = at(column, row) * (1 - right) + at(column + 1, row) * right
    const lower = at(column, row + 1) * (1 - right) + at(column + 1, row + 1) * right
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

/**
 * What is lighter than print, darker than the paper around it, and has no print beside it: places in the rows of the page. With the
 * paper's brightness.
 */
export function greyPoints(raster: Raster): { paper: number; paperAt: PaperAt; points: Int32Array } {
  const { data, width, height, channels } = raster
  const tiles = tilesOf(raster)
  const paperAt = paperAround(tiles)
  let points = new Int32Array(1 << 12)
  let count = 0
  const isBesidePrint = (x: number, y: number, cut: number) => {
    for (let v = y - 1; v <= y + 1; v++)
      for (let u = x - 1; u <= x + 1; u++) if ((data[(v * width + u) * channels] ?? 255) < cut) return true
    return false
  }
  const lightest = new Float64Array(width)
  for (let y = 1; y < height - 1; y++) {
    // No paper around a pixel is brighter than the brightest of its four tiles: most pixels are lighter than any grey there.
    if (y === 1 || Math.floor(y / tiles.side - 0.5) !== Math.floor((y - 1) / tiles.side - 0.5)) {
      for (let x = 0; x < width; x++) lightest[x] = brightestAround(tiles, x, y) * (1 - MARKED) + NEARLY
    }
    for (let x = 1; x < width - 1; x++) {
      const value = data[(y * width + x) * channels] ?? 255
      if (value > (lightest[x] ?? 0)) continue
      const around = paperAt(x, y)
      const cut = around * (1 - PRINT)
      if (value > around * (1 - MARKED) || value < cut || isBesidePrint(x, y, cut)) continue
      if (count === points.length) points = doubled(points)
      points[count++] = y * width + x
    }
  }
  return { paper: commonest(raster), paperAt, points: points.subarray(0, count) }
}

/** What rounding may add. */
const NEARLY = 1e-6

function brightestAround({ side, at }: Tiles, x: number, y: number): number {
  const [column, row] = [Math.floor(x / side - 0.5), Math.floor(y / side - 0.5)]
  return Math.max(at(column, row), at(column + 1, row), at(column, row + 1), at(column + 1, row + 1))
}
