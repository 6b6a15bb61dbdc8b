import { describe, expect, it } from 'vitest'
import { clearCopy, findPrint } from '../../src/documents/ocr/clear-copy.ts'
import { doubtUnderStamps } from '../../src/documents/ocr/doubt-under-stamps.ts'
import { toGrey } from '../../src/documents/ocr/raster.ts'
import { dropDirt } from '../../src/documents/ocr/specks.ts'
import type { Strip } from '../../src/documents/ports.ts'
import { BLACK, PER_MM, paper, readLine } from './ocr-drawing.ts'

type Paper = ReturnType<typeof paper>

/** A seal as a black and white copy shows it: rim, star, and words along the rim as upright bars. */
function seal(page: Paper, x: number, y: number, radius = 160) {
  page.ring(x, y, radius, radius, 7, BLACK)
  for (let v = -60; v <= 60; v++) for (let u = -60; u <= 60; u++) if (isInStar(u, v, 52)) page.fill(x + u, y + v, 1, 1)
  for (let k = 0; k < 7; k++) {
    const angle = (-150 + k * 20) * (Math.PI / 180)
    page.fill(x + 125 * Math.cos(angle) - 3, y + 125 * Math.sin(angle) - 14, 6, 28)
  }
  return page
}

function isInStar(u: number, v: number, outer: number): boolean {
  const turns = [0, 1, 2, 3, 4].map((k) => (k * 2 * Math.PI) / 5)
  const beyond = turns.filter((turn) => u * Math.sin(turn) + v * Math.cos(turn) > outer * Math.cos((2 * Math.PI) / 5))
  return beyond.length <= 1 && Math.hypot(u, v) <= outer
}

/** Print as a row of upright strokes, and where the detector finds it. */
const print = (page: Paper, x: number, y: number, width: number) => {
  for (let at = x; at < x + width; at += 12) page.fill(at, y, 4, 28)
}
const strip = (x: number, y: number, width: number, slope = 0): Strip => ({
  x: x + width / 2,
  y: y + 14,
  width,
  height: 42,
  slope,
})
const count = ({ data, width }: { data: Uint8Array; width: number }, x: number, y: number, w: number, h: number) => {
  let sum = 0
  for (let v = y; v < y + h; v++) for (let u = x; u < x + w; u++) sum += data[v * width + u] ?? 0
  return sum
}

describe('a seal as dark as print', () => {
  const page = paper(900, 700)
  seal(page, 450, 350)
  print(page, 120, 420, 400)
  const date = strip(120, 420, 400)
  const words = strip(380, 215, 140)
  const copy = clearCopy(page.raster(), page.ink(), [date, words, strip(300, 280, 60, -0.9)], PER_MM)

  it('is taken off with its star and its words, print through it is not', () => {
    expect(copy?.rings).toHaveLength(1)
    const left = copy?.ink ?? page.ink()
    const before = page.ink()
    expect(count(left, 440, 300, 20, 60)).toBeLessThan(0.1 * count(before, 440, 300, 20, 60))
    expect(count(left, 280, 180, 340, 120)).toBeLessThan(0.1 * count(before, 280, 180, 340, 120))
    expect(count(left, 120, 420, 180, 28)).toBeGreaterThan(0.9 * count(before, 120, 420, 180, 28))
    expect(count(left, 320, 420, 80, 28)).toBeGreaterThan(0.9 * count(before, 320, 420, 80, 28))
  })

  it('has lines of its own, which are none of the page’s', () => {
    expect(copy?.print).toEqual([date])
    expect(copy?.isOfSeal(words)).toBe(true)
    expect(copy?.isOfSeal(date)).toBe(false)
  })

  it('hides no line that was found before it was taken off', async () => {
    const found = [strip(600, 600, 200)]
    const reader = { find: async () => found, read: async () => null, upsideDown: async () => false }
    if (copy) expect(await findPrint(copy, reader)).toEqual([...found, date])
    expect(copy).not.toBeNull()
  })

  it('leaves the rulings that it covers', () => {
    const ruled = seal(paper(900, 700), 450, 350).fill(60, 270, 780, 3)
    const cleared = clearCopy(ruled.raster(), ruled.ink(), [], PER_MM)
    expect(count(cleared?.ink ?? ruled.ink(), 60, 270, 780, 3)).toBeGreaterThan(0.95 * 780 * 3)
  })

  it('is no table, no oval of a photograph’s edge and no large character', () => {
    const table = paper(900, 700).frame(100, 100, 320, 320, 3).fill(100, 260, 320, 3).fill(260, 100, 3, 320)
    expect(clearCopy(table.raster(), table.ink(), [], PER_MM)).toBeNull()
    const small = paper(900, 700).ring(300, 300, 24, 24, 4, BLACK)
    expect(clearCopy(small.raster(), small.ink(), [], PER_MM)).toBeNull()
  })
})

describe('figures beside a dark rim', () => {
  const line = readLine('2024年11月2日', 20, 20, 20, 40)
  it('are doubted where a digit may have stood under it', () => {
    const [one = line] = doubtUnderStamps([line], paper(300, 80).fill(196, 0, 10, 80).ink())
    expect(one.units.map(({ certainty }) => certainty < 0.6)).toEqual([...line.text].map((_, i) => i === 8 || i === 9))
    expect(one.confidence).toBeLessThan(0.6)
  })

  it('are not elsewhere, nor is a text without figures', () => {
    expect(doubtUnderStamps([line], paper(300, 80).fill(195, 0, 2, 80).ink())).toEqual([line])
    const text = readLine('北京澄湖医院', 20, 20, 20, 40)
    expect(doubtUnderStamps([text], paper(300, 80).fill(60, 0, 10, 80).ink())).toEqual([text])
  })
})

describe('specks', () => {
  const sprinkled = (points: number) => {
    const page = paper(800, 600)
    for (let i = 0; i < points; i++) page.fill((i * 53) % 780, (i * 97) % 580, 1, 1)
    page.fill(300, 300, 30, 30, [255, 255, 255]).fill(310, 310, 3, 3).fill(320, 300, 6, 28)
    return page
  }
  const inked = (page: Paper) => toGrey(dropDirt(page.raster(), PER_MM)).data.filter((value) => value < 128).length

  it('of a fax are taken off, its stops are not', () => {
    expect(inked(sprinkled(400))).toBeLessThan(9 + 6 * 28 + 20)
    expect(inked(sprinkled(400))).toBeGreaterThanOrEqual(9 + 6 * 28)
  })

  it('are left where they are few, and on pages that are not black and white', () => {
    const few = sprinkled(60).raster()
    expect(dropDirt(few, PER_MM)).toBe(few)
    const grey = sprinkled(400).fill(0, 560, 800, 40, [128, 128, 128]).raster()
    expect(dropDirt(grey, PER_MM)).toBe(grey)
  })
})
