import { describe, expect, it } from 'vitest'
import { alignCells } from '../../src/documents/ocr/align-cells.ts'
import { findCells } from '../../src/documents/ocr/cells.ts'
import { findRulings } from '../../src/documents/ocr/rulings.ts'
import { PER_MM, paper } from './ocr-drawing.ts'

const cellsOf = (page: ReturnType<typeof paper>, stamps: Parameters<typeof findRulings>[2] = []) =>
  findCells(findRulings(page.ink(), PER_MM, stamps).barrier, PER_MM)

const table = () => paper(900, 500).frame(100, 100, 600, 240, 2).fill(100, 220, 600, 2).fill(300, 100, 2, 240)

describe('cells of a scanned table', () => {
  it('are what the rulings close off, to the middle of the rulings', () => {
    const cells = cellsOf(table())
    expect(cells).toHaveLength(4)
    const [first] = cells
    expect(Math.abs((first?.x ?? 0) - 100)).toBeLessThan(4)
    expect(Math.abs((first?.width ?? 0) - 201)).toBeLessThan(6)
  })

  it('leave out the paper around a table that stands in a frame', () => {
    expect(cellsOf(table().frame(40, 40, 800, 420, 3))).toHaveLength(4)
  })

  it('do not leak through a faint spot, and do where a ruling really ends', () => {
    const white = [255, 255, 255] as const
    expect(cellsOf(table().fill(500, 219, 2, 4, white))).toHaveLength(4)
    expect(cellsOf(table().fill(500, 219, 60, 4, white))).toHaveLength(3)
  })

  it('stay closed where a removed seal ate the ruling', () => {
    const page = table().fill(500, 219, 12, 4, [255, 255, 255])
    expect(cellsOf(page)).toHaveLength(3)
    expect(cellsOf(page, [{ x: 420, y: 150, width: 300, height: 300 }])).toHaveLength(4)
  })

  it('are not split by the upright stroke of a signature', () => {
    expect(cellsOf(table().fill(500, 225, 5, 112))).toHaveLength(4)
  })

  it('share their edges after alignment however the page leans', () => {
    const cells = [0, 1, 2, 3, 4].flatMap((column) => [
      { x: column * 200, y: 100 + column * 5, width: 200, height: 80 },
      { x: column * 200 + 3, y: 181 + column * 5, width: 200, height: 80 },
    ])
    const aligned = alignCells(cells, PER_MM)
    expect(new Set(aligned.map(({ y }) => Math.round(y))).size).toBe(2)
    expect(new Set(aligned.map(({ x }) => Math.round(x))).size).toBe(5)
  })
})
