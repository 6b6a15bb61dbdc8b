import { afterEach, beforeEach, expect, test } from 'vitest'
import { LOCAL } from '../../src/access/actor.ts'
import { createApp } from '../../src/api/app.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { toKnown } from '../../src/review/across.ts'
import { Comparison } from '../../src/review/compare.ts'
import { createReviewer } from '../../src/review/reviewer.ts'
import { Review } from '../../src/review/schema.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import { compliant, createTestService, noReader } from '../review/service-under-test.ts'

const STRICT = `id: strict-2026
version: 2.0.0
extends: try-2025
title: { zh-CN: 从严, en: Stricter }
notice: { number: 院〔2026〕1号, title: 院内通知, issuer: 某医院 }
validity: { from: "2026-01-01" }
rules: [{ rule: enrollment-cap, params: { most: 100 } }]
`
const packs = loadPacks(
  new Map([...packSourceFromFolder('test/review/rules'), ['rules/packs/strict-2026/pack.yaml', STRICT]]),
)
const noLog = { logFault: () => {}, logRequest: () => {} }

let service: Awaited<ReturnType<typeof createTestService>>
let app: ReturnType<typeof createApp>
beforeEach(async () => {
  const reviewer = createReviewer({ packs, reader: noReader, clock: () => new Date(), log: () => {} })
  service = await createTestService(noReader, { reviewer })
  app = createApp({ service: service.service, version: '9.9.9', ...noLog })
})
afterEach(() => service.close())

const post = (path: string, body: unknown) =>
  app.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })
const reviewOf = async (response: Response) => Review.parse(await response.json())
const first = async (more: object = {}) => reviewOf(await post('/v1/reviews', { declaration: compliant, ...more }))

test('an old review is run again under a new pack, and what changed is told', async () => {
  const old = await first()
  const response = await post(`/v1/reviews/${old.id}/reruns`, { pack: 'strict-2026' })
  expect(response.status).toBe(201)
  const again = await reviewOf(response)
  expect(again).toMatchObject({ rerunOf: old.id, verdict: 'manual', pack: { id: 'strict-2026' } })
  expect(again.id).not.toBe(old.id)
  expect(response.headers.get('Location')).toBe(`/v1/reviews/${again.id}`)
  const comparison = Comparison.parse(await (await app.request(`/v1/reviews/${again.id}/comparison`)).json())
  expect(comparison).toMatchObject({ before: { id: old.id, verdict: 'pass' }, after: { id: again.id } })
  expect(comparison.changes.map(({ rule, before, after }) => [rule, before?.status, after?.status])).toEqual([
    ['enrollment-cap', 'pass', 'fail'],
  ])
})

test('without a body the same is asked once more, and nothing has changed', async () => {
  const old = await first({ context: { unitQuota: 3 }, externalId: 'A-1' })
  const again = await reviewOf(await post(`/v1/reviews/${old.id}/reruns`, undefined))
  expect(again).toMatchObject({ externalId: 'A-1', notChecked: old.notChecked })
  const { changes } = Comparison.parse(await (await app.request(`/v1/reviews/${again.id}/comparison`)).json())
  expect(changes).toEqual([])
})

test('a run of a run names the first review', async () => {
  const old = await first()
  const second = await reviewOf(await post(`/v1/reviews/${old.id}/reruns`, {}))
  const third = await reviewOf(await post(`/v1/reviews/${second.id}/reruns`, {}))
  expect(third.rerunOf).toBe(old.id)
  const path = `/v1/reviews/${third.id}/comparison?with=${second.id}`
  expect(Comparison.parse(await (await app.request(path)).json()).before.id).toBe(second.id)
})

test('documents that cannot be read cannot be read again, and the first stays as it was', async () => {
  const form = new FormData()
  form.append('file', new File(['%PDF-1.7 not much of one'], '申报书.pdf'))
  const old = await reviewOf(await app.request('/v1/reviews?wait=5', { method: 'POST', body: form }))
  const again = await reviewOf(await post(`/v1/reviews/${old.id}/reruns?wait=5`, { pack: 'strict-2026' }))
  expect(again).toMatchObject({ status: 'failed', rerunOf: old.id })
  expect(await service.service.get(LOCAL, old.id)).toEqual(old)
})

test.each<[string, string, object, number]>([
  ['a review that is not there', 'rev_01JD0000000000000000000000', {}, 404],
  ['a pack that does not exist', '', { pack: 'nowhere' }, 422],
  ['a day that does not exist', '', { asOf: '2025-02-30' }, 422],
])('refuses %s', async (_name, id, body, status) => {
  const old = await first()
  expect((await post(`/v1/reviews/${id || old.id}/reruns`, body)).status).toBe(status)
})

test('a review that is no other’s run needs to be told with what to compare it', async () => {
  const old = await first()
  expect((await app.request(`/v1/reviews/${old.id}/comparison`)).status).toBe(404)
})

test('the hash that a review names is the pack’s own', async () => {
  const { pack } = await first()
  const shown = (await (await app.request('/v1/packs/try-2025')).json()) as { hash: string }
  expect(pack?.hash).toBe(shown.hash)
})

test('another run is no second declaration of the project', () => {
  const run = (id: string, more: object = {}) => ({ id, declaration: compliant, ...more })
  const others = [run('rev_1'), run('rev_2', { rerunOf: 'rev_1' }), run('rev_3')]
  const seenBy = (more: object) =>
    toKnown(others, { id: 'rev_9', status: 'done', createdAt: '2026-01-01T00:00:00Z', documents: [], ...more })
  expect(seenBy({ rerunOf: 'rev_1' }).map(({ label }) => label)).toEqual(['审查 rev_3'])
  expect(seenBy({})).toHaveLength(3)
})
