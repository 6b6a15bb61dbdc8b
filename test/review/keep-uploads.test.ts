import { expect, test } from 'vitest'
import { createMemoryBlobs } from '../../src/platform/edge/memory-store.ts'
import { createKeepingUploads } from '../../src/review/keep-uploads.ts'

const file = { name: '申报书.pdf', bytes: new TextEncoder().encode('scan') }

/** Two machines over the same files and rows. */
function open() {
  const blobs = createMemoryBlobs()
  const rows = new Set<string>()
  const store = { uploads: { needed: async (asked: string[]) => asked.filter((sha256) => rows.has(sha256)) } }
  return { blobs, rows, keeping: createKeepingUploads({ blobs, store }) }
}

test('a file outlives the erasure of its last owner while somebody hands it in again', async () => {
  const { blobs, rows, keeping } = open()
  let sha256 = ''
  await keeping.keep([file], async ([upload]) => {
    sha256 = upload?.sha256 ?? ''
    // The other machine found no row yet.
    await keeping.drop([sha256])
    rows.add(sha256)
  })
  expect(await blobs.get(sha256)).toEqual(file.bytes)
})

test('a row that is written while its file is being deleted keeps the file', async () => {
  const { blobs, rows, keeping } = open()
  const sha256 = await blobs.put(file.bytes)
  const { delete: remove } = blobs
  blobs.delete = async (asked) => {
    await remove(asked)
    rows.add(asked)
  }
  await keeping.drop([sha256])
  expect(await blobs.get(sha256)).toEqual(file.bytes)
})

test('a file whose last row is gone is gone', async () => {
  const { blobs, keeping } = open()
  const sha256 = await blobs.put(file.bytes)
  await keeping.drop([sha256])
  expect(await blobs.has(sha256)).toBe(false)
})

test('of many files, those that no row names are swept up', async () => {
  const { blobs, rows, keeping } = open()
  const put = (text: string) => blobs.put(new TextEncoder().encode(text))
  const stored = await Promise.all(Array.from({ length: 2300 }, (_, index) => put(`scan ${index}`)))
  for (const [index, sha256] of stored.entries()) if (index % 2 === 0) rows.add(sha256)
  await keeping.sweep()
  expect((await Array.fromAsync(blobs.list())).sort()).toEqual([...rows].sort())
})

test('a file that is handed in while it is swept up is kept', async () => {
  const { blobs, rows, keeping } = open()
  const sha256 = await blobs.put(file.bytes)
  const { delete: remove } = blobs
  blobs.delete = async (asked) => {
    rows.add(asked)
    await remove(asked)
  }
  await keeping.sweep()
  expect(await blobs.get(sha256)).toEqual(file.bytes)
})
