import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Actor, LOCAL, systemOf } from '../../src/access/actor.ts'
import { createApp } from '../../src/api/app.ts'
import type { Box, Line, Page } from '../../src/documents/model.ts'
import type { PageReader } from '../../src/documents/ports.ts'
import { openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { createRetention } from '../../src/review/retention.ts'
import { createReviewer } from '../../src/review/reviewer.ts'
import { createReviewService } from '../../src/review/service.ts'
import { announceReview } from '../../src/webhooks/announce.ts'
import { compliant, packs } from './service-under-test.ts'

/** Stands in everything that is said of the person, in letters that every encoding of a file would keep. */
const SECRET = 'Lin-Ruoxi-110101199001011237'

const LINES = [
  '继续医学教育项目申报书',
  '项目名称：社区高血压试用培训班',
  '申报单位：临川市第一医院',
  `项目负责人：${SECRET}`,
  '专业技术职务：主任医师',
  '联系电话：13800000000',
  '通讯地址：临川市',
  '教学对象：全科医师',
  '举办方式：面授',
  '总学时：12',
  '拟招生人数：100',
]

function lineOf(text: string, y: number): Line {
  const box: Box = { x: 60, y, width: 300, height: 14 }
  return { spans: [{ text, box, confidence: 1 }], box }
}

const page = (number: number): Page => ({
  ...{ number, width: 595, height: 842, source: 'ocr', engine: 'tesseract', confidence: 0.9 },
  blocks: LINES.map((text, at) => ({ kind: 'line', line: lineOf(text, 60 + 20 * at) })),
  ...{ rulings: [], checkboxes: [], seals: [], handwriting: [], pictures: [], hidden: [] },
})

const reader: PageReader = {
  open: async () => ({ mediaType: 'application/pdf', margins: [], pages: [null, null] }),
  ocrPage: async (_, number) => page(number),
  pageKey: async (_, number) => `page-${number}`,
}

let folder: string
let data: ReturnType<typeof openDataFolder>
let service: ReturnType<typeof createReviewService>
let now: Date
beforeEach(async () => {
  now = new Date('2024-11-20T08:00:00.000Z')
  folder = await mkdtemp(join(tmpdir(), 'xingshen-erasure-'))
  data = openDataFolder(folder)
  const reviewer = createReviewer({ packs, reader, clock: () => now, log: () => {} })
  const { store } = data
  await store.endpoints.ensureCallback('default', 'whsec_AAAA', now.toISOString())
  service = createReviewService({
    ...data,
    batching: store,
    ...{ reviewer, reader, clock: () => now, log: () => {}, handlers: {} },
    whenFinished: async (review, accepted) => announceReview(store.deliveries, review, accepted),
  })
  await service.start({ alone: true })
})
afterEach(async () => {
  await service.close()
  data.close()
  await rm(folder, { recursive: true })
})

/** Files under the data folder whose bytes hold what was said of the person. */
async function holding(): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && (await readFile(path)).includes(SECRET)) found.push(entry.name)
  }
  return found
}

const scan = () => ({ name: `${SECRET}.pdf`, bytes: new TextEncoder().encode(`%PDF-1.7 ${SECRET}`) })
const declared = { declaration: { ...compliant, leader: { name: SECRET, employed: true } }, externalId: SECRET }

/** A scan and an online record, read, judged, ruled on and announced. */
async function handIn(): Promise<string> {
  const callbackUrl = 'https://example.org/hook'
  const { id } = await service.submit(LOCAL, { files: [scan()], pack: 'try-2025', ...declared, callbackUrl })
  const { tenant } = LOCAL
  await data.store.answers.put(tenant, 'asked', { reviewId: id, at: now.toISOString(), answer: SECRET })
  const review = await service.get(LOCAL, id, 20)
  expect(review.problem).toBeUndefined()
  const [finding] = review.findings ?? []
  await service.decide(LOCAL, id, { rule: finding?.rule ?? '', ruling: 'overrule', reason: SECRET })
  return id
}

const retention = (days: number) =>
  createRetention({
    days,
    store: data.store,
    erase: (id, actor: Actor) => service.erase(actor, id),
    eraseBatch: async (id, actor: Actor) => service.batches?.erase(actor, id),
    clock: () => now,
  })

const pass = (days: number) => {
  now = new Date(now.getTime() + days * 86_400_000)
}

describe('erasing', () => {
  test('leaves no byte of the person on disk: files, pages, rows, messages, log', async () => {
    const id = await handIn()
    expect((await holding()).filter((name) => name.endsWith('.json'))).toEqual(['page-1.json', 'page-2.json'])
    expect((await holding()).length).toBeGreaterThanOrEqual(4)
    await service.erase(LOCAL, id)
    expect(await holding()).toEqual([])
    expect((await data.store.audit.of(id)).map(({ action }) => action)).toEqual([
      ...['accepted', 'started', 'finished', 'decided', 'deleted'],
    ])
  })

  test('of one of two reviews of the same file leaves the other whole', async () => {
    const first = await handIn()
    const second = await handIn()
    await service.erase(LOCAL, first)
    expect((await service.inputOf(LOCAL, second)).files).toEqual([scan()])
    await service.erase(LOCAL, second)
    expect(await holding()).toEqual([])
  })

  test('a review while it waits leaves nothing either', async () => {
    await service.close()
    const { id } = await service.submit(LOCAL, { files: [scan()], ...declared })
    await service.erase(LOCAL, id)
    expect(await holding()).toEqual([])
    expect(await data.store.jobs.due('review', 9)).toEqual([])
  })
})

describe('a batch', () => {
  /** Done, with a review that was read and a file that was refused. */
  async function handInBatch(): Promise<string> {
    const files = [scan(), { name: `${SECRET}.rar`, bytes: new TextEncoder().encode('Rar!\x1a\x07') }]
    const { batches } = service
    if (!batches) throw new Error('no batches')
    const { id } = await batches.submit(LOCAL, files, { pack: 'try-2025', externalId: SECRET }, () => [])
    await expect.poll(async () => (await batches.get(LOCAL, id)).status, { timeout: 20_000 }).toBe('done')
    return id
  }

  test('leaves no byte of the people in it when it is erased', async () => {
    const id = await handInBatch()
    expect((await holding()).length).toBeGreaterThan(0)
    await service.batches?.erase(LOCAL, id)
    expect(await holding()).toEqual([])
  })

  test('is kept so many days after its end, and its reviews as long', async () => {
    await handInBatch()
    pass(29.9)
    expect(await retention(30).sweep()).toBe(0)
    pass(0.2)
    expect(await retention(30).sweep()).toBe(1)
    expect(await holding()).toEqual([])
  })

  test.each(['application/x-ndjson', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'])(
    'of which nothing is kept after the answer is erased with its results as %s',
    async (accept) => {
      const app = createApp({
        ...{ service, version: '1', logFault: () => {}, logRequest: () => {} },
        retention: retention(0),
      })
      const path = `/v1/batches/${await handInBatch()}`
      expect((await app.request(path)).status).toBe(200)
      await app.request(`${path}/results`, { method: 'HEAD', headers: { Accept: accept } })
      expect((await holding()).length).toBeGreaterThan(0)
      const answer = await app.request(`${path}/results`, { headers: { Accept: accept } })
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100)
      await expect.poll(holding).toEqual([])
      expect((await app.request(path)).status).toBe(404)
    },
  )
})

describe('retention', () => {
  test('erases what was finished so many days ago, whosever it is, and nothing younger', async () => {
    const old = await service.reviewJson({ ...LOCAL, tenant: 'south' }, declared)
    pass(29)
    const young = await service.reviewJson(LOCAL, declared)
    expect(await retention(30).sweep()).toBe(0)
    pass(1.01)
    expect(await retention(30).sweep()).toBe(1)
    await expect(service.get(systemOf('south'), old.id)).rejects.toThrow('没有这份审查')
    expect((await service.get(LOCAL, young.id)).status).toBe('done')
    expect((await data.store.audit.of(old.id)).at(-1)).toMatchObject({
      action: 'deleted',
      actor: 'system',
      tenant: 'south',
    })
  })

  test('sweeps any number, and what others erase meanwhile does not stop it', async () => {
    const ids: string[] = []
    for (let count = 0; count < 120; count++) ids.push((await service.reviewJson(LOCAL, declared)).id)
    pass(2)
    const [, swept] = await Promise.all([service.erase(LOCAL, ids[3] ?? ''), retention(1).sweep()])
    expect(swept).toBe(119)
    expect(await holding()).toEqual([])
  })

  test('of a day does not touch what is not finished', async () => {
    await service.close()
    const { id } = await service.submit(LOCAL, { files: [scan()] })
    pass(30)
    expect(await retention(1).sweep()).toBe(0)
    expect((await service.get(LOCAL, id)).status).toBe('queued')
  })
})

describe('retention of 0 days', () => {
  const open = () =>
    createApp({ service, version: '1', logFault: () => {}, logRequest: () => {}, retention: retention(0) })
  const post = (app: ReturnType<typeof open>, query = '') => {
    const form = new FormData()
    form.append('file', new File([scan().bytes], scan().name))
    form.append('pack', 'try-2025')
    return app.request(`/v1/reviews${query}`, { method: 'POST', body: form })
  }

  test('keeps nothing of a record once it is answered', async () => {
    const answer = await open().request('/v1/reviews', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(declared),
    })
    expect(answer.status).toBe(201)
    expect(JSON.stringify(await answer.json())).toContain(SECRET)
    expect(await holding()).toEqual([])
  })

  test('keeps nothing of a document that was waited for', async () => {
    const answer = await post(open(), '?wait=20')
    expect(answer.status).toBe(201)
    expect(await holding()).toEqual([])
  })

  test.each(['', '/report'])('keeps a document until it is given out finished by GET …%s', async (path) => {
    const app = open()
    const accepted = await post(app)
    expect(accepted.status).toBe(202)
    const { id } = (await accepted.json()) as { id: string }
    await service.get(LOCAL, id, 20)
    expect((await app.request('/v1/reviews')).status).toBe(200)
    await app.request(`/v1/reviews/${id}${path}`, { method: 'HEAD' })
    expect((await holding()).length).toBeGreaterThan(0)
    expect((await app.request(`/v1/reviews/${id}${path}`)).status).toBe(200)
    expect(await holding()).toEqual([])
    expect((await app.request(`/v1/reviews/${id}${path}`)).status).toBe(404)
  })

  test('keeps what nobody asks for a day at most', async () => {
    await handIn()
    pass(0.99)
    expect(await retention(0).sweep()).toBe(0)
    pass(0.02)
    expect(await retention(0).sweep()).toBe(1)
    expect(await holding()).toEqual([])
  })
})
