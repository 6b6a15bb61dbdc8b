import { expect, test } from 'vitest'
import { isCheckbox } from '../../src/documents/ocr/box-in-line.ts'
import type { OcrLine } from '../../src/documents/ports.ts'

/** A line of type 24 pixels high, its characters' middles as given. */
const lineOf = (text: string, middles: number[], certainty: number): OcrLine => ({
  text,
  units: middles.map((middle) => ({ middle, certainty })),
  edges: [...middles.map((middle) => middle - 12), (middles.at(-1) ?? 0) + 12],
  box: { x: (middles[0] ?? 0) - 14, y: 100, width: (middles.at(-1) ?? 0) - (middles[0] ?? 0) + 28, height: 36 },
  confidence: certainty,
})

/** Two upright strokes, as far apart as the sides of the page's boxes. */
const sides = (x: number, width = 21) => ({
  ...{ box: { x, y: 108, width, height: 20 }, inner: 0.08, beyond: 0 },
  ...{ crisp: false, partial: true as const },
})

test('strokes of the two characters about a comma are no box', () => {
  const methods = lineOf('实验，演示', [1229, 1254, 1272, 1291, 1316], 0.97)
  expect(isCheckbox(methods, sides(1265))).toBe(false)
  expect(isCheckbox(lineOf('实验，演示', [1228, 1259, 1278, 1296, 1321], 0.97), sides(1264))).toBe(false)
})

test('a box of which the fax left two sides is one, though it was read as a comma', () => {
  const options = lineOf('面授，远程', [1000, 1024, 1052, 1080, 1104], 0.7)
  expect(isCheckbox(options, sides(1042))).toBe(true)
  expect(isCheckbox(lineOf('，远程', [1052, 1078, 1102], 0.7), sides(1041))).toBe(true)
})
