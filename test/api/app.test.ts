import { read as readWorkbook, utils } from '@e965/xlsx'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LOCAL } from '../../src/access/actor.ts'
import { createApp } from '../../src/api/app.ts'
import { DOCX, XLSX } from '../../src/api/formats.ts'
import type { RequestLine } from '../../src/api/request-log.ts'
import type { PageReader } from '../../src/documents/ports.ts'
import { PROBLEMS, Problem, type ProblemDetails } from '../../src/problem.ts'
import { Review } from '../../src/review/schema.ts'
import { compliant, createTestService, noReader } from '../review/service-under-test.ts'

const reader: PageReader = {
  ...noReader,
  open: async () => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    throw new Problem('too_many_pages', '文件共 999 页')
  },
}

let service: Awaited<ReturnType<typeof createTestService>>
let app: ReturnType<typeof createApp>
let requests: (RequestLine & { route: string })[]
beforeEach(async () => {
  service = await createTestService(reader)
  requests = []
  const log = {
    logFault: () => {},
    logRequest: (line: RequestLine, route: string) => void requests.push({ ...line, route }),
  }
  app = createApp({ service: service.service, version: '9.9.9', maxBody: 100_000, ...log })
})
afterEach(() => service.close())

const post = (body: unknown, headers: Record<string, string> = {}) =>
  app.request('/v1/reviews', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const PDF = new TextEncoder().encode('%PDF-1.7 not much of one')

function upload(parts: Record<string, string | File | File[]>, path = '/v1/reviews', headers = {}) {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts)) for (const one of [part].flat()) form.append(name, one)
  return app.request(path, { method: 'POST', headers, body: form })
}

const file = (bytes: Uint8Array<ArrayBuffer> = PDF, name = '申报书.pdf') => new File([bytes], name)

async function expectProblem(response: Response, code: keyof typeof PROBLEMS): Promise<ProblemDetails> {
  const problem = (await response.json()) as ProblemDetails
  expect(problem).toMatchObject({ code, status: PROBLEMS[code].status, title: PROBLEMS[code].title })
  expect(response.status).toBe(PROBLEMS[code].status)
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  return problem
}

const pointers = ({ errors }: ProblemDetails) => errors?.map(({ pointer }) => pointer)

describe('POST /v1/reviews with JSON', () => {
  test('answers with the finished review, and keeps it', async () => {
    const response = await post({ declaration: compliant, externalId: 'A-1' })
    expect(response.status).toBe(201)
    const review = Review.parse(await response.json())
    expect(review).toMatchObject({ status: 'done', verdict: 'pass', externalId: 'A-1' })
    expect(response.headers.get('Location')).toBe(`/v1/reviews/${review.id}`)
    const again = await app.request(`/v1/reviews/${review.id}`)
    expect(await again.json()).toEqual(review)
  })

  test('shows open findings only when asked', async () => {
    const response = await app.request('/v1/reviews?findings=open', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ declaration: compliant }),
    })
    const { id, findings } = (await response.json()) as Review
    expect(findings?.map(({ rule }) => rule)).toEqual(['unit-quota', 'content-theme'])
    const all = (await (await app.request(`/v1/reviews/${id}`)).json()) as Review
    expect(all.findings).toHaveLength(4)
  })

  test.each<[string, unknown, string[]]>([
    ['no JSON', '{"declaration": 林若溪', ['']],
    ['no object', '[]', ['']],
    ['no declaration', {}, ['/declaration']],
    [
      'a wrong value deep inside',
      { declaration: { teachers: [{}, { hours: 'x' }] } },
      ['/declaration/teachers/1/hours'],
    ],
    ['a date that does not exist', { declaration: compliant, asOf: '2025-02-30' }, ['/asOf']],
    ['wrong context', { declaration: compliant, context: { unitAliases: 'x' } }, ['/context/unitAliases']],
    [
      'a callback, which this version cannot make',
      { declaration: compliant, callbackUrl: 'https://a.b' },
      ['/callbackUrl'],
    ],
  ])('refuses %s and points at it', async (_, body, expected) => {
    const problem = await expectProblem(await post(body), 'invalid_declaration')
    expect(pointers(problem)).toEqual(expected)
    expect(JSON.stringify(problem)).not.toContain('林若溪')
  })

  test('refuses a pack that does not exist, and a form that fits none', async () => {
    await expectProblem(await post({ declaration: compliant, pack: 'x' }), 'unknown_pack')
    await expectProblem(await post({ declaration: { project: { name: '学习班' } } }), 'unknown_pack')
    expect(await (await app.request('/v1/reviews')).json()).toEqual({ reviews: [], next: null })
  })

  test('refuses other media types and bodies that are too large', async () => {
    await expectProblem(await post('x', { 'Content-Type': 'text/plain' }), 'unsupported_media_type')
    await expectProblem(await post({ declaration: { overview: 'x'.repeat(100_001) } }), 'too_large')
  })

  test('refuses pages of other sites, not programs and not its own pages', async () => {
    const body = { declaration: compliant }
    await expectProblem(await post(body, { Origin: 'https://evil.example' }), 'forbidden')
    await expectProblem(await post(body, { 'Sec-Fetch-Site': 'cross-site' }), 'forbidden')
    expect((await post(body, { Origin: 'http://localhost', Host: 'localhost' })).status).toBe(201)
  })
})

describe('POST /v1/reviews with documents', () => {
  test('answers 202 at once and tells where to ask', async () => {
    const response = await upload({ file: file(), externalId: 'B-1' })
    expect(response.status).toBe(202)
    const review = Review.parse(await response.json())
    expect(response.headers.get('Location')).toBe(`/v1/reviews/${review.id}`)
    expect(review.externalId).toBe('B-1')
    const later = await app.request(`/v1/reviews/${review.id}?wait=10`)
    expect(await later.json()).toMatchObject({ status: 'failed', problem: { code: 'too_many_pages' } })
  })

  test.each([
    ['?wait=10', '', {}],
    ['Prefer: wait=10', '', { Prefer: 'respond-async, wait=10' }],
  ])('%s waits for the answer, which may be that it could not be done', async (name, _, headers) => {
    const response = await upload({ file: file() }, `/v1/reviews${name.startsWith('?') ? name : ''}`, headers)
    expect(response.status).toBe(201)
    const review = (await response.json()) as Review
    expect(review).toMatchObject({ status: 'failed', problem: { code: 'too_many_pages', status: 422 } })
    expect(review.verdict).toBeUndefined()
  })

  test('answers 202 when the time is up', async () => {
    expect((await upload({ file: file() }, '/v1/reviews?wait=0.001')).status).toBe(202)
  })

  test.each([
    ['an empty file', file(new Uint8Array()), 'corrupt_document'],
    [
      'a picture of a kind nobody reads',
      file(new TextEncoder().encode('GIF89a'), '申报书.gif'),
      'unsupported_media_type',
    ],
    ['text that calls itself PDF', file(new TextEncoder().encode('hello'), '申报书.pdf'), 'unsupported_media_type'],
  ] as const)('refuses %s at once', async (_, bad, code) => {
    await expectProblem(await upload({ file: [file(), bad] }), code)
    expect(await Array.fromAsync(service.blobs.list())).toEqual([])
  })

  test('refuses a file that is too large at once', async () => {
    app = createApp({ service: service.service, version: '1', logFault: () => {}, logRequest: () => {} })
    await expectProblem(await upload({ file: file(new Uint8Array(50 * 1024 * 1024 + 1)) }), 'too_large')
  })

  test.each<[string, Record<string, string | File>, string]>([
    ['no file', { pack: 'try-2025' }, '/file'],
    ['a file that is only text', { file: 'not a file' }, '/file'],
    ['a broken declaration', { file: file(), declaration: '{' }, '/declaration'],
    ['a wrong declaration', { file: file(), declaration: '{"project":{"year":"x"}}' }, '/declaration/project/year'],
    ['a callback', { file: file(), callbackUrl: 'https://a.b' }, '/callbackUrl'],
  ])('refuses %s and points at it', async (_, parts, pointer) => {
    expect(pointers(await expectProblem(await upload(parts), 'invalid_declaration'))).toEqual([pointer])
  })

  test('refuses an unknown pack at once', async () => {
    await expectProblem(await upload({ file: file(), pack: 'nowhere' }), 'unknown_pack')
  })

  test('takes empty parts of a web form as left out', async () => {
    expect((await upload({ file: file(), pack: '', declaration: '', externalId: ' ' })).status).toBe(202)
  })

  test('refuses a body that is no multipart at all', async () => {
    const response = await app.request('/v1/reviews', {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      body: 'nothing of the kind',
    })
    await expectProblem(response, 'invalid_declaration')
  })

  test('says when to come back when too many wait', async () => {
    const full = await createTestService(reader, { concurrency: 1, maxWaiting: 0 })
    app = createApp({ service: full.service, version: '1', logFault: () => {}, logRequest: () => {} })
    const { id } = (await (await upload({ file: file() })).json()) as Review
    const response = await upload({ file: file() })
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0)
    await expectProblem(response, 'busy')
    await full.service.get(LOCAL, id, 10)
    await full.close()
  })
})

describe('POST /v1/reviews with too many declarations at once', () => {
  test('says when to come back, and takes the next one when there is room', async () => {
    const small = await createTestService(reader, { maxAtOnce: 1 })
    app = createApp({ service: small.service, version: '1', logFault: () => {}, logRequest: () => {} })
    const [first, second] = await Promise.all([post({ declaration: compliant }), post({ declaration: compliant })])
    expect(first.status).toBe(201)
    expect(Number(second.headers.get('Retry-After'))).toBeGreaterThan(0)
    await expectProblem(second, 'busy')
    expect((await post({ declaration: compliant })).status).toBe(201)
    await small.close()
  })
})

describe('GET /v1/reviews', () => {
  test('pages through with a cursor, newest first, without declarations', async () => {
    const ids: string[] = []
    for (const number of [1, 2, 3]) {
      const review = (await (await post({ declaration: compliant, externalId: `E-${number}` })).json()) as Review
      ids.unshift(review.id)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    type List = { reviews: Review[]; next: string | null }
    const first = (await (await app.request('/v1/reviews?limit=2')).json()) as List
    const second = (await (await app.request(`/v1/reviews?limit=2&cursor=${first.next}`)).json()) as List
    expect([...first.reviews, ...second.reviews].map(({ id }) => id)).toEqual(ids)
    expect(second.next).toBeNull()
    expect(first.reviews[0]).not.toHaveProperty('declaration')
    expect(first.reviews[0]).toMatchObject({ verdict: 'pass', externalId: 'E-3' })
  })

  test.each([
    ['verdict=return', 1],
    ['status=done', 2],
    ['status=failed', 0],
    ['pack=try-2025&verdict=pass', 1],
    ['rule=leader-employed', 1],
    ['externalId=E-1', 1],
    ['from=2000-01-01&to=2999-12-31', 2],
    ['to=2000-01-01', 0],
    ['from=2999-01-01T00:00:00Z', 0],
  ])('finds by %s', async (query, count) => {
    await post({ declaration: compliant, externalId: 'E-1' })
    await post({ declaration: { ...compliant, leader: { employed: false } } })
    const { reviews } = (await (await app.request(`/v1/reviews?${query}`)).json()) as { reviews: Review[] }
    expect(reviews).toHaveLength(count)
  })

  test('counts days as Beijing does', async () => {
    const { id, createdAt } = (await (await post({ declaration: compliant })).json()) as Review
    const day = new Date(Date.parse(createdAt) + 8 * 3_600_000).toISOString().slice(0, 10)
    const { reviews } = (await (await app.request(`/v1/reviews?from=${day}&to=${day}`)).json()) as { reviews: Review[] }
    expect(reviews.map((review) => review.id)).toEqual([id])
  })

  test.each(['status=x', 'limit=0', 'limit=x', 'from=yesterday', 'cursor=x', 'verdikt=pass'])(
    'refuses %s',
    async (query) => {
      const problem = await expectProblem(await app.request(`/v1/reviews?${query}`), 'invalid_declaration')
      expect(pointers(problem)).toEqual([`/${query.split('=')[0]}`])
    },
  )
})

describe('a review', () => {
  test('is erased for good', async () => {
    const { id } = (await (await post({ declaration: compliant })).json()) as Review
    expect((await app.request(`/v1/reviews/${id}`, { method: 'DELETE' })).status).toBe(204)
    for (const path of [`/v1/reviews/${id}`, `/v1/reviews/${id}/report`]) {
      await expectProblem(await app.request(path), 'not_found')
    }
    await expectProblem(await app.request(`/v1/reviews/${id}`, { method: 'DELETE' }), 'not_found')
  })

  test('has a report by what the caller accepts', async () => {
    const { id } = (await (await post({ declaration: { ...compliant, leader: { employed: false } } })).json()) as Review
    const report = (accept: string) => app.request(`/v1/reviews/${id}/report`, { headers: { Accept: accept } })
    const html = await report('text/html,*/*;q=0.8')
    expect(html.headers.get('Content-Type')).toContain('text/html')
    expect(html.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(await html.text()).toContain('退回修改')
    const text = await report('text/plain')
    expect(text.headers.get('Content-Type')).toContain('text/plain')
    expect(await text.text()).toMatch(/^结论：退回修改/)
    const letter = await report(DOCX)
    expect(letter.headers.get('Content-Type')).toBe(DOCX)
    expect(letter.headers.get('Content-Disposition')).toBe(`attachment; filename="${id}.docx"`)
    expect(new TextDecoder().decode((await letter.arrayBuffer()).slice(0, 2))).toBe('PK')
    const workbook = readWorkbook(await (await report(XLSX)).arrayBuffer())
    expect(utils.sheet_to_csv(workbook.Sheets.审查意见 ?? {})).toContain('leader-employed')
    await expectProblem(await report('application/pdf'), 'unsupported_media_type')
  })

  test('has no report before it is finished', async () => {
    const { id } = (await (await upload({ file: file() })).json()) as Review
    await expectProblem(await app.request(`/v1/reviews/${id}/report`), 'not_found')
    await app.request(`/v1/reviews/${id}?wait=10`)
    const report = await app.request(`/v1/reviews/${id}/report`)
    expect(await report.text()).toContain('未能审查')
  })
})

test('packs are listed, and shown with every rule and clause', async () => {
  const list = await (await app.request('/v1/packs')).json()
  expect(list).toMatchObject({ packs: [{ id: 'try-2025', version: '1.2.3', rules: 4 }] })
  const pack = (await (await app.request('/v1/packs/try-2025')).json()) as { rules: object[]; ledger: object[] }
  expect(pack.rules).toContainEqual(expect.objectContaining({ rule: 'enrollment-cap', params: { most: '200' } }))
  expect(pack.ledger).toHaveLength(4)
  await expectProblem(await app.request('/v1/packs/nowhere'), 'not_found')
})

test('health, readiness and unknown addresses', async () => {
  expect(await (await app.request('/healthz')).json()).toEqual({ status: 'ok', version: '9.9.9' })
  expect(await (await app.request('/readyz')).json()).toEqual({ status: 'ready', packs: 1 })
  await expectProblem(await app.request('/nowhere'), 'not_found')
  await service.service.close()
  await expectProblem(await app.request('/readyz'), 'busy')
})

test.each([
  ['PUT', '/v1/reviews', 'GET, HEAD, POST'],
  ['POST', '/v1/reviews/rev_1', 'DELETE, GET, HEAD'],
  ['POST', '/v1/packs/beijing-2025-municipal', 'GET, HEAD'],
  ['DELETE', '/healthz', 'GET, HEAD'],
])('%s %s is refused with the methods that the address takes', async (method, path, allowed) => {
  const response = await app.request(path, { method })
  expect([response.status, response.headers.get('Allow')]).toEqual([405, allowed])
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({
    code: 'not_found',
    status: 405,
    detail: expect.stringContaining(method),
  })
  expect(requests.at(-1)?.status).toBe(405)
})

test('of an address that is there, 404 stays 404', async () => {
  const response = await app.request('/v1/reviews/rev_nowhere')
  expect([response.status, response.headers.get('Allow')]).toEqual([404, null])
})

test('the log tells method, route, status and time, and nothing a caller wrote', async () => {
  const { id } = (await (await post({ declaration: compliant })).json()) as Review
  await app.request(`/v1/reviews/${id}?findings=open`)
  await app.request('/v1/reviews?externalId=110101199001011234')
  await app.request('/v1/reviews/110101199001011234')
  await app.request('/%E6%9E%97%E8%8B%A5%E6%BA%AA')
  expect(requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    'POST /v1/reviews 201',
    `GET /v1/reviews/${id} 200`,
    'GET /v1/reviews 200',
    'GET /v1/reviews/:id 404',
    'GET - 404',
  ])
  const routes = ['/v1/reviews', '/v1/reviews/:id', '/v1/reviews', '/v1/reviews/:id', '-']
  expect(requests.map(({ route }) => route)).toEqual(routes)
})
