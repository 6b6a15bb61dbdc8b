import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PDFParse } from 'pdf-parse'
import { expect, test } from 'vitest'
import { openPdf } from '../../src/documents/pdf/open.ts'
import { textOf } from '../../src/documents/text.ts'
import { packagedResources } from '../../src/platform/node/resources.ts'

const folder = fileURLToPath(new URL('../../samples/documents/', import.meta.url))
const names = readdirSync(folder)
  .filter((name) => name.endsWith('-chromium.pdf'))
  .filter((_, index) => index % 6 === 0)

const han = (text: string) => [...text.normalize('NFKC').matchAll(/\p{Script=Han}/gu)].map(String).sort().join('')

async function ours(bytes: Uint8Array): Promise<string> {
  const { pages } = await openPdf(bytes, { resources: packagedResources() }, { maxPages: 50 })
  const lines = pages
    .flatMap((page) => page?.blocks ?? [])
    .flatMap((block) => (block.kind === 'line' ? [block.line] : block.table.cells.flatMap((cell) => cell.lines)))
  const hidden = pages.flatMap((page) => page?.hidden ?? []).map(({ text }) => text)
  return [...lines.map(textOf), ...hidden].join('\n')
}

test.each(names)('reads the same characters in %s as an independent reader', async (name) => {
  const bytes = new Uint8Array(readFileSync(`${folder}${name}`))
  const parser = new PDFParse({ data: bytes.slice() })
  const { text } = await parser.getText({ pageJoiner: '' })
  await parser.destroy()
  const own = han(await ours(bytes))
  expect(own.length).toBeGreaterThan(500)
  expect(own).toBe(han(text))
})
