import { describe, expect, it } from 'vitest'
import { passageOf, pieceOf, wholeOf } from '../../src/declaration/text/passage.ts'
import { readValue } from '../../src/declaration/values/read.ts'
import type { Page } from '../../src/documents/model.ts'

const read = (text: string, source: Page['source']) => {
  const page = { number: 1, width: 595, height: 842, source, blocks: [] as Page['blocks'] } as Page
  const span = { text, box: { x: 10, y: 10, width: 100, height: 12 }, confidence: 0.9 }
  const line = { spans: [span], box: span.box }
  return readValue('text', 'teachers.method', wholeOf(passageOf([pieceOf(line, { document: 0, page })])))
}

describe('a bracket that a scan lost at the end', () => {
  it('is closed and said to be repaired', () => {
    expect(read('实验（技术示范', 'ocr')).toEqual({ value: '实验（技术示范）', repaired: true })
  })

  it('is left alone in text and where nothing is lost', () => {
    expect(read('实验（技术示范', 'text')).toEqual({ value: '实验（技术示范' })
    expect(read('实验（技术）示范', 'ocr')).toEqual({ value: '实验（技术）示范' })
  })
})
