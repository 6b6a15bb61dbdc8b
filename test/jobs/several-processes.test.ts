import { afterEach, expect, test } from 'vitest'
import { LOCAL } from '../../src/access/actor.ts'
import type { PageReader } from '../../src/documents/ports.ts'
import { createProcessPool } from '../../src/platform/node/process-pool.ts'
import { readThrough } from '../../src/platform/node/reader-pool.ts'
import { Problem } from '../../src/problem.ts'
import type { Review } from '../../src/review/schema.ts'
import { createTestService, noReader } from '../review/service-under-test.ts'

type TestService = Awaited<ReturnType<typeof createTestService>>

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

/** Services over one store, each with its own reader, as if each were a process. */
async function startSeveral(readers: PageReader[], leaseMs = 600): Promise<TestService['service'][]> {
  const first = await createTestService(readers[0], { leaseMs, concurrency: 2 })
  open.push(first)
  const others = readers.slice(1).map((reader) => first.another(reader, { leaseMs, concurrency: 2 }).service)
  for (const service of others) await service.start()
  for (const service of [first.service, ...others]) open.push(service)
  return [first.service, ...others]
}

const file = (name: string) => ({ name, bytes: new TextEncoder().encode('%PDF-1.7') })
const refusal = new Problem('corrupt_document', '文件已损坏')
const refusing: PageReader = { ...noReader, open: () => Promise.reject(refusal) }

async function ended(service: TestService['service'], id: string): Promise<Review> {
  return service.get(LOCAL, id, 20)
}

test('a document that kills its reading process twice is failed with its reason, and the others go on', async () => {
  const pool = createProcessPool({
    entry: new URL('../platform/children/unsteady.ts', import.meta.url),
    ...{ size: 2, memoryMb: 1000, timeoutMs: 20_000, settings: {} },
  })
  const [service] = await startSeveral([readThrough(pool)])
  if (!service) throw new Error('no service')
  const submit = async (name: string) => (await service.submit(LOCAL, { files: [file(name)] })).id
  const poison = await submit('dies')
  const others = [await submit('refuses'), await submit('exits'), await submit('refuses')]
  expect((await ended(service, poison)).problem).toMatchObject({
    code: 'corrupt_document',
    detail: expect.stringContaining('异常中止'),
  })
  const codes = []
  for (const id of others) codes.push((await ended(service, id)).problem?.code)
  expect(codes).toEqual(['encrypted_document', 'corrupt_document', 'encrypted_document'])
  await pool.close()
})

test('what a process that answers no more had in hand is taken up by another', async () => {
  const [stuck] = await startSeveral([{ ...noReader, open: () => new Promise(() => {}) }], 60_000)
  if (!stuck) throw new Error('no service')
  const first = open[0] as TestService
  const { id } = await stuck.submit(LOCAL, { files: [file('a.pdf')] })
  while ((await stuck.get(LOCAL, id)).status !== 'running') await new Promise((resolve) => setTimeout(resolve, 10))
  // Its lease has run out: no renewal came for a while.
  first.query('UPDATE job SET lease_until = 0')
  const { service: other } = first.another(refusing, { leaseMs: 600 })
  open.push(other)
  await other.start()
  expect(await ended(other, id)).toMatchObject({ status: 'failed', problem: { code: 'corrupt_document' } })
  open.splice(open.indexOf(stuck), 1)
})

test('a review cancelled in one process stops in the other', async () => {
  const reader: PageReader = {
    ...noReader,
    open: () => new Promise((_, refuse) => setTimeout(() => refuse(refusal), 2000)),
  }
  const [api, worker] = await startSeveral([reader, reader], 300)
  if (!api || !worker) throw new Error('no service')
  const { id } = await api.submit(LOCAL, { files: [file('a.pdf')] })
  while ((await api.get(LOCAL, id)).status !== 'running') await new Promise((resolve) => setTimeout(resolve, 10))
  const cancelled = await worker.cancel(LOCAL, id)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(await api.get(LOCAL, id)).toEqual(cancelled)
})
