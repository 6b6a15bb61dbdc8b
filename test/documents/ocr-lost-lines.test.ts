import { describe, expect, it } from 'vitest'
import { lostLines } from '../../src/documents/ocr/lost-lines.ts'

const TYPE = 20
const WIDTH = 400

/** Lines of ink at the given rows, with a thin stroke down all of them: no row between them is free of ink. */
function crowd(rows: [number, number][]) {
  const height = Math.max(...rows.map(([, to]) => to)) + 10
  const data = new Uint8Array(WIDTH * height)
  for (const [from, to] of rows)
    for (let y = from; y < to; y++) for (let x = 20; x < 380; x += 2) data[y * WIDTH + x] = 1
  for (let y = 10; y < height - 10; y++) data[y * WIDTH + 24] = 1
  return { plane: { width: WIDTH, height, data }, band: { x: 20, y: 10, width: 360, height: height - 20 } }
}
const strip = (y: number, x = 200, width = 360) => ({ x, y, width, height: 30, slope: 0 })

describe('a line that the detector lost between others', () => {
  it('is found where no strip reaches', () => {
    const { plane, band } = crowd([
      [10, 30],
      [34, 54],
      [58, 78],
    ])
    const [line, ...others] = lostLines(plane, band, [strip(20), strip(68)], TYPE)
    expect(others).toEqual([])
    expect(line?.y).toBeGreaterThanOrEqual(30)
    expect((line?.y ?? 0) + (line?.height ?? 0)).toBeLessThanOrEqual(58)
  })

  it('is found two by two', () => {
    const { plane, band } = crowd([
      [10, 30],
      [34, 54],
      [58, 78],
      [82, 102],
    ])
    expect(lostLines(plane, band, [strip(20), strip(92)], TYPE)).toHaveLength(2)
  })

  it('is none where strips lie on all lines', () => {
    const { plane, band } = crowd([
      [10, 30],
      [34, 54],
    ])
    expect(lostLines(plane, band, [strip(20), strip(44)], TYPE)).toEqual([])
  })
})
