import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openPdf } from '../../src/documents/pdf/open.ts'
import { canvasRenderer } from '../../src/platform/node/pdf-renderer.ts'
import { createReaderPorts } from '../../src/platform/node/reader-ports.ts'
import { ports as plain } from './pdf-bytes.ts'

const sample = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../samples/documents/${name}.pdf`, import.meta.url)))
const limits = { maxPages: 50 }
const inkOf = (data: Uint8Array) => data.filter((value) => value < 100).length

describe('fonts without their outlines', () => {
  it('say the same as whole ones, and whole ones are drawn beside them', async () => {
    const chromium = await sample('bm-medical-chromium')
    const libreoffice = await sample('bm-bounds-libreoffice')
    const whole = [await openPdf(chromium, plain, limits), await openPdf(libreoffice, plain, limits)]
    const renderer = canvasRenderer(plain.resources)
    const drawn = await renderer.render(chromium, 1, 50)
    expect(inkOf(drawn.data)).toBeGreaterThan(200)

    const { inflate } = await createReaderPorts('ppocr')
    if (!inflate) throw new Error('Node has zlib')
    let count = 0
    const ports = {
      ...plain,
      inflate: (bytes: Uint8Array) => {
        count++
        return inflate(bytes)
      },
    }
    const spare = [await openPdf(chromium, ports, limits), await openPdf(libreoffice, ports, limits)]
    expect(count).toBeGreaterThan(0)
    expect(spare).toEqual(whole)

    const [again] = await Promise.all([renderer.render(chromium, 1, 50), openPdf(libreoffice, ports, limits)])
    expect(inkOf(again.data)).toBe(inkOf(drawn.data))
  })
})
