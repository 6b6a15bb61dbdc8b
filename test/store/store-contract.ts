import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Finding, Review } from '../../src/review/schema.ts'
import type { Blobs, Store } from '../../src/store/store.ts'

export type OpenStore = () => Promise<{ store: Store; blobs: Blobs; close(): Promise<void> }>

const AT = '2024-11-20T08:00:00.000Z'

export function review(number: number, more: Partial<Review> = {}): Review {
  return {
    id: `rev_${String(number).padStart(4, '0')}`,
    status: 'queued',
    createdAt: `2024-11-${String(number).padStart(2, '0')}T08:00:00.000Z`,
    documents: [],
    ...more,
  }
}

function finding(rule: string, status: Finding['status']): Finding {
  return { rule, status, severity: 'error', source: 'rule', message: rule, fields: [], evidence: [], confidence: 1 }
}

const done = (number: number, more: Partial<Review> = {}) =>
  review(number, { status: 'done', finishedAt: AT, verdict: 'pass', findings: [], notChecked: [], ...more })

/** What every store must do, whatever it is made of. */
export function describeStore(name: string, openStore: OpenStore): void {
  describe(`${name}`, () => {
    let opened: Awaited<ReturnType<OpenStore>>
    let store: Store
    beforeEach(async () => {
      opened = await openStore()
      store = opened.store
    })
    afterEach(() => opened.close())

    test('gives back what was accepted, and null for what was not', async () => {
      await store.accept(review(1, { externalId: 'A-1' }), { pack: 'p' }, [])
      expect(await store.get('rev_0001')).toEqual(review(1, { externalId: 'A-1' }))
      expect(await store.get('rev_0002')).toBeNull()
    })

    test('refuses the same id twice and leaves the first as it was', async () => {
      await store.accept(review(1), {}, [{ name: 'a.pdf', sha256: 'aa' }])
      await expect(store.accept(review(1, { externalId: 'other' }), {}, [])).rejects.toThrow()
      expect(await store.get('rev_0001')).toEqual(review(1))
      expect(await store.audit('rev_0001')).toHaveLength(1)
    })

    test('hands a started review its request and its uploads in order, and counts attempts', async () => {
      const uploads = ['c', 'a', 'b'].map((letter) => ({ name: `${letter}.pdf`, sha256: letter.repeat(64) }))
      const request = { pack: 'p', context: { unitAliases: ['北院'] }, asOf: '2024-11-20' }
      await store.accept(review(1), request, uploads)
      expect(await store.start('rev_0001', AT)).toEqual({ request, uploads, attempts: 1 })
      expect((await store.start('rev_0001', AT))?.attempts).toBe(2)
      expect((await store.get('rev_0001'))?.status).toBe('running')
      expect(await store.start('rev_0009', AT)).toBeNull()
    })

    test('tells what a finished review was asked for and made from, until it is erased', async () => {
      const uploads = [{ name: 'b.pdf', sha256: 'b'.repeat(64) }]
      await store.accept(review(1), { pack: 'p', rerunOf: 'rev_0000' }, uploads)
      await store.finish(done(1))
      expect(await store.request('rev_0001')).toEqual({ request: { pack: 'p', rerunOf: 'rev_0000' }, uploads })
      await store.erase('rev_0001', AT)
      expect(await store.request('rev_0001')).toBeNull()
    })

    test('finishes a review once; a second answer changes nothing', async () => {
      await store.accept(review(1), {}, [])
      expect(await store.finish(done(1, { verdict: 'return' }))).toBe(true)
      expect(await store.finish(done(1, { verdict: 'pass' }))).toBe(false)
      expect((await store.get('rev_0001'))?.verdict).toBe('return')
      expect((await store.audit('rev_0001')).map((line) => line.action)).toEqual(['accepted', 'finished'])
      expect(await store.start('rev_0001', AT)).toBeNull()
    })

    test('a review that was deleted while it ran is not brought back', async () => {
      await store.accept(review(1), {}, [])
      await store.erase('rev_0001', AT)
      expect(await store.finish(done(1, { findings: [finding('a', 'fail')] }))).toBe(false)
      expect(await store.get('rev_0001')).toBeNull()
      expect(await store.putStep('rev_0001', 'ocr', 'text')).toBe('text')
      expect(await store.getStep('rev_0001', 'ocr')).toBeNull()
    })

    test('lists newest first, page by page, without declarations', async () => {
      for (const number of [1, 2, 3, 4, 5])
        await store.accept(done(number, { declaration: { overview: '概况' }, fields: {} }), {}, [])
      const page = await store.list({}, { limit: 2 })
      expect(page.map(({ id }) => id)).toEqual(['rev_0005', 'rev_0004'])
      expect(Object.keys(page[0] ?? {})).not.toEqual(expect.arrayContaining(['declaration']))
      const next = await store.list({}, { limit: 9, after: 'rev_0004' })
      expect(next.map(({ id }) => id)).toEqual(['rev_0003', 'rev_0002', 'rev_0001'])
    })

    test.each([
      ['status', { status: 'queued' }, ['rev_0004']],
      ['verdict', { verdict: 'return' }, ['rev_0003', 'rev_0001']],
      ['pack', { pack: 'north' }, ['rev_0003', 'rev_0002']],
      ['externalId', { externalId: 'E-2' }, ['rev_0002']],
      ['a rule that failed or is unknown', { rule: 'leader-age' }, ['rev_0003', 'rev_0001']],
      ['date', { from: '2024-11-02', to: '2024-11-04' }, ['rev_0003', 'rev_0002']],
      ['two at once', { pack: 'north', verdict: 'return' }, ['rev_0003']],
      ['nothing found', { pack: 'nowhere' }, []],
    ] as const)('finds by %s', async (_, filter, expected) => {
      const north = { pack: { id: 'north', version: '1.0.0' } }
      await store.accept(done(1, { verdict: 'return', findings: [finding('leader-age', 'fail')] }), {}, [])
      await store.accept(done(2, { ...north, externalId: 'E-2', findings: [finding('leader-age', 'pass')] }), {}, [])
      await store.accept(review(3), {}, [])
      await store.finish(done(3, { ...north, verdict: 'return', findings: [finding('leader-age', 'unknown')] }))
      await store.accept(review(4), {}, [])
      expect((await store.list(filter, { limit: 10 })).map(({ id }) => id)).toEqual(expected)
    })

    test('knows what is not finished, oldest first', async () => {
      for (const number of [3, 1, 2]) await store.accept(review(number), {}, [])
      await store.start('rev_0003', AT)
      await store.finish(done(1))
      expect(await store.unfinished()).toEqual(['rev_0002', 'rev_0003'])
    })

    test('keeps a model’s answer for any review, until the one that asked is erased', async () => {
      await store.accept(review(1), {}, [])
      await store.accept(review(2), {}, [])
      expect(await store.getAnswer('key')).toBeNull()
      await store.putAnswer('rev_0001', 'key', 'first', AT)
      await store.putAnswer('rev_0002', 'key', 'second', AT)
      await store.putAnswer('rev_0002', 'other', 'third', AT)
      expect(await store.getAnswer('key')).toBe('first')
      await store.erase('rev_0001', AT)
      expect(await store.getAnswer('key')).toBeNull()
      expect(await store.getAnswer('other')).toBe('third')
    })

    test('finds finished reviews by their traces: those that share most first, then the newest; erased ones no more', async () => {
      const declared = (name: string) => ({ declaration: { leader: { name } }, fields: {} })
      await store.accept(done(1, { ...declared('甲'), verdict: 'return', externalId: 'E-1' }), {}, [], ['a', 'b'])
      await store.accept(review(2), {}, [])
      await store.accept(done(3, { ...declared('丙'), rerunOf: 'rev_0000' }), {}, [], ['a', 'x'])
      await store.accept(done(4, declared('丁')), {}, [], ['x'])
      await store.finish(done(2, declared('乙')), ['a', 'c'])
      const found = await store.related(['a', 'b'], 'rev_0003', 10)
      expect(found.map(({ id }) => id)).toEqual(['rev_0001', 'rev_0002'])
      expect(found[0]).toMatchObject({ verdict: 'return', externalId: 'E-1', declaration: { leader: { name: '甲' } } })
      const newest = await store.related(['a'], 'rev_0009', 2)
      expect(newest.map(({ id, rerunOf }) => [id, rerunOf])).toEqual([
        ['rev_0003', 'rev_0000'],
        ['rev_0002', undefined],
      ])
      await store.erase('rev_0001', AT)
      expect((await store.related(['b'], 'rev_0009', 10)).map(({ id }) => id)).toEqual([])
      expect(await store.related([], 'rev_0009', 10)).toEqual([])
    })

    test('erases everything but the audit trail, and names the blobs that nobody needs any more', async () => {
      const upload = (sha256: string) => ({ name: `${sha256}.pdf`, sha256 })
      await store.accept(review(1), { declaration: { leader: { name: '林若溪' } } }, [upload('only'), upload('shared')])
      await store.accept(review(2), {}, [upload('shared')])
      expect(await store.erase('rev_0001', AT)).toEqual({ orphans: ['only'] })
      expect(await store.erase('rev_0001', AT)).toBeNull()
      expect(await store.get('rev_0001')).toBeNull()
      expect(await store.neededBlobs(['only', 'shared'])).toEqual(['shared'])
      const trail = await store.audit('rev_0001')
      expect(trail.map((line) => line.action)).toEqual(['accepted', 'deleted'])
      expect(JSON.stringify(trail)).not.toContain('林若溪')
    })

    test('a step keeps its first result and goes when the review is finished', async () => {
      await store.accept(review(1), {}, [])
      expect(await store.getStep('rev_0001', 'page-1')).toBeNull()
      expect(await store.putStep('rev_0001', 'page-1', 'first')).toBe('first')
      expect(await store.putStep('rev_0001', 'page-1', 'second')).toBe('first')
      await store.finish(done(1))
      expect(await store.getStep('rev_0001', 'page-1')).toBeNull()
    })

    test('keeps a large review whole', async () => {
      const findings = Array.from({ length: 300 }, (_, number) => finding(`rule-${number}`, 'fail'))
      const large = done(1, { findings, declaration: { overview: '概况'.repeat(200_000) } })
      await store.accept(large, {}, [])
      expect(await store.get('rev_0001')).toEqual(large)
      expect(await store.list({ rule: 'rule-299' }, { limit: 1 })).toHaveLength(1)
    })

    test('blobs are found by what they hold', async () => {
      const { blobs } = opened
      const bytes = new TextEncoder().encode('%PDF-1.7 申报书')
      const sha256 = await blobs.put(bytes)
      expect(sha256).toBe(await sha256Of(bytes))
      expect(await blobs.put(bytes)).toBe(sha256)
      expect(await blobs.get(sha256)).toEqual(bytes)
      expect(await Array.fromAsync(blobs.list())).toEqual([sha256])
      await blobs.delete(sha256)
      await blobs.delete(sha256)
      expect(await blobs.get(sha256)).toBeNull()
      expect(await blobs.get('../../etc/passwd')).toBeNull()
    })
  })
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
}
