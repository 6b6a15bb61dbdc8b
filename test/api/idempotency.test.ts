import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Problem, type ProblemDetails } from '../../src/problem.ts'
import type { Review } from '../../src/review/schema.ts'
import { compliant, noReader } from '../review/service-under-test.ts'
import { openTestApp, type TestApp } from './app-under-test.ts'

const reader = { ...noReader, open: () => Promise.reject(new Problem('too_many_pages', '文件共 999 页')) }

let opened: TestApp
let app: TestApp['app']
beforeEach(async () => {
  opened = await openTestApp({ reader })
  app = opened.app
})
afterEach(() => opened.close())

const record = (key: string, body: object, more: Record<string, string> = {}, on = app) =>
  on.request('/v1/reviews', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, ...more },
    body: JSON.stringify(body),
  })

function upload(key: string, text: string, options: Record<string, string> = {}, on = app, name = '申报书.pdf') {
  const body = new FormData()
  body.append('file', new File([`%PDF-1.7 ${text}`], name))
  for (const [part, value] of Object.entries(options)) body.append(part, value)
  return on.request('/v1/reviews', { method: 'POST', headers: { 'Idempotency-Key': key }, body })
}

const idOf = async (response: Response) => ((await response.json()) as Review).id
const codeOf = async (response: Response) => ((await response.json()) as ProblemDetails).code
const countOf = async () => (await opened.store.reviews.list({}, { limit: 100 })).length

describe('the same key with the same content', () => {
  test('gives the same review for a record, however its JSON is written', async () => {
    const first = await record('K', { declaration: compliant, externalId: 'E-1' })
    expect([first.status, first.headers.get('Idempotent-Replayed')]).toEqual([201, null])
    const again = await record('K', { externalId: 'E-1', declaration: compliant })
    expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([201, 'true'])
    const id = await idOf(first)
    expect(again.headers.get('Location')).toBe(`/v1/reviews/${id}`)
    expect(await idOf(again)).toBe(id)
    expect(await countOf()).toBe(1)
  })

  test('gives the same review for files, as it stands by now', async () => {
    const id = await idOf(await upload('K', 'a', { externalId: 'E-1' }))
    await app.request(`/v1/reviews/${id}?wait=10`)
    const again = await upload('K', 'a', { externalId: 'E-1' })
    expect(again.status).toBe(201)
    expect(await again.json()).toMatchObject({ id, status: 'failed' })
    expect(await countOf()).toBe(1)
  })

  test('gives the same rerun', async () => {
    const id = await idOf(await record('K', { declaration: compliant }))
    const rerun = (body: object) =>
      app.request(`/v1/reviews/${id}/reruns`, {
        method: 'POST',
        headers: { 'Idempotency-Key': 'R' },
        body: JSON.stringify(body),
      })
    const first = await idOf(await rerun({ asOf: '2025-01-01' }))
    expect(first).not.toBe(id)
    expect(await idOf(await rerun({ asOf: '2025-01-01' }))).toBe(first)
    expect(await codeOf(await rerun({ asOf: '2025-01-02' }))).toBe('idempotency_conflict')
    expect(await countOf()).toBe(2)
  })

  test.each<[string, (on: TestApp['app']) => Response | Promise<Response>]>([
    ['records', (on: TestApp['app']) => record('K', { declaration: compliant }, {}, on)],
    ['files', (on: TestApp['app']) => upload('K', 'a', {}, on)],
  ])('makes one review of %s that come at the same moment, to whichever process', async (_, send) => {
    const other = opened.open().app
    const answers = await Promise.all([app, other, app, other, app, other].map(async (on) => send(on)))
    for (const { status } of answers) expect([201, 202]).toContain(status)
    expect(new Set(await Promise.all(answers.map(idOf))).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1)
    expect(await countOf()).toBe(1)
  })
})

describe('the same key', () => {
  test.each<[string, () => Response | Promise<Response>]>([
    ['another file', () => upload('K', 'b')],
    ['another name of the file', () => upload('K', 'a', {}, app, 'b.pdf')],
    ['other options', () => upload('K', 'a', { externalId: 'E-2' })],
    ['a record', () => record('K', { declaration: compliant })],
  ])('with %s is refused', async (_, send) => {
    expect((await upload('K', 'a')).status).toBe(202)
    const response = await send()
    expect(response.status).toBe(409)
    expect(await codeOf(response)).toBe('idempotency_conflict')
    expect(await countOf()).toBe(1)
  })

  test('with other content at the same moment makes one review and one refusal', async () => {
    const answers = await Promise.all(['a', 'b'].map(async (text) => upload('K', text)))
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409])
    expect(await countOf()).toBe(1)
  })

  test('can be used again when the first request was refused', async () => {
    expect(await codeOf(await record('K', { declaration: compliant, pack: 'nowhere' }))).toBe('unknown_pack')
    expect((await record('K', { declaration: compliant })).status).toBe(201)
  })

  test('does not bring back what was deleted', async () => {
    const id = await idOf(await record('K', { declaration: compliant }))
    await app.request(`/v1/reviews/${id}`, { method: 'DELETE' })
    expect(await codeOf(await record('K', { declaration: compliant }))).toBe('not_found')
    expect(await countOf()).toBe(0)
  })

  test('is another one in another tenant, and with another applicant’s access key', async () => {
    const keys = [
      await opened.addKey('north'),
      await opened.addKey('south'),
      await opened.addKey('south', 'applicant'),
      await opened.addKey('south', 'applicant'),
    ]
    const ids = await Promise.all(
      keys.map(async (key) => idOf(await record('K', { declaration: compliant }, { Authorization: `Bearer ${key}` }))),
    )
    expect(new Set(ids).size).toBe(4)
    for (const [index, key] of keys.entries()) {
      const again = await record('K', { declaration: compliant }, { Authorization: `Bearer ${key}` })
      expect(await idOf(again)).toBe(ids[index])
    }
  })
})

test('without a key everything is new', async () => {
  const body = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ declaration: compliant }),
  }
  expect(await idOf(await app.request('/v1/reviews', body))).not.toBe(
    await idOf(await app.request('/v1/reviews', body)),
  )
})

test.each(['', 'x'.repeat(256), 'a b'])('a key that is none is refused: “%s”', async (key) => {
  expect(await codeOf(await record(key, { declaration: compliant }))).toBe('invalid_declaration')
})
