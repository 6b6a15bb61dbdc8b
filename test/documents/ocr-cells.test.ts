import { describe, expect, it } from 'vitest'
import { tablesFromCells } from '../../src/documents/layout/grid.ts'
import { alignCells } from '../../src/documents/ocr/align-cells.ts'
import { findCells } from '../../src/documents/ocr/cells.ts'
import { toGrey } from '../../src/documents/ocr/raster.ts'
import { findRulings, rulingSlope } from '../../src/documents/ocr/rulings.ts'
import { PER_MM, paper } from './ocr-drawing.ts'

const cellsOf = (page: ReturnType<typeof paper>, stamps: Parameters<typeof findRulings>[2] = []) =>
  findCells(findRulings(page.ink(), PER_MM, stamps).barrier, PER_MM)

const table = () => paper(900, 500).frame(100, 100, 600, 240, 2).fill(100, 220, 600, 2).fill(300, 100, 2, 240)

const GREY = [205, 205, 205] as const
const cellsWithFaint = (page: ReturnType<typeof paper>) =>
  findCells(findRulings(page.ink(), PER_MM, [], toGrey(page.raster())).barrier, PER_MM)

describe('cells whose rulings are faint, dashed or missing', () => {
  const open = () =>
    paper(900, 500).fill(100, 100, 600, 2).fill(100, 220, 600, 2).fill(100, 340, 600, 2).fill(100, 100, 2, 240)
  const inner = () => open().fill(300, 100, 2, 240)

  it('are closed by a border that is too faint to be ink', () => {
    expect(cellsWithFaint(open().fill(400, 100, 1, 240, GREY).fill(699, 100, 1, 240, GREY))).toHaveLength(4)
  })

  it('are closed by dashes', () => {
    const page = inner()
    for (let y = 100; y < 340; y += 10) page.fill(699, y, 2, 6)
    expect(cellsWithFaint(page)).toHaveLength(4)
  })

  it('are closed where a border is missing and rulings stop in line', () => {
    expect(cellsWithFaint(inner())).toHaveLength(4)
  })

  it('are closed where a page break cut off the border above', () => {
    const page = paper(900, 500).fill(100, 220, 600, 2).fill(100, 340, 602, 2)
    for (const x of [100, 300, 500, 700]) page.fill(x, 60, 2, 280)
    expect(cellsWithFaint(page)).toHaveLength(6)
  })

  it('are closed above a cell as wide as a page’s running text', () => {
    const page = paper(1500, 500).fill(100, 340, 1302, 2)
    for (const x of [100, 280, 1400]) page.fill(x, 60, 2, 280)
    expect(cellsWithFaint(page)).toHaveLength(2)
  })

  it('are closed where a copy lost parts of the border, whatever is underlined in them', () => {
    const page = paper(1500, 700).fill(100, 100, 2, 500)
    for (const y of [100, 200, 300, 400, 600]) page.fill(100, y, 1302, 2)
    page.fill(1400, 60, 2, 70).fill(1400, 260, 2, 90).fill(1400, 560, 2, 42)
    for (const y of [250, 350]) page.fill(180, y, 300, 2)
    expect(cellsWithFaint(page)).toHaveLength(4)
  })

  it('are not closed between two tables that end at one place', () => {
    const page = paper(1500, 700).frame(100, 100, 1302, 200, 2).frame(100, 400, 1302, 200, 2)
    expect(cellsWithFaint(page)).toHaveLength(2)
  })

  it('are not cut in two where a copy lost a streak', () => {
    const page = table().fill(450, 90, 12, 270, [255, 255, 255])
    expect(cellsWithFaint(page)).toHaveLength(4)
  })

  it('are not made of underlines one under another', () => {
    const page = paper(900, 500)
    for (const y of [100, 180, 260, 340]) page.fill(300, y, 400, 2)
    expect(cellsWithFaint(page)).toHaveLength(0)
    // A stroke across two of them, as the rim of a seal draws it, changes nothing.
    expect(cellsWithFaint(page.fill(500, 80, 3, 120))).toHaveLength(0)
  })

  it('are not parted by strokes of print that stand over one another', () => {
    const page = table()
    for (const y of [110, 136, 162, 188]) page.fill(450, y, 2, 18, GREY).fill(440, y + 8, 22, 2)
    expect(cellsWithFaint(page)).toHaveLength(4)
  })
})

describe('how a page leans', () => {
  const leaning = (lean: number) => {
    const page = paper(900, 600)
    for (const y of [100, 200, 300, 400]) page.line(60, y, 860, y + 800 * lean, 3)
    return rulingSlope(page.ink(), PER_MM)
  }
  it('is told by its rulings', () => {
    expect(leaning(0.025)).toBeCloseTo(0.025, 2)
    expect(leaning(-0.01)).toBeCloseTo(-0.01, 2)
    expect(rulingSlope(paper(900, 600).fill(60, 100, 400, 3).ink(), PER_MM)).toBe(null)
  })
})

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

  /** Rows whose rulings lean more from one to the next, as on a photograph, over a narrow column and a broad one. */
  const fan = (leans: number[], columns: number[]) => {
    const [first = 0, last = 0] = [columns[0], columns.at(-1)]
    const page = paper(1500, 200 + leans.length * 60)
    const y = (row: number, x: number) => 100 + row * 60 + (leans[row] ?? 0) * (x - 750)
    for (const row of leans.keys()) page.line(first, y(row, first), last, y(row, last), 2)
    for (const x of columns) page.line(x, y(0, x), x, y(leans.length - 1, x), 2)
    return page
  }
  const gridOn = (page: ReturnType<typeof paper>) => {
    const [table] = tablesFromCells(
      alignCells(cellsOf(page), PER_MM).map(({ x, y, width, height }) => {
        const points = 72 / 200
        return { x: x * points, y: y * points, width: width * points, height: height * points }
      }),
    )
    return `${table?.rows}x${table?.columns} in ${table?.cells.length}`
  }

  it('share their edges after alignment however the page leans', () => {
    const columns = [100, 250, 1400]
    expect(gridOn(fan([0.02, 0.02, 0.02, 0.02], columns))).toBe('3x2 in 6')
    expect(gridOn(fan([0.025, 0.015, 0.005, -0.005, -0.015, -0.025], columns))).toBe('5x2 in 10')
    expect(gridOn(fan([-0.02, -0.01, 0, 0.01], [100, 180, 700, 780, 1400]))).toBe('3x4 in 12')
  })

  it('share the edge of a ruling that a merged cell cuts in two', () => {
    const white = [255, 255, 255] as const
    const page = fan([0.024, 0.022, 0.02], [100, 250, 1250, 1400]).fill(256, 130, 990, 60, white)
    expect(gridOn(page)).toBe('2x3 in 5')
  })

  it('lie where they lie on the page, not where they are in the table', () => {
    const cells = cellsOf(fan([0.02, 0.02], [100, 250, 1400]))
    const [broad, narrow] = cells.toSorted((a, b) => b.width - a.width)
    expect(Math.abs((broad?.y ?? 0) - (narrow?.y ?? 0) - 13)).toBeLessThan(3)
    expect(Math.abs((broad?.height ?? 0) - 60)).toBeLessThan(3)
    expect(Math.abs((broad?.x ?? 0) - 250)).toBeLessThan(3)
  })
})
