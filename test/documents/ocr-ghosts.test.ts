import { describe, expect, it } from 'vitest'
import { ghostsOn } from '../../src/documents/ocr/ghosts.ts'
import type { OcrLine } from '../../src/documents/ports.ts'

const WIDTH = 200
/** Six lines, one a 20 pixels; their strokes are every fourth column, `tones[i]` dark. */
function paper(tones: number[]) {
  const data = new Uint8Array(WIDTH * tones.length * 20).fill(245)
  for (const [i, tone] of tones.entries()) {
    for (let y = i * 20 + 4; y < i * 20 + 16; y++) for (let x = 0; x < WIDTH; x += 4) data[y * WIDTH + x] = tone
  }
  return { width: WIDTH, height: tones.length * 20, data }
}
const line = (row: number, certainty: number): OcrLine => ({
  text: '项目',
  box: { x: 0, y: row * 20 + 3, width: WIDTH, height: 14 },
  edges: [0, 100, 200],
  units: [50, 150].map((middle) => ({ middle, certainty })),
  confidence: certainty,
})
const TONES = [30, 30, 40, 30, 30, 190]

describe('print that shines through from the other side', () => {
  it('is light and does not read well', () => {
    const lines = TONES.map((_, row) => line(row, row === 5 ? 0.6 : 0.99))
    expect(lines.map(ghostsOn(paper(TONES), lines))).toEqual([false, false, false, false, false, true])
  })

  it('is told on a page that has little else', () => {
    const tones = [...TONES, ...TONES.map(() => 190)]
    const lines = tones.map((tone, row) => line(row, tone === 190 ? 0.6 : 0.99))
    expect(lines.filter(ghostsOn(paper(tones), lines))).toHaveLength(7)
  })

  it('is no mark to tick', () => {
    const lines = TONES.map((_, row) => ({
      ...line(row, row === 5 ? 0.6 : 0.99),
      text: row === 5 ? '（√）是（）' : '项目',
    }))
    expect(lines.some(ghostsOn(paper(TONES), lines))).toBe(false)
  })

  it('is neither light print that reads well nor dark print that does not', () => {
    const lines = TONES.map((_, row) => line(row, row === 2 ? 0.5 : 0.99))
    expect(lines.some(ghostsOn(paper(TONES), lines))).toBe(false)
  })
})
