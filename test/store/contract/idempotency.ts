import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refused } from '../../../src/store/database.ts'
import type { Store } from '../../../src/store/store.ts'
import { AT, by, idOf, type OpenStore, review } from './made.ts'

export function describeIdempotency(openStore: OpenStore): void {
  describe('requests that may come twice', () => {
    let close: () => Promise<void>
    let store: Store
    beforeEach(async () => {
      ;({ store, close } = await openStore())
    })
    afterEach(() => close())

    const scope = { tenant: 'default' }
    const accept = (number: number, fingerprint = 'aa', asker: { tenant: string; owner?: string } = scope) => {
      const also = store.idempotency.claim(asker, { key: 'K', fingerprint }, idOf(number))
      return store.reviews.accept(review(number), by({ tenant: asker.tenant }), { also })
    }

    test('are known with what was made of them', async () => {
      expect(await store.idempotency.find(scope, 'K')).toBeNull()
      await accept(1)
      expect(await store.idempotency.find(scope, 'K')).toEqual({ fingerprint: 'aa', subject: 'rev_0001' })
      expect(await store.idempotency.find(scope, 'k')).toBeNull()
    })

    test('make one thing, however many come at once', async () => {
      const made = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => accept(number)))
      const refused = made.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
      expect(refused).toHaveLength(4)
      for (const reason of refused) expect(reason).not.toBeInstanceOf(Refused)
      const reviews = await store.reviews.list({}, { limit: 9 })
      expect(reviews).toHaveLength(1)
      expect((await store.idempotency.find(scope, 'K'))?.subject).toBe(reviews[0]?.id)
    })

    test('are each tenant’s own, and each applicant’s', async () => {
      await accept(1)
      await accept(2, 'bb', { tenant: 'north' })
      await accept(3, 'cc', { tenant: 'north', owner: 'key_1' })
      expect((await store.idempotency.find({ tenant: 'north' }, 'K'))?.subject).toBe('rev_0002')
      expect((await store.idempotency.find({ tenant: 'north', owner: 'key_1' }, 'K'))?.subject).toBe('rev_0003')
      expect(await store.idempotency.find({ tenant: 'north', owner: 'key_2' }, 'K')).toBeNull()
    })

    test('do not bring back what was erased', async () => {
      await accept(1)
      await store.reviews.erase('rev_0001', AT)
      expect((await store.idempotency.find(scope, 'K'))?.subject).toBe('rev_0001')
      await expect(accept(2)).rejects.toThrow()
    })
  })
}
