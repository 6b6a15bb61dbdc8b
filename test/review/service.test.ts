import { afterEach, describe, expect, test } from 'vitest'
import { LOCAL } from '../../src/access/actor.ts'
import type { Page } from '../../src/documents/model.ts'
import type { Opened, PageReader } from '../../src/documents/ports.ts'
import { Problem } from '../../src/problem.ts'
import type { ReviewServiceDeps } from '../../src/review/service.ts'
import { jobId } from '../../src/store/jobs.ts'
import { compliant, createTestService, noReader } from './service-under-test.ts'

type TestService = Awaited<ReturnType<typeof createTestService>>

let opened: TestService | undefined
async function start(...args: Parameters<typeof createTestService>): Promise<TestService> {
  opened = await createTestService(...args)
  return opened
}
afterEach(() => opened?.close())

/** Another process over the same store, as far as the service can see. */
async function second(reader: PageReader, more: Partial<ReviewServiceDeps> = {}) {
  if (!opened) throw new Error('the first is not there')
  return opened.another(reader, more)
}

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
    const { id, status } = await service.submit(LOCAL, { files: [pdf()] })
    expect(status).toBe('queued')
    await until(() => waiting.length === 1)
    expect((await service.get(LOCAL, id, 0.01)).status).toBe('running')
    waiting[0]?.refuse(refusal)
    expect(await service.get(LOCAL, id, 10)).toMatchObject({ status: 'failed', problem: { code: 'corrupt_document' } })
  })

  test('works on so many at a time, in order, and refuses when too many wait', async () => {
    const { reader, waiting } = heldReader()
    const { service } = await start(reader, { concurrency: 1, maxWaiting: 1 })
    await service.submit(LOCAL, { files: [pdf('first')] })
    await service.assertRoom()
    const second = await service.submit(LOCAL, { files: [pdf('second')] })
    await expect(service.assertRoom()).rejects.toThrow(Problem)
    await until(() => waiting.length === 1)
    waiting[0]?.refuse(refusal)
    await until(() => waiting.length === 2)
    expect(waiting.map(({ file }) => file)).toEqual(['%PDF-1.7 first', '%PDF-1.7 second'])
    await service.assertRoom()
    waiting[1]?.refuse(refusal)
    await service.get(LOCAL, second.id, 10)
  })

  test('goes on after a restart with what was queued and what was running', async () => {
    const { reader, waiting } = heldReader()
    const { service, store, restart } = await start(reader, { concurrency: 1 })
    const ids = []
    for (const text of ['running', 'queued']) ids.push((await service.submit(LOCAL, { files: [pdf(text)] })).id)
    await until(() => waiting.length === 1)
    const closing = service.close()
    waiting[0]?.refuse(new Error('the process is gone'))
    await closing
    expect((await service.get(LOCAL, ids[0] ?? '')).status).toBe('running')
    expect(await store.jobs.due('review', 9)).toHaveLength(2)

    const again = restart({ ...noReader, open: () => Promise.reject(refusal) })
    expect(await again.service.start({ alone: true })).toBe(2)
    for (const id of ids) expect((await again.service.get(LOCAL, id, 10)).problem?.code).toBe('corrupt_document')
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
    const { id } = await service.submit(LOCAL, { files: [pdf()] })
    while ((await store.steps.get(id, 'ocr/0/1')) === null) await new Promise((resolve) => setTimeout(resolve, 5))
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
    await again.service.start({ alone: true })
    expect(await again.service.get(LOCAL, id, 10)).toMatchObject({ documents: [{ pages: 2 }] })
    expect(read.sort()).toEqual(['first 1', 'first 2', 'second 2'])
  })

  test.each([
    ['reading', [], 20],
    ['what was read', ['read'], 5],
  ] as const)('gives up a file when its process died again and again over %s', async (_, steps, starts) => {
    const { service, store, restart, query } = await start(noReader, { concurrency: 0 })
    const { id } = await service.submit(LOCAL, { files: [pdf()] })
    const lease = await store.jobs.claim(jobId('review', id), 'a process that dies', 60_000)
    for (const step of steps) if (lease) await store.steps.put(lease, step, 'true')
    query(`UPDATE job SET starts = ${starts}`)
    const again = restart({ ...noReader, open: () => Promise.reject(refusal) }, { concurrency: 1 })
    again.query('UPDATE job SET run_at = 0')
    await again.service.start({ alone: true })
    again.query('UPDATE job SET run_at = 0')
    expect(await again.service.get(LOCAL, id, 10)).toMatchObject({
      status: 'failed',
      problem: { code: 'corrupt_document', detail: expect.stringContaining(`${starts} 次意外中断`) },
    })
  })

  test('reviews one in the end that was in flight at many crashes, as long as something was stored of it', async () => {
    const { service, store, restart, query } = await start(noReader, { concurrency: 0 })
    const { id } = await service.submit(LOCAL, { files: [pdf()] })
    for (let crash = 0; crash < 30; crash++) {
      const lease = await store.jobs.claim(jobId('review', id), 'a process that dies', 60_000)
      if (lease) await store.steps.put(lease, `ocr/0/${crash}`, '{}')
      await store.jobs.expire({ all: true })
    }
    query('UPDATE job SET starts = starts + 1')
    const again = restart({ ...noReader, open: () => Promise.reject(refusal) }, { concurrency: 1 })
    await again.service.start({ alone: true })
    expect((await again.service.get(LOCAL, id, 10)).problem?.detail).toBe('文件已损坏')
  })

  test('erases documents with the review, but not those that another review needs', async () => {
    const { service, blobs } = await start({ ...noReader, open: () => Promise.reject(refusal) })
    const first = await service.submit(LOCAL, { files: [pdf('shared'), pdf('own')] })
    const second = await service.submit(LOCAL, { files: [pdf('shared')] })
    for (const { id } of [first, second]) await service.get(LOCAL, id, 10)
    await service.erase(LOCAL, first.id)
    expect(await Array.fromAsync(blobs.list())).toHaveLength(1)
    await service.erase(LOCAL, second.id)
    expect(await Array.fromAsync(blobs.list())).toEqual([])
    await expect(service.get(LOCAL, first.id)).rejects.toThrow(Problem)
    await expect(service.erase(LOCAL, first.id)).rejects.toThrow(Problem)
  })

  test('a review erased while it runs does not come back', async () => {
    const { reader, waiting } = heldReader()
    const { service, store } = await start(reader)
    const { id } = await service.submit(LOCAL, { files: [pdf()] })
    await until(() => waiting.length === 1)
    await service.erase(LOCAL, id)
    waiting[0]?.refuse(refusal)
    await service.close()
    expect(await store.reviews.get(id)).toBeNull()
    expect((await store.audit.of(id)).map(({ action }) => action)).toEqual(['accepted', 'started', 'deleted'])
  })

  test('a review that is cancelled stops, is failed as cancelled, and can be tried again', async () => {
    const { reader, waiting } = heldReader()
    const { service, store } = await start(reader, { concurrency: 1 })
    const { id } = await service.submit(LOCAL, { files: [pdf('first')] })
    await until(() => waiting.length === 1)
    const next = await service.submit(LOCAL, { files: [pdf('second')] })
    const cancelled = await service.cancel(LOCAL, id)
    expect(cancelled).toMatchObject({ status: 'failed', problem: { code: 'cancelled', status: 409 } })
    expect(await service.cancel(LOCAL, id)).toEqual(cancelled)
    // Whatever its reader still says is not an answer, and its place is free for the next.
    waiting[0]?.refuse(refusal)
    await until(() => waiting.length === 2)
    expect(await service.get(LOCAL, id)).toEqual(cancelled)
    waiting[1]?.refuse(refusal)
    expect((await service.get(LOCAL, next.id, 10)).problem?.code).toBe('corrupt_document')

    expect(await service.retry(LOCAL, id)).toMatchObject({ id, status: 'queued', createdAt: cancelled.createdAt })
    await until(() => waiting.length === 3)
    waiting[2]?.refuse(refusal)
    expect(await service.get(LOCAL, id, 10)).toMatchObject({ status: 'failed', problem: { code: 'corrupt_document' } })
    const trail = (await store.audit.of(id)).map(({ action }) => action)
    expect(trail).toEqual(['accepted', 'started', 'cancelled', 'retried', 'started', 'finished'])
  })

  test('a review that is cancelled before its turn is never begun', async () => {
    const { reader, waiting } = heldReader()
    const { service, store } = await start(reader, { concurrency: 1 })
    await service.submit(LOCAL, { files: [pdf('first')] })
    await until(() => waiting.length === 1)
    const { id } = await service.submit(LOCAL, { files: [pdf('second')] })
    await service.cancel(LOCAL, id)
    waiting[0]?.refuse(refusal)
    await until(() => waiting.length === 1)
    await service.close()
    expect((await store.audit.of(id)).map(({ action }) => action)).toEqual(['accepted', 'cancelled'])
  })

  test('a finished review is neither cancelled nor tried again', async () => {
    const { service } = await start()
    const done = await service.reviewJson(LOCAL, { declaration: compliant, pack: 'try-2025' })
    expect(await service.cancel(LOCAL, done.id)).toEqual(done)
    expect(await service.retry(LOCAL, done.id)).toEqual(done)
    await expect(service.cancel(LOCAL, 'rev_unknown')).rejects.toThrow(Problem)
  })

  test('tells every change until a review has ended', async () => {
    const { reader, waiting } = heldReader()
    const { service } = await start(reader, { concurrency: 0 })
    const { id } = await service.submit(LOCAL, { files: [pdf()] })
    const { service: worker } = await second(reader, { concurrency: 1 })
    const seen: string[] = []
    const following = (async () => {
      for await (const { status } of service.changes(LOCAL, id)) seen.push(status)
    })()
    await until(() => seen.length === 1)
    await worker.start()
    await until(() => waiting.length === 1)
    await until(() => seen.length === 2)
    waiting[0]?.refuse(refusal)
    await following
    expect(seen).toEqual(['queued', 'running', 'failed'])
    await worker.close()
  })

  test('sweeps up an upload that belongs to no review', async () => {
    const { service, blobs } = await start()
    const lost = await blobs.put(new TextEncoder().encode('stored, then the process died'))
    await service.start({ alone: true })
    expect(await blobs.get(lost)).toBeNull()
  })

  test('an upload that has gone from the disk is a failed review, not a stuck one', async () => {
    const { reader, waiting } = heldReader()
    const { service, blobs, faults } = await start(reader, { concurrency: 1, againMs: 10 })
    await service.submit(LOCAL, { files: [pdf('first')] })
    const { id } = await service.submit(LOCAL, { files: [pdf('second')] })
    for await (const sha256 of blobs.list()) await blobs.delete(sha256)
    await until(() => waiting.length === 1)
    waiting[0]?.refuse(refusal)
    expect(await service.get(LOCAL, id, 10)).toMatchObject({ status: 'failed', problem: { code: 'busy' } })
    expect(faults).toHaveLength(3)
  })

  test('a disk that is away for a moment costs no review', async () => {
    const { reader, waiting } = heldReader()
    const { service, blobs } = await start(reader, { concurrency: 1, againMs: 10 })
    const { get } = blobs
    let away = 2
    blobs.get = (sha256) => (away-- > 0 ? Promise.reject(new Error('EIO')) : get(sha256))
    const { id } = await service.submit(LOCAL, { files: [pdf('first')] })
    await until(() => waiting.length === 1)
    waiting[0]?.refuse(refusal)
    expect(await service.get(LOCAL, id, 10)).toMatchObject({ status: 'failed', problem: { code: refusal.code } })
  })
})
