import { afterEach, describe, expect, test } from 'vitest'
import type { Page } from '../../src/documents/model.ts'
import type { Opened, PageReader } from '../../src/documents/ports.ts'
import { Problem } from '../../src/problem.ts'
import { createTestService, noReader } from './service-under-test.ts'

type TestService = Awaited<ReturnType<typeof createTestService>>

let opened: TestService | undefined
async function start(...args: Parameters<typeof createTestService>): Promise<TestService> {
  opened = await createTestService(...args)
  return opened
}
afterEach(() => opened?.close())

const pdf = (text = '') => ({ name: 'a.pdf', bytes: new TextEncoder().encode(`%PDF-1.7 ${text}`) })
const refusal = new Problem('corrupt_document', '文件已损坏')

/** Opens a file when it is told to. */
function heldReader() {
  const waiting: { file: string; answer(opened: Opened): void; refuse(error: unknown): void }[] = []
  const reader: PageReader = {
    ...noReader,
    open: (file) =>
      new Promise((answer, refuse) => {
        waiting.push({ file: new TextDecoder().decode(file.bytes), answer, refuse })
      }),
  }
  return { reader, waiting }
}

const until = async (test: () => boolean) => {
  while (!test()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('the review service', () => {
  test('answers at once and finishes later', async () => {
    const { reader, waiting } = heldReader()
    const { service } = await start(reader)
    const { id, status } = await service.submit({ files: [pdf()] })
    expect(status).toBe('queued')
    await until(() => waiting.length === 1)
    expect((await service.get(id, 0.01)).status).toBe('running')
    waiting[0]?.refuse(refusal)
    expect(await service.get(id, 10)).toMatchObject({ status: 'failed', problem: { code: 'corrupt_document' } })
  })

  test('works on so many at a time, in order, and refuses when too many wait', async () => {
    const { reader, waiting } = heldReader()
    const { service } = await start(reader, { concurrency: 1, maxWaiting: 1 })
    await service.submit({ files: [pdf('first')] })
    service.assertRoom()
    const second = await service.submit({ files: [pdf('second')] })
    expect(() => service.assertRoom()).toThrow(Problem)
    await until(() => waiting.length === 1)
    waiting[0]?.refuse(refusal)
    await until(() => waiting.length === 2)
    expect(waiting.map(({ file }) => file)).toEqual(['%PDF-1.7 first', '%PDF-1.7 second'])
    service.assertRoom()
    waiting[1]?.refuse(refusal)
    await service.get(second.id, 10)
  })

  test('goes on after a restart with what was queued and what was running', async () => {
    const { reader, waiting } = heldReader()
    const { service, restart } = await start(reader, { concurrency: 1 })
    const ids = []
    for (const text of ['running', 'queued']) ids.push((await service.submit({ files: [pdf(text)] })).id)
    await until(() => waiting.length === 1)
    const closing = service.close()
    waiting[0]?.refuse(new Error('the process is gone'))
    await closing
    expect((await service.get(ids[0] ?? '')).status).toBe('running')

    const again = restart({ ...noReader, open: () => Promise.reject(refusal) })
    expect(await again.service.resume()).toBe(2)
    for (const id of ids) expect((await again.service.get(id, 10)).problem?.code).toBe('corrupt_document')
    expect(again.faults).toEqual([])
  })

  test('does not read a page by OCR again that was read before the restart', async () => {
    const read: string[] = []
    const page = (number: number): Page => ({
      ...{ number, width: 595, height: 842, source: 'ocr', engine: 'tesseract', confidence: 0.9 },
      ...{ blocks: [], rulings: [], checkboxes: [], seals: [], handwriting: [], pictures: [], hidden: [] },
    })
    const scan = async (): Promise<Opened> => ({ mediaType: 'application/pdf', margins: [], pages: [null, null] })
    let interrupt = (_: Error) => {}
    const first: PageReader = {
      open: scan,
      async ocrPage(_, number) {
        read.push(`first ${number}`)
        return number === 1 ? page(1) : new Promise<Page>((_, refuse) => (interrupt = refuse))
      },
    }
    const { service, store, restart } = await start(first)
    const { id } = await service.submit({ files: [pdf()] })
    while ((await store.getStep(id, 'ocr/0/1')) === null) await new Promise((resolve) => setTimeout(resolve, 5))
    const closing = service.close()
    interrupt(new Error('the process is gone'))
    await closing

    const again = restart({
      open: scan,
      async ocrPage(_, number) {
        read.push(`second ${number}`)
        return page(number)
      },
    })
    await again.service.resume()
    expect(await again.service.get(id, 10)).toMatchObject({ documents: [{ pages: 2 }] })
    expect(read.sort()).toEqual(['first 1', 'first 2', 'second 2'])
  })

  test('gives up a file that ended the process three times', async () => {
    const { service, store, restart } = await start(heldReader().reader)
    const { id } = await service.submit({ files: [pdf()] })
    for (let attempt = 0; attempt < 3; attempt++) await store.start(id, '2024-11-20T08:00:00.000Z')
    const again = restart({ ...noReader, open: () => Promise.reject(new Error('never reached')) })
    await again.service.resume()
    expect(await again.service.get(id, 10)).toMatchObject({ status: 'failed', problem: { code: 'corrupt_document' } })
    expect((await again.service.get(id)).problem?.detail).toContain('意外中断')
  })

  test('erases documents with the review, but not those that another review needs', async () => {
    const { service, blobs } = await start({ ...noReader, open: () => Promise.reject(refusal) })
    const first = await service.submit({ files: [pdf('shared'), pdf('own')] })
    const second = await service.submit({ files: [pdf('shared')] })
    for (const { id } of [first, second]) await service.get(id, 10)
    await service.erase(first.id)
    expect(await Array.fromAsync(blobs.list())).toHaveLength(1)
    await service.erase(second.id)
    expect(await Array.fromAsync(blobs.list())).toEqual([])
    await expect(service.get(first.id)).rejects.toThrow(Problem)
    await expect(service.erase(first.id)).rejects.toThrow(Problem)
  })

  test('a review erased while it runs does not come back', async () => {
    const { reader, waiting } = heldReader()
    const { service, store } = await start(reader)
    const { id } = await service.submit({ files: [pdf()] })
    await until(() => waiting.length === 1)
    await service.erase(id)
    waiting[0]?.refuse(refusal)
    await service.close()
    expect(await store.get(id)).toBeNull()
    expect((await store.audit(id)).map(({ action }) => action)).toEqual(['accepted', 'started', 'deleted'])
  })

  test('sweeps up an upload that belongs to no review', async () => {
    const { service, blobs } = await start()
    const lost = await blobs.put(new TextEncoder().encode('stored, then the process died'))
    await service.resume()
    expect(await blobs.get(lost)).toBeNull()
  })

  test('an upload that has gone from the disk is a failed review, not a stuck one', async () => {
    const { reader, waiting } = heldReader()
    const { service, blobs, faults } = await start(reader, { concurrency: 1 })
    await service.submit({ files: [pdf('first')] })
    const { id } = await service.submit({ files: [pdf('second')] })
    for await (const sha256 of blobs.list()) await blobs.delete(sha256)
    await until(() => waiting.length === 1)
    waiting[0]?.refuse(refusal)
    expect(await service.get(id, 10)).toMatchObject({ status: 'failed', problem: { code: 'busy' } })
    expect(faults).toHaveLength(1)
  })
})
