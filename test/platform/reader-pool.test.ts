import { afterEach, describe, expect, it } from 'vitest'
import type { File, PageReader } from '../../src/documents/ports.ts'
import { createProcessPool } from '../../src/platform/node/process-pool.ts'
import { readThrough } from '../../src/platform/node/reader-pool.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const pool of open.splice(0)) await pool.close()
})

function pool(changes: Partial<Parameters<typeof createProcessPool>[0]> = {}): PageReader {
  const entry = new URL('./children/unsteady.ts', import.meta.url)
  const reader = readThrough(
    createProcessPool({ entry, size: 2, memoryMb: 1000, timeoutMs: 20_000, settings: {}, ...changes }),
  )
  open.push(reader)
  return reader
}

const file = (name: string): File => ({ name, bytes: new Uint8Array([1, 2, 3]) })
const seen = (value: unknown) => value as { pid: number; calls: number }

describe('reading processes', () => {
  it('answer in a process of their own and stay warm', async () => {
    const reader = pool({ size: 1 })
    const first = seen(await reader.open(file('good')))
    const second = seen(await reader.ocrPage(file('good'), 2))
    expect(first.pid).not.toBe(process.pid)
    expect(second).toMatchObject({ pid: first.pid, calls: 2, number: 2 })
  })

  it('compile nothing twice, and can let go of what nobody needs', async () => {
    expect(await pool({ size: 1 }).open(file('tells-its-means'))).toEqual({ collects: true, compiled: true })
  })

  it('read two documents at a time and queue the rest', async () => {
    const reader = pool({ size: 2 })
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => seen(await reader.open(file(name)))))
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2)
  })

  it.each(['dies', 'exits'])(
    'a document whose process %s is refused as corrupt, and the next is read',
    async (name) => {
      const reader = pool({ size: 1 })
      await expect(reader.open(file(name))).rejects.toMatchObject({ name: 'Problem', code: 'corrupt_document' })
      expect(await reader.open(file('good'))).toMatchObject({ name: 'good' })
    },
  )

  it.each(['loops', 'waits'])('a document that %s for ever is given up at the time limit', async (name) => {
    const reader = pool({ size: 1, timeoutMs: 1500 })
    const started = Date.now()
    await expect(reader.open(file(name))).rejects.toMatchObject({ code: 'corrupt_document' })
    expect(Date.now() - started).toBeLessThan(15_000)
    expect(await reader.open(file('good'))).toMatchObject({ name: 'good' })
  })

  it('a document that swells its process is given up at the memory limit', async () => {
    const reader = pool({ size: 1, memoryMb: 300 })
    await expect(reader.open(file('swells'))).rejects.toMatchObject({ code: 'corrupt_document' })
  })

  it.each(['leaves-a-promise', 'throws'])('an error that %s fails the call without its words', async (name) => {
    const reader = pool({ size: 1 })
    const error = await reader.open(file(name)).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'Problem', code: 'corrupt_document' })
    expect(`${error} ${(error as Error).stack} ${(error as Error).cause}`).not.toMatch(/张三|110105/)
    expect(await reader.open(file('good'))).toMatchObject({ name: 'good' })
  })

  it('problems keep their code and sentence', async () => {
    await expect(pool().open(file('refuses'))).rejects.toMatchObject({
      code: 'encrypted_document',
      message: '文件已加密',
    })
  })

  it('calls that wait when the pool closes are refused', async () => {
    const reader = createProcessPool({
      entry: new URL('./children/unsteady.ts', import.meta.url),
      size: 1,
      memoryMb: 500,
      timeoutMs: 20_000,
      settings: {},
    })
    const waiting = [reader.call('open', null, file('waits')), reader.call('open', null, file('good'))]
    const settled = Promise.allSettled(waiting)
    await reader.close()
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})
