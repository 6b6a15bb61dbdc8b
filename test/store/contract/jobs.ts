import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { AT, by, LEASE, type OpenStore, review, take } from './made.ts'

export function describeJobs(openStore: OpenStore): void {
  describe('jobs', () => {
    let close: () => Promise<void>
    let store: Store
    beforeEach(async () => {
      ;({ store, close } = await openStore())
    })
    afterEach(() => close())

    const job = (number: number) => ({ id: `review/rev_000${number}`, kind: 'review' as const })
    const accept = async (...numbers: number[]) => {
      for (const number of numbers) await store.reviews.accept(review(number), by())
    }

    test('are due in the order in which they came', async () => {
      await accept(3)
      // Times are told apart by the millisecond.
      await new Promise((resolve) => setTimeout(resolve, 5))
      await accept(1, 2)
      const due = await store.jobs.due('review', 10)
      expect(due.map(({ id }) => id).sort()).toEqual([job(1).id, job(2).id, job(3).id])
      expect(due[0]).toEqual(job(3))
      expect(await store.jobs.due('review', 1)).toEqual([job(3)])
      expect(await store.jobs.due('delivery', 10)).toEqual([])
    })

    test('are taken by one', async () => {
      await accept(1)
      const owners = ['a', 'b', 'c', 'd']
      const taken = await Promise.all(owners.map((owner) => store.jobs.claim(job(1).id, owner, LEASE)))
      const [lease, ...more] = taken.filter((each) => each !== null)
      expect(more).toEqual([])
      expect(lease).toMatchObject({ ...job(1), subject: 'rev_0001', attempts: 1, starts: 1 })
      expect(await store.jobs.due('review', 10)).toEqual([])
      expect(await store.jobs.claim('review/rev_0009', 'a', LEASE)).toBeNull()
    })

    test('whose holder is gone are taken up by another, and the first has lost them', async () => {
      await accept(1, 2)
      const lost = await take(store, 1, 'a', 0)
      const kept = await take(store, 2, 'a')
      expect(await store.jobs.expire()).toEqual([job(1)])
      const again = await take(store, 1, 'b')
      expect(again).toMatchObject({ attempts: 2, starts: 2 })
      expect(await store.jobs.renew(lost, LEASE)).toBe(false)
      expect(await store.jobs.complete(lost)).toBe(false)
      expect(await store.jobs.release(lost, 0, { interrupted: true })).toBe(false)
      expect(await store.jobs.renew(kept, LEASE)).toBe(true)
      expect(await store.jobs.complete(again)).toBe(true)
      expect(await store.jobs.complete(again)).toBe(false)
    })

    test('that are renewed are not taken for dead', async () => {
      await accept(1)
      const lease = await take(store, 1, 'a', 0)
      expect(await store.jobs.renew(lease, LEASE)).toBe(true)
      expect(await store.jobs.expire()).toEqual([])
    })

    test('of a process that is gone for sure are ready at once', async () => {
      await accept(1, 2)
      await take(store, 1)
      await store.jobs.complete(await take(store, 2))
      expect(await store.jobs.expire({ all: true })).toEqual([job(1)])
      await take(store, 1)
    })

    test('lost again and again wait longer each time, and go on at once when something was stored', async () => {
      await accept(1)
      await take(store, 1, 'a', 0)
      await store.jobs.expire()
      await take(store, 1, 'a', 0)
      await store.jobs.expire()
      expect(await store.jobs.due('review', 1)).toEqual([])
      await new Promise((resolve) => setTimeout(resolve, 2100))
      const third = await take(store, 1, 'a', 0)
      expect(third.starts).toBe(3)
      await store.steps.put(third, 'page-1', 'text')
      await store.jobs.expire()
      expect(await take(store, 1)).toMatchObject({ starts: 1, attempts: 4 })
    })

    test('put back in order count as not begun, and after an error wait as long as was said', async () => {
      await accept(1, 2)
      const interrupted = await take(store, 1)
      expect(await store.jobs.release(interrupted, 0, { interrupted: true })).toBe(true)
      const lease = await take(store, 1)
      expect(lease).toMatchObject({ starts: 1, attempts: 2 })
      expect(await store.jobs.release(lease, LEASE, { error: 'Error' })).toBe(true)
      expect(await store.jobs.due('review', 10)).toEqual([job(2)])
      expect(await store.jobs.claim(job(1).id, 'a', LEASE)).toBeNull()
    })

    test('that ended are not due any more', async () => {
      await accept(1, 2)
      expect(await store.jobs.complete(await take(store, 1))).toBe(true)
      expect(await store.jobs.fail(await take(store, 2), 'Error')).toBe(true)
      expect(await store.jobs.due('review', 10)).toEqual([])
      expect(await store.jobs.expire({ all: true })).toEqual([])
      expect(await store.jobs.depth()).toEqual([])
    })

    test('show how many wait and how long', async () => {
      await accept(1, 2, 3)
      await take(store, 1)
      const depth = await store.jobs.depth()
      expect(depth).toMatchObject([
        { kind: 'review', state: 'active', count: 1 },
        { kind: 'review', state: 'ready', count: 2 },
      ])
      for (const { oldest } of depth) {
        expect(oldest).toBeGreaterThanOrEqual(0)
        expect(oldest).toBeLessThan(60_000)
      }
    })

    test('show how far they are, in whatever process they run', async () => {
      await accept(1)
      const lease = await take(store, 1)
      await store.reviews.start(lease, AT)
      const progress = { step: '读取文件', done: 1, total: 3 }
      await store.steps.put(lease, 'page-1', 'text', progress)
      expect(await store.reviews.get('rev_0001')).toEqual(review(1, { status: 'running', progress }))
      await store.jobs.renew(lease, LEASE, { ...progress, done: 2 })
      expect((await store.reviews.get('rev_0001'))?.progress?.done).toBe(2)
    })
  })
}
