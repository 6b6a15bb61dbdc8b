import { describe, expect, it } from 'vitest'
import { findComponents } from '../../src/documents/ocr/components.ts'
import { stripsOfMap } from '../../src/documents/ocr/ppocr/detect.ts'
import { cutStrip, decodeCtc } from '../../src/documents/ocr/ppocr/recognise.ts'
import { smallestRectangle } from '../../src/documents/ocr/ppocr/rectangle.ts'
import { isSideways, pageSlope } from '../../src/documents/ocr/strips.ts'
import { BLACK, paper } from './ocr-drawing.ts'

describe('the recogniser’s answer', () => {
  const classes = ['', '学', '时', ' ']
  const decode = (steps: number[][]) => decodeCtc(new Float32Array(steps.flat()), steps.length, classes)
  const blank = [1, 0, 0, 0]

  it('joins runs of one class, parts repeated characters at a blank, and keeps places and the best probability', () => {
    const read = decode([blank, [0, 0.6, 0, 0], [0.1, 0.9, 0, 0], blank, [0, 0.8, 0, 0], [0, 0, 0.7, 0]])
    expect(read.map(({ text }) => text).join('')).toBe('学学时')
    expect(read.map(({ probability }) => Math.round(probability * 100))).toEqual([90, 80, 70])
    expect(read[0]?.at).toBeCloseTo((0.6 * 1 + 0.9 * 2) / 1.5 / 6 + 0.5 / 6)
    expect(read[2]?.at).toBeCloseTo(5.5 / 6)
  })

  it('is empty when every step is blank', () => {
    expect(decode([blank, blank])).toEqual([])
  })
})

describe('the detector’s map', () => {
  const map = (width: number, height: number, inside: (x: number, y: number) => number) =>
    Float32Array.from({ length: width * height }, (_, i) => inside(i % width, Math.floor(i / width)))

  it('gives a level line, grown by area × 1.6 ÷ half the girth', () => {
    const [strip, ...others] = stripsOfMap(
      map(200, 60, (x, y) => (x >= 40 && x < 140 && y >= 20 && y < 30 ? 0.9 : 0)),
      200,
      60,
    )
    expect(others).toEqual([])
    expect(strip).toMatchObject({ x: 90, y: 25, slope: 0 })
    expect(strip?.height).toBeCloseTo(10 + (100 * 10 * 1.6) / 110)
  })

  it('gives a leaning line its slope', () => {
    const slope = 0.1
    const inside = (x: number, y: number) =>
      Math.abs((x - 100) * Math.cos(slope) + (y - 50) * Math.sin(slope)) < 70 &&
      Math.abs((y - 50) * Math.cos(slope) - (x - 100) * Math.sin(slope)) < 6
        ? 0.9
        : 0
    expect(stripsOfMap(map(200, 100, inside), 200, 100)[0]?.slope).toBeCloseTo(slope, 1)
  })

  it('drops what is faint or tiny', () => {
    expect(
      stripsOfMap(
        map(100, 40, (x, y) => (x > 10 && x < 80 && y > 10 && y < 20 ? 0.4 : 0)),
        100,
        40,
      ),
    ).toEqual([])
    expect(
      stripsOfMap(
        map(100, 40, (x, y) => (x > 10 && x < 80 && y === 10 ? 0.9 : 0)),
        100,
        40,
      ),
    ).toEqual([])
  })
})

describe('strips', () => {
  it('are the smallest rectangle around points', () => {
    const strip = smallestRectangle([
      { x: 0, y: 10 },
      { x: 10, y: 0 },
      { x: 40, y: 30 },
      { x: 30, y: 40 },
    ])
    expect(Math.abs(strip.slope)).toBeCloseTo(Math.PI / 4)
    expect(Math.max(strip.width, strip.height)).toBeCloseTo(Math.hypot(30, 30))
  })

  it('are cut out level: a leaning stroke comes to lie in the middle row', () => {
    const slope = 0.2
    const page = paper(300, 200)
    page.line(
      150 - 100 * Math.cos(slope),
      100 - 100 * Math.sin(slope),
      150 + 100 * Math.cos(slope),
      100 + 100 * Math.sin(slope),
      3,
    )
    const { data } = cutStrip(page.raster(), { x: 150, y: 100, width: 180, height: 48, slope }, 180, 48)
    for (const x of [5, 90, 175]) {
      expect(data[24 * 180 + x]).toBeLessThan(0)
      expect(data[5 * 180 + x]).toBeCloseTo(1)
    }
  })

  it('tell how the page lies', () => {
    const strip = (width: number, height: number, slope = 0) => ({ x: 0, y: 0, width, height, slope })
    expect(isSideways([strip(20, 200), strip(20, 150), strip(20, 90), strip(200, 20)])).toBe(true)
    expect(isSideways([strip(200, 20), strip(150, 20), strip(20, 90), strip(20, 20)])).toBe(false)
    expect(pageSlope([strip(200, 20, 0.02), strip(200, 20, 0.03), strip(200, 20, 0.03), strip(20, 20, -0.7)])).toBe(
      0.03,
    )
  })
})

describe('components', () => {
  it('touch over corners as ink and not as holes', () => {
    const mask = { width: 3, height: 3, data: new Uint8Array([1, 0, 1, 0, 1, 0, 1, 0, 1]) }
    expect(findComponents(mask).parts.map(({ pixels }) => pixels)).toEqual([5])
    expect(findComponents(mask, 0).parts).toHaveLength(4)
  })

  it('join the arms of a U that meet at its foot', () => {
    const page = paper(40, 40).fill(5, 5, 3, 30, BLACK).fill(25, 5, 3, 30, BLACK).fill(5, 32, 23, 3, BLACK)
    expect(findComponents(page.ink()).parts).toMatchObject([{ x: 5, y: 5, width: 23, height: 30 }])
  })
})
