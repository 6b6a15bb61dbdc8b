import { describe, expect, it } from 'vitest'
import { readStrips } from '../../src/documents/ocr/read-lines.ts'
import type { OcrLine, Strip, StripReader } from '../../src/documents/ports.ts'
import { paper, readLine } from './ocr-drawing.ts'

const CELL = { x: 100, y: 100, width: 200, height: 60 }
const DIGIT = { x: 190, y: 118, width: 14, height: 22 }

/** A cell with one digit; the reader sees it only in cuts at least this wide, and knows what it says there. */
async function readAs(answer: (width: number) => [string, number] | null) {
  const page = paper(400, 300).fill(DIGIT.x, DIGIT.y, DIGIT.width, DIGIT.height)
  const read = async (_: unknown, cut: Strip): Promise<OcrLine | null> => {
    const [text, certainty] = answer(cut.width) ?? []
    return text === undefined ? null : readLine(text, DIGIT.x, DIGIT.y, DIGIT.width, DIGIT.height, certainty)
  }
  const reader: StripReader = { find: async () => [], read, upsideDown: async () => false }
  const lines = await readStrips({ raster: page.raster(), ink: page.ink(), cells: [CELL], type: 26 }, reader, [])
  return lines.map(({ line }) => line.text)
}

describe('a digit alone in its cell', () => {
  it('is read once when it is read surely', async () => {
    expect(await readAs(() => ['2', 0.99])).toEqual(['2'])
  })

  it('is read again with more paper around it when nothing was read, or little', async () => {
    expect(await readAs((width) => (width < 45 ? null : ['0', 0.93]))).toEqual(['0'])
    expect(await readAs((width) => (width < 45 ? ['o', 0.5] : ['0', 0.93]))).toEqual(['0'])
  })

  it('is neither doubled nor made up', async () => {
    expect(await readAs((width) => (width < 45 ? ['1', 0.7] : ['11', 0.95]))).toEqual(['1'])
    expect(await readAs((width) => (width < 45 ? null : ['F', 0.3]))).toEqual([])
  })
})
