import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Problem } from '../../../src/problem.ts'
import { jobId } from '../../../src/store/jobs.ts'
import type { Store } from '../../../src/store/store.ts'
import { AT, by, done, finding, idOf, LEASE, type OpenStore, putDone, review, take } from './made.ts'

const scope = { tenant: 'default' }
const LATER = '2024-11-21T08:00:00.000Z'

export function describeBatches(openStore: OpenStore): void {
  describe('batches', () => {
    let close: () => Promise<void>
    let store: Store
    beforeEach(async () => {
      ;({ store, close } = await openStore())
    })
    afterEach(() => close())

    const refused = { name: '旧表.rar', problem: new Problem('unsupported_media_type', '不支持').toDetails() }
    const accept = (id: string, reviews: number[], more: object = {}) =>
      store.batches.accept({
        ...{ id, ...scope, createdAt: AT, request: { pack: 'p', callbackUrl: 'https://a.example' } },
        items: [
          ...reviews.map((number) => ({
            name: `${number}.pdf`,
            review: review(number),
            uploads: [{ name: `${number}.pdf`, sha256: 'a'.repeat(64) }],
          })),
          refused,
        ],
        ...more,
      })
    const finish = async (batchId: string, number: number, more = {}) => {
      const lease = await take(store, number)
      await store.reviews.start(lease, AT)
      const also = store.batches.reviewEnded(batchId, idOf(number))
      return store.reviews.finish(lease, done(number, more), { also })
    }
    const due = async () => (await store.jobs.due('batch', 9)).map(({ id }) => id)
    const claim = async (id: string) => {
      const lease = await store.jobs.claim(jobId('batch', id), 'worker-1', LEASE)
      if (!lease) throw new Error('there is no such job')
      return lease
    }

    test('are accepted whole: reviews with their jobs and files, refused files, audit lines', async () => {
      await accept('bat_1', [1, 2], { externalId: 'E-1' })
      expect(await store.batches.get('bat_1', scope)).toEqual({
        ...{ id: 'bat_1', status: 'running', createdAt: AT, externalId: 'E-1' },
        counts: { items: 3, queued: 2, running: 0, done: 0, failed: 1 },
        verdicts: { pass: 0, return: 0, manual: 0 },
      })
      expect(await store.reviews.request(idOf(2))).toEqual({
        ...{ tenant: 'default', batchId: 'bat_1', request: { pack: 'p' } },
        uploads: [{ name: '2.pdf', sha256: 'a'.repeat(64) }],
      })
      expect((await store.jobs.due('review', 9)).map(({ id }) => id)).toEqual(['review/rev_0001', 'review/rev_0002'])
      expect(await store.audit.of(idOf(1))).toMatchObject([{ action: 'accepted', detail: { batch: 'bat_1' } }])
      expect(await store.audit.of('bat_1')).toMatchObject([{ action: 'accepted', tenant: 'default' }])
      expect(await store.batches.items('bat_1', { limit: 9 })).toEqual([
        { position: 0, name: '1.pdf', review: idOf(1), status: 'queued', fail: 0, unknown: 0 },
        { position: 1, name: '2.pdf', review: idOf(2), status: 'queued', fail: 0, unknown: 0 },
        { position: 2, ...refused, status: 'failed', fail: 0, unknown: 0 },
      ])
      expect((await store.batches.items('bat_1', { limit: 1, after: 0 })).map(({ name }) => name)).toEqual(['2.pdf'])
    })

    test('are nothing when they cannot be written whole', async () => {
      await putDone(store, done(2))
      await expect(accept('bat_1', [1, 2])).rejects.toThrow()
      expect(await store.batches.get('bat_1')).toBeNull()
      expect(await store.reviews.get(idOf(1))).toBeNull()
    })

    test('are due when the last of their reviews has ended, and only then', async () => {
      await accept('bat_1', [1, 2])
      await finish('bat_1', 1)
      expect(await due()).toEqual([])
      await finish('bat_1', 2, { findings: [finding('a', 'fail'), finding('b', 'unknown')], verdict: 'return' })
      expect(await due()).toEqual(['batch/bat_1'])
      const items = await store.batches.items('bat_1', { limit: 9 })
      expect(items[1]).toMatchObject({ status: 'done', verdict: 'return', fail: 1, unknown: 1 })
    })

    test('are due at once when every file was refused', async () => {
      await accept('bat_1', [])
      expect(await due()).toEqual(['batch/bat_1'])
    })

    test('are due however many of their reviews end at the same moment', async () => {
      await accept('bat_1', [1, 2, 3, 4])
      await Promise.all([1, 2, 3, 4].map((number) => finish('bat_1', number)))
      expect(await due()).toEqual(['batch/bat_1'])
    })

    test('are due when the last review under way is erased', async () => {
      await accept('bat_1', [1, 2])
      await finish('bat_1', 1)
      await store.reviews.erase(idOf(2), AT, scope, { also: store.batches.reviewEnded('bat_1', idOf(2)) })
      expect(await due()).toEqual(['batch/bat_1'])
      expect((await store.batches.get('bat_1'))?.counts.items).toBe(2)
    })

    test('are ended once, by who holds their job', async () => {
      await accept('bat_1', [1])
      await finish('bat_1', 1)
      const lease = await claim('bat_1')
      const changed = done(1, { findings: [finding('a', 'fail')], verdict: 'return' })
      expect(await store.batches.compared(lease, changed, AT, ['a'])).toBe(true)
      expect(await store.reviews.list({ rule: 'a' }, { limit: 9 })).toMatchObject([{ id: idOf(1), verdict: 'return' }])
      expect((await store.audit.of(idOf(1))).at(-1)).toMatchObject({ action: 'compared', detail: { rules: ['a'] } })
      const stranger = { ...lease, owner: 'worker-2' }
      expect(await store.batches.compared(stranger, changed, AT, [])).toBe(false)
      expect(await store.batches.finish(stranger, AT)).toBe(false)
      expect(await store.batches.finish(lease, AT)).toBe(true)
      expect(await store.batches.finish(lease, AT)).toBe(false)
      expect(await store.batches.get('bat_1')).toMatchObject({ status: 'done', finishedAt: AT })
    })

    test('are open again when one of their reviews is, and end with it', async () => {
      await accept('bat_1', [1])
      const lease = await take(store, 1)
      const also = store.batches.reviewEnded('bat_1', idOf(1))
      await store.reviews.finish(lease, review(1, { status: 'failed', finishedAt: AT }), { also })
      const first = await claim('bat_1')
      await store.reviews.retry(review(1), AT, { also: store.batches.reopen('bat_1') })
      expect(await store.batches.finish(first, AT)).toBe(false)
      await finish('bat_1', 1)
      expect(await store.batches.finish(first, AT)).toBe(false)
      expect(await store.batches.finish(await claim('bat_1'), AT)).toBe(true)
      expect((await store.batches.get('bat_1'))?.counts.done).toBe(1)
    })

    test('that were cancelled are not compared any more', async () => {
      await accept('bat_1', [1, 2])
      await finish('bat_1', 1)
      expect(await store.batches.cancel('bat_1', AT, { tenant: 'north' }, 'k')).toBeNull()
      expect(await store.batches.cancel('bat_1', AT, scope, 'k')).toEqual([idOf(2)])
      expect(await store.batches.cancel('bat_1', LATER, scope, 'k')).toEqual([idOf(2)])
      await finish('bat_1', 2)
      expect(await due()).toEqual([])
      expect(await store.batches.get('bat_1')).toMatchObject({ status: 'cancelled', finishedAt: AT })
    })

    test('are seen by their tenant and by whose key handed them in', async () => {
      await accept('bat_1', [1], { tenant: 'north', owner: 'k1' })
      await accept('bat_2', [2], { tenant: 'north', owner: 'k2' })
      await accept('bat_3', [3])
      const ids = async (of: { tenant: string; owner?: string }) =>
        (await store.batches.list(of, { limit: 9 })).map(({ id }) => id)
      expect(await ids({ tenant: 'north' })).toEqual(['bat_2', 'bat_1'])
      expect(await ids({ tenant: 'north', owner: 'k1' })).toEqual(['bat_1'])
      expect(await ids(scope)).toEqual(['bat_3'])
      expect(await store.batches.list({ tenant: 'north' }, { limit: 1, after: 'bat_2' })).toMatchObject([
        { id: 'bat_1' },
      ])
      expect(await store.batches.get('bat_1', { tenant: 'north', owner: 'k2' })).toBeNull()
      expect((await store.reviews.request(idOf(1)))?.owner).toBe('k1')
      expect(await store.batches.request('bat_1')).toMatchObject({
        tenant: 'north',
        owner: 'k1',
        request: { pack: 'p' },
      })
    })

    test('are erased with all their reviews; the audit lines stay', async () => {
      await accept('bat_1', [1, 2])
      await putDone(store, done(3), [], by({ uploads: [{ name: 'x', sha256: 'b'.repeat(64) }] }))
      expect(await store.batches.erase('bat_1', AT, { tenant: 'north' }, 'k')).toBeNull()
      expect(await store.batches.erase('bat_1', AT, scope, 'k')).toEqual({
        reviews: [idOf(1), idOf(2)],
        orphans: ['a'.repeat(64)],
      })
      expect(await store.batches.get('bat_1')).toBeNull()
      expect(await store.reviews.get(idOf(1))).toBeNull()
      expect(await store.reviews.get(idOf(3))).not.toBeNull()
      expect(await store.jobs.due('review', 9)).toEqual([])
      expect((await store.audit.of(idOf(1))).at(-1)).toMatchObject({ action: 'deleted', actor: 'k' })
      expect((await store.audit.of('bat_1')).at(-1)).toMatchObject({ action: 'deleted', actor: 'k' })
      expect(await store.batches.erase('bat_1', AT, scope, 'k')).toBeNull()
    })

    test('are kept as long as their reviews, and these as long as they', async () => {
      await accept('bat_1', [1])
      await finish('bat_1', 1)
      expect(await store.expiry.finishedBefore(LATER, 9)).toEqual([])
      expect(await store.expiry.batchesFinishedBefore(LATER, 9)).toEqual([])
      await store.batches.finish(await claim('bat_1'), AT)
      expect(await store.expiry.batchesFinishedBefore(LATER, 9)).toEqual([{ id: 'bat_1', tenant: 'default' }])
    })
  })
}
