import { describe, expect, it } from 'vitest'
import type { Document, Page } from '../../src/documents/model.ts'
import { summarise } from '../../src/review/documents.ts'

const page = (number: number, more: Partial<Page> = {}): Page => ({
  number,
  width: 595,
  height: 842,
  source: 'ocr',
  engine: 'ppocr-v4',
  confidence: 0.9,
  blocks: [],
  rulings: [],
  checkboxes: [],
  seals: [],
  handwriting: [],
  pictures: [],
  hidden: [],
  ...more,
})
const document = (pages: Page[]): Document => ({
  name: 'form.pdf',
  mediaType: 'application/pdf',
  sha256: '0'.repeat(64),
  bytes: 1,
  pages,
  margins: [],
  paper: true,
})

describe('what a review says of how a document was read', () => {
  it('names the pages whose text layer was not believed', () => {
    const { extraction } = summarise(document([page(1), page(2, { textLayerRefused: true })]))
    expect(extraction.notes).toEqual(['第 2 页自带的文字层不可信，已按页面图像重新识别。'])
  })

  it('counts two pages on one sheet as one page of the file, and says so', () => {
    const { pages, extraction } = summarise(document([page(1), page(1), page(2)]))
    expect(pages).toBe(2)
    expect(extraction.notes).toEqual(['第 1 页一张纸上有两页，已从左到右分开读取。'])
  })

  it('says nothing of what is as usual', () => {
    expect(summarise(document([page(1), page(2)])).extraction).not.toHaveProperty('notes')
  })
})
