import { describe, expect, it } from 'vitest'
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
