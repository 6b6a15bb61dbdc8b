import { applyD1Migrations, createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { createKey, digestOfKey } from '../../src/access/key.ts'
import edge from '../../src/edge.ts'
import { openEdgeStorage } from '../../src/platform/edge/storage.ts'
import type { Review } from '../../src/review/schema.ts'
import './cases.ts'

type Bound = Parameters<typeof edge.fetch>[1]

/** As vitest.config.ts binds them. */
const { LASTING, LASTING_BLOBS, MIGRATIONS, ASSETS } = env as unknown as {
  LASTING: NonNullable<Bound['DB']>
  LASTING_BLOBS: NonNullable<Bound['BLOBS']>
  MIGRATIONS: Parameters<typeof applyD1Migrations>[1]
  ASSETS: Bound['ASSETS']
}

/** Another isolate over the same database and bucket. */
const isolate = (): Bound => ({ ASSETS, DB: LASTING, BLOBS: LASTING_BLOBS }) as Bound
const stored = () => openEdgeStorage({ DB: LASTING, BLOBS: LASTING_BLOBS })

describe('with a database and a bucket', () => {
  let key: string
  beforeAll(async () => {
    await applyD1Migrations(LASTING as never, MIGRATIONS)
    const made = await createKey()
    key = made.key
    const { lasting } = stored()
    const about = { id: made.id, tenant: 'default', name: 'test', role: 'admin', createdAt: '2024-11-20' } as const
    await lasting?.keys.add({ ...about, digest: await digestOfKey(key) }, 'test')
  })

  const ask = (bound: Bound, path: string, init: RequestInit = {}) =>
    edge.fetch(
      new Request(`https://edge.example${path}`, { ...init, headers: { Authorization: `Bearer ${key}` } }),
      bound,
    )

  const finished = async (bound: Bound, id: string): Promise<Review> => {
    const review = (await (await ask(bound, `/v1/reviews/${id}?wait=25`)).json()) as Review
    return review.status === 'done' || review.status === 'failed' ? review : finished(bound, id)
  }

  test('nobody is let in without a key', async () => {
    const answer = await edge.fetch(new Request('https://edge.example/v1/reviews'), isolate())
    expect(answer.status).toBe(401)
  })

  test('a review is the same in another isolate, and its documents can be reviewed again', {
    timeout: 180_000,
  }, async () => {
    const form = inject('cases').find(({ name }) => name.endsWith('.docx'))
    if (!form) throw new Error('no case')
    const body = new FormData()
    body.set('file', new File([Uint8Array.from(atob(form.base64), (c) => c.charCodeAt(0))], form.name))
    body.set('pack', form.pack)
    const early = isolate()
    const accepted = (await (await ask(early, '/v1/reviews', { method: 'POST', body })).json()) as Review
    const review = await finished(early, accepted.id)
    expect(review.verdict).toBe(form.expected.verdict)
    const later = isolate()
    expect(await (await ask(later, `/v1/reviews/${review.id}`)).json()).toEqual(review)
    const again = (await (await ask(later, `/v1/reviews/${review.id}/reruns`, { method: 'POST' })).json()) as Review
    expect(await finished(later, again.id)).toMatchObject({ status: 'done', rerunOf: review.id })
  })

  test('what an isolate left behind is gone on with', async () => {
    const { store, blobs } = stored()
    const id = 'rev_01JD0000000000000000000000'
    const uploads = [{ name: 'a.pdf', sha256: await blobs.put(new TextEncoder().encode('%PDF-1.7 no more')) }]
    const review: Review = { id, status: 'queued', createdAt: '2024-11-20T08:00:00.000Z', documents: [] }
    await store.reviews.accept(review, { tenant: 'default', request: {}, uploads })
    await store.jobs.claim(`review/${id}`, 'an isolate that ended', 0)
    const context = createExecutionContext()
    await edge.scheduled(null, isolate(), context)
    await waitOnExecutionContext(context)
    expect(await store.reviews.get(id)).toMatchObject({ status: 'failed', problem: { code: 'corrupt_document' } })
  })
})
