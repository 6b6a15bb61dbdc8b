import { read as readWorkbook, utils } from '@e965/xlsx'
import JSZip from 'jszip'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NDJSON, XLSX } from '../../src/api/formats.ts'
import { createClient } from '../../src/client.ts'
import { Problem, type ProblemDetails } from '../../src/problem.ts'
import type { Review } from '../../src/review/schema.ts'
import type { BatchItem, BatchOverview } from '../../src/store/batches.ts'
import type { Post } from '../../src/webhooks/outcome.ts'
import { compliant, noReader } from '../review/service-under-test.ts'
import { openTestApp, type TestApp } from './app-under-test.ts'

type Shown = BatchOverview & { items: BatchItem[]; next: string | null }

const PDF = '%PDF-1.7 '
let opened: TestApp
let app: TestApp['app']
let sent: Parameters<Post>[0][]
let hold: Promise<void> | undefined
beforeEach(async () => {
  sent = []
  hold = undefined
  const reader = {
    ...noReader,
    async open(): Promise<never> {
      await hold
      throw new Problem('too_many_pages', '文件共 999 页')
    },
  }
  const post: Post = async (request) => {
    sent.push(request)
    return { status: 204 }
  }
  opened = await openTestApp({ reader, post })
  app = opened.app
})
afterEach(() => opened.close())

const as = (key?: string) => (key === undefined ? {} : { Authorization: `Bearer ${key}` })

function send(
  files: [name: string, content: string | Uint8Array<ArrayBuffer>][],
  more: Record<string, string> = {},
  headers = {},
) {
  const body = new FormData()
  for (const [name, content] of files) body.append('file', new File([content], name))
  for (const [part, value] of Object.entries(more)) body.append(part, value)
  return app.request('/v1/batches', { method: 'POST', body, headers })
}

const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T
const show = (id: string, query = '', key?: string) =>
  json<Shown>(app.request(`/v1/batches/${id}${query}`, { headers: as(key) }))
const names = ({ items }: Shown) => items.map(({ name }) => name)

async function settled(id: string, key?: string): Promise<Shown> {
  for (;;) {
    const batch = await show(id, '', key)
    if (batch.status !== 'running') return batch
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function zip(entries: Record<string, string>): Promise<Uint8Array<ArrayBuffer>> {
  const archive = new JSZip()
  for (const [name, content] of Object.entries(entries)) archive.file(name, content)
  return new Uint8Array(await archive.generateAsync({ type: 'uint8array' }))
}

describe('a batch of files', () => {
  test('is accepted at once, and every file is one declaration', async () => {
    const response = await send(
      [
        ['甲.pdf', `${PDF}1`],
        ['乙.pdf', `${PDF}2`],
      ],
      { externalId: 'E-1' },
    )
    expect(response.status).toBe(202)
    const accepted = await json<BatchOverview>(response)
    expect(response.headers.get('Location')).toBe(`/v1/batches/${accepted.id}`)
    expect(accepted).toMatchObject({ status: 'running', externalId: 'E-1', counts: { items: 2 } })
    const batch = await settled(accepted.id)
    expect(batch).toMatchObject({ status: 'done', counts: { items: 2, failed: 2 }, next: null })
    expect(batch.items).toMatchObject([
      { position: 0, name: '甲.pdf', status: 'failed', problem: { code: 'too_many_pages' } },
      { position: 1, name: '乙.pdf', status: 'failed' },
    ])
    const { reviews } = await json<{ reviews: Review[] }>(app.request(`/v1/reviews?batch=${accepted.id}`))
    expect(reviews.map(({ id }) => id).sort()).toEqual(batch.items.map(({ review }) => review).sort())
  })

  test('goes on beside a file that cannot be taken, which has its problem', async () => {
    const { id } = await json<BatchOverview>(
      send([
        ['a.rar', 'Rar!\x1a\x07'],
        ['b.pdf', PDF],
        ['c.pdf', ''],
      ]),
    )
    const { items, counts } = await settled(id)
    expect(items.map(({ problem, review }) => [problem?.code, review === undefined])).toEqual([
      ['unsupported_media_type', true],
      ['too_many_pages', false],
      ['corrupt_document', true],
    ])
    expect(counts).toMatchObject({ items: 3, failed: 3 })
  })

  test('ends at once when none can be taken', async () => {
    const { id } = await json<BatchOverview>(send([['a.rar', 'Rar!\x1a\x07']]))
    expect(await settled(id)).toMatchObject({ status: 'done', counts: { items: 1, failed: 1 } })
  })

  test('is shown page by page, and so is the list of batches', async () => {
    const ids: string[] = []
    for (const name of ['1', '2', '3']) {
      const { id } = await json<BatchOverview>(
        send([
          [`${name}a.pdf`, PDF],
          [`${name}b.pdf`, PDF],
          [`${name}c.pdf`, PDF],
        ]),
      )
      ids.push(id)
    }
    const first = await show(ids[0] ?? '', '?limit=2')
    expect([names(first), first.next]).toEqual([['1a.pdf', '1b.pdf'], '1'])
    const rest = await show(ids[0] ?? '', `?limit=2&cursor=${first.next}`)
    expect([names(rest), rest.next]).toEqual([['1c.pdf'], null])
    const list = (query: string) =>
      json<{ batches: BatchOverview[]; next: string | null }>(app.request(`/v1/batches?${query}`))
    const newest = await list('limit=2')
    const oldest = await list(`limit=2&cursor=${newest.next}`)
    expect([...newest.batches, ...oldest.batches].map(({ id }) => id).sort()).toEqual(ids.sort())
  })

  test.each<[string, () => Promise<Response>, string]>([
    ['nothing', async () => send([]), 'invalid_declaration'],
    ['an unknown pack', async () => send([['a.pdf', PDF]], { pack: 'none' }), 'unknown_pack'],
    ['a wrong day', async () => send([['a.pdf', PDF]], { asOf: 'x' }), 'invalid_declaration'],
    [
      'a callback into the network',
      async () => send([['a.pdf', PDF]], { callbackUrl: 'http://10.0.0.1/' }),
      'invalid_declaration',
    ],
    [
      'JSON',
      async () =>
        app.request('/v1/batches', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }),
      'unsupported_media_type',
    ],
  ])('is refused with %s', async (_, asked, code) => {
    const response = await asked()
    expect(await json<ProblemDetails>(response)).toMatchObject({ code, status: response.status })
    expect((await json<{ batches: [] }>(app.request('/v1/batches'))).batches).toEqual([])
  })

  test('is made once for its Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'K' }
    const [one, two] = await Promise.all([send([['a.pdf', PDF]], {}, headers), send([['a.pdf', PDF]], {}, headers)])
    const [first, second] = [await json<BatchOverview>(one), await json<BatchOverview>(two)]
    expect(second.id).toBe(first.id)
    expect([one, two].filter((each) => each.headers.get('Idempotent-Replayed') === 'true')).toHaveLength(1)
    expect((await send([['b.pdf', PDF]], {}, headers)).status).toBe(409)
    expect(await opened.store.reviews.list({}, { limit: 9 })).toHaveLength(1)
  })

  test('tells its end once, where it was asked to', async () => {
    const { id } = await json<BatchOverview>(
      send(
        [
          ['a.pdf', PDF],
          ['b.pdf', PDF],
        ],
        { callbackUrl: 'https://oa.example/hook' },
      ),
    )
    await settled(id)
    await expect.poll(() => sent.length).toBe(1)
    expect(sent[0]?.url).toBe('https://oa.example/hook')
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      type: 'batch.done',
      data: { id, status: 'done', counts: { items: 2, failed: 2 }, url: `/v1/batches/${id}` },
    })
  })
})

describe('a ZIP archive', () => {
  const itemsOf = async (bytes: Uint8Array<ArrayBuffer>) => {
    const { id } = await json<BatchOverview>(send([['申报.zip', bytes]]))
    return settled(id)
  }

  test('holds a declaration in every file and every folder, but for what systems leave there', async () => {
    const batch = await itemsOf(
      await zip({
        '2025/甲.pdf': PDF,
        '2025/乙/申报书.pdf': PDF,
        '2025/乙/附件/证书.pdf': PDF,
        '2025/乙/汇总表.xlsx': 'x',
        '2025/.DS_Store': 'x',
        '__MACOSX/2025/._甲.pdf': 'x',
        '2025/~$甲.docx': 'x',
      }),
    )
    expect(names(batch).sort()).toEqual(['乙', '乙/汇总表.xlsx', '甲.pdf'].sort())
    const folder = batch.items.find(({ name }) => name === '乙')
    expect((await opened.store.reviews.request(folder?.review ?? ''))?.uploads.map(({ name }) => name).sort()).toEqual(
      ['申报书.pdf', '证书.pdf'].sort(),
    )
  })

  test('may have names as Windows writes them', async () => {
    // 申报书.pdf in GBK, in place of a name of as many bytes.
    const gbk = [0xc9, 0xea, 0xb1, 0xa8, 0xca, 0xe9]
    const bytes = await zip({ 'ABCDEF.pdf': PDF })
    const marks = new TextEncoder().encode('ABCDEF')
    for (let at = 0; at < bytes.length; at++) if (marks.every((mark, i) => bytes[at + i] === mark)) bytes.set(gbk, at)
    expect(names(await itemsOf(bytes))).toEqual(['申报书.pdf'])
  })

  test('leads nowhere by its names', async () => {
    expect(names(await itemsOf(await zip({ '../../etc/甲.pdf': PDF, 'C:\\..\\乙.pdf': PDF, '丙.pdf': PDF })))).toEqual(
      expect.arrayContaining(['丙.pdf', '乙.pdf', 'etc']),
    )
  })

  test('that is broken or empty is an item that failed; a file in it that unpacks to far too much is another', async () => {
    const whole = await zip({ '甲.pdf': PDF })
    expect((await itemsOf(whole.slice(0, -12))).items).toMatchObject([
      { name: '申报.zip', problem: { code: 'corrupt_document' } },
    ])
    expect((await itemsOf(await zip({ '__MACOSX/x': '' }))).items).toMatchObject([
      { problem: { code: 'invalid_declaration' } },
    ])
    const archive = new JSZip().file('炸弹.pdf', new Uint8Array(60_000_000)).file('甲.pdf', PDF)
    const bomb = new Uint8Array(await archive.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }))
    const { items } = await itemsOf(bomb)
    expect(items.map(({ name, problem }) => [name, problem?.code])).toEqual(
      expect.arrayContaining([
        ['炸弹.pdf', 'corrupt_document'],
        ['甲.pdf', 'too_many_pages'],
      ]),
    )
  })

  test('with more declarations than a batch takes is refused', async () => {
    const many = await zip(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`${i}.pdf`, PDF])))
    const response = await send([['many.zip', many]])
    expect(response.status).toBe(422)
    expect(await json<ProblemDetails>(response)).toMatchObject({ errors: [{ pointer: '/file' }] })
  })
})

describe('a batch under way', () => {
  test('is cancelled with all its reviews, and not compared', async () => {
    let release = () => {}
    hold = new Promise((resolve) => {
      release = resolve
    })
    const { id } = await json<BatchOverview>(
      send([
        ['a.pdf', PDF],
        ['b.pdf', PDF],
        ['c.pdf', PDF],
      ]),
    )
    const cancel = () => json<BatchOverview>(app.request(`/v1/batches/${id}/cancel`, { method: 'POST' }))
    expect(await cancel()).toMatchObject({ status: 'cancelled', counts: { failed: 3 } })
    release()
    expect(await cancel()).toMatchObject({ status: 'cancelled' })
    expect((await show(id)).items.map(({ problem }) => problem?.code)).toEqual(['cancelled', 'cancelled', 'cancelled'])
  })

  test('ends when the review that was left is erased', async () => {
    let release = () => {}
    const files: [string, string][] = [
      ['a.pdf', PDF],
      ['b.pdf', PDF],
    ]
    hold = new Promise((resolve) => {
      release = resolve
    })
    const { id } = await json<BatchOverview>(send(files))
    for (const { review } of (await show(id)).items) await app.request(`/v1/reviews/${review}`, { method: 'DELETE' })
    release()
    expect(await settled(id)).toMatchObject({ status: 'done', counts: { items: 0 }, items: [] })
  })

  test('is followed with the typed client', async () => {
    const client = createClient('http://localhost', {
      fetch: (...request) => Promise.resolve(app.request(...request)),
    })
    const sent = await client.v1.batches.$post({ form: { file: [new File([PDF], 'a.pdf'), new File([PDF], 'b.pdf')] } })
    const { id } = await sent.json()
    await settled(id)
    const batch = await (await client.v1.batches[':id'].$get({ param: { id }, query: {} })).json()
    expect(batch.items.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf'])
  })

  test('is open again when one of its reviews is tried again', async () => {
    const { id } = await json<BatchOverview>(
      send(
        [
          ['a.pdf', PDF],
          ['b.pdf', PDF],
        ],
        { callbackUrl: 'https://oa.example/hook' },
      ),
    )
    const { items } = await settled(id)
    let release = () => {}
    hold = new Promise((resolve) => {
      release = resolve
    })
    await app.request(`/v1/reviews/${items[0]?.review}/retry`, { method: 'POST' })
    expect(await show(id)).toMatchObject({ status: 'running', counts: { failed: 1 } })
    release()
    expect(await settled(id)).toMatchObject({ status: 'done', counts: { failed: 2 } })
    await expect.poll(() => sent.length).toBe(2)
  })
})

describe('what came of a batch', () => {
  const results = (id: string, accept?: string) =>
    app.request(`/v1/batches/${id}/results`, { headers: accept === undefined ? {} : { Accept: accept } })

  /** Declarations stand in a batch of which the reviews were finished by other means. */
  async function reviewed(): Promise<string> {
    const { id } = await json<BatchOverview>(
      send([
        ['=甲.pdf', PDF],
        ['乙.rar', 'Rar!\x1a\x07'],
      ]),
    )
    const { items } = await settled(id)
    const review = items[0]?.review ?? ''
    const accepted = await opened.store.reviews.get(review)
    if (!accepted) throw new Error('no review')
    const declaration = {
      ...compliant,
      project: { ...compliant.project, name: '=HYPERLINK("http://x","y")', enrollment: 300 },
    }
    const answer = await opened.service.reviewJson(
      { tenant: 'default', keyId: 'local', role: 'admin' },
      { declaration, pack: 'try-2025' },
    )
    const lease = {
      ...{ kind: 'review' as const, id: `review/${review}`, subject: review, owner: 'w', attempts: 9, starts: 1 },
    }
    await opened.store.reviews.retry({ ...accepted, status: 'queued' }, accepted.createdAt)
    const claimed = await opened.store.jobs.claim(lease.id, 'w', 60_000)
    if (claimed) await opened.store.reviews.finish(claimed, { ...answer, id: review })
    return id
  }

  test('is a workbook of declarations and findings, in which no text is a formula', async () => {
    const id = await reviewed()
    const response = await results(id)
    expect(response.headers.get('Content-Type')).toBe(XLSX)
    const book = readWorkbook(new Uint8Array(await response.arrayBuffer()), { cellFormula: true, cellNF: true })
    expect(book.SheetNames).toEqual(['申报书', '审查意见'])
    const printed = book.Workbook?.Names?.filter(({ Name }) => Name === '_xlnm.Print_Titles')
    expect(printed?.map(({ Sheet, Ref }) => [Sheet, Ref])).toEqual([
      [0, "'申报书'!$1:$1"],
      [1, "'审查意见'!$1:$1"],
    ])
    const [declarations, findings] = book.SheetNames.map((name) => book.Sheets[name] ?? {})
    const rows = utils.sheet_to_json<Record<string, unknown>>(declarations ?? {})
    expect(rows).toMatchObject([
      { 序号: 1, 文件: '=甲.pdf', 结论: '需人工核对', 项目名称: '=HYPERLINK("http://x","y")', 警告和提示: 1 },
      { 序号: 2, 文件: '乙.rar', 状态: '未能审查', 未能审查的原因: expect.stringContaining('RAR') },
    ])
    const found = utils.sheet_to_json<Record<string, unknown>>(findings ?? {})
    expect(found.find((row) => row.规则 === 'enrollment-cap')).toMatchObject({
      序号: 1,
      规则: 'enrollment-cap',
      结果: '不符合',
      条款: expect.stringContaining('T-2'),
    })
    for (const sheet of [declarations, findings])
      for (const [place, cell] of Object.entries(sheet ?? {})) {
        if (place.startsWith('!') || cell.t === 'n') continue
        expect(cell).toMatchObject({ t: 's', z: '@' })
        expect(cell).not.toHaveProperty('f')
      }
    expect((await opened.store.audit.of(id)).at(-1)).toMatchObject({ action: 'exported', detail: { format: 'xlsx' } })
  })

  test('is a line a review for those who ask for NDJSON', async () => {
    const id = await reviewed()
    const response = await results(id, NDJSON)
    expect(response.headers.get('Content-Type')).toBe(NDJSON)
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { name: '=甲.pdf', status: 'done', verdict: 'manual', findings: expect.any(Array) },
      { name: '乙.rar', status: 'failed', problem: { code: 'unsupported_media_type' } },
    ])
    expect((await results(id, 'text/html')).status).toBe(415)
    expect((await results('bat_none')).status).toBe(404)
  })
})

describe('of several tenants and keys', () => {
  test('nobody sees, ends or erases another’s batch; erasing takes all reviews', async () => {
    const north = await opened.addKey('north')
    const south = await opened.addKey('south')
    const applicant = await opened.addKey('north', 'applicant')
    const { id } = await json<BatchOverview>(send([['a.pdf', PDF]], {}, as(north)))
    const own = await json<BatchOverview>(send([['b.pdf', PDF]], {}, as(applicant)))
    const { items } = await settled(id, north)
    for (const key of [south, applicant])
      for (const [method, path] of [
        ['GET', ''],
        ['POST', '/cancel'],
        ['GET', '/results'],
        ['DELETE', ''],
      ] as const) {
        const { status } = await app.request(`/v1/batches/${id}${path}`, { method, headers: as(key) })
        expect([403, 404]).toContain(status)
      }
    const list = await json<{ batches: BatchOverview[] }>(app.request('/v1/batches', { headers: as(applicant) }))
    expect(list.batches.map((batch) => batch.id)).toEqual([own.id])
    expect((await app.request(`/v1/batches/${id}`, { method: 'DELETE', headers: as(north) })).status).toBe(204)
    expect((await app.request(`/v1/batches/${id}`, { headers: as(north) })).status).toBe(404)
    expect(await opened.store.reviews.get(items[0]?.review ?? '')).toBeNull()
  })
})
