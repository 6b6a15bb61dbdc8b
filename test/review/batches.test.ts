import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { skill, university } from '../../samples/generate/cases/beijing-compliant.ts'
import type { Declaration } from '../../src/declaration/schema.ts'
import type { JobRun } from '../../src/jobs/runner.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { type DataFolder, openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { tracesOfReview } from '../../src/review/across.ts'
import { createBatchHandler } from '../../src/review/batches/ending.ts'
import { createReviewer } from '../../src/review/reviewer.ts'
import type { Review } from '../../src/review/schema.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import type { Batches } from '../../src/store/batches.ts'
import type { Lease } from '../../src/store/jobs.ts'
import { nextOfDepartment, projects } from '../rules/made-pairs.ts'
import { noReader } from './service-under-test.ts'

const packs = loadPacks(packSourceFromFolder('rules'))
const clock = () => new Date('2024-11-22T08:00:00Z')
const reviewer = createReviewer({ packs, reader: noReader, clock, log: () => {} })
const options = { pack: 'beijing-2025-municipal' }
const AT = clock().toISOString()
const [medical = university.full] = projects
/** Three projects of one department under one leader, of whom two may be. */
const department: Declaration[] = [
  medical,
  nextOfDepartment(medical, university.full),
  nextOfDepartment(medical, skill.full),
]

let folder: string
let data: DataFolder
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-batch-'))
  data = openDataFolder(folder)
})
afterEach(async () => {
  data.close()
  await rm(folder, { recursive: true })
})

const queued = (id: string): Review => ({ id, status: 'queued', createdAt: AT, documents: [] })
const idOf = (batch: string, index: number) => `rev_${batch}_${index}`

/** A batch of which every declaration was reviewed alone. */
async function reviewed(id: string, declarations: Declaration[]): Promise<void> {
  const { batches, jobs, reviews, traces } = data.store
  const items = declarations.map((_, index) => ({ name: `${index}.pdf`, review: queued(idOf(id, index)), uploads: [] }))
  await batches.accept({ id, tenant: 'default', createdAt: AT, request: options, items })
  for (const [index, declaration] of declarations.entries()) {
    const own = idOf(id, index)
    const lease = await jobs.claim(`review/${own}`, 'w', 60_000)
    const review = await reviewer.review({ ...options, declaration, files: [] }, { id: own, createdAt: AT })
    const { version } = await traces.related('default', tracesOfReview(review), own, 1)
    const settled = { tenant: 'default', traces: tracesOfReview(review), version }
    if (lease) await reviews.finish(lease, review, { settled, also: batches.reviewEnded(id, own) })
  }
}

/** Takes the batch's job; `instead`: in place of the store's own methods. */
async function end(id: string, instead: Partial<Batches> = {}, ended = () => {}) {
  const { store } = data
  const lease = await store.jobs.claim(`batch/${id}`, crypto.randomUUID(), 60_000)
  if (!lease) throw new Error('the batch is not due')
  const whenBatchFinished = () => {
    ended()
    return []
  }
  const batches = { ...store.batches, ...instead }
  const handle = createBatchHandler({
    packs,
    store,
    clock,
    batches,
    audit: store.audit,
    whenBatchFinished,
    ended: () => {},
  })
  return handle(id, runOf(lease))
}

const runOf = (lease: Lease): JobRun => ({
  lease,
  signal: new AbortController().signal,
  report: () => {},
  isHeld: async () => true,
  lose: () => {},
})

const reviewsOf = async (id: string, count: number) => {
  const found = await Promise.all(Array.from({ length: count }, (_, index) => data.store.reviews.get(idOf(id, index))))
  return found.filter((review) => review !== null)
}
const quotas = (reviews: Review[]) =>
  reviews.map(({ findings = [] }) => findings.find(({ rule }) => rule === 'leader-quota')?.status)

describe('the end of a batch', () => {
  test('asks the rules again on which the others bear; what changed says so', async () => {
    await reviewed('bat_1', department)
    expect(quotas(await reviewsOf('bat_1', 3))).not.toContain('fail')
    expect(await end('bat_1')).toBe('ended')
    const after = await reviewsOf('bat_1', 3)
    expect(quotas(after)).toEqual(['fail', 'fail', 'fail'])
    for (const review of after) {
      expect(review.verdict).toBe('return')
      expect(review.compared).toMatchObject({ batch: 'bat_1', at: AT, rules: expect.arrayContaining(['leader-quota']) })
    }
    expect(await data.store.reviews.list({ rule: 'leader-quota', verdict: 'return' }, { limit: 9 })).toHaveLength(3)
    expect(await data.store.batches.get('bat_1')).toMatchObject({ status: 'done', verdicts: { return: 3 } })
    expect((await data.store.batches.items('bat_1', { limit: 9 })).map(({ compared }) => compared)).toEqual([
      true,
      true,
      true,
    ])
  })

  test('leaves a review as it is on which the others do not bear', async () => {
    await reviewed('bat_1', [medical])
    const before = await reviewsOf('bat_1', 1)
    expect(await end('bat_1')).toBe('ended')
    expect(await reviewsOf('bat_1', 1)).toEqual(before)
  })

  test('also looks at what was reviewed before the batch', async () => {
    await reviewed('bat_0', department.slice(0, 1))
    await end('bat_0')
    await reviewed('bat_1', department.slice(1))
    await end('bat_1')
    expect(quotas(await reviewsOf('bat_1', 2))).toEqual(['fail', 'fail'])
  })

  test('comes to the same wherever the process dies, and is told once', async () => {
    await reviewed('bat_0', department)
    await end('bat_0')
    const whole = (await reviewsOf('bat_0', 3)).map(({ findings, compared, verdict }) => ({
      verdict,
      rules: compared?.rules,
      findings: findings?.map(({ rule, status }) => `${rule} ${status}`),
    }))
    await data.store.batches.erase('bat_0', AT, { tenant: 'default' }, 'k')

    await reviewed('bat_1', department)
    let told = 0
    for (let writes = 0; ; writes++) {
      let left = writes
      const die = <A extends unknown[], T>(write: (...given: A) => Promise<T>) => {
        return async (...given: A): Promise<T> => {
          if (left-- === 0) throw new Error('the process dies')
          return write(...given)
        }
      }
      const { compared, finish } = data.store.batches
      const outcome = await end('bat_1', { compared: die(compared), finish: die(finish) }, () => told++).catch(
        () => null,
      )
      if (outcome === 'ended') break
      expect((await data.store.batches.get('bat_1'))?.status).toBe('running')
      await data.store.jobs.expire({ all: true })
      await new Promise((resolve) => setTimeout(resolve, 1100))
    }
    const again = (await reviewsOf('bat_1', 3)).map(({ findings, compared, verdict }) => ({
      verdict,
      rules: compared?.rules,
      findings: findings?.map(({ rule, status }) => `${rule} ${status}`),
    }))
    expect(again).toEqual(whole)
    expect(await data.store.jobs.claim('batch/bat_1', 'w', 1)).toBeNull()
    const lines = (await data.store.audit.of('bat_1')).filter(({ action }) => action === 'finished')
    expect(lines).toHaveLength(1)
    for (const { id } of await reviewsOf('bat_1', 3))
      expect((await data.store.audit.of(id)).filter(({ action }) => action === 'compared')).toHaveLength(1)
    expect(told).toBeGreaterThan(0)
  })

  test('keeps what a person ruled, and the place of the finding it was ruled on', async () => {
    await reviewed('bat_1', department)
    const own = idOf('bat_1', 0)
    const { findings = [] } = (await data.store.reviews.get(own)) ?? {}
    const place = findings.length - 1
    const rule = findings[place]?.rule ?? ''
    const ruling = { id: 'dec_1', rule, finding: place, ruling: 'uphold' as const, at: AT, by: { key: 'k' } }
    await data.store.decisions.add(own, ruling)
    await end('bat_1')
    const after = await data.store.reviews.get(own)
    expect(after?.compared).toBeDefined()
    expect(after?.findings?.map((each) => each.rule)).toEqual(findings.map((each) => each.rule))
    expect(after?.findings?.[place]?.rule).toBe(rule)
    expect(await data.store.decisions.of(own)).toHaveLength(1)
  })

  test('does nothing for a batch that was cancelled or erased meanwhile', async () => {
    await reviewed('bat_1', department)
    await reviewed('bat_2', department)
    const lease = await data.store.jobs.claim('batch/bat_1', 'w', 60_000)
    await data.store.batches.cancel('bat_1', AT, { tenant: 'default' }, 'k')
    expect(lease).not.toBeNull()
    const before = await reviewsOf('bat_2', 3)
    const erased = () => data.store.batches.erase('bat_2', AT, { tenant: 'default' }, 'k')
    const { request } = data.store.batches
    const outcome = await end('bat_2', {
      async request(id) {
        const asked = await request(id)
        await erased()
        return asked
      },
    })
    expect(outcome).toBe('done')
    expect(before).toHaveLength(3)
    expect(quotas(await reviewsOf('bat_1', 3))).not.toContain('fail')
  })
})
