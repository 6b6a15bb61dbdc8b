import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { createReviewId } from '../../src/review/ids.ts'
import type { Review } from '../../src/review/schema.ts'
import type { Death } from './children/dying-service.ts'

const CHILD = new URL('./children/dying-service.ts', import.meta.url)
const SAMPLE = new URL('../../samples/documents/bm-medical-chromium.pdf', import.meta.url)

let folder: string
let work: string
let expected: Awaited<ReturnType<typeof outcome>>

async function begin(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-crash-'))
  work = join(folder, 'work')
}
const end = () => rm(folder, { recursive: true })

beforeAll(async () => {
  await begin()
  const id = await submit()
  expect(await run({ when: 'never', write: 0 })).toBe(false)
  expected = await outcome(id)
  await end()
})
beforeEach(begin)
afterEach(end)

async function submit(): Promise<string> {
  const { store, blobs, close } = openDataFolder(folder)
  const id = createReviewId(new Date())
  const bytes = new Uint8Array(await readFile(SAMPLE))
  const uploads = [{ name: 'form.pdf', sha256: await blobs.put(bytes) }]
  const review: Review = { id, status: 'queued', createdAt: new Date().toISOString(), documents: [] }
  await store.reviews.accept(review, { tenant: 'default', request: { pack: 'try-2025' }, uploads })
  close()
  return id
}

/** Runs a service until it dies or has nothing left to do. True when it died. */
async function run(death: Pick<Death, 'when' | 'write'>): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD.pathname, JSON.stringify({ folder, work, ...death })], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [status, signal] = await once(child, 'exit')
  if (signal !== 'SIGKILL' && status !== 0) throw new Error(`the service ended with ${status}`)
  // The pauses between attempts are tried elsewhere.
  const database = new DatabaseSync(join(folder, 'xingshen.db'))
  database.exec('UPDATE job SET run_at = 0, starts = min(starts, 1)')
  database.close()
  return signal === 'SIGKILL'
}

async function outcome(id: string) {
  const { store, close } = openDataFolder(folder)
  const review = await store.reviews.get(id)
  const trail = (await store.audit.of(id)).map(({ action }) => action)
  close()
  const done = (await readFile(work, 'utf8')).trim().split('\n')
  const { timings: _, id: __, createdAt: ___, ...rest } = review ?? {}
  return { review: rest, trail, done: done.filter((line) => !line.startsWith('ended')) }
}

test('undisturbed, everything is done once', () => {
  expect(expected.review).toMatchObject({ status: 'done', usage: { llmCalls: 2 } })
  expect(expected.done).toEqual(['open', 'page 1', 'page 2', 'model first', 'model second'])
})

test('a service killed after each single thing it stores goes on, does nothing twice and comes to the same', {
  timeout: 240_000,
}, async () => {
  const id = await submit()
  let deaths = 0
  // Its first two writes take the job and begin the review: the third is the first step that it adds.
  while (await run({ when: 'after', write: 3 })) deaths += 1
  const { review, trail, done } = await outcome(id)
  expect(deaths).toBeGreaterThan(expected.done.length)
  expect(review).toEqual(expected.review)
  expect(done).toEqual(expected.done)
  expect(trail.filter((action) => action !== 'started')).toEqual(['accepted', 'finished'])
})

test('a service killed with each piece of work in hand does that again and nothing else', {
  timeout: 240_000,
}, async () => {
  const id = await submit()
  for (const write of [1, 2]) for (const when of ['before', 'after'] as const) await run({ when, write })
  let deaths = 0
  while (await run({ when: 'before', write: 4 })) deaths += 1
  const { review, done } = await outcome(id)
  expect(deaths).toBeGreaterThan(expected.done.length)
  expect(review).toEqual(expected.review)
  expect([...new Set(done)]).toEqual(expected.done)
  for (const piece of expected.done) expect(done.filter((each) => each === piece).length).toBeLessThanOrEqual(2)
})
