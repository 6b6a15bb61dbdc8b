import { describe, expect, it } from 'vitest'
import { findDigitsUnderStamps } from '../../src/documents/ocr/digits-under-stamps.ts'
import type { Plane } from '../../src/documents/ocr/raster.ts'
import type { OcrLine } from '../../src/documents/ports.ts'
import { paper } from './ocr-drawing.ts'

const STEP = 16
const [TOP, HEIGHT] = [20, 22]

/** Plain figures of straight strokes, 10 pixels wide; a separator is a dash. */
const STROKES: Record<string, [number, number, number, number][]> = {
  0: [
    [0, 0, 10, 3],
    [0, 19, 10, 3],
    [0, 0, 3, 22],
    [7, 0, 3, 22],
  ],
  1: [[4, 0, 3, 22]],
  2: [
    [0, 0, 10, 3],
    [7, 0, 3, 12],
    [0, 10, 10, 3],
    [0, 10, 3, 12],
    [0, 19, 10, 3],
  ],
  4: [
    [0, 0, 3, 12],
    [0, 10, 10, 3],
    [7, 0, 3, 22],
  ],
  '-': [[1, 10, 8, 3]],
}

/** A printed date, and the line that is read of it without the figure at `lost`. */
function print(text: string, lost: number): { ink: Plane; line: OcrLine; middles: number[] } {
  const page = paper(300, 70)
  const middles = [...text].map((character, i) => {
    const x = 30 + i * STEP
    for (const [dx, dy, w, h] of STROKES[character] ?? []) page.fill(x - 5 + dx, TOP + dy, w, h)
    return x
  })
  const kept = middles.flatMap((middle, i) => (i === lost ? [] : [{ middle, certainty: 1 }]))
  const read = [...text].filter((_, i) => i !== lost).join('')
  const edges = [...kept.map(({ middle }) => middle - STEP / 2), (kept.at(-1)?.middle ?? 0) + STEP / 2]
  const box = { x: 22, y: TOP - 6, width: text.length * STEP, height: HEIGHT + 12 }
  return { ink: page.ink(), line: { text: read, box, edges, units: kept, confidence: 1 }, middles }
}

/** The rim of a stamp, and the page without it. */
function cover(ink: Plane, x: number, width: number): [ink: Plane, stamp: Plane] {
  const stamp = paper(300, 70).fill(x, 0, width, 70).ink()
  return [{ ...ink, data: ink.data.map((value, i) => (stamp.data[i] ? 0 : value)) }, stamp]
}

describe('a figure of a date that the rim of a dark stamp covers', () => {
  it('is the one that fits what is left, as a question', () => {
    const { ink, line, middles } = print('2024-11-20', 6)
    const [found] = findDigitsUnderStamps([line], ...cover(ink, (middles[6] ?? 0) - 3, 6))
    expect(found?.text).toBe('2024-11-20')
    expect(found?.units).toHaveLength(10)
    expect(found?.edges).toHaveLength(11)
    expect(found?.confidence).toBe(0.5)
  })

  it('is another one where that shows beside the rim', () => {
    const { ink, line, middles } = print('2024-10-20', 6)
    const [found] = findDigitsUnderStamps([line], ...cover(ink, (middles[6] ?? 0) - 3, 6))
    expect(found?.text).toBe('2024-10-20')
  })

  it('is not known where the rim hides any figure', () => {
    const { ink, line, middles } = print('2024-11-20', 6)
    const [found] = findDigitsUnderStamps([line], ...cover(ink, (middles[6] ?? 0) - 11, 22))
    expect(found?.text).toBe('2024-1〓-20')
  })

  it('is none where a separator is lost', () => {
    const { ink, line, middles } = print('2024-11-20', 4)
    const covered = cover(ink, (middles[4] ?? 0) - 3, 6)
    expect(findDigitsUnderStamps([line], ...covered)).toEqual([line])
  })

  it('is none where there is no room, no stamp, or no date', () => {
    const { ink, line, middles } = print('2024-11-20', -1)
    const covered = cover(ink, (middles[6] ?? 0) - 3, 6)
    expect(findDigitsUnderStamps([line], ...covered)).toEqual([line])
    const lost = print('2024-11-20', 6)
    expect(findDigitsUnderStamps([lost.line], lost.ink, paper(300, 70).ink())).toEqual([lost.line])
    const number = print('0101011020', 6)
    expect(findDigitsUnderStamps([number.line], ...cover(number.ink, (middles[6] ?? 0) - 3, 6))).toEqual([number.line])
  })
})
