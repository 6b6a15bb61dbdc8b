import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Document, Packer, Paragraph } from 'docx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/api/app.ts'
import { createNodeDeps, type NodeDeps } from '../../src/node.ts'
import { type DataFolder, openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { Review } from '../../src/review/schema.ts'
import { createReviewService } from '../../src/review/service.ts'

const SAMPLES = new URL('../../samples/documents/', import.meta.url)

let folder: string
let data: DataFolder
let deps: NodeDeps
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-api-'))
  data = openDataFolder(folder)
  deps = createNodeDeps({ log: (fault) => console.error(fault) })
  const service = createReviewService({ ...deps, ...data, clock: () => new Date(), log: () => {} })
  await service.start({ alone: true })
  app = createApp({ service, version: '1', logFault: () => {}, logRequest: () => {} })
})
afterAll(async () => {
  await deps.close()
  data.close()
  await rm(folder, { recursive: true })
})

async function review(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  more: Record<string, string> = {},
): Promise<Review> {
  const form = new FormData()
  form.append('file', new File([bytes], name))
  for (const [key, value] of Object.entries(more)) form.append(key, value)
  const response = await app.request('/v1/reviews?wait=100', { method: 'POST', body: form })
  expect(response.status).toBe(201)
  return Review.parse(await response.json())
}

async function sample(ending: string): Promise<[name: string, bytes: Uint8Array<ArrayBuffer>]> {
  const name = (await readdir(SAMPLES)).sort().find((file) => file.endsWith(ending))
  if (name === undefined) throw new Error(`no sample ends in ${ending}`)
  return [name, new Uint8Array(await readFile(new URL(name, SAMPLES)))]
}

describe('a real document', () => {
  test.each([
    ['-chromium.pdf', 'text'],
    ['-word.docx', 'docx'],
  ])('%s is read, recognised and reviewed under its own pack', async (ending, method) => {
    const [name, bytes] = await sample(ending)
    const answer = await review(name, bytes)
    expect(answer).toMatchObject({ status: 'done', documents: [{ name, bytes: bytes.length, extraction: { method } }] })

    expect(answer.findings).toHaveLength(deps.reviewer.packs.packs.get(answer.pack?.id ?? '')?.rules.length ?? -1)
    expect(answer.declaration?.project?.name).toBeTruthy()

    const drawn = await app.request(`/v1/reviews/${answer.id}/pages/1`)
    expect([drawn.status, drawn.headers.get('Content-Type')]).toEqual(
      method === 'docx' ? [404, 'application/problem+json'] : [200, 'image/jpeg'],
    )

    const pages = answer.documents[0]?.pages ?? 0
    const places = (answer.findings ?? []).flatMap(({ evidence }) => evidence)
    expect(places.length).toBeGreaterThan(10)
    for (const { document, page, box, path } of places) {
      expect(document).toBe(0)
      expect(page).toBeLessThanOrEqual(pages)
      if (method === 'docx') expect(path).toBeTruthy()
      for (const side of box ?? []) expect(side).toBeGreaterThanOrEqual(0)
      if (box) expect(Math.max(box[0] + box[2], box[1] + box[3])).toBeLessThanOrEqual(1.001)
    }
    const report = await app.request(`/v1/reviews/${answer.id}/report`)
    expect(await report.text()).toContain(answer.declaration?.project?.name)
  })

  test('is compared with what was filled in online', async () => {
    const [name, bytes] = await sample('-word.docx')
    const declaration = JSON.stringify({ project: { name: '完全不同的项目名称' } })
    const { findings } = await review(name, bytes, { declaration })
    expect(findings?.find(({ rule }) => rule === 'paper-matches-online')?.status).toBe('fail')
  })

  test('that is no declaration fails with a sentence that says so', async () => {
    const letter = new Document({
      sections: [{ children: [new Paragraph('各位同事：周五下午例行大扫除，请准时参加。')] }],
    })
    const answer = await review('通知.docx', new Uint8Array(await Packer.toBuffer(letter)))
    expect(answer).toMatchObject({ status: 'failed', problem: { code: 'invalid_declaration' } })
    expect(answer.problem?.detail).toContain('不像继续医学教育项目申报书')
    expect(answer.documents).toHaveLength(1)
    expect(answer.verdict).toBeUndefined()
  })

  test('that is cut off fails as broken', async () => {
    const [name, bytes] = await sample('-word.docx')
    const form = new FormData()
    form.append('file', new File([bytes.slice(0, bytes.length / 2)], name))
    const response = await app.request('/v1/reviews?wait=100', { method: 'POST', body: form })
    expect(JSON.stringify(await response.json())).toContain('corrupt_document')
  })
})
