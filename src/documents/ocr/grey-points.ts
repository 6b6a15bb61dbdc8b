import type { Raster } from '../model.ts'

export type Point = { x: number; y: number }

/** Darker than the paper by this share is a mark; darker than this share of black is print. */
const [MARKED, PRINT] = [0.06, 0.62]

/** What is darker is print. */
const printBelow = (paper: number): number => paper * (1 - PRINT)

/** The commonest brightness among the brighter half. */
function paperOf({ data, channels }: Raster): number {
  const counts = new Uint32Array(256)
  for (let at = 0; at < data.length; at += channels * 7) counts[data[at] ?? 0] = (counts[data[at] ?? 0] ?? 0) + 1
  let best = 255
  for (let value = 128; value < 256; value++) if ((counts[value] ?? 0) > (counts[best] ?? 0)) best = value
  return best
}

/** What is lighter than print, darker than paper, and has no print beside it; with the paper's brightness. */
export function greyPoints(raster: Raster): { paper: number; points: Point[] } {
  const { data, width, height, channels } = raster
  const paper = paperOf(raster)
  const cut = printBelow(paper)
  const points: Point[] = []
  const valueAt = (x: number, y: number) => data[(y * width + x) * channels] ?? 255
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const value = valueAt(x, y)
      if (value > paper * (1 - MARKED) || value < cut) continue
      let isEdge = false
      for (let v = -1; v <= 1 && !isEdge; v++)
        for (let u = -1; u <= 1 && !isEdge; u++) isEdge = valueAt(x + u, y + v) < cut
      if (!isEdge) points.push({ x, y })
    }
  }
  return { paper, points }
}
