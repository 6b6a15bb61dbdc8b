import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Client, createClient } from '../../src/client.ts'
import type { ProblemDetails } from '../../src/problem.ts'
import { compliant } from '../review/service-under-test.ts'
import { openTestApp, type TestApp } from './app-under-test.ts'

let opened: TestApp
let client: Client
beforeEach(async () => {
  opened = await openTestApp()
  client = createClient('http://localhost', { fetch: (...request) => Promise.resolve(opened.app.request(...request)) })
})
afterEach(() => opened.close())

test('calls every area under its own address', async () => {
  const { reviews, packs, webhooks } = client.v1
  const made = await reviews.$post({ json: { declaration: compliant, externalId: 'T-1' } })
  expect(made.status).toBe(201)
  const { id, verdict } = await made.json()
  expect(verdict satisfies 'pass' | 'return' | 'manual' | undefined).toBe('pass')
  const { reviews: found, next } = await (await reviews.$get({ query: { externalId: 'T-1', limit: '5' } })).json()
  expect([found.map((review) => review.id), next]).toEqual([[id], null])
  const again = await (await reviews[':id'].$get({ param: { id }, query: { findings: 'open' } })).json()
  expect(again.declaration?.leader?.name).toBe(compliant.leader.name)
  const rerun = await (await reviews[':id'].reruns.$post({ param: { id }, json: { asOf: '2025-01-01' } })).json()
  expect(rerun.rerunOf).toBe(id)
  expect((await (await packs.$get()).json()).packs.map((pack) => pack.id)).toEqual(['try-2025'])
  const endpoint = await (await webhooks.$post({ json: { url: 'https://a.example', events: ['review.done'] } })).json()
  expect(endpoint.secret).toMatch(/^whsec_/)
  expect((await (await webhooks[':id'].deliveries.$get({ param: { id: endpoint.id } })).json()).deliveries).toEqual([])
  expect((await reviews[':id'].$delete({ param: { id } })).status).toBe(204)
})

test('hands in files', async () => {
  const form = { file: new File(['%PDF-1.7 not much of one'], '申报书.pdf'), externalId: 'T-2' }
  const response = await client.v1.reviews.$post({ form, query: { wait: '10' } })
  expect(await response.json()).toMatchObject({ externalId: 'T-2', status: 'failed' })
})

test('gives problems as answers', async () => {
  const response = await client.v1.reviews.$get({ query: { limit: 'many' } })
  expect(response.ok).toBe(false)
  expect(((await response.json()) as unknown as ProblemDetails).code).toBe('invalid_declaration')
})

test('does not compile with what no route takes or answers', async () => {
  const { reviews } = client.v1
  // @ts-expect-error there is no such parameter
  await reviews.$get({ query: { verdikt: 'pass' } })
  // @ts-expect-error an endpoint needs an address
  await client.v1.webhooks.$post({ json: {} })
  const review = await (await reviews[':id'].$get({ param: { id: 'rev_1' } })).json()
  // @ts-expect-error a review has no such field
  expect(review.score).toBeUndefined()
})

test('sends the key', async () => {
  const asked: (string | null)[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push(new Request(input, init).headers.get('Authorization'))
    return Response.json({ packs: [] })
  }
  await createClient('http://localhost', { key: 'xs_1', fetch }).v1.packs.$get()
  expect(asked).toEqual(['Bearer xs_1'])
})
