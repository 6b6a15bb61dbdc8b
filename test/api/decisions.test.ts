import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createKey, digestOfKey } from '../../src/access/key.ts'
import { createApp } from '../../src/api/app.ts'
import type { PageReader } from '../../src/documents/ports.ts'
import { Problem } from '../../src/problem.ts'
import { Decision, Review } from '../../src/review/schema.ts'
import { compliant, createTestService, noReader } from '../review/service-under-test.ts'

let release: () => void
const held: PageReader = {
  ...noReader,
  open: async () => {
    await new Promise<void>((resolve) => {
      release = resolve
    })
    throw new Problem('encrypted_document', '文件已加密')
  },
}

let service: Awaited<ReturnType<typeof createTestService>>
let app: ReturnType<typeof createApp>
let key: string
let review: Review
beforeEach(async () => {
  service = await createTestService(held)
  const access = { keys: service.store.keys, addressOf: () => '192.0.2.7', clock: () => new Date() }
  app = createApp({ service: service.service, version: '1', logFault: () => {}, logRequest: () => {}, access })
  const made = await createKey()
  key = made.key
  const createdAt = '2024-11-20T08:00:00.000Z'
  const digest = await digestOfKey(key)
  await service.store.keys.add(
    { id: made.id, tenant: 'default', name: '王老师', role: 'reviewer', createdAt, digest },
    'local',
  )
  const declaration = { ...compliant, leader: { name: '林若溪', employed: false } }
  review = Review.parse(await (await send('/v1/reviews', { declaration })).json())
})
afterEach(() => service.close())

const call = (path: string, init: RequestInit = {}) =>
  app.request(path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${key}` } })
const send = (path: string, body: object) =>
  call(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })
const rule = (body: object, id = review.id) => send(`/v1/reviews/${id}/decisions`, body)

describe('a ruling', () => {
  test('is answered, listed, and stands in the review and its reports, with whose it is', async () => {
    const made = await rule({ rule: 'leader-employed', ruling: 'overrule', reason: '在职证明已核对' })
    expect(made.status).toBe(201)
    const decision = Decision.parse(await made.json())
    expect(decision).toMatchObject({ rule: 'leader-employed', ruling: 'overrule', by: { name: '王老师' } })
    expect(await (await call(`/v1/reviews/${review.id}/decisions`)).json()).toEqual({ decisions: [decision] })
    const shown = Review.parse(await (await call(`/v1/reviews/${review.id}`)).json())
    expect(shown).toEqual({ ...review, decisions: [decision] })
    const html = await (await call(`/v1/reviews/${review.id}/report`)).text()
    expect(html).toContain('裁定：不予采纳：在职证明已核对（王老师')
    const text = await (await call(`/v1/reviews/${review.id}/report`, { headers: { Accept: 'text/plain' } })).text()
    expect(text).toContain('裁定  不予采纳：在职证明已核对（王老师')
    expect(text).toContain('结论：退回修改')
  })

  test('is added to those before and replaces none', async () => {
    await rule({ rule: 'leader-employed', ruling: 'ask', reason: '请附在职证明' })
    await rule({ rule: 'leader-employed', ruling: 'uphold' })
    const { decisions } = (await (await call(`/v1/reviews/${review.id}/decisions`)).json()) as { decisions: Decision[] }
    expect(decisions.map(({ ruling }) => ruling)).toEqual(['ask', 'uphold'])
    expect(decisions[1]).not.toHaveProperty('reason')
  })

  test('may be on what passed, on what a model is to say, and on one of several findings', async () => {
    const position = review.findings?.findIndex(({ source }) => source === 'llm') ?? -1
    const model = review.findings?.[position]
    expect(model).toBeDefined()
    const passed = review.findings?.find(({ status }) => status === 'pass')
    expect((await rule({ rule: model?.rule, finding: position, ruling: 'uphold' })).status).toBe(201)
    expect((await rule({ rule: passed?.rule, ruling: 'overrule', reason: '不符' })).status).toBe(201)
  })

  test.each<[string, object, string]>([
    ['overrules without a reason', { rule: 'leader-employed', ruling: 'overrule' }, '/reason'],
    ['overrules with a blank reason', { rule: 'leader-employed', ruling: 'overrule', reason: ' ' }, '/reason'],
    ['is none of the three', { rule: 'leader-employed', ruling: 'pass' }, '/ruling'],
    ['is on a rule that the review does not have', { rule: 'leader-age', ruling: 'uphold' }, '/rule'],
    ['names another rule’s finding', { rule: 'leader-employed', finding: 3, ruling: 'uphold' }, '/finding'],
    ['names a finding that is not there', { rule: 'leader-employed', finding: 99, ruling: 'uphold' }, '/finding'],
    ['has a reason without end', { rule: 'leader-employed', ruling: 'ask', reason: '长'.repeat(2001) }, '/reason'],
  ])('that %s is refused', async (_, body, pointer) => {
    const response = await rule(body)
    expect(response.status).toBe(422)
    const { errors } = (await response.json()) as { errors: { pointer: string }[] }
    expect(errors.map((error) => error.pointer)).toEqual([pointer])
  })

  test('waits until the review is finished', async () => {
    const form = new FormData()
    form.append('file', new File(['%PDF-1.7 not much of one'], '申报书.pdf'))
    const queued = (await (await call('/v1/reviews', { method: 'POST', body: form })).json()) as Review
    expect((await rule({ rule: 'leader-employed', ruling: 'uphold' }, queued.id)).status).toBe(503)
    while (!release) await new Promise((resolve) => setTimeout(resolve, 5))
    release()
    await call(`/v1/reviews/${queued.id}?wait=10`)
    expect((await rule({ rule: 'leader-employed', ruling: 'uphold' }, queued.id)).status).toBe(422)
  })

  test('leaves a line in the audit trail without its reason', async () => {
    await rule({ rule: 'leader-employed', ruling: 'overrule', reason: '林若溪的在职证明已核对' })
    const trail = await service.store.audit.of(review.id)
    expect(trail.at(-1)).toMatchObject({ action: 'decided', detail: { rule: 'leader-employed', ruling: 'overrule' } })
    expect(JSON.stringify(trail)).not.toMatch(/林若溪|在职证明|王老师/)
  })
})
