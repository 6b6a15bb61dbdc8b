import { applyD1Migrations, createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test'
import { Webhook } from 'standardwebhooks'
import { beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { createKey, digestOfKey } from '../../src/access/key.ts'
import edge from '../../src/edge.ts'
import { openEdgeStorage } from '../../src/platform/edge/storage.ts'
import type { Review } from '../../src/review/schema.ts'
import { verifyTrail } from '../../src/store/verify-trail.ts'
import { fetchCase } from './fetch-case.ts'

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
const NDJSON = { Accept: 'application/x-ndjson' }
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
      new Request(`https://edge.example${path}`, {
        ...init,
        headers: { ...init.headers, Authorization: `Bearer ${key}` },
      }),
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
    const form = await fetchCase(inject('cases').find((name) => name.endsWith('.docx')) ?? '')
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

  test('a batch is reviewed, compared and given out', { timeout: 180_000 }, async () => {
    const body = new FormData()
    for (const name of inject('cases').slice(0, 3)) {
      const { base64 } = await fetchCase(name)
      body.append('file', new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name))
    }
    body.set('pack', 'beijing-2025-municipal')
    const bound = isolate()
    const request = new Request('https://edge.example/v1/batches', {
      ...{ method: 'POST', body, headers: { Authorization: `Bearer ${key}` } },
    })
    const context = createExecutionContext()
    const answer = await edge.fetch(request, bound, context)
    expect(answer.status).toBe(202)
    const { id } = (await answer.json()) as { id: string }
    await waitOnExecutionContext(context)
    expect(await (await ask(bound, `/v1/batches/${id}`)).json()).toMatchObject({
      status: 'done',
      counts: { items: 3, done: 3 },
    })
    const lines = (await (await ask(bound, `/v1/batches/${id}/results`, { headers: NDJSON })).text()).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as Review).status)).toEqual(['done', 'done', 'done'])
  })

  test('the audit trail is sealed when the clock calls', async () => {
    const { lasting } = stored()
    if (!lasting) throw new Error('no database')
    await lasting.audit.note({
      ...{ at: '2024-11-20T08:00:00.000Z', tenant: 'default', actor: 'local' },
      ...{ action: 'exported', subject: 'store', detail: {} },
    })
    const context = createExecutionContext()
    await edge.scheduled(null, isolate(), context)
    await waitOnExecutionContext(context)
    const found = await verifyTrail(lasting.audit)
    expect([found.broken, found.unsealed, found.lost]).toEqual([undefined, 0, 0])
    expect(found.head.position).toBeGreaterThan(1)
  })

  test('a message of a review is sent after its answer, signed, and the same key makes one review', async () => {
    const sent: Request[] = []
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      sent.push(new Request(url, init))
      return new Response(null, { status: 204 })
    })
    const bound = isolate()
    const { secret } = (await (await ask(bound, '/v1/webhooks/callback/secret')).json()) as { secret: string }
    const context = createExecutionContext()
    const send = async () => {
      const body = JSON.stringify({
        ...{ pack: 'beijing-2025-municipal', declaration: { leader: { employed: false } } },
        callbackUrl: 'https://caller.example/done',
      })
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'K', Authorization: `Bearer ${key}` }
      const request = new Request('https://edge.example/v1/reviews', { method: 'POST', headers, body })
      return (await (await edge.fetch(request, bound, context)).json()) as Review
    }
    const [first, second] = await Promise.all([send(), send()])
    expect(second?.id).toBe(first?.id)
    await waitOnExecutionContext(context)
    vi.unstubAllGlobals()
    expect(sent.map(({ url }) => url)).toEqual(['https://caller.example/done'])
    const message = new Webhook(secret).verify(
      (await sent[0]?.text()) ?? '',
      Object.fromEntries(sent[0]?.headers ?? []),
    )
    expect(message).toMatchObject({ type: 'review.done', data: { id: first?.id } })
    const { deliveries } = (await (await ask(bound, '/v1/webhooks/callback/deliveries')).json()) as {
      deliveries: { state: string }[]
    }
    expect(deliveries).toMatchObject([{ state: 'delivered' }])
  })
})
