import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Problem, type ProblemDetails } from '../../src/problem.ts'
import type { Review } from '../../src/review/schema.ts'
import type { Delivery } from '../../src/store/deliveries.ts'
import type { Answer, Post } from '../../src/webhooks/outcome.ts'
import type { Webhook as Endpoint } from '../../src/webhooks/schema.ts'
import { compliant, noReader } from '../review/service-under-test.ts'
import { openTestApp, type TestApp } from './app-under-test.ts'

const reader = { ...noReader, open: () => Promise.reject(new Problem('too_many_pages', '文件共 999 页')) }

let opened: TestApp
let sent: Parameters<Post>[0][]
let answers: Answer[]
beforeEach(async () => {
  sent = []
  answers = []
  const post: Post = async (request) => {
    sent.push(request)
    return answers.shift() ?? { status: 204 }
  }
  opened = await openTestApp({ reader, post })
})
afterEach(() => opened.close())

const ask = (method: string, path: string, body?: object, key?: string) =>
  opened.app.request(path, {
    method,
    headers: { 'Content-Type': 'application/json', ...(key ? { Authorization: `Bearer ${key}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const read = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T
const add = (url = 'https://oa.example/hook', events?: string[], key?: string) =>
  read<Endpoint & { secret: string }>(ask('POST', '/v1/webhooks', { url, ...(events ? { events } : {}) }, key))
const review = (more: object = {}, key?: string) =>
  read<Review>(ask('POST', '/v1/reviews', { declaration: compliant, ...more }, key))
const deliveriesOf = async (id: string, query = '') =>
  (await read<{ deliveries: Delivery[] }>(ask('GET', `/v1/webhooks/${id}/deliveries${query}`))).deliveries
const codeOf = async (response: Response) => ((await response.json()) as ProblemDetails).code

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('an endpoint', () => {
  test('is told of every finished review, signed with its own secret', async () => {
    const { id, secret } = await add()
    const { id: reviewId } = await review({ externalId: 'E-1' })
    await until(() => sent.length === 1)
    const [message] = sent
    expect(message?.url).toBe('https://oa.example/hook')
    const told = new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {})
    expect(told).toMatchObject({ type: 'review.done', data: { id: reviewId, verdict: 'pass', externalId: 'E-1' } })
    expect(message?.body).not.toContain(compliant.leader.name)
    await until(async () => (await deliveriesOf(id))[0]?.state === 'delivered')
    expect(await deliveriesOf(id)).toMatchObject([
      { id: message?.headers['webhook-id'], attempts: 1, subject: reviewId },
    ])
  })

  test('is told of a review that could not be done, if it wants to', async () => {
    await add('https://a.example', ['review.done'])
    await add('https://b.example', ['review.failed'])
    const body = new FormData()
    body.append('file', new File(['%PDF-1.7'], '申报书.pdf'))
    await opened.app.request('/v1/reviews?wait=10', { method: 'POST', body })
    await until(() => sent.length > 0)
    expect(sent.map(({ url }) => url)).toEqual(['https://b.example'])
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      type: 'review.failed',
      data: { status: 'failed', problem: { code: 'too_many_pages' } },
    })
  })

  test('is listed with what waits and what was given up, without its secret', async () => {
    const { id, secret } = await add()
    answers = [{ status: 500 }, { fault: 'address_not_public' }]
    await review()
    await review()
    await until(async () => (await read<Endpoint>(ask('GET', `/v1/webhooks/${id}`))).dead === 1)
    const { webhooks } = await read<{ webhooks: Endpoint[] }>(ask('GET', '/v1/webhooks'))
    expect(webhooks).toMatchObject([{ id, url: 'https://oa.example/hook', waiting: 1, dead: 1 }])
    expect(JSON.stringify(webhooks)).not.toContain(secret)
    expect(await read(ask('GET', `/v1/webhooks/${id}/secret`))).toEqual({ secret })
    expect(await deliveriesOf(id, '?state=dead')).toMatchObject([{ attempts: 1, lastError: 'address_not_public' }])
    const [waiting] = await deliveriesOf(id, '?state=waiting')
    expect(waiting).toMatchObject({ attempts: 1, lastError: 'http_500' })
    const wait = Date.parse(waiting?.nextAt ?? '') - Date.parse(waiting?.attemptedAt ?? '')
    expect(wait).toBeGreaterThanOrEqual(4000)
    expect(wait).toBeLessThanOrEqual(6000)
  })

  test('gets a message again under its own id when a person asks for it', async () => {
    const { id } = await add()
    answers = [{ fault: 'address_not_public' }]
    await review()
    await until(async () => (await deliveriesOf(id, '?state=dead')).length === 1)
    const [dead] = await deliveriesOf(id)
    const response = await ask('POST', `/v1/webhooks/${id}/deliveries/${dead?.id}/replay`)
    expect(response.status).toBe(202)
    await until(async () => (await deliveriesOf(id))[0]?.state === 'delivered')
    expect(sent.map(({ headers }) => headers['webhook-id'])).toEqual([dead?.id, dead?.id])
    expect(sent[0]?.body).toBe(sent[1]?.body)
    expect(await codeOf(await ask('POST', `/v1/webhooks/${id}/deliveries/msg_1/replay`))).toBe('not_found')
  })

  test('that is gone is told nothing any more', async () => {
    const { id } = await add()
    answers = [{ status: 410 }]
    await review()
    await until(async () => (await read<Endpoint>(ask('GET', `/v1/webhooks/${id}`))).disabledAt !== undefined)
    await review()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(sent).toHaveLength(1)
  })

  test('is deleted with what was sent', async () => {
    const { id } = await add()
    expect((await ask('DELETE', `/v1/webhooks/${id}`)).status).toBe(204)
    expect(await codeOf(await ask('DELETE', `/v1/webhooks/${id}`))).toBe('not_found')
    await review()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(sent).toEqual([])
  })

  test('gives its deliveries page by page', async () => {
    const { id } = await add()
    for (const _ of [1, 2, 3]) await review()
    const first = await ask('GET', `/v1/webhooks/${id}/deliveries?limit=2`)
    const { deliveries, next } = await read<{ deliveries: Delivery[]; next: string }>(first.clone())
    expect(deliveries).toHaveLength(2)
    expect(first.headers.get('Link')).toBe(`</v1/webhooks/${id}/deliveries?limit=2&cursor=${next}>; rel="next"`)
    expect(await deliveriesOf(id, `?limit=2&cursor=${next}`)).toHaveLength(1)
  })

  test.each([
    ['http://oa.example/hook', '/url'],
    ['https://127.0.0.1/hook', '/url'],
    ['https://[::1]/hook', '/url'],
    ['https://169.254.169.254/latest', '/url'],
    ['nothing', '/url'],
  ])('%s is refused', async (url, pointer) => {
    const response = await ask('POST', '/v1/webhooks', { url })
    expect(response.status).toBe(422)
    expect(((await response.json()) as ProblemDetails).errors?.map((each) => each.pointer)).toEqual([pointer])
  })

  test('wants known events only, and there are no more than twenty', async () => {
    expect((await ask('POST', '/v1/webhooks', { url: 'https://a.example', events: ['x'] })).status).toBe(422)
    for (let number = 1; number <= 20; number++) await add(`https://a${number}.example`)
    expect((await ask('POST', '/v1/webhooks', { url: 'https://a21.example' })).status).toBe(422)
  })
})

describe('a callback address', () => {
  test('is told of its one review, signed with the tenant’s secret for callbacks', async () => {
    const { secret } = await read<{ secret: string }>(ask('GET', '/v1/webhooks/callback/secret'))
    await review()
    const { id } = await review({ callbackUrl: 'https://caller.example/done' })
    await until(() => sent.length === 1)
    expect(sent[0]?.url).toBe('https://caller.example/done')
    expect(new Webhook(secret).verify(sent[0]?.body ?? '', sent[0]?.headers ?? {})).toMatchObject({ data: { id } })
    expect(await deliveriesOf('callback')).toMatchObject([{ subject: id }])
  })

  test('of a file is told too, and of a rerun as of the first', async () => {
    const body = new FormData()
    body.append('file', new File(['%PDF-1.7'], '申报书.pdf'))
    body.append('callbackUrl', 'https://caller.example/file')
    const { id } = await read<Review>(opened.app.request('/v1/reviews?wait=10', { method: 'POST', body }))
    await until(() => sent.length === 1)
    await ask('POST', `/v1/reviews/${id}/reruns?wait=10`)
    await until(() => sent.length === 2)
    await ask('POST', `/v1/reviews/${id}/reruns?wait=10`, { callbackUrl: 'https://other.example' })
    await until(() => sent.length === 3)
    const path = 'https://caller.example/file'
    expect(sent.map(({ url }) => url)).toEqual([path, path, 'https://other.example'])
    expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(3)
  })

  test.each(['http://caller.example', 'https://10.0.0.1/done', 'x'])('%s is refused', async (callbackUrl) => {
    const response = await ask('POST', '/v1/reviews', { declaration: compliant, callbackUrl })
    expect(response.status).toBe(422)
    expect(((await response.json()) as ProblemDetails).errors).toMatchObject([{ pointer: '/callbackUrl' }])
  })

  test('gets a new secret when the old one is deleted', async () => {
    const secret = () => read<{ secret: string }>(ask('GET', '/v1/webhooks/callback/secret'))
    const old = await secret()
    expect(await secret()).toEqual(old)
    expect((await ask('DELETE', '/v1/webhooks/callback')).status).toBe(204)
    expect(await secret()).not.toEqual(old)
  })
})

describe('tenants', () => {
  test('see and are told of their own only', async () => {
    const [north, south] = [await opened.addKey('north'), await opened.addKey('south')]
    const { id } = await add('https://north.example', undefined, north)
    await add('https://south.example', undefined, south)
    await review({}, south)
    await until(() => sent.length > 0)
    expect(sent.map(({ url }) => url)).toEqual(['https://south.example'])
    for (const path of ['', '/secret', '/deliveries'])
      expect((await ask('GET', `/v1/webhooks/${id}${path}`, undefined, south)).status).toBe(404)
    expect((await ask('DELETE', `/v1/webhooks/${id}`, undefined, south)).status).toBe(404)
    const secret = (key: string) => read<{ secret: string }>(ask('GET', '/v1/webhooks/callback/secret', undefined, key))
    expect(await secret(north)).not.toEqual(await secret(south))
  })

  test('keep applicants away from endpoints', async () => {
    const key = await opened.addKey('north', 'applicant')
    expect((await ask('GET', '/v1/webhooks', undefined, key)).status).toBe(403)
    expect((await ask('GET', '/v1/webhooks/callback/secret', undefined, key)).status).toBe(403)
  })
})
