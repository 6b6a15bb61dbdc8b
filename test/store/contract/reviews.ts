import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { AT, by, done, failed, finding, idOf, type OpenStore, putDone, review, take } from './made.ts'

export function describeReviews(openStore: OpenStore): void {
  describe('reviews', () => {
    let close: () => Promise<void>
    let store: Store
    beforeEach(async () => {
      ;({ store, close } = await openStore())
    })
    afterEach(() => close())

    test('are given back as they were accepted, and null for what was not', async () => {
      await store.reviews.accept(review(1, { externalId: 'A-1' }), by({ request: { pack: 'p' } }))
      expect(await store.reviews.get('rev_0001')).toEqual(review(1, { externalId: 'A-1' }))
      expect(await store.reviews.get('rev_0002')).toBeNull()
    })

    test('of the same id are refused and leave the first as it was', async () => {
      await store.reviews.accept(review(1), by({ uploads: [{ name: 'a.pdf', sha256: 'aa' }] }))
      await expect(store.reviews.accept(review(1, { externalId: 'other' }), by())).rejects.toThrow()
      expect(await store.reviews.get('rev_0001')).toEqual(review(1))
      expect(await store.audit.of('rev_0001')).toHaveLength(1)
    })

    test('once started hand out their request and their uploads in order', async () => {
      const uploads = ['c', 'a', 'b'].map((letter) => ({ name: `${letter}.pdf`, sha256: letter.repeat(64) }))
      const accepted = by({
        ...{ uploads, tenant: 'north', owner: 'key-1', batchId: 'bat_1' },
        request: { pack: 'p', context: { unitAliases: ['北院'] }, asOf: '2024-11-20' },
      })
      await store.reviews.accept(review(1), accepted)
      const lease = await take(store, 1)
      expect(await store.reviews.start(lease, AT)).toEqual(accepted)
      expect((await store.reviews.get('rev_0001'))?.status).toBe('running')
      expect((await store.reviews.list({}, { limit: 1 }))[0]?.status).toBe('running')
      expect(await store.reviews.start({ ...lease, subject: 'rev_0009' }, AT)).toBeNull()
    })

    test('that are finished tell what they were asked for and made from, until they are erased', async () => {
      const accepted = by({
        uploads: [{ name: 'b.pdf', sha256: 'b'.repeat(64) }],
        request: { pack: 'p', rerunOf: 'rev_0000' },
      })
      await store.reviews.accept(review(1), accepted)
      await store.reviews.finish(await take(store, 1), done(1))
      expect(await store.reviews.request('rev_0001')).toEqual(accepted)
      await store.reviews.erase('rev_0001', AT)
      expect(await store.reviews.request('rev_0001')).toBeNull()
    })

    test('are finished once; a second answer changes nothing', async () => {
      await store.reviews.accept(review(1), by())
      const lease = await take(store, 1)
      expect(await store.reviews.finish(lease, done(1, { verdict: 'return' }))).toBe(true)
      expect(await store.reviews.finish(lease, done(1, { verdict: 'pass' }))).toBe(false)
      expect((await store.reviews.get('rev_0001'))?.verdict).toBe('return')
      expect((await store.audit.of('rev_0001')).map((line) => line.action)).toEqual(['accepted', 'finished'])
      expect(await store.reviews.start(lease, AT)).toBeNull()
    })

    test('are finished only by who has them in hand', async () => {
      await store.reviews.accept(review(1), by())
      const lost = await take(store, 1, 'worker-1', 0)
      await store.jobs.expire()
      const lease = await take(store, 1, 'worker-2')
      expect(await store.reviews.finish(lost, done(1, { findings: [finding('a', 'fail')] }))).toBe(false)
      expect((await store.reviews.get('rev_0001'))?.status).toBe('queued')
      expect(await store.reviews.list({ rule: 'a' }, { limit: 1 })).toEqual([])
      expect(await store.reviews.finish(lease, done(1))).toBe(true)
    })

    test('deleted while they run are not brought back', async () => {
      await store.reviews.accept(review(1), by())
      const lease = await take(store, 1)
      await store.reviews.erase('rev_0001', AT)
      expect(await store.reviews.finish(lease, done(1, { findings: [finding('a', 'fail')] }))).toBe(false)
      expect(await store.reviews.get('rev_0001')).toBeNull()
      await expect(store.steps.put(lease, 'ocr', 'text')).rejects.toThrow()
      expect(await store.steps.get('rev_0001', 'ocr')).toBeNull()
    })

    test('that are cancelled have ended, and whoever runs them cannot write any more', async () => {
      await store.reviews.accept(review(1), by())
      const lease = await take(store, 1)
      expect(await store.reviews.cancel(failed(1))).toBe(true)
      expect(await store.reviews.get('rev_0001')).toEqual(failed(1))
      expect(await store.jobs.renew(lease, 1000)).toBe(false)
      expect(await store.reviews.finish(lease, done(1))).toBe(false)
      expect(await store.reviews.cancel(failed(1))).toBe(false)
      expect(await store.jobs.due('review', 10)).toEqual([])
      expect((await store.audit.of('rev_0001')).map((line) => line.action)).toEqual(['accepted', 'cancelled'])
    })

    test('that failed can be queued again, others not', async () => {
      await store.reviews.accept(review(1), by())
      expect(await store.reviews.retry(review(1), AT)).toBe(false)
      await store.reviews.finish(await take(store, 1), failed(1))
      expect(await store.reviews.retry(review(1), AT)).toBe(true)
      expect(await store.reviews.get('rev_0001')).toEqual(review(1))
      const lease = await take(store, 1)
      expect(lease.starts).toBe(1)
      expect(await store.reviews.finish(lease, done(1))).toBe(true)
      expect(await store.reviews.retry(review(1), AT)).toBe(false)
    })

    test('are listed newest first, page by page, without declarations', async () => {
      for (const number of [1, 2, 3, 4, 5])
        await store.reviews.accept(done(number, { declaration: { overview: '概况' }, fields: {} }), by())
      const page = await store.reviews.list({}, { limit: 2 })
      expect(page.map(({ id }) => id)).toEqual(['rev_0005', 'rev_0004'])
      expect(page[0]).not.toHaveProperty('declaration')
      const next = await store.reviews.list({}, { limit: 9, after: 'rev_0004' })
      expect(next.map(({ id }) => id)).toEqual(['rev_0003', 'rev_0002', 'rev_0001'])
    })

    test.each([
      ['status', { status: 'queued' }, ['rev_0004']],
      ['verdict', { verdict: 'return' }, ['rev_0003', 'rev_0001']],
      ['pack', { pack: 'north' }, ['rev_0003', 'rev_0002']],
      ['externalId', { externalId: 'E-2' }, ['rev_0002']],
      ['a rule that failed or is unknown', { rule: 'leader-age' }, ['rev_0003', 'rev_0001']],
      ['date', { from: '2024-11-02', to: '2024-11-04' }, ['rev_0003', 'rev_0002']],
      ['batch', { batchId: 'bat_1' }, ['rev_0004', 'rev_0002']],
      ['tenant', { tenant: 'south' }, ['rev_0002', 'rev_0001']],
      ['key', { tenant: 'south', owner: 'key-1' }, ['rev_0001']],
      ['two at once', { pack: 'north', verdict: 'return' }, ['rev_0003']],
      ['nothing found', { pack: 'nowhere' }, []],
    ] as const)('are found by %s', async (_, filter, expected) => {
      const north = { pack: { id: 'north', version: '1.0.0' } }
      const south = { tenant: 'south', batchId: 'bat_1' }
      const fails = [finding('leader-age', 'fail')]
      await store.reviews.accept(
        done(1, { verdict: 'return', findings: fails }),
        by({ tenant: 'south', owner: 'key-1' }),
      )
      const passes = [finding('leader-age', 'pass')]
      await store.reviews.accept(done(2, { ...north, externalId: 'E-2', findings: passes }), by(south))
      await store.reviews.accept(review(3), by())
      const unknown = [finding('leader-age', 'unknown')]
      await store.reviews.finish(await take(store, 3), done(3, { ...north, verdict: 'return', findings: unknown }))
      await store.reviews.accept(review(4), by({ batchId: 'bat_1' }))
      expect((await store.reviews.list(filter, { limit: 10 })).map(({ id }) => id)).toEqual(expected)
    })

    test('of another tenant or of another key are not there', async () => {
      await store.reviews.accept(done(1), by({ tenant: 'south', owner: 'key-1' }))
      const mine = { tenant: 'south', owner: 'key-1' }
      for (const scope of [{ tenant: 'north' }, { tenant: 'south', owner: 'key-2' }]) {
        expect(await store.reviews.get('rev_0001', scope)).toBeNull()
        expect(await store.reviews.request('rev_0001', scope)).toBeNull()
        expect(await store.reviews.erase('rev_0001', AT, scope)).toBeNull()
      }
      expect(await store.reviews.get('rev_0001', { tenant: 'south' })).toEqual(done(1))
      expect(await store.reviews.request('rev_0001', mine)).not.toBeNull()
      expect(await store.reviews.erase('rev_0001', AT, mine)).toEqual({ orphans: [] })
    })

    test('leave nothing but the audit trail, and name the blobs that nobody needs any more', async () => {
      const upload = (sha256: string) => ({ name: `${sha256}.pdf`, sha256 })
      const request = { declaration: { leader: { name: '林若溪' } } }
      await store.reviews.accept(review(1), by({ request, uploads: [upload('only'), upload('shared')] }))
      await store.reviews.accept(review(2), by({ uploads: [upload('shared')] }))
      expect(await store.reviews.erase('rev_0001', AT)).toEqual({ orphans: ['only'] })
      expect(await store.reviews.erase('rev_0001', AT)).toBeNull()
      expect(await store.reviews.get('rev_0001')).toBeNull()
      expect(await store.uploads.needed(['only', 'shared'])).toEqual(['shared'])
      expect(await store.jobs.due('review', 10)).toEqual([{ id: 'review/rev_0002', kind: 'review' }])
      const trail = await store.audit.of('rev_0001')
      expect(trail.map((line) => line.action)).toEqual(['accepted', 'deleted'])
      expect(JSON.stringify(trail)).not.toContain('林若溪')
    })

    test('are kept whole however large they are', async () => {
      const findings = Array.from({ length: 300 }, (_, number) => finding(`rule-${number}`, 'fail'))
      const large = done(1, { findings, declaration: { overview: '概况'.repeat(100_000) } })
      await store.reviews.accept(large, by())
      expect(await store.reviews.get('rev_0001')).toEqual(large)
      expect(await store.reviews.list({ rule: 'rule-299' }, { limit: 1 })).toHaveLength(1)
    })

    test('take names with odd characters', async () => {
      const name = '申报\u0000书\ud800 “一”.pdf'
      await store.reviews.accept(review(1), by({ uploads: [{ name, sha256: 'aa' }] }))
      const [upload] = (await store.reviews.request('rev_0001'))?.uploads ?? []
      expect(upload?.name).toMatch(/^申报.书. “一”\.pdf$/su)
    })

    test('are written with what belongs to them or not at all', async () => {
      await store.reviews.accept(review(1), by())
      const lease = await take(store, 1)
      const { version } = await store.traces.related('default', ['t'], '', 1)
      await putDone(store, done(2), ['t'])
      const settled = { tenant: 'default', traces: ['t'], version }
      expect(await store.reviews.finish(lease, done(1), { settled })).toBe(false)
      await expect(store.reviews.accept(done(3), by(), { settled })).rejects.toThrow()
      expect(await store.reviews.get(idOf(3))).toBeNull()
      // It is still in hand, and compared anew it can be finished.
      const again = await store.traces.related('default', ['t'], '', 1)
      expect(await store.reviews.finish(lease, done(1), { settled: { ...settled, ...again } })).toBe(true)
    })
  })
}
