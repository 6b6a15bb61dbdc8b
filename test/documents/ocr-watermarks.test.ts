import { describe, expect, it } from 'vitest'
import { fadeRepeated } from '../../src/documents/ocr/repeated-marks.ts'
import { fadeSlantedLines } from '../../src/documents/ocr/slanted-lines.ts'
import { fadeWatermarks, isSlanted } from '../../src/documents/ocr/watermarks.ts'
import { paper } from './ocr-drawing.ts'

const MARK = { x: 300, y: 300, width: 400, height: 60, slope: -0.5 }
const LINE = { x: 300, y: 300, width: 300, height: 40, slope: 0 }
const GREY = [190, 190, 190] as const

/** A slanted stroke in the middle of the mark, print across it. */
const page = (colour: readonly [number, number, number]) =>
  paper(600, 600).line(150, 380, 450, 220, 6, colour).fill(200, 290, 200, 4).fill(200, 306, 200, 4)

const greyAt = (raster: { data: Uint8Array }, x: number, y: number) => raster.data[(y * 600 + x) * 3]

describe('a watermark across the page', () => {
  it('is told by its slant, which short strips and lines of print do not have', () => {
    expect(isSlanted(MARK)).toBe(true)
    expect(isSlanted(LINE)).toBe(false)
    expect(isSlanted({ ...MARK, width: 100 })).toBe(false)
    expect(isSlanted({ ...LINE, slope: 0.05 })).toBe(false)
  })

  it('is faded, and the print on it is not', () => {
    const clean = fadeWatermarks(page(GREY).raster(), [MARK, LINE])
    expect(greyAt(clean, 190, 359)).toBe(255)
    expect(greyAt(clean, 250, 291)).toBe(0)
    expect(greyAt(clean, 250, 307)).toBe(0)
  })

  it('stays where it is as dark as print, and a page without one is left alone', () => {
    expect(greyAt(fadeWatermarks(page([20, 20, 20]).raster(), [MARK, LINE]), 190, 359)).toBe(20)
    const raster = page(GREY).raster()
    expect(fadeWatermarks(raster, [LINE])).toBe(raster)
  })
})

describe('grey lines that run slanting over the whole page', () => {
  const rows = (sheet: ReturnType<typeof paper>) => {
    for (let y = 60; y < 560; y += 40) for (let x = 60; x < 540; x += 12) sheet.fill(x, y, 5, 14)
    return sheet
  }
  const lined = (slope: number, count: number, grey: readonly [number, number, number] = GREY) => {
    const sheet = paper(600, 600)
    for (let index = 0; index < count; index++) {
      const y = 20 + (index * 560) / count
      sheet.line(-50, y + 350 * slope, 650, y - 350 * slope, 2, grey)
    }
    return sheet
  }
  const greys = (raster: { data: Uint8Array }) => {
    let count = 0
    for (let at = 0; at < raster.data.length; at += 3)
      if ((raster.data[at] ?? 255) > 100 && (raster.data[at] ?? 255) < 240) count++
    return count
  }

  it.each([0.3, 0.577, 1, -0.45])('are faded at a slope of %d, and print is not', (slope) => {
    const raster = rows(lined(slope, 10)).raster()
    const clear = fadeSlantedLines(raster)
    expect(greys(clear)).toBeLessThan(0.2 * greys(raster))
    expect(greyAt(clear, 62, 66)).toBe(0)
    expect(greyAt(clear, 302, 306)).toBe(0)
  })

  it('stay where they are two, as dark as print, or level as rulings are', () => {
    for (const sheet of [lined(0.5, 2), lined(0.5, 10, [30, 30, 30]), lined(0.02, 10), paper(600, 600)]) {
      const raster = rows(sheet).raster()
      expect(fadeSlantedLines(raster)).toBe(raster)
    }
  })

  it('are not seen in the shade over a corner of the page', () => {
    const raster = rows(paper(600, 600)).raster()
    const data = raster.data.map((value, at) => {
      const [x, y] = [Math.floor(at / 3) % 600, Math.floor(at / 1800)]
      const grain = ((x * 7919 + y * 104_729 + x * y * 31) % 17) - 8
      return Math.max(60, value) * (1 - 0.2 * ((600 - x + y) / 1200) ** 1.5) + grain - 10
    })
    const shaded = { ...raster, data }
    expect(fadeSlantedLines(shaded) === shaded).toBe(true)
  })
})

describe('a grey text repeated over the page', () => {
  const places = [100, 300, 500].flatMap((y) => [120, 320, 500].map((x) => ({ x, y })))
  const marked = (grey: readonly [number, number, number]) => {
    const sheet = paper(600, 600)
    for (const { x, y } of places) for (let i = -60; i < 60; i += 8) sheet.fill(x + i, y - 8, 4, 16, grey)
    for (let x = 60; x < 540; x += 12) sheet.fill(x, 340, 4, 14)
    return sheet.raster()
  }
  const strips = places.map(({ x, y }) => ({ x, y, width: 130, height: 24, slope: 0 }))
  const print = { x: 300, y: 347, width: 500, height: 24, slope: 0 }

  it('is faded, and no strip of it is left', () => {
    const clear = fadeRepeated(marked([190, 190, 190]), [...strips, print])
    expect(clear.strips).not.toContain(strips[0])
    expect(clear.strips).toContain(print)
    expect(greyAt(clear.raster, 61, 100)).toBe(255)
    expect(greyAt(clear.raster, 62, 346)).toBe(0)
  })

  it('stays where it is as dark as print or as grey words are, or not repeated, or in one column', () => {
    const dark = marked([20, 20, 20])
    expect(fadeRepeated(dark, strips).raster).toBe(dark)
    const words = marked([120, 120, 120])
    expect(fadeRepeated(words, strips).raster).toBe(words)
    const grey = marked([190, 190, 190])
    expect(fadeRepeated(grey, strips.slice(0, 4)).raster).toBe(grey)
    const units = strips.map((strip) => ({ ...strip, x: 300 }))
    expect(fadeRepeated(grey, units).raster).toBe(grey)
    const labels = strips.map((strip, index) => ({ ...strip, width: 90 + 14 * index }))
    expect(fadeRepeated(grey, labels).raster).toBe(grey)
  })
})
