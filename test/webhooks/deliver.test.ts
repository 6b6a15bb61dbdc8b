import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobRun } from '../../src/jobs/runner.ts'
import { createDeliveryHandler } from '../../src/webhooks/deliver.ts'
import type { Answer, Post } from '../../src/webhooks/outcome.ts'
import { createSecret } from '../../src/webhooks/sign.ts'
import { openTestApp, type TestApp } from '../api/app-under-test.ts'

const HOUR = 3_600_000
const ENDPOINT = { id: 'whe_1', tenant: 'default', url: 'https://a.example', events: ['review.done'] }

let opened: TestApp
let now: Date
let sent: Parameters<Post>[0][]
const secret = createSecret()
beforeEach(async () => {
  now = new Date()
  sent = []
  opened = await openTestApp()
  await opened.service.close()
  await opened.store.endpoints.add({ ...ENDPOINT, createdAt: now.toISOString() }, secret, 'local')
})
afterEach(() => opened.close())

/** A message with its job in hand, and what sends it. */
async function take(answer: (attempt: number) => Answer) {
  const { store } = opened
  const declaration = { project: { name: '试用培训班', enrollment: 20 } }
  await opened.service.reviewJson(
    { tenant: 'default', keyId: 'local', role: 'admin' },
    { pack: 'try-2025', declaration },
  )
  const [due] = await store.jobs.due('delivery', 1)
  const lease = due && (await store.jobs.claim(due.id, 'sender', 60_000))
  if (!lease) throw new Error('no message waits')
  const post: Post = async (request) => {
    sent.push(request)
    return answer(sent.length)
  }
  const handle = createDeliveryHandler({ deliveries: store.deliveries, post, clock: () => now, random: () => 0.5 })
  const run: JobRun = {
    ...{ lease, signal: new AbortController().signal },
    ...{ report: () => {}, isHeld: async () => true, lose: () => {} },
  }
  return () => handle(lease.subject, run)
}

const delivery = async () => (await opened.store.deliveries.list('whe_1', {}, { limit: 1 }))[0]

test('a receiver that never answers is asked ten times in a day, always with the same id, then a person must', async () => {
  const attempt = await take(() => ({ fault: 'timeout' }))
  const begun = now.getTime()
  for (;;) {
    const outcome = await attempt()
    if (outcome === 'done') break
    if (typeof outcome === 'string' || !('again' in outcome)) throw new Error('no such outcome')
    expect(outcome.error).toBe('timeout')
    now = new Date(now.getTime() + outcome.again)
    expect((await delivery())?.nextAt).toBe(now.toISOString())
  }
  expect(sent).toHaveLength(10)
  expect(now.getTime() - begun).toBeGreaterThan(24 * HOUR)
  expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(sent.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10)
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1)
  expect(await delivery()).toMatchObject({ state: 'dead', attempts: 10, lastError: 'timeout' })
  expect(await attempt()).toBe('done')
  expect(sent).toHaveLength(10)
})

test('what was sent but not noted is sent again under the same id, and verifies each time', async () => {
  const attempt = await take((number) => {
    if (number === 1) throw new Error('the process is gone')
    return { status: 200 }
  })
  await expect(attempt()).rejects.toThrow()
  expect(await attempt()).toBe('done')
  const [first, second] = sent.map(({ headers, body }) => {
    new Webhook(secret).verify(body, headers)
    return headers['webhook-id']
  })
  expect(first).toBe(second)
  expect(await delivery()).toMatchObject({ state: 'delivered', attempts: 1 })
})
