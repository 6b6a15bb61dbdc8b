import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { LOCAL } from '../../src/access/actor.ts'
import type { PageReader } from '../../src/documents/ports.ts'
import { createMemoryBlobs } from '../../src/platform/edge/memory-store.ts'
import { openPostgres } from '../../src/platform/node/postgres.ts'
import { Problem } from '../../src/problem.ts'
import { createReviewService, type ReviewService } from '../../src/review/service.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createDatabase } from '../../src/store/database.ts'
import type { Blobs, Store } from '../../src/store/store.ts'
import { compliant, createTestReviewer } from '../review/service-under-test.ts'
import { type Cluster, hasPostgres, startPostgres } from '../store/postgres.ts'

describe.skipIf(!hasPostgres)('several services on PostgreSQL (skipped where it is not installed)', () => {
  let cluster: Cluster
  beforeAll(() => {
    cluster = startPostgres()
  })
  afterAll(() => cluster.stop())

  const read: string[] = []
  const reader: PageReader = {
    async open({ bytes }) {
      read.push(new TextDecoder().decode(bytes))
      await new Promise((resolve) => setTimeout(resolve, 20))
      throw new Problem('corrupt_document', '文件已损坏')
    },
    ocrPage: () => Promise.reject(new Error('nothing is to be read here')),
  }
  let stores: Store[]
  let blobs: Blobs
  let services: ReviewService[]
  let closing: (() => Promise<void>)[]
  beforeEach(async () => {
    const url = await cluster.createDatabase()
    blobs = createMemoryBlobs()
    stores = []
    closing = []
    for (let process = 0; process < 3; process++) {
      const database = await openPostgres({ url, connections: 4 })
      stores.push(createStore(createDatabase(database, 'postgres')))
      closing.push(database.close)
    }
    services = stores.map((store) => {
      const { reviewer, clock } = createTestReviewer(reader)
      const over = { store, batching: store, blobs }
      return createReviewService({ reviewer, reader, ...over, clock, log: () => {}, leaseMs: 2000 })
    })
  })
  afterEach(async () => {
    for (const service of services) await service.close()
    for (const close of closing) await close()
  })

  test('a batch is ended once, whichever of them ends its reviews', async () => {
    for (const service of services) await service.start()
    const [store] = stores
    const files = Array.from({ length: 12 }, (_, number) => ({
      name: `${number}.pdf`,
      bytes: new TextEncoder().encode(`%PDF-1.7 ${number}`),
    }))
    const made = await Promise.all(services.map((service) => service.batches?.submit(LOCAL, files, {}, () => [])))
    for (const [number, batch] of made.entries()) {
      const id = batch?.id ?? ''
      const looking = services[(number + 1) % 3]?.batches
      await expect.poll(async () => (await looking?.get(LOCAL, id))?.status, { timeout: 20_000 }).toBe('done')
      expect((await looking?.get(LOCAL, id))?.counts).toMatchObject({ items: 12, failed: 12 })
      const ends = (await store?.audit.of(id))?.filter(({ action }) => action === 'finished')
      expect(ends).toHaveLength(1)
    }
  })

  test('each review is done once, by whichever is free', async () => {
    read.length = 0
    for (const service of services) await service.start()
    const names = Array.from({ length: 18 }, (_, number) => `%PDF-1.7 ${number}`)
    const submitted = names.map((name, number) => {
      const files = [{ name: 'a.pdf', bytes: new TextEncoder().encode(name) }]
      return services[number % 3]?.submit(LOCAL, { files })
    })
    for (const review of await Promise.all(submitted)) {
      const ended = await services[0]?.get(LOCAL, review?.id ?? '', 30)
      expect(ended).toMatchObject({ status: 'failed', problem: { code: 'corrupt_document' } })
      const trail = await stores[1]?.audit.of(review?.id ?? '')
      expect(trail?.map(({ action }) => action)).toEqual(['accepted', 'started', 'finished'])
    }
    expect(read.sort()).toEqual(names.sort())
  })

  test('a document handed in while the last review of the same is erased elsewhere stays', async () => {
    const files = [{ name: 'a.pdf', bytes: new TextEncoder().encode('%PDF-1.7 the same') }]
    const [first, second] = services
    for (let round = 0; round < 10; round++) {
      const earlier = await first?.submit(LOCAL, { files })
      const [later] = await Promise.all([second?.submit(LOCAL, { files }), first?.erase(LOCAL, earlier?.id ?? '')])
      const asked = await stores[0]?.reviews.request(later?.id ?? '')
      expect(await blobs.get(asked?.uploads[0]?.sha256 ?? '')).toEqual(files[0]?.bytes)
      await second?.erase(LOCAL, later?.id ?? '')
    }
  })

  test('of reviews finished at once each later one is compared with the earlier', async () => {
    const count = 12
    const settled: number[] = []
    for (const store of stores) {
      const { accept } = store.reviews
      store.reviews.accept = async (review, accepted, more = {}) => {
        const { reviews } = await store.traces.related('default', more.settled?.traces ?? [], review.id, 50)
        await accept(review, accepted, more)
        settled.push(reviews.length)
      }
    }
    const asked = Array.from({ length: count }, (_, number) =>
      services[number % 3]?.reviewJson(LOCAL, { declaration: compliant, pack: 'try-2025' }),
    )
    await Promise.all(asked)
    // One after the other: each knew of all that were finished before it.
    expect(settled.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, number) => number))
  })
})
