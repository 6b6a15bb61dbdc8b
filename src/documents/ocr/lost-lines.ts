import type { Box } from '../model.ts'
import type { Strip } from '../ports.ts'
import { findBands } from './bands.ts'
import type { Plane } from './raster.ts'

/** The detector's strips are about half as high again as the characters in them. */
const AIR = 1.5
/** In type heights: what is less high is the edge of a neighbouring line; lines follow each other at this pitch or more. */
const [LEAST, PITCH] = [0.6, 1.15]

/** Print covers this share of its line or more; strokes that cross it cover less. */
const DENSE = 0.1

/**
 * Lines that the detector lost between others in ink that cannot be parted into lines by its rows: where no strip reaches, within
 * `band`. `type` is the usual height of characters in pixels.
 */
export function lostLines(ink: Plane, band: Box, strips: Strip[], type: number): Box[] {
  const read = strips
    .filter(({ x, width }) => x - width / 2 < band.x + band.width && x + width / 2 > band.x)
    .map(({ y, height }) => ({ from: y - height / AIR / 2, to: y + height / AIR / 2 }))
    .sort((a, b) => a.from - b.from)
  const gaps: { from: number; to: number }[] = []
  let from = band.y
  for (const row of [...read, { from: band.y + band.height, to: 0 }]) {
    if (row.from - from >= LEAST * type) gaps.push({ from, to: row.from })
    from = Math.max(from, row.to)
  }
  return gaps.flatMap((gap) => {
    const lines = Math.max(1, Math.floor((gap.to - gap.from) / (PITCH * type)))
    const height = (gap.to - gap.from) / lines
    return Array.from({ length: lines }, (_, index) => ({ ...band, y: gap.from + index * height, height })).flatMap(
      (row) =>
        findBands(ink, row, type).filter(
          (line) => line.height >= LEAST * type && line.width > type && densityOf(ink, line) >= DENSE,
        ),
    )
  })
}

function densityOf(ink: Plane, { x, y, width, height }: Box): number {
  let inked = 0
  for (let row = Math.floor(y); row < y + height; row++)
    for (let column = Math.floor(x); column < x + width; column++) inked += ink.data[row * ink.width + column] ?? 0
  return inked / (width * height)
}
