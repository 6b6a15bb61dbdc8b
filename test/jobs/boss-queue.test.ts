import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Queue } from '../../src/jobs/queue.ts'
import { openBossQueue } from '../../src/platform/node/boss-queue.ts'
import { openPostgres, type PostgresDatabase } from '../../src/platform/node/postgres.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createDatabase } from '../../src/store/database.ts'
import { jobId } from '../../src/store/jobs.ts'
import type { Store } from '../../src/store/store.ts'
import { by, idOf, LEASE, review } from '../store/contract/made.ts'
import { type Cluster, hasPostgres, startPostgres } from '../store/postgres.ts'

describe.skipIf(!hasPostgres)('the queue of several machines (skipped without PostgreSQL)', () => {
  let cluster: Cluster
  let url: string
  let database: PostgresDatabase
  let store: Store
  let queues: Queue[]
  beforeAll(() => {
    cluster = startPostgres()
  })
  afterAll(() => cluster.stop())
  beforeEach(async () => {
    url = await cluster.createDatabase()
    database = await openPostgres({ url })
    store = createStore(createDatabase(database, 'postgres'))
    queues = []
  })
  afterEach(async () => {
    for (const queue of queues) await queue.close()
    await database.close()
  })

  async function open(): Promise<Queue> {
    const onError = (error: unknown) => {
      throw error
    }
    const queue = await openBossQueue({ url, jobs: store.jobs, kinds: ['review'], onError })
    queues.push(queue)
    return queue
  }

  async function accept(number: number): Promise<string> {
    await store.reviews.accept(review(number), by())
    return jobId('review', idOf(number))
  }

  /** Takes a job, holds it for a moment and ends it. */
  const worker = (name: string, done: string[]) => async (id: string) => {
    const lease = await store.jobs.claim(id, name, LEASE)
    if (!lease) return
    await sleep(5)
    if (await store.jobs.complete(lease)) done.push(`${name} ${id}`)
  }

  async function until(condition: () => boolean, seconds = 20): Promise<void> {
    const end = Date.now() + seconds * 1000
    while (!condition()) {
      if (Date.now() > end) throw new Error('it did not come to pass')
      await sleep(20)
    }
  }

  test('every job is done once, whichever process calls for it and whichever takes it', async () => {
    const [a, b] = [await open(), await open()]
    const done: string[] = []
    await a.work('review', 2, worker('a', done))
    await b.work('review', 2, worker('b', done))
    const ids = await Promise.all(Array.from({ length: 60 }, (_, number) => accept(number + 1)))
    await Promise.all(ids.map((id) => a.wake('review', id)))
    await until(() => done.length >= 60)
    expect(done.map((line) => line.split(' ')[1]).sort()).toEqual(ids.sort())
    expect(new Set(done.map((line) => line[0]))).toEqual(new Set(['a', 'b']))
  })

  test('a process that serves the interface alone calls one that works', async () => {
    const [api, busy] = [await open(), await open()]
    const done: string[] = []
    await busy.work('review', 1, worker('busy', done))
    await api.wake('review', await accept(1))
    await until(() => done.length === 1)
  })

  test('a job that waits for its next attempt is called when it is due', async () => {
    const queue = await open()
    const called: number[] = []
    await queue.work('review', 1, async () => {
      called.push(Date.now())
    })
    const id = await accept(1)
    const lease = await store.jobs.claim(id, 'x', LEASE)
    if (lease) await store.jobs.release(lease, 1500, { error: 'again' })
    const from = Date.now()
    await queue.wake('review', id, 1500)
    await until(() => called.length > 0)
    expect((called[0] ?? 0) - from).toBeGreaterThan(1000)
  })

  test('nothing is called once it is closed', async () => {
    const queue = await open()
    const done: string[] = []
    await queue.work('review', 1, worker('a', done))
    await queue.close()
    await queue.wake('review', await accept(1))
    await sleep(300)
    expect(done).toEqual([])
  })
})
