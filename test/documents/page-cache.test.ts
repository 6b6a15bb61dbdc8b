import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Page } from '../../src/documents/model.ts'
import { memoryPageCache, readThroughCache } from '../../src/documents/page-cache.ts'
import type { File, PageReader } from '../../src/documents/ports.ts'
import { keyOfPage } from '../../src/documents/read.ts'
import { createFilePageCache } from '../../src/platform/node/file-page-cache.ts'
import { readerVersion } from '../../src/platform/node/reader-version.ts'

const folder = await mkdtemp(join(tmpdir(), 'pages-'))
afterAll(() => rm(folder, { recursive: true }))

const page = { number: 1, blocks: [] } as unknown as Page
const file = (name: string): File => ({ name, bytes: new Uint8Array() })

/** Reads pages of which the file's name says what is on them. */
function countingReader(): PageReader & { read: number } {
  const reader = {
    read: 0,
    open: () => Promise.reject(new Error('not asked for')),
    pageKey: async ({ name }: File) => name,
    async ocrPage(_: File, number: number) {
      reader.read++
      return { ...page, number }
    },
  }
  return reader
}

describe.each([
  ['in memory', () => memoryPageCache(2)],
  ['in files', () => createFilePageCache(join(folder, crypto.randomUUID()), 2)],
])('pages kept %s', (_, create) => {
  it('are read once, whatever their number in another file', async () => {
    const reader = countingReader()
    const cached = readThroughCache(reader, create(), 'rev_1')
    expect(await cached.ocrPage(file('same'), 1)).toMatchObject({ number: 1 })
    expect(await cached.ocrPage(file('same'), 4)).toMatchObject({ number: 4 })
    await cached.ocrPage(file('other'), 1)
    expect(reader.read).toBe(2)
  })

  it('go with the review that had them read, and only those', async () => {
    const cache = create()
    await cache.put('a', page, 'rev_1')
    await cache.put('b', page, 'rev_2')
    await cache.forget('rev_1')
    expect(await cache.get('a')).toBeNull()
    expect(await cache.get('b')).toEqual(page)
  })

  it('make room for newer ones', async () => {
    const cache = create()
    for (const key of ['a', 'b', 'c']) await cache.put(key, page, 'rev_1')
    expect(await Promise.all(['a', 'b', 'c'].map((key) => cache.get(key)))).toEqual([null, page, page])
  })

  it('are not kept for a review that was stopped', async () => {
    const cache = create()
    await readThroughCache(countingReader(), cache, 'rev_9', AbortSignal.abort()).ocrPage(file('stopped'), 1)
    expect(await cache.get('stopped')).toBeNull()
  })
})

it('pages in files outlive the process, and leave nothing when they are forgotten', async () => {
  const at = join(folder, 'kept')
  await createFilePageCache(at).put('a', page, 'rev_1')
  const next = createFilePageCache(at)
  expect(await next.get('a')).toEqual(page)
  await next.forget('rev_1')
  expect(await readdir(at)).toEqual([])
})

it('a page’s key follows its pixels, the engine and the reader', async () => {
  const raster = { width: 1, height: 1, channels: 3 as const, data: new Uint8Array([1, 2, 3]), dpi: null }
  const keyOf = (data: number[], engine: string, version: string) =>
    keyOfPage({ raster: { ...raster, data: new Uint8Array(data) }, layer: null }, engine, version)
  const key = await keyOf([1, 2, 3], 'ppocr-v4', readerVersion())
  expect(await keyOf([1, 2, 3], 'ppocr-v4', readerVersion())).toBe(key)
  for (const other of [keyOf([1, 2, 4], 'ppocr-v4', readerVersion()), keyOf([1, 2, 3], 'tesseract', readerVersion())]) {
    expect(await other).not.toBe(key)
  }
  expect(await keyOf([1, 2, 3], 'ppocr-v4', 'older')).not.toBe(key)
})
