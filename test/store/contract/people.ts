import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Decision } from '../../../src/review/schema.ts'
import type { ApiKey } from '../../../src/store/keys.ts'
import { createSealer } from '../../../src/store/sealer.ts'
import type { Store } from '../../../src/store/store.ts'
import { verifyTrail } from '../../../src/store/verify-trail.ts'
import { AT, by, done, type OpenStore, putDone, review } from './made.ts'

const key = (id: string, more: Partial<ApiKey> = {}) => ({
  id,
  tenant: 'default',
  name: '王老师',
  role: 'reviewer' as const,
  createdAt: AT,
  digest: `digest of ${id}`,
  ...more,
})

const decision = (id: string, more: Partial<Decision> = {}): Decision => ({
  id,
  rule: 'leader-age',
  ruling: 'uphold',
  at: AT,
  by: { key: 'xs_1' },
  ...more,
})

/** Keys, decisions, the audit trail's chain and what has expired. */
export function describePeople(openStore: OpenStore): void {
  describe('people', () => {
    let close: () => Promise<void>
    let store: Store
    beforeEach(async () => {
      ;({ store, close } = await openStore())
    })
    afterEach(() => close())

    test('a key is found by its id, with everything that was said of it', async () => {
      expect(await store.keys.exist()).toBe(false)
      const expiresAt = '2025-01-01T00:00:00.000Z'
      await store.keys.add(key('xs_1', { expiresAt, role: 'applicant', tenant: 'south' }), 'local')
      expect(await store.keys.find('xs_1')).toEqual(key('xs_1', { expiresAt, role: 'applicant', tenant: 'south' }))
      expect(await store.keys.find('xs_2')).toBeNull()
      expect(await store.keys.exist()).toBe(true)
      await expect(store.keys.add(key('xs_1'), 'local')).rejects.toThrow()
    })

    test('keys are listed oldest first, all or a tenant’s, without digests', async () => {
      await store.keys.add(key('xs_b', { createdAt: '2024-11-21T08:00:00.000Z' }), 'local')
      await store.keys.add(key('xs_a', { createdAt: '2024-11-22T08:00:00.000Z' }), 'local')
      await store.keys.add(key('xs_c', { tenant: 'south' }), 'local')
      expect((await store.keys.list()).map(({ id }) => id)).toEqual(['xs_c', 'xs_b', 'xs_a'])
      expect((await store.keys.list('default')).map(({ id }) => id)).toEqual(['xs_b', 'xs_a'])
      expect(JSON.stringify(await store.keys.list())).not.toContain('digest')
    })

    test('a key is revoked once, and only by its own tenant', async () => {
      await store.keys.add(key('xs_1'), 'local')
      const later = '2024-11-23T08:00:00.000Z'
      expect(await store.keys.revoke('xs_1', { at: later, actor: 'xs_9', tenant: 'south' })).toBe(false)
      expect((await store.keys.find('xs_1'))?.revokedAt).toBeUndefined()
      expect(await store.keys.revoke('xs_1', { at: later, actor: 'xs_9', tenant: 'default' })).toBe(true)
      expect(await store.keys.revoke('xs_1', { at: AT, actor: 'xs_9' })).toBe(false)
      expect((await store.keys.find('xs_1'))?.revokedAt).toBe(later)
      expect(await store.keys.revoke('xs_2', { at: AT, actor: 'xs_9' })).toBe(false)
      expect(await store.keys.exist()).toBe(true)
    })

    test('a key’s last use is a day', async () => {
      await store.keys.add(key('xs_1'), 'local')
      await store.keys.noteUse('xs_1', '2024-11-24')
      expect(await store.keys.list()).toEqual([expect.objectContaining({ lastUsedOn: '2024-11-24' })])
    })

    test('the audit trail tells of keys who did what, and no names', async () => {
      await store.keys.add(key('xs_1', { tenant: 'south' }), 'local')
      await store.keys.revoke('xs_1', { at: AT, actor: 'xs_9' })
      const trail = await store.audit.of('xs_1')
      expect(trail.map(({ action, actor, tenant }) => [action, actor, tenant])).toEqual([
        ['key-created', 'local', 'south'],
        ['key-revoked', 'xs_9', 'south'],
      ])
      expect(JSON.stringify(trail)).not.toMatch(/王老师|digest/)
    })

    test('the audit trail tells who handed in, cancelled, retried and erased a review of which tenant', async () => {
      await store.reviews.accept(review(1), by({ tenant: 'south', owner: 'xs_1' }))
      await store.reviews.cancel(review(1, { status: 'failed', finishedAt: AT }), { actor: 'xs_1' })
      await store.reviews.retry(review(1), AT, { actor: 'xs_2' })
      await store.reviews.erase('rev_0001', AT, undefined, { actor: 'xs_3' })
      expect((await store.audit.of('rev_0001')).map(({ action, actor, tenant }) => [action, actor, tenant])).toEqual([
        ['accepted', 'xs_1', 'south'],
        ['cancelled', 'xs_1', 'south'],
        ['retried', 'xs_2', 'south'],
        ['deleted', 'xs_3', 'south'],
      ])
    })

    test('decisions are added to finished reviews, kept in order, and go with the review', async () => {
      await store.keys.add(key('xs_1'), 'local')
      await store.reviews.accept(review(2), by())
      expect(await store.decisions.add('rev_0002', decision('dec_0'))).toBe(false)
      expect(await store.decisions.add('rev_0009', decision('dec_0'))).toBe(false)
      await putDone(store, done(1))
      const second = decision('dec_2', { ruling: 'overrule', reason: '原件已盖章', finding: 3, by: { key: 'local' } })
      expect(await store.decisions.add('rev_0001', decision('dec_1'))).toBe(true)
      expect(await store.decisions.add('rev_0001', second)).toBe(true)
      expect(await store.decisions.of('rev_0001')).toEqual([
        decision('dec_1', { by: { key: 'xs_1', name: '王老师' } }),
        second,
      ])
      expect(await store.decisions.of('rev_0002')).toEqual([])
      const [, told] = (await store.audit.of('rev_0001')).slice(-2)
      expect(told).toMatchObject({
        action: 'decided',
        actor: 'local',
        detail: { decision: 'dec_2', ruling: 'overrule' },
      })
      expect(JSON.stringify(told)).not.toContain('原件')
      await store.reviews.erase('rev_0001', AT)
      expect(await store.decisions.of('rev_0001')).toEqual([])
    })

    test('what was written is sealed once, in the order of its writing, and holds', async () => {
      await store.reviews.accept(review(1), by())
      await store.reviews.accept(review(2), by())
      expect(await store.audit.seal(100)).toMatchObject({ sealed: 2, head: { position: 2 } })
      expect(await store.audit.seal(100)).toMatchObject({ sealed: 0, head: { position: 2 } })
      await store.reviews.erase('rev_0001', AT)
      expect(await store.audit.count()).toMatchObject({ lines: 3, unsealed: 1 })
      const { head } = await store.audit.seal(100, true)
      expect(await verifyTrail(store.audit, head)).toMatchObject({ head, expected: 'held', unsealed: 0 })
      const lines = (await store.audit.sealed(0, 10)).map(({ line }) => [line?.action, line?.subject])
      expect(lines).toEqual([
        ['accepted', 'rev_0001'],
        ['accepted', 'rev_0002'],
        ['deleted', 'rev_0001'],
      ])
    })

    test('several that seal at once make one chain', async () => {
      for (let number = 1; number <= 40; number++) await store.reviews.accept(review(number), by())
      const sealers = [1, 2, 3].map(() => createSealer(store.audit))
      await Promise.all(sealers.map((seal) => seal()))
      for (const seal of sealers) await seal()
      const found = await verifyTrail(store.audit)
      expect(found).toMatchObject({ head: { position: 40 }, unsealed: 0 })
      expect(found.broken).toBeUndefined()
      expect(found.lost ?? 0).toBe(0)
    })

    test('reviews finished before a moment are found, the oldest first', async () => {
      await putDone(store, done(1, { finishedAt: '2024-11-03T00:00:00.000Z' }), [], { tenant: 'south' })
      await putDone(store, done(2, { finishedAt: '2024-11-02T00:00:00.000Z' }))
      await putDone(store, done(3, { finishedAt: '2024-11-05T00:00:00.000Z' }))
      await store.reviews.accept(review(4), by())
      expect(await store.expiry.finishedBefore('2024-11-05T00:00:00.000Z', 10)).toEqual([
        { id: 'rev_0002', tenant: 'default' },
        { id: 'rev_0001', tenant: 'south' },
      ])
      expect(await store.expiry.finishedBefore('2024-11-05T00:00:00.000Z', 1)).toHaveLength(1)
    })
  })
}
