import { SELF } from 'cloudflare:test'
import { describe, expect, inject, test } from 'vitest'
import type { Review } from '../../src/review/schema.ts'
import { SCAN } from './cases.ts'
import { fetchCase } from './fetch-case.ts'

const BASE = 'https://edge.example'

/** The review when it is finished: on a busy machine that takes longer than a request is kept waiting. */
async function upload(name: string, base64: string, pack: string): Promise<Review> {
  const body = new FormData()
  body.set('file', new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name))
  body.set('pack', pack)
  let answer = await SELF.fetch(`${BASE}/v1/reviews`, { method: 'POST', body })
  const place = answer.headers.get('Location')
  for (;;) {
    const review = (await answer.json()) as Review
    if (review.status === 'done' || review.status === 'failed') return review
    answer = await SELF.fetch(`${BASE}${place}?wait=25`)
  }
}

describe('inside workerd', () => {
  test('is healthy and lists its packs', async () => {
    expect((await SELF.fetch(`${BASE}/healthz`)).status).toBe(200)
    const packs = await (await SELF.fetch(`${BASE}/v1/packs`)).text()
    expect(packs).toContain('beijing-2025-municipal')
  })

  test('there are documents to compare', () => {
    expect(inject('cases').length).toBeGreaterThan(10)
  })

  test.each(inject('cases'))('finds in %s what Node finds', async (name) => {
    const { base64, pack, expected } = await fetchCase(name)
    const { id, verdict, declaration, findings } = await upload(name, base64, pack)
    // The next form is reviewed as the only one that the service knows, as Node reviewed it.
    await SELF.fetch(`${BASE}/v1/reviews/${id}`, { method: 'DELETE' })
    expect({ verdict, declaration, findings }).toEqual(JSON.parse(JSON.stringify(expected)))
  })

  test('reviews a JSON declaration', async () => {
    const answer = await SELF.fetch(`${BASE}/v1/reviews`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ pack: 'beijing-2025-municipal', declaration: { leader: { employed: false } } }),
    })
    expect(answer.status).toBe(201)
    const review = (await answer.json()) as Review
    expect(review.verdict).toBe('return')
    expect(review.findings?.find(({ rule }) => rule === 'leader-employed')?.status).toBe('fail')
  })

  test('says of a scan that it cannot be read here', async () => {
    const { name, base64, pack } = await fetchCase(SCAN)
    const review = await upload(name, base64, pack)
    expect(review.status).toBe('failed')
    expect(review.verdict).toBeUndefined()
    expect(review.problem).toMatchObject({ code: 'unsupported_media_type', status: 415 })
  })
})
