import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { AT, by, done, type OpenStore, putDone, review, take } from './made.ts'

/** Steps, answers and traces. */
export function describeWhatIsKept(openStore: OpenStore): void {
  describe('what is kept beside reviews', () => {
    let close: () => Promise<void>
    let store: Store
    beforeEach(async () => {
      ;({ store, close } = await openStore())
    })
    afterEach(() => close())

    test('a step keeps its first result and goes when the review is finished', async () => {
      await store.reviews.accept(review(1), by())
      const lease = await take(store, 1)
      expect(await store.steps.get('rev_0001', 'page-1')).toBeNull()
      expect(await store.steps.put(lease, 'page-1', 'first')).toBe('first')
      expect(await store.steps.put(lease, 'page-1', 'second')).toBe('first')
      await store.reviews.finish(lease, done(1))
      expect(await store.steps.get('rev_0001', 'page-1')).toBeNull()
    })

    test('a step is written only by who has the review in hand', async () => {
      await store.reviews.accept(review(1), by())
      const lost = await take(store, 1, 'worker-1', 0)
      await store.jobs.expire()
      const lease = await take(store, 1, 'worker-2')
      await expect(store.steps.put(lost, 'page-1', 'late')).rejects.toThrow('requires')
      expect(await store.steps.put(lease, 'page-1', 'first')).toBe('first')
    })

    test('a model’s answer is kept for the tenant’s reviews, until the one that asked is erased', async () => {
      await store.reviews.accept(review(1), by())
      await store.reviews.accept(review(2), by())
      expect(await store.answers.get('default', 'key')).toBeNull()
      const put = (number: number, key: string, answer: string, tenant = 'default') =>
        store.answers.put(tenant, key, { reviewId: `rev_000${number}`, at: AT, answer })
      expect(await put(1, 'key', 'first')).toBe('first')
      expect(await put(2, 'key', 'second')).toBe('first')
      await put(2, 'other', 'third')
      expect(await store.answers.get('default', 'key')).toBe('first')
      expect(await store.answers.get('south', 'key')).toBeNull()
      expect(await put(2, 'key', 'theirs', 'south')).toBe('theirs')
      await store.reviews.erase('rev_0001', AT)
      expect(await store.answers.get('default', 'key')).toBeNull()
      expect(await store.answers.get('default', 'other')).toBe('third')
    })

    const related = async (traces: string[], except: string, limit = 10, tenant = 'default') =>
      (await store.traces.related(tenant, traces, except, limit)).reviews

    test('reviews are found by their traces: those that share most first, then the newest; erased ones no more', async () => {
      const declared = (name: string) => ({ declaration: { leader: { name } }, fields: {} })
      await putDone(store, done(1, { ...declared('甲'), verdict: 'return', externalId: 'E-1' }), ['a', 'b'])
      await store.reviews.accept(review(2), by())
      await putDone(store, done(3, { ...declared('丙'), rerunOf: 'rev_0000' }), ['a', 'x'])
      await putDone(store, done(4, declared('丁')), ['x'])
      await putDone(store, done(5, declared('戊')), ['a', 'b'], { tenant: 'south' })
      const { version } = await store.traces.related('default', ['a', 'c'], '', 1)
      const settled = { tenant: 'default', traces: ['a', 'c'], version }
      await store.reviews.finish(await take(store, 2), done(2, declared('乙')), { settled })
      const found = await related(['a', 'b'], 'rev_0003')
      expect(found.map(({ id }) => id)).toEqual(['rev_0001', 'rev_0002'])
      expect(found[0]).toMatchObject({ verdict: 'return', externalId: 'E-1', declaration: { leader: { name: '甲' } } })
      const newest = await related(['a'], 'rev_0009', 2)
      expect(newest.map(({ id, rerunOf }) => [id, rerunOf])).toEqual([
        ['rev_0003', 'rev_0000'],
        ['rev_0002', undefined],
      ])
      await store.reviews.erase('rev_0001', AT)
      expect((await related(['b'], 'rev_0009')).map(({ id }) => id)).toEqual([])
      expect(await related([], 'rev_0009')).toEqual([])
      expect((await related(['b'], '', 10, 'south')).map(({ id }) => id)).toEqual(['rev_0005'])
    })

    test('a blank value of a known declaration is not one that is absent', async () => {
      const fields = { 'leader.name': { value: '甲', raw: '甲', confidence: 0.9, evidence: [] } }
      await putDone(store, done(1, { declaration: { leader: { name: '甲', title: null } }, fields }), ['a'])
      expect(await related(['a'], '')).toEqual([
        { id: 'rev_0001', verdict: 'pass', declaration: { leader: { name: '甲', title: null } }, fields },
      ])
    })

    test('of two reviews that share a trace and are finished at once the later one must have seen the earlier', async () => {
      const { version } = await store.traces.related('default', ['a'], '', 1)
      const settled = { tenant: 'default', traces: ['a'], version }
      const two = [store.reviews.accept(done(1), by(), { settled }), store.reviews.accept(done(2), by(), { settled })]
      const outcomes = await Promise.allSettled(two)
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(await related(['a'], '')).toHaveLength(1)
    })

    test('reviews that share no trace do not get in each other’s way', async () => {
      const settledBy = async (traces: string[]) => {
        const { version } = await store.traces.related('default', traces, '', 1)
        return { tenant: 'default', traces, version }
      }
      const [first, second] = [await settledBy(['a', 'b']), await settledBy(['c'])]
      await Promise.all([
        store.reviews.accept(done(1), by(), { settled: first }),
        store.reviews.accept(done(2), by(), { settled: second }),
      ])
      expect(await related(['a', 'c'], '')).toHaveLength(2)
    })

    test('a review that was erased meanwhile counts as a change too', async () => {
      await putDone(store, done(1), ['a'])
      const { version } = await store.traces.related('default', ['a'], '', 1)
      await store.reviews.erase('rev_0001', AT)
      const settled = { tenant: 'default', traces: ['a'], version }
      await expect(store.reviews.accept(done(2), by(), { settled })).rejects.toThrow()
    })
  })
}
