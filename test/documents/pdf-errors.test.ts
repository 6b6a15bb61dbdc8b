import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openPdf } from '../../src/documents/pdf/open.ts'
import { ports, put, readFirst, SONG, textsOf, writePdf } from './pdf-bytes.ts'

const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../fixtures/pdf/${name}`, import.meta.url)))

describe('PDFs that cannot be read', () => {
  it('refuses a PDF that asks for a password', async () => {
    await expect(openPdf(await fixture('password.pdf'), ports, { maxPages: 9 })).rejects.toMatchObject({
      code: 'encrypted_document',
    })
  })

  it('opens a PDF that only restricts printing', async () => {
    expect(textsOf(await readFirst(await fixture('owner-password.pdf')))).toContain('林知远')
  })

  it.each([
    ['nothing but a header', '%PDF-1.7\n'],
    ['noise', `%PDF-1.4\n${'x'.repeat(2000)}`],
    [
      'no pages',
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</Root 1 0 R>>',
    ],
  ])('refuses %s', async (_, text) => {
    const bytes = new TextEncoder().encode(text)
    await expect(openPdf(bytes, ports, { maxPages: 9 })).rejects.toMatchObject({ code: 'corrupt_document' })
  })

  it('refuses more pages than allowed before it reads them', async () => {
    const bytes = writePdf({ ...SONG, content: put('一', 100, 700) })
    await expect(openPdf(bytes, ports, { maxPages: 0 })).rejects.toMatchObject({ code: 'too_many_pages' })
  })

  it('reads a truncated PDF as far as it goes or says that it is broken', async () => {
    const whole = await fixture('libreoffice-form.pdf')
    for (const share of [0.3, 0.6, 0.9, 0.99]) {
      const outcome = await openPdf(whole.slice(0, whole.length * share), ports, { maxPages: 9 }).then(
        ({ pages }) => pages.length,
        (problem: { code: string }) => problem.code,
      )
      expect([1, 'corrupt_document']).toContain(outcome)
    }
  })

  it('leaves the caller’s bytes as they were', async () => {
    const bytes = writePdf({ ...SONG, content: put('一', 100, 700) })
    const before = bytes.slice()
    await readFirst(bytes)
    expect(bytes).toEqual(before)
  })
})
