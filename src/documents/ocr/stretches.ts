import type { Plane } from './raster.ts'
import { wordsOf } from './words.ts'

/**
 * Tells of every stretch of set pixels along the rows of a mask, or down its columns: its row or column, its first and last pixel
 * there, and how many of the pixels between are set. Unset pixels part two stretches where more than `gapAt` of them follow each
 * other (the place is that of the pixel behind them). In no certain order.
 */
export function eachStretch(
  { width, height, data }: Plane,
  vertical: boolean,
  gapAt: number | ((x: number, y: number) => number),
  see: (line: number, first: number, last: number, count: number) => void,
): void {
  const lines = vertical ? width : height
  const first = new Int32Array(lines)
  const last = new Int32Array(lines)
  const counts = new Int32Array(lines)
  const words = wordsOf(data)
  // Row by row for all columns at once, too: going down one column after the other takes many times as long.
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width; x++) {
      if (((row + x) & 3) === 0) while (x + 4 <= width && words[(row + x) >> 2] === 0) x += 4
      if (x >= width) break
      if (!data[row + x]) continue
      const [line, i] = vertical ? [x, y] : [y, x]
      const count = counts[line] ?? 0
      const gap = i - (last[line] ?? 0) - 1
      if (count === 0) first[line] = i
      else if (gap > 0 && gap > (typeof gapAt === 'number' ? gapAt : gapAt(x, y))) {
        see(line, first[line] ?? 0, last[line] ?? 0, count)
        first[line] = i
        counts[line] = 0
      }
      last[line] = i
      counts[line] = (counts[line] ?? 0) + 1
    }
  }
  for (let line = 0; line < lines; line++) {
    const count = counts[line] ?? 0
    if (count > 0) see(line, first[line] ?? 0, last[line] ?? 0, count)
  }
}

/** A mask of the stretches that a test keeps, gaps within them filled. */
export function keepStretches(
  mask: Plane,
  vertical: boolean,
  gapAt: number | ((x: number, y: number) => number),
  isKept: (line: number, first: number, last: number, count: number) => boolean,
): Plane {
  const { width, height } = mask
  const kept = new Uint8Array(width * height)
  eachStretch(mask, vertical, gapAt, (line, first, last, count) => {
    if (!isKept(line, first, last, count)) return
    const [from, step] = vertical ? [line, width] : [line * width, 1]
    for (let i = first; i <= last; i++) kept[from + i * step] = 1
  })
  return { width, height, data: kept }
}
