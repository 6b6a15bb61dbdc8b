import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { LOCAL } from '../../src/access/actor.ts'
import { createMemoryBlobs } from '../../src/platform/edge/memory-store.ts'
import { openPostgres } from '../../src/platform/node/postgres.ts'
import { openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { createReviewService } from '../../src/review/service.ts'
import { createKeptAnswers } from '../../src/review/steps.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createDatabase } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { type Cluster, hasPostgres, startPostgres } from '../store/postgres.ts'
import { context, doubleOf, judgeWith, PACK, RUN, reviewerWith, wholeDeclaration } from './reviewing.ts'
import { answer } from './scripted-server.ts'

type OpenStores = () => Promise<{ stores: [Store, Store]; close(): Promise<void> }>

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

function describeAskedOnce(name: string, open: OpenStores): void {
  describe(name, () => {
    let stores: [Store, Store]
    let close: () => Promise<void>
    beforeEach(async () => {
      ;({ stores, close } = await open())
    })
    afterEach(() => close())

    const patient = new AbortController().signal
    const keptBy = (process: 0 | 1, leaseMs?: number) =>
      createKeptAnswers(stores[process].answers, 'default', `rev_${process}`, undefined, leaseMs)

    test('two reviews of the same words pay for each question once', async () => {
      const { fetch: endpoint, heard } = doubleOf(() => answer())
      const fetch: typeof globalThis.fetch = async (...asked) => {
        await pause(100)
        return endpoint(...asked)
      }
      const services = stores.map((store) =>
        createReviewService({
          reviewer: reviewerWith(judgeWith(fetch)),
          reader: { open: () => Promise.reject(new Error()), ocrPage: () => Promise.reject(new Error()) },
          ...{ store, blobs: createMemoryBlobs(), clock: () => new Date(), log: () => {} },
        }),
      )
      const input = { pack: PACK, declaration: wholeDeclaration, context }
      const reviews = await Promise.all(services.map((service) => service.reviewJson(LOCAL, input)))
      const alone = doubleOf(() => answer())
      await reviewerWith(judgeWith(alone.fetch)).review({ ...input, files: [] }, RUN)
      expect(heard.toSorted()).toEqual(alone.heard.toSorted())
      expect(reviews.reduce((sum, { usage }) => sum + (usage?.llmCalls ?? 0), 0)).toBe(heard.length)
      const opinions = reviews.map(({ findings = [] }) => findings.filter(({ source }) => source === 'llm'))
      expect(opinions[0]?.length).toBeGreaterThan(0)
      expect(opinions[1]).toEqual(opinions[0])
      for (const service of services) await service.close()
    })

    test('one process waits for what another is asking, longer than a claim lasts without being prolonged', async () => {
      const asked: number[] = []
      const ask = (process: number) => async () => {
        asked.push(process)
        await pause(900)
        return `answer ${process}`
      }
      const first = keptBy(0, 300).once('key', ask(0), patient)
      await pause(50)
      const second = keptBy(1, 300).once('key', ask(1), patient)
      expect(await Promise.all([first, second])).toEqual(['answer 0', 'answer 0'])
      expect(asked).toEqual([0])
    })

    test('where the call fails, the next one asks at once', async () => {
      const failing = keptBy(0).once('key', () => pause(150).then(() => Promise.reject(new Error('refused'))), patient)
      await pause(50)
      const second = keptBy(1).once('key', async () => 'answer', patient)
      await expect(failing).rejects.toThrow('refused')
      expect(await second).toBe('answer')
    })

    test('what a process that is gone was asking is asked again when its time has run out', async () => {
      await stores[0].answers.claim({ tenant: 'default', key: 'key', owner: 'gone' }, 300)
      expect(await keptBy(1).once('key', async () => 'answer', patient)).toBe('answer')
    })

    test('who is told to stop does not wait on', async () => {
      await stores[0].answers.claim({ tenant: 'default', key: 'key', owner: 'slow' }, 60_000)
      const waiting = keptBy(1).once('key', async () => 'answer', AbortSignal.timeout(100))
      await expect(waiting).rejects.toThrow('timeout')
    })
  })
}

describeAskedOnce('two reviews in one process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'xingshen-asked-'))
  const { store, close } = openDataFolder(folder)
  return {
    stores: [store, store],
    async close() {
      close()
      await rm(folder, { recursive: true })
    },
  }
})

describe.skipIf(!hasPostgres)('on PostgreSQL (skipped where it is not installed)', () => {
  let cluster: Cluster
  beforeAll(() => {
    cluster = startPostgres()
  })
  afterAll(() => cluster.stop())

  describeAskedOnce('two processes', async () => {
    const url = await cluster.createDatabase()
    const one = await openPostgres({ url, connections: 4 })
    const other = await openPostgres({ url, connections: 4 })
    return {
      stores: [createStore(createDatabase(one, 'postgres')), createStore(createDatabase(other, 'postgres'))],
      async close() {
        await one.close()
        await other.close()
      },
    }
  })
})
