import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../src/access/actor.ts'
import { createKey, digestOfKey } from '../../src/access/key.ts'
import { createApp } from '../../src/api/app.ts'
import { MAY_CALL } from '../../src/api/roles.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { PROBLEMS } from '../../src/problem.ts'
import { createReviewer } from '../../src/review/reviewer.ts'
import type { Review } from '../../src/review/schema.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import type { ApiKey } from '../../src/store/keys.ts'
import { compliant, createTestService, noReader } from '../review/service-under-test.ts'

let service: Awaited<ReturnType<typeof createTestService>>
let app: ReturnType<typeof createApp>
let now: Date

beforeEach(async () => {
  now = new Date('2024-11-20T08:00:00.000Z')
  service = await createTestService()
  app = open()
})
afterEach(() => service.close())

function open(limit = { quota: 1000, window: 60 }, address = '192.0.2.7') {
  const access = { keys: service.store.keys, addressOf: () => address, limit, clock: () => now }
  return createApp({ service: service.service, version: '1', logFault: () => {}, logRequest: () => {}, access })
}

async function makeKey(role: Role, more: Partial<ApiKey> = {}): Promise<{ key: string; id: string }> {
  const { id, key } = await createKey()
  const kept = { id, tenant: 'default', name: `某 ${role}`, role, createdAt: now.toISOString(), ...more }
  await service.store.keys.add({ ...kept, digest: await digestOfKey(key) }, 'local')
  return { key, id }
}

function realReviewer() {
  const packs = loadPacks(packSourceFromFolder('rules'))
  return createReviewer({ packs, reader: noReader, clock: () => now, log: () => {} })
}

const call = (path: string, key?: string, init: RequestInit = {}) =>
  app.request(path, { ...init, headers: { ...init.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) } })

const send = (path: string, key: string | undefined, body: object, method = 'POST') =>
  call(path, key, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })

async function handIn(key: string, more: object = {}): Promise<Review> {
  const response = await send('/v1/reviews', key, { declaration: compliant, ...more })
  expect(response.status).toBe(201)
  return (await response.json()) as Review
}

async function expectProblem(response: Response, code: keyof typeof PROBLEMS) {
  expect(await response.json()).toMatchObject({ code })
  expect(response.status).toBe(PROBLEMS[code].status)
}

describe('without any key', () => {
  test.each(['http://localhost', 'http://127.0.0.1:8787', 'http://[::1]:8787'])('%s is open', async (origin) => {
    expect((await call(`${origin}/v1/reviews`)).status).toBe(200)
  })

  test.each([
    'http://evil.example',
    'http://192.0.2.1:8787',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
  ])(
    '%s is not, though it may lead here',
    async (origin) => await expectProblem(await call(`${origin}/v1/reviews`), 'unauthorized'),
  )

  test('the first key closes the door, and it stays closed when the last is revoked', async () => {
    const { id } = await makeKey('admin')
    await expectProblem(await call('/v1/reviews'), 'unauthorized')
    await service.store.keys.revoke(id, { at: now.toISOString(), actor: 'local' })
    await expectProblem(await call('/v1/reviews'), 'unauthorized')
  })
})

describe('a key', () => {
  test('opens, from anywhere, and its last day of use is known', async () => {
    const { key, id } = await makeKey('admin')
    expect((await call('http://form.example.org/v1/reviews', key)).status).toBe(200)
    expect((await service.store.keys.find(id))?.lastUsedOn).toBe('2024-11-20')
    now = new Date('2024-11-21T08:00:00.000Z')
    await call('/v1/reviews', key)
    expect((await service.store.keys.find(id))?.lastUsedOn).toBe('2024-11-21')
  })

  test('that is missing, unknown, changed or no Bearer is refused as RFC 6750 says', async () => {
    const { key } = await makeKey('admin')
    const missing = await call('/v1/reviews')
    expect(missing.headers.get('WWW-Authenticate')).toBe('Bearer realm="xingshen"')
    await expectProblem(missing, 'unauthorized')
    const unknown = (await createKey()).key
    for (const value of [
      `Bearer ${unknown}`,
      `Bearer ${key.slice(0, -1)}x`,
      `Basic ${btoa(`a:${key}`)}`,
      key,
      'Bearer',
    ]) {
      const refused = await app.request('/v1/reviews', { headers: { Authorization: value } })
      expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer realm="xingshen", error="invalid_token"')
      await expectProblem(refused, 'unauthorized')
    }
  })

  test('of which the id is right and the secret is another’s is refused', async () => {
    const { id } = await makeKey('admin')
    const { key, id: other } = await createKey()
    await service.store.keys.add(
      {
        id: other,
        tenant: 'default',
        name: '某',
        role: 'admin',
        createdAt: now.toISOString(),
        digest: await digestOfKey(id),
      },
      'local',
    )
    await expectProblem(await call('/v1/reviews', key), 'unauthorized')
  })

  test('that was revoked or has expired is refused', async () => {
    const { key, id } = await makeKey('admin')
    const brief = await makeKey('admin', { expiresAt: '2024-11-20T09:00:00.000Z' })
    expect((await call('/v1/reviews', brief.key)).status).toBe(200)
    now = new Date('2024-11-20T09:00:00.000Z')
    await expectProblem(await call('/v1/reviews', brief.key), 'unauthorized')
    await service.store.keys.revoke(id, { at: now.toISOString(), actor: 'local' })
    await expectProblem(await call('/v1/reviews', key), 'unauthorized')
  })

  test('is not asked for where nothing is told', async () => {
    await makeKey('admin')
    for (const path of ['/healthz', '/readyz', '/openapi.json']) expect((await call(path)).status).toBe(200)
    await expectProblem(await call('/v1/nowhere'), 'unauthorized')
  })
})

describe('roles', () => {
  const routes = () =>
    app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
      .map(({ method, path }) => `${method} ${path.replace(/\/$/, '')}`)

  test('every line of the table is a route', () => {
    expect(Object.keys(MAY_CALL).filter((route) => !routes().includes(route))).toEqual([])
  })

  test.each<Role>(['applicant', 'reviewer', 'admin'])(
    '%s may call what the table says and nothing else',
    async (role) => {
      const { key } = await makeKey(role)
      for (const route of new Set(routes())) {
        const [method = '', path = ''] = route.split(' ')
        const response = await call(path.replace(/:\w+/g, 'rev_00000000000000000000000000'), key, { method })
        const allowed = role === 'admin' || (MAY_CALL[route]?.includes(role) ?? false)
        expect([route, response.status === 403]).toEqual([route, !allowed])
      }
    },
  )

  test('an applicant sees only what was handed in with the same key', async () => {
    const one = await makeKey('applicant')
    const other = await makeKey('applicant')
    const { id } = await handIn(one.key)
    for (const path of ['', '/report', '/decisions', `/comparison?with=${id}`]) {
      expect((await call(`/v1/reviews/${id}${path}`, one.key)).status).toBe(200)
      await expectProblem(await call(`/v1/reviews/${id}${path}`, other.key), 'not_found')
    }
    await expectProblem(await call(`/v1/reviews/${id}/reruns`, other.key, { method: 'POST' }), 'not_found')
    expect(await (await call('/v1/reviews', other.key)).json()).toMatchObject({ reviews: [] })
    expect(await (await call('/v1/reviews', one.key)).json()).toMatchObject({ reviews: [{ id }] })
    const { key } = await makeKey('reviewer')
    expect((await call(`/v1/reviews/${id}`, key)).status).toBe(200)
  })

  test('what is handed in belongs to the key, whatever the caller says', async () => {
    const { key, id: owner } = await makeKey('applicant', { tenant: 'north' })
    const { id } = await handIn(key, { tenant: 'south', owner: 'xs_someone' })
    expect(await service.store.reviews.request(id)).toMatchObject({ tenant: 'north', owner })
    expect((await service.store.audit.of(id)).map(({ actor, tenant }) => [actor, tenant])).toEqual([[owner, 'north']])
  })

  test('an applicant cannot compare with a review that is not theirs', async () => {
    const { key } = await makeKey('applicant')
    const { id } = await handIn(key)
    const foreign = await handIn((await makeKey('applicant')).key)
    await expectProblem(await call(`/v1/reviews/${id}/comparison?with=${foreign.id}`, key), 'not_found')
  })
})

describe('tenants', () => {
  test('no route shows or changes anything of another tenant, not to its admins either', async () => {
    const north = await makeKey('admin', { tenant: 'north' })
    const south = await makeKey('admin', { tenant: 'south' })
    const { id } = await handIn(north.key)
    for (const route of app.routes.filter(
      ({ method, path }) => method !== 'ALL' && path.startsWith('/v1/reviews/:id'),
    )) {
      const response = await call(route.path.replace(':id', id).replace(':page', '1'), south.key, {
        method: route.method,
        ...(route.path.endsWith('/decisions') && route.method === 'POST'
          ? { body: JSON.stringify({ rule: 'leader-employed', ruling: 'uphold' }) }
          : {}),
      })
      expect([route.method, route.path, response.status]).toEqual([route.method, route.path, 404])
    }
    expect(await (await call('/v1/reviews', south.key)).json()).toMatchObject({ reviews: [] })
    expect((await call(`/v1/reviews/${id}`, north.key)).status).toBe(200)
  })

  test('the registry knows a tenant’s declarations, and none of another’s', async () => {
    await service.close()
    service = await createTestService(noReader, { reviewer: realReviewer() })
    app = open()
    const north = await makeKey('applicant', { tenant: 'north' })
    const again = await makeKey('applicant', { tenant: 'north' })
    const south = await makeKey('applicant', { tenant: 'south' })
    const quota = async (key: string, name: string) => {
      const unit = { name: '北京澄湖医院' }
      const declaration = { project: { name, year: 2025 }, unit, leader: { name: '林知远', employed: true } }
      const { findings } = await handIn(key, { declaration, pack: 'beijing-2025-municipal' })
      return findings?.find(({ rule }) => rule === 'leader-quota')?.message
    }
    const alone = await quota(north.key, '伤口护理学习班')
    await quota(north.key, '气道管理学习班')
    expect(await quota(again.key, '用药教育学习班')).not.toBe(alone)
    expect(await quota(south.key, '伤口护理学习班')).toBe(alone)
  })

  test('keys of another tenant are neither shown nor revoked', async () => {
    const north = await makeKey('admin', { tenant: 'north' })
    const south = await makeKey('admin', { tenant: 'south' })
    const { keys } = (await (await call('/v1/keys', south.key)).json()) as { keys: ApiKey[] }
    expect(keys.map(({ id }) => id)).toEqual([south.id])
    await expectProblem(await call(`/v1/keys/${north.id}`, south.key, { method: 'DELETE' }), 'not_found')
    expect((await call('/v1/keys', north.key)).status).toBe(200)
  })
})

describe('/v1/keys', () => {
  test('makes a key of the own tenant, shows it once and lets it be revoked', async () => {
    const admin = await makeKey('admin', { tenant: 'north' })
    const made = await send('/v1/keys', admin.key, { role: 'applicant', name: '申报系统' })
    expect(made.status).toBe(201)
    expect(made.headers.get('Cache-Control')).toBe('no-store')
    const { key, id } = (await made.json()) as { key: string; id: string }
    expect((await call('/v1/reviews', key)).status).toBe(200)
    const listed = await (await call('/v1/keys', admin.key)).text()
    expect(listed).toContain(id)
    expect(listed).not.toContain(key)
    expect((await service.store.keys.find(id))?.tenant).toBe('north')
    expect((await call(`/v1/keys/${id}`, admin.key, { method: 'DELETE' })).status).toBe(204)
    await expectProblem(await call('/v1/reviews', key), 'unauthorized')
    expect((await service.store.audit.of(id)).map(({ action, actor }) => [action, actor])).toEqual([
      ['key-created', admin.id],
      ['key-revoked', admin.id],
    ])
  })

  test.each([{ role: 'root', name: 'x' }, { role: 'admin' }, { role: 'admin', name: 'x', tenant: 'other' }])(
    'refuses %j',
    async (body) => {
      const { key } = await makeKey('admin')
      await expectProblem(await send('/v1/keys', key, body), 'invalid_declaration')
    },
  )
})

describe('rate limits', () => {
  test('each key has its own, told in every answer', async () => {
    app = open({ quota: 2, window: 60 })
    const [one, other] = [await makeKey('admin'), await makeKey('admin')]
    const first = await call('/v1/reviews', one.key)
    expect(first.headers.get('RateLimit-Policy')).toBe('"requests";q=2;w=60')
    expect(first.headers.get('RateLimit')).toBe('"requests";r=1;t=30')
    await call('/v1/reviews', one.key)
    const refused = await call('/v1/reviews', one.key)
    expect(refused.headers.get('Retry-After')).toBe('30')
    expect(refused.headers.get('RateLimit')).toBe('"requests";r=0;t=60')
    await expectProblem(refused, 'rate_limited')
    expect((await call('/v1/reviews', other.key)).status).toBe(200)
    now = new Date(now.getTime() + 30_000)
    expect((await call('/v1/reviews', one.key)).status).toBe(200)
  })

  test('without keys they are counted by address', async () => {
    app = open({ quota: 1, window: 60 })
    expect((await call('/v1/reviews')).status).toBe(200)
    await expectProblem(await call('/v1/reviews'), 'rate_limited')
    app = open({ quota: 1, window: 60 }, '192.0.2.8')
    expect((await call('/v1/reviews')).status).toBe(200)
  })

  test('wrong keys are counted by address, and do not shut out right ones', async () => {
    const { key } = await makeKey('admin')
    for (let tries = 0; tries < 60; tries++) await expectProblem(await call('/v1/reviews'), 'unauthorized')
    const refused = await call('/v1/reviews')
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    await expectProblem(refused, 'rate_limited')
    expect((await call('/v1/reviews', key)).status).toBe(200)
  })
})

describe('figures for a monitor', () => {
  const withMetrics = () => {
    const access = { keys: service.store.keys, addressOf: () => '192.0.2.7', clock: () => now }
    const log = { logFault: () => {}, logRequest: () => {} }
    const metrics = async () => 'xingshen_jobs 0\n'
    return createApp({ service: service.service, version: '1', ...log, access, metrics })
  }

  test('are open while there are no keys', async () => {
    const response = await withMetrics().request('http://localhost/metrics')
    expect(response.headers.get('Content-Type')).toContain('version=0.0.4')
    expect(await response.text()).toBe('xingshen_jobs 0\n')
  })

  test('are an admin’s once there are', async () => {
    const { key: admin } = await makeKey('admin')
    const { key: reviewer } = await makeKey('reviewer')
    const ask = (key: string) => withMetrics().request('/metrics', { headers: { Authorization: `Bearer ${key}` } })
    await expectProblem(await withMetrics().request('/metrics'), 'unauthorized')
    await expectProblem(await ask(reviewer), 'forbidden')
    expect((await ask(admin)).status).toBe(200)
  })
})
