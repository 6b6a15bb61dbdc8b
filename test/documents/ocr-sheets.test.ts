import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Box, Page, Raster } from '../../src/documents/model.ts'
import { findGutter } from '../../src/documents/ocr/find-gutter.ts'
import { findPaper } from '../../src/documents/ocr/find-paper.ts'
import { flatten } from '../../src/documents/ocr/flatten.ts'
import { readSheet } from '../../src/documents/ocr/read-sheet.ts'
import { levelStrip } from '../../src/documents/ocr/strips.ts'
import { textOf } from '../../src/documents/text.ts'
import { createImages } from '../../src/platform/node/images.ts'
import { createNativePpocr } from '../../src/platform/node/ocr/ppocr.ts'

type Point = { x: number; y: number }

/** A raster of one colour, with a convex shape of another. */
function sheetOn(ground: number, paper: number, corners: Point[], size = { width: 900, height: 1200 }): Raster {
  const { width, height } = size
  const data = new Uint8Array(width * height * 3)
  const isInside = (x: number, y: number) =>
    corners.every((from, i) => {
      const to = corners[(i + 1) % corners.length] ?? from
      return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) >= 0
    })
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const print = x % 90 < 30 && y % 40 < 12 ? 60 : paper
      data.fill(isInside(x, y) ? print : ground, (y * width + x) * 3, (y * width + x + 1) * 3)
    }
  }
  return { width, height, channels: 3, data, dpi: null }
}
const CORNERS = [
  { x: 120, y: 90 },
  { x: 790, y: 130 },
  { x: 840, y: 1090 },
  { x: 60, y: 1060 },
]
const FRAME = [
  { x: 0, y: 0 },
  { x: 900, y: 0 },
  { x: 900, y: 1200 },
  { x: 0, y: 1200 },
]

describe('the sheet of paper on a picture', () => {
  it.each([40, 110])('is found on a ground of %s by its corners', (ground) => {
    const found = findPaper(sheetOn(ground, 230, CORNERS))
    for (const [i, corner] of CORNERS.entries()) {
      expect(Math.abs((found?.[i]?.x ?? -99) - corner.x)).toBeLessThan(18)
      expect(Math.abs((found?.[i]?.y ?? -99) - corner.y)).toBeLessThan(18)
    }
  })

  it('is found within dark borders at two of its sides', () => {
    const found = findPaper(
      sheetOn(25, 240, [
        { x: 60, y: 0 },
        { x: 900, y: 0 },
        { x: 900, y: 1130 },
        { x: 60, y: 1130 },
      ]),
    )
    expect(found?.[0].x).toBeGreaterThan(60)
    expect(found?.[1].x).toBeGreaterThan(890)
    expect(found?.[3].y).toBeLessThan(1130)
  })

  it('is the picture itself where it fills it, or where the ground is nearly as bright', () => {
    expect(findPaper(sheetOn(0, 240, FRAME))).toBeNull()
    expect(findPaper(sheetOn(215, 240, CORNERS))).toBeNull()
  })

  it('is laid flat: its corners become the picture’s', () => {
    const raster = sheetOn(40, 230, CORNERS)
    const [a, b, c, d] = CORNERS as [Point, Point, Point, Point]
    const { raster: flat, place } = flatten(raster, [a, b, c, d], 2600)
    expect(flat.height / flat.width).toBeCloseTo(Math.SQRT2, 2)
    for (const [[x, y], corner] of [
      [[0, 0], a],
      [[flat.width, 0], b],
      [[flat.width, flat.height], c],
      [[0, flat.height], d],
    ] as const) {
      expect(place(x, y)[0]).toBeCloseTo(corner.x, 3)
      expect(place(x, y)[1]).toBeCloseTo(corner.y, 3)
    }
    const found = findPaper(raster)
    const sheet = found && flatten(raster, found, 2600).raster.data
    expect(sheet?.some((value) => value < 55)).toBe(false)
  })
})

describe('two pages on one sheet', () => {
  const blank = (boxes: Box[] = []): Raster => {
    const data = new Uint8Array(1400 * 1000 * 3).fill(245)
    for (const { x, y, width, height } of boxes) {
      for (let row = y; row < y + height; row++) data.fill(20, (row * 1400 + x) * 3, (row * 1400 + x + width) * 3)
    }
    return { width: 1400, height: 1000, channels: 3, data, dpi: null }
  }
  const rows = (x: number, width: number) =>
    Array.from({ length: 8 }, (_, i) => levelStrip({ x, y: 100 + i * 60, width, height: 30 }))

  it('meet where no line and no ruling crosses', () => {
    expect(findGutter(blank(), [...rows(60, 570), ...rows(770, 570)])).toBeCloseTo(0.5, 1)
  })

  it('are one where a line or a ruling crosses the middle, where one side is empty, or the page is tall', () => {
    const both = [...rows(60, 570), ...rows(770, 570)]
    expect(findGutter(blank(), [...both, levelStrip({ x: 500, y: 800, width: 500, height: 30 })])).toBeNull()
    const rulings = [300, 400, 500].map((y) => ({ x: 100, y, width: 1200, height: 3 }))
    expect(findGutter(blank(rulings), both)).toBeNull()
    expect(findGutter(blank(), rows(60, 570))).toBeNull()
    expect(findGutter({ ...blank(), width: 1000, height: 1400 }, both)).toBeNull()
  })

  it('are read one after the other, their boxes on the sheet', async () => {
    const form = await createImages().decode(readFileSync(new URL('../fixtures/ocr/form.png', import.meta.url)), 0)
    const page = { width: form.width + 80, height: Math.round((form.width + 80) * Math.SQRT2) }
    const data = new Uint8Array(2 * page.width * page.height * 3).fill(255)
    for (const [side, top] of [60, 200].entries()) {
      for (let y = 0; y < form.height; y++) {
        const row = form.data.subarray(y * form.width * 3, (y + 1) * form.width * 3)
        data.set(row, ((y + top) * 2 * page.width + side * page.width + 40) * 3)
      }
    }
    const sheet: Raster = { width: 2 * page.width, height: page.height, channels: 3, data, dpi: null }
    const left = await readSheet(sheet, { ocr: createNativePpocr() })
    const right = left.facing
    if (!right) throw new Error('the second page is missing')
    const middle = left.width / 2
    expect([right.width, right.height]).toEqual([left.width, left.height])
    expect(left.width).toBeGreaterThan(left.height)
    const first = (of: Pick<Page, 'blocks'>) => {
      const table = of.blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []))[0]
      return { text: table?.cells[1]?.lines.map(textOf).join(''), box: table?.cells[1]?.box }
    }
    expect(first(left).text).toBe('基层口腔医学适宜技术培训班')
    expect(first(right).text).toBe('基层口腔医学适宜技术培训班')
    const [a, b] = [first(left).box, first(right).box]
    expect((a?.x ?? 0) + (a?.width ?? 0)).toBeLessThan(middle)
    expect(Math.abs((b?.x ?? 0) - (a?.x ?? 0) - middle)).toBeLessThan(4)
    expect((b?.y ?? 0) - (a?.y ?? 0)).toBeCloseTo((140 * left.height) / page.height, -1)
  })
})
