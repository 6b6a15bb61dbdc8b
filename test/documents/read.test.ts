import { readFileSync } from 'node:fs'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { MEDIA_TYPES, type Page } from '../../src/documents/model.ts'
import type { OcrEngine, PageReader, Ports } from '../../src/documents/ports.ts'
import { DEFAULT_LIMITS, inProcessReader, readDocument } from '../../src/documents/read.ts'
import { createImages } from '../../src/platform/node/images.ts'
import { packagedResources } from '../../src/platform/node/resources.ts'
import { makeDocx, p, r } from './making/handmade-docx.ts'
import { linesOf } from './making/read-back.ts'

/** Finds no print: these tests are about which pages are handed to OCR, not about what it reads there. */
const blindOcr: OcrEngine = { name: 'blind', readPage: async () => [], readLine: async () => null }
const withOcr: Ports = { resources: packagedResources(), images: createImages(), ocr: blindOcr }
const withoutOcr: Ports = { resources: packagedResources() }

const read = (name: string, bytes: Uint8Array, ports = withOcr) => readDocument({ name, bytes }, inProcessReader(ports))
const refusedAs = (code: string) => expect.objectContaining({ name: 'Problem', code })

async function picture(width = 620, height = 877): Promise<Uint8Array> {
  const blank = { width, height, channels: 3 as const, background: '#fefefe' }
  return new Uint8Array(await sharp({ create: blank }).png().toBuffer())
}

/** A Word file with a picture of that share of an A4 page pasted behind its text. */
async function withPicture(text: string, share: number): Promise<Uint8Array> {
  const [width, height] = [595, 842].map((length) => Math.round(length * Math.sqrt(share) * 12_700))
  const drawing = `<w:r><w:drawing><wp:inline><wp:extent cx="${width}" cy="${height}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
  const media = { part: 'word/media/image1.png', kind: 'image', data: await picture() }
  return makeDocx(p(r(text), drawing), [media])
}

describe('a document is read by what it is', () => {
  it('DOCX: text, its type and the digest of its bytes', async () => {
    const bytes = await makeDocx(p(r('项目名称：心力衰竭新进展')))
    const document = await read('申报书.pdf', bytes)
    expect(document).toMatchObject({
      name: '申报书.pdf',
      mediaType: MEDIA_TYPES.docx,
      bytes: bytes.length,
      paper: false,
    })
    expect(linesOf(document.pages)).toEqual(['项目名称：心力衰竭新进展'])
    const again = await crypto.subtle.digest('SHA-256', bytes.slice())
    expect(document.sha256).toBe(Buffer.from(again).toString('hex'))
  })

  it('DOC: text and tables', async () => {
    const bytes = new Uint8Array(readFileSync(new URL('../fixtures/docx/national.doc', import.meta.url)))
    const document = await read('a.doc', bytes, withoutOcr)
    expect(document.mediaType).toBe(MEDIA_TYPES.doc)
    expect(document.pages.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'table'))).toHaveLength(3)
  })

  it('PDF: its text layer', async () => {
    const pdf = await PDFDocument.create()
    const font = await pdf.embedFont(StandardFonts.Helvetica)
    for (const text of ['first page of the form', 'second page of the form']) {
      pdf.addPage().drawText(text, { x: 50, y: 700, size: 12, font })
    }
    const document = await read('a.pdf', await pdf.save(), withoutOcr)
    expect(document.pages.map(({ number, source }) => [number, source])).toEqual([
      [1, 'text'],
      [2, 'text'],
    ])
    expect(linesOf(document.pages)).toEqual(['first page of the form', 'second page of the form'])
    expect(document.paper).toBe(false)
  })

  it('a picture: one page read by OCR, which is paper', async () => {
    const document = await read('a.png', await picture())
    expect(document.pages.map(({ number, source }) => [number, source])).toEqual([[1, 'ocr']])
    expect(document.paper).toBe(true)
  })
})

describe('pictures in a Word file', () => {
  it('a small one makes it paper, for it may be a seal or a signature', async () => {
    const document = await read('a.docx', await withPicture('申报单位意见', 0.02))
    expect(document.paper).toBe(true)
    expect(document.pages).toHaveLength(1)
  })

  it('one that covers a page is a scan: read by OCR behind the pages with text', async () => {
    const document = await read('a.docx', await withPicture('申报单位意见', 0.8))
    expect(document.pages.map(({ number, source }) => [number, source])).toEqual([
      [1, 'docx'],
      [2, 'ocr'],
    ])
  })

  it('one that is all there is on its page takes that page', async () => {
    const document = await read('a.docx', await withPicture('', 0.8))
    expect(document.pages.map(({ number, source }) => [number, source])).toEqual([[1, 'ocr']])
  })

  it('without OCR a pasted scan alone is refused, beside a text it is left to the text', async () => {
    await expect(read('a.docx', await withPicture('', 0.8), withoutOcr)).rejects.toThrow(
      refusedAs('unsupported_media_type'),
    )
    const long = '项目负责人在临床诊疗教学科研等方面的主要成绩。'.repeat(5)
    const document = await read('a.docx', await withPicture(long, 0.8), withoutOcr)
    expect(document.pages.map(({ source }) => source)).toEqual(['docx'])
    expect(document.paper).toBe(true)
  })
})

describe('limits and refusals', () => {
  it('a file that is too large, before anything else is done with it', async () => {
    const reader: PageReader = { open: () => expect.unreachable(), ocrPage: () => expect.unreachable() }
    const file = { name: 'a.pdf', bytes: new Uint8Array(2_000) }
    await expect(readDocument(file, reader, { ...DEFAULT_LIMITS, maxBytes: 1_000 })).rejects.toThrow(
      refusedAs('too_large'),
    )
  })

  it('too many pages', async () => {
    const pages = Array.from({ length: 4 }, (_, i) => p(r(`${i}`), '<w:r><w:br w:type="page"/></w:r>')).join('')
    const limits = { ...DEFAULT_LIMITS, maxPages: 3 }
    const file = { name: 'a.docx', bytes: await makeDocx(pages) }
    await expect(readDocument(file, inProcessReader(withOcr, limits), limits)).rejects.toThrow(
      refusedAs('too_many_pages'),
    )
  })

  it('a picture where there is no OCR, with a word on what to do', async () => {
    await expect(read('a.png', await picture(), withoutOcr)).rejects.toThrow(
      '请上传由 Word 或申报系统直接导出的 PDF 或 DOCX',
    )
    const images = { ...withoutOcr, images: createImages() }
    await expect(read('a.png', await picture(), images)).rejects.toThrow(refusedAs('unsupported_media_type'))
  })

  it('a truncated picture', async () => {
    await expect(read('a.png', (await picture()).subarray(0, 60))).rejects.toThrow(refusedAs('corrupt_document'))
  })
})

describe('pages that need OCR', () => {
  const page = (number: number): Page => ({
    ...{ number, width: 1, height: 1, source: 'ocr', confidence: 1, blocks: [], rulings: [], checkboxes: [] },
    ...{ seals: [], handwriting: [], pictures: [], hidden: [] },
  })
  const file = { name: 'a.tif', bytes: new Uint8Array(10) }
  const scans = (count: number, ocrPage: PageReader['ocrPage']): PageReader => ({
    open: async () => ({ mediaType: MEDIA_TYPES.tiff, margins: [], pages: new Array(count).fill(null) }),
    ocrPage,
  })
  const soon = () => new Promise((resolve) => setTimeout(resolve, 5))

  it('are read some at a time, put in order, and reported one by one', async () => {
    let running = 0
    let most = 0
    const progress: [number, number][] = []
    const reader = scans(5, async (_, number) => {
      most = Math.max(most, ++running)
      await soon()
      if (number === 1) await soon()
      running--
      return page(number)
    })
    const onProgress = (done: number, total: number) => void progress.push([done, total])
    const document = await readDocument(file, reader, DEFAULT_LIMITS, { concurrency: 2, onProgress })
    expect(most).toBe(2)
    expect(document.pages.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
    expect(progress).toEqual([0, 1, 2, 3, 4, 5].map((done) => [done, 5]))
  })

  it('stop at the first that fails', async () => {
    const begun: number[] = []
    const reader = scans(6, async (_, number) => {
      begun.push(number)
      await soon()
      if (number === 2) throw new Error('page 2')
      return page(number)
    })
    await expect(readDocument(file, reader, DEFAULT_LIMITS, { concurrency: 1 })).rejects.toThrow('page 2')
    await soon()
    expect(begun).toEqual([1, 2])
  })

  it('stop when the reading is called off', async () => {
    const begun: number[] = []
    const controller = new AbortController()
    const reader = scans(6, async (_, number) => {
      begun.push(number)
      controller.abort(new Error('called off'))
      return page(number)
    })
    const options = { concurrency: 1, signal: controller.signal }
    await expect(readDocument(file, reader, DEFAULT_LIMITS, options)).rejects.toThrow('called off')
    expect(begun).toEqual([1])
  })
})
