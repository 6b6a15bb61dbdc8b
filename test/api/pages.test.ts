import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drawPage } from '../../src/documents/draw-page.ts'
import type { Page } from '../../src/documents/model.ts'
import { inProcessReader } from '../../src/documents/read.ts'
import { createImages } from '../../src/platform/node/images.ts'
import { canvasRenderer } from '../../src/platform/node/pdf-renderer.ts'
import { packagedResources } from '../../src/platform/node/resources.ts'
import type { ProblemDetails } from '../../src/problem.ts'
import type { Review } from '../../src/review/schema.ts'
import { openTestApp, type TestApp } from './app-under-test.ts'

const resources = packagedResources()
const blind = { name: 'blind', readPage: async () => [], readLine: async () => null }
const ports = { resources, images: createImages(), renderer: canvasRenderer(resources), ocr: blind }
const inProcess = inProcessReader(ports)

/** A scan that was laid on the glass sideways: it must be turned 90° clockwise. */
const sideways = (page: Page): Page => ({ ...page, turn: 90 })
const reader = {
  ...inProcess,
  ocrPage: async (...asked: Parameters<typeof inProcess.ocrPage>) => sideways(await inProcess.ocrPage(...asked)),
  drawPage: (file: Parameters<typeof drawPage>[0], number: number, turn: Parameters<typeof drawPage>[2]) =>
    drawPage(file, number, turn, ports),
}

let opened: TestApp
beforeEach(async () => {
  opened = await openTestApp({ reader })
})
afterEach(() => opened.close())

const sample = (name: string) =>
  new File([readFileSync(new URL(`../../samples/documents/${name}`, import.meta.url))], name)

async function handIn(...files: File[]): Promise<Review> {
  const body = new FormData()
  for (const file of files) body.append('file', file)
  body.set('pack', 'try-2025')
  const { app } = opened
  const made = (await (await app.request('/v1/reviews', { method: 'POST', body })).json()) as Review
  return (await (await app.request(`/v1/reviews/${made.id}?wait=30`)).json()) as Review
}

const pageOf = (id: string, page: string | number, headers = {}) =>
  opened.app.request(`/v1/reviews/${id}/pages/${page}`, { headers })
const codeOf = async (response: Response) => ((await response.json()) as ProblemDetails).code

describe('a page as a picture', () => {
  test('of a PDF is as large as A4 at 200 dpi, and no cache keeps it', async () => {
    const { id, documents } = await handIn(sample('bm-bounds-chromium.pdf'))
    const response = await pageOf(id, documents[0]?.pages ?? 0)
    expect(response.headers.get('Content-Type')).toBe('image/jpeg')
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    const { format, width, height } = await sharp(await response.arrayBuffer()).metadata()
    expect(format).toBe('jpeg')
    expect([width, height].map((side) => Math.round((side ?? 0) / 10))).toEqual([165, 234])
  })

  test('of a scan stands upright, as the boxes on it do; of several files each has its pages', async () => {
    const red = { create: { width: 60, height: 60, channels: 3 as const, background: '#ff0000' } }
    const white = { create: { width: 120, height: 60, channels: 3 as const, background: '#ffffff' } }
    const bytes = await sharp(white)
      .composite([{ input: await sharp(red).png().toBuffer(), left: 0, top: 0 }])
      .png()
      .toBuffer()
    const scan = new File([new Uint8Array(bytes)], '扫描件.png')
    const { id, documents } = await handIn(sample('bm-bounds-chromium.pdf'), scan)
    expect(documents.map(({ turned }) => turned)).toEqual([undefined, [{ page: 1, degrees: 90 }]])
    const answer = await (await pageOf(id, '1?document=1')).arrayBuffer()
    const { data, info } = await sharp(answer).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([60, 120])
    const colourAt = (y: number) => [...data.subarray(y * info.width * 3, y * info.width * 3 + 3)].map((v) => v > 128)
    expect(colourAt(20)).toEqual([true, false, false])
    expect(colourAt(100)).toEqual([true, true, true])
  })

  test('there is none beyond the last, of Word, of a record, or of what was erased', async () => {
    const { id } = await handIn(sample('bm-bounds-chromium.pdf'))
    for (const page of ['99', '1?document=1']) expect(await codeOf(await pageOf(id, page))).toBe('not_found')
    for (const page of ['0', 'x', '1?document=-1'])
      expect(await codeOf(await pageOf(id, page))).toBe('invalid_declaration')
    const word = await handIn(sample('bm-tcm-word.docx'))
    expect(await codeOf(await pageOf(word.id, 1))).toBe('not_found')
    const body = JSON.stringify({ declaration: {}, pack: 'try-2025' })
    const headers = { 'Content-Type': 'application/json' }
    const record = (await (await opened.app.request('/v1/reviews', { method: 'POST', body, headers })).json()) as Review
    expect(await codeOf(await pageOf(record.id, 1))).toBe('not_found')
    await opened.app.request(`/v1/reviews/${id}`, { method: 'DELETE' })
    expect(await codeOf(await pageOf(id, 1))).toBe('not_found')
  })

  test('is nobody else’s to see', async () => {
    const key = await opened.addKey('another')
    const { id } = await handIn(sample('bm-bounds-chromium.pdf'))
    expect(await codeOf(await pageOf(id, 1, { Authorization: `Bearer ${key}` }))).toBe('not_found')
  })
})
