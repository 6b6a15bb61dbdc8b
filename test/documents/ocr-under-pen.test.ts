import { describe, expect, it } from 'vitest'
import type { Raster } from '../../src/documents/model.ts'
import { readUnderPen } from '../../src/documents/ocr/read-under-pen.ts'
import type { OcrEngine, OcrLine } from '../../src/documents/ports.ts'
import { BLACK, BLUE, PER_MM, paper, readLine } from './ocr-drawing.ts'

const strokes = { box: { x: 300, y: 180, width: 120, height: 60 }, area: 30, confidence: 0.9 }
const page = () => paper(900, 400).fill(400, 200, 200, 24, BLACK).line(300, 230, 420, 190, 5, BLUE)

/** Reads a date wherever the black bar stands, as soon as no blue is left. */
function engine(certainty: number): OcrEngine & { seen: Raster[] } {
  const seen: Raster[] = []
  return {
    name: 'test',
    seen,
    readPage: async (raster) => {
      seen.push(raster)
      for (let i = 0; i < raster.data.length; i += 3) {
        if ((raster.data[i + 2] ?? 0) - (raster.data[i] ?? 0) > 18) return []
      }
      return [readLine('2024/11/20', 400 - 300 + 173, 20, 20, 40, certainty)]
    },
    readLine: async () => null,
  }
}
const read = (ocr: OcrEngine, lines: OcrLine[], raster = page().raster()) =>
  readUnderPen(raster, [strokes], lines, { ocr, perMm: PER_MM, cells: [] })

describe('print below blue strokes', () => {
  it('is read again without them, in the place of what was read with them', async () => {
    const before = [readLine('签字：', 180, 195, 30, 40), readLine('x0', 420, 185, 30, 30, 0.4)]
    const lines = await read(engine(0.97), before)
    expect(lines.map(({ text }) => text)).toEqual(['签字：', '2024/11/20'])
    expect(lines[1]?.box.y).toBeGreaterThan(150)
  })

  it('is left as it was where the second reading is unsure, or the first one was sure', async () => {
    const doubtful = [readLine('x0', 420, 185, 30, 30, 0.4)]
    expect(await read(engine(0.6), doubtful)).toEqual(doubtful)
    const sure = [readLine('2024/11/20', 400, 185, 20, 40)]
    expect(await read(engine(0.97), sure)).toEqual(sure)
  })

  it('is not looked for where the strokes are black', async () => {
    const ocr = engine(0.97)
    expect(await read(ocr, [], paper(900, 400).line(300, 230, 420, 190, 5).raster())).toEqual([])
    expect(ocr.seen).toEqual([])
  })
})
