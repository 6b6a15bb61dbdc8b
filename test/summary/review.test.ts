import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/api/app.ts'
import type { File as Upload } from '../../src/documents/ports.ts'
import { createNodeDeps, type NodeDeps } from '../../src/node.ts'
import { createMemoryStore } from '../../src/platform/edge/memory-store.ts'
import { openFindings } from '../../src/review/order.ts'
import { renderText } from '../../src/review/report/text.ts'
import { Review } from '../../src/review/schema.ts'
import { createReviewService } from '../../src/review/service.ts'
import { xingshen } from '../cli/run.ts'
import { makeDocx, p, r, tbl, tc, tr } from '../documents/making/handmade-docx.ts'
import { APPLIED, applicationSheet, executionSheet, type Sheet, workbookOf, year } from './sheets.ts'

const SAMPLES = new URL('../../samples/documents/', import.meta.url)

let deps: NodeDeps
let folder: string
beforeAll(async () => {
  deps = createNodeDeps({ log: (fault) => console.error(fault) })
  folder = await mkdtemp(join(tmpdir(), 'xingshen-sheets-'))
})
afterAll(async () => {
  await deps.close()
  await rm(folder, { recursive: true })
})

const YEARS = [executionSheet(year(2023)), executionSheet(year(2024))]
const fileOf = (...sheets: Sheet[]): Upload => ({ name: '汇总表.xlsx', bytes: workbookOf(sheets) })

async function review(
  files: Upload[],
  options: { pack?: string; context?: { unitHeld?: number[]; unitQuota?: number } } = {},
): Promise<Review> {
  return Review.parse(
    await deps.reviewer.review({ ...options, files }, { id: 'rev_1', createdAt: new Date().toISOString() }),
  )
}

/** What is left to do, by rule. */
const open = ({ findings = [] }: Review) =>
  Object.fromEntries(openFindings(findings).map(({ rule, status, message }) => [rule, `${status}: ${message}`]))

describe("a unit's sheets", () => {
  it('that are right pass; the declarations are asked for', async () => {
    const answer = await review([fileOf(applicationSheet(APPLIED), ...YEARS)])
    expect(answer).toMatchObject({ status: 'done', verdict: 'pass', pack: { id: 'wenzhou-2025-city' } })
    expect(answer.documents[0]).toMatchObject({ pages: 3, extraction: { method: 'text', engine: 'sheetjs' } })
    expect(Object.keys(open(answer))).toEqual(['summary-declarations'])
    expect(answer.notes?.join('')).toContain('盖章的纸质汇总表请另行核对')
  })

  it('over the quota, with wrong sums and a wrong percentage, are told all at once with the cells', async () => {
    const third = {
      name: '骨质疏松防治培训班',
      leader: '周亦安',
      title: '主治医师',
      hours: 3,
      credits: 1,
      enrollment: 50,
    }
    const answer = await review([
      fileOf(
        applicationSheet([...APPLIED, third], { hours: 20 }),
        executionSheet(year(2023, { says: { heldShare: 80, newHeld: 3 } })),
        executionSheet(year(2024)),
      ),
    ])
    expect(answer.verdict).toBe('return')
    expect(open(answer)).toMatchObject({
      'unit-quota': expect.stringContaining('汇总表列出3项，超过限额2项'),
      'summary-counts': expect.stringMatching(
        /各行学时之和 = 16.5，而合计行学时填20.*新立项已举办3 \+ 新立项未举办1 = 4，而新立项获批填3/,
      ),
      'summary-shares': expect.stringContaining('已完成数占比填80%'),
    })
    const counts = answer.findings?.find(({ rule }) => rule === 'summary-counts')
    expect(counts?.evidence[0]).toMatchObject({ page: 1, box: null, path: 'sheet "附件2", row 9, cell F', text: '20' })
    expect(renderText(answer)).toContain('工作表“附件2”第 9 行 F 列')
  })

  it('of one year leave the quota open, unless the caller tells it', async () => {
    const files = [fileOf(applicationSheet(APPLIED), executionSheet(year(2024)))]
    expect(open(await review(files))['unit-quota']).toContain('unknown: 汇总表列出2项')
    expect(open(await review(files, { context: { unitQuota: 1 } }))['unit-quota']).toContain('超过限额1项')
    expect(open(await review(files, { context: { unitHeld: [] } }))['unit-quota']).toContain('首次申报')
  })

  it("of Hunan are recognised by level and place, of nobody's they are named and shown", async () => {
    const title = '2021年省级继续医学教育项目申报汇总表'
    const hunan = await review([fileOf(applicationSheet(APPLIED, { title, unit: '长沙澄湖医院' }))])
    expect(hunan).toMatchObject({ status: 'done', pack: { id: 'hunan-2021-provincial' } })
    const national = await review([
      fileOf(applicationSheet(APPLIED, { title: title.replace('省级', '国家级'), unit: '长沙澄湖医院' })),
    ])
    expect(national.pack?.id).toBe('hunan-2021-national')
    const unknown = await review([fileOf(applicationSheet(APPLIED, { title, unit: '杭州澄湖医院' }))])
    expect(unknown).toMatchObject({
      status: 'failed',
      problem: { code: 'unknown_pack' },
      summaries: [{ unit: '杭州澄湖医院' }],
    })
    expect(unknown.problem?.detail).toContain('这是一份汇总表')
  })

  it('may be a Word document, although it has many of the labels of a declaration', async () => {
    const row = (...texts: string[]) => tr(...texts.map((text) => tc(p(r(text)))))
    const parts = [
      p(r('申报2025年温州市继续医学教育线下培训项目汇总表')),
      p(r('申报单位：温州澄湖医院   填报日期：2025年2月20日')),
      tbl(
        row('序号', '项目名称', '所在学科', '项目负责人', '职称', '联系电话', '学时', '学分', '教学对象', '拟招生人数'),
        row(
          '1',
          '慢性伤口规范化处置培训班',
          '护理学',
          '林知远',
          '主任医师',
          '0577-88000000',
          '6',
          '2',
          '护理人员',
          '100',
        ),
        row('合计', '', '', '', '', '', '9', '', '', '100'),
      ),
    ]
    const answer = await review([{ name: '汇总表.docx', bytes: await makeDocx(parts.join('')) }])
    expect(answer.summaries).toHaveLength(1)
    expect(answer.declaration).toBeUndefined()
    expect(open(answer)['summary-counts']).toContain('各行学时之和 = 6，而合计行学时填9')
  })

  it('may be XLS; hidden rows are told of and not counted', async () => {
    const bytes = workbookOf([applicationSheet(APPLIED), ...YEARS], 'biff8')
    expect((await review([{ name: '汇总表.xls', bytes }])).verdict).toBe('pass')
    const hiding = workbookOf([applicationSheet(APPLIED), ...YEARS], 'xlsx', ([sheet]) => {
      if (sheet) sheet['!rows'] = Array.from({ length: 6 }, (_, row) => ({ hidden: row === 5 }))
    })
    const answer = await review([{ name: 'a.xlsx', bytes: hiding }])
    expect(answer.notes?.join('')).toContain('隐藏')
    expect(open(answer)['summary-counts']).toContain('各行学时之和 = 6，而合计行学时填13.5')
  })
})

describe('with declarations beside it', () => {
  it('each line is compared with its declaration', async () => {
    const name = (await readdir(SAMPLES)).sort().find((file) => file.endsWith('-word.docx')) ?? ''
    const declaration = { name, bytes: new Uint8Array(await readFile(new URL(name, SAMPLES))) }
    const { declaration: own } = await review([declaration])
    const row = {
      name: own?.project?.name ?? '',
      leader: own?.leader?.name ?? '',
      title: own?.leader?.title ?? '',
      hours: own?.project?.hours ?? 0,
      credits: 2,
      enrollment: own?.project?.enrollment ?? 0,
    }
    const sheet = (line: typeof row) => fileOf(applicationSheet([line]), ...YEARS)
    const found = async (line: typeof row) =>
      (await review([sheet(line), declaration])).findings?.find(({ rule }) => rule === 'summary-declarations')

    const credits = own?.project?.credits
    expect(await found({ ...row, credits: credits ?? 2 })).toMatchObject({ status: 'pass' })
    const other = await found({ ...row, credits: credits ?? 2, hours: row.hours + 3 })
    expect(other).toMatchObject({ status: 'fail', evidence: [{ path: 'sheet "附件2", row 5, cell F' }] })
    expect(other?.message).toContain(`汇总表为“${row.hours + 3}”，申报书为“${row.hours}”`)
    expect((await found({ ...row, name: '另一个培训班' }))?.message).toMatch(
      /《另一个培训班》列入汇总表而未见申报书；.*未列入汇总表/,
    )
  })

  it('on the command line, in any order', async () => {
    const sheet = join(folder, '汇总表.xlsx')
    await writeFile(sheet, workbookOf([applicationSheet(APPLIED), ...YEARS]))
    const paths = await Promise.all(
      APPLIED.map(async ({ name, leader, title, hours, credits, enrollment }, index) => {
        const path = join(folder, `${index}.json`)
        const project = { name, year: 2025, level: 'city', hours, credits, enrollment: (enrollment ?? 0) + index }
        await writeFile(
          path,
          JSON.stringify({ project, leader: { name: leader, title }, unit: { name: '温州澄湖医院' } }),
        )
        return path
      }),
    )
    const { stdout, status } = await xingshen([
      'review',
      ...paths.slice(1),
      sheet,
      ...paths.slice(0, 1),
      '--no-llm',
      '--format',
      'json',
    ])
    const reviews = stdout
      .trim()
      .split('\n')
      .map((line) => Review.parse(JSON.parse(line)))
    expect(reviews.map(({ summaries }) => summaries?.length ?? 0)).toEqual([0, 3, 0])
    expect(open(reviews[1] ?? (reviews[0] as Review))).toEqual({
      'summary-declarations':
        'fail: 汇总表与申报书不符：《儿童哮喘规范诊治培训班》拟招生人数：汇总表为“80”，申报书为“81”',
    })
    expect(status).toBeGreaterThan(0)
    // The sheets settle how many the unit may put forward.
    const quotas = reviews.map(({ findings = [] }) => findings.find(({ rule }) => rule === 'unit-quota'))
    expect(quotas.map((found) => found?.status)).toEqual(['pass', 'pass', 'pass'])
    expect(quotas[0]?.message).toContain('汇总表列出2项，不超过限额')
  })

  it('a file beside it that is neither is refused in words', async () => {
    const answer = await review([
      fileOf(applicationSheet(APPLIED)),
      { name: 'b.xlsx', bytes: workbookOf([{ name: 's', rows: [['通讯录']] }]) },
    ])
    expect(answer.problem).toMatchObject({ code: 'invalid_declaration' })
    expect(answer.problem?.detail).toContain('既不是汇总表，也不是申报书')
  })

  it('a workbook without any summary sheet is refused in words', async () => {
    const answer = await review([{ name: 'b.xlsx', bytes: workbookOf([{ name: 's', rows: [['通讯录']] }]) }])
    expect(answer.problem?.detail).toContain('没有找到汇总表')
  })
})

it('handed in after its declarations were reviewed, each line is looked up among them', async () => {
  const service = createReviewService({ ...deps, ...createMemoryStore(), clock: () => new Date(), log: () => {} })
  await service.start()
  const app = createApp({ service, version: '1', logFault: () => {}, logRequest: () => {} })
  const post = async (body: BodyInit, headers = {}) => {
    const answer = await app.request('/v1/reviews?wait=60', { method: 'POST', body, headers })
    return Review.parse(await answer.json())
  }
  const declare = ({ name, leader, title, hours, credits, enrollment }: (typeof APPLIED)[number], more = 0) =>
    post(
      JSON.stringify({
        pack: 'wenzhou-2025-city',
        declaration: {
          project: { name, year: 2025, level: 'city', hours: (hours ?? 0) + more, credits, enrollment },
          leader: { name: leader, title },
          unit: { name: '温州澄湖医院' },
        },
      }),
      { 'content-type': 'application/json' },
    )
  const sheet = () => {
    const form = new FormData()
    form.append('file', new File([new Uint8Array(workbookOf([applicationSheet(APPLIED), ...YEARS]))], '汇总表.xlsx'))
    return post(form)
  }
  const [first, second] = APPLIED
  if (!first || !second) throw new Error('the sheet has two lines')

  // A draft with other hours, then the final one.
  await declare(first, 3)
  expect(open(await sheet())['summary-declarations']).toContain('汇总表为“6”，申报书为“9”')
  await declare(first)
  expect(open(await sheet())['summary-declarations']).toContain(
    `unknown: 汇总表2项中1项与已审查的申报书一致；未见过申报书的：《${second.name}》`,
  )
  await declare(second)
  const settled = await sheet()
  expect(settled.findings?.find(({ rule }) => rule === 'summary-declarations')?.status).toBe('pass')
  expect(settled).toMatchObject({ verdict: 'pass', notChecked: [] })
  await service.close()
})

it('over HTTP the same file is answered, kept, reported on and listed', async () => {
  const service = createReviewService({ ...deps, ...createMemoryStore(), clock: () => new Date(), log: () => {} })
  await service.start()
  const app = createApp({ service, version: '1', logFault: () => {}, logRequest: () => {} })
  const form = new FormData()
  const bytes = workbookOf([applicationSheet(APPLIED, { enrollment: 500 }), ...YEARS])
  form.append('file', new File([new Uint8Array(bytes)], '汇总表.xlsx'))
  const answer = await app.request('/v1/reviews?wait=60&findings=open', { method: 'POST', body: form })
  expect(answer.status).toBe(201)
  const review = Review.parse(await answer.json())
  expect(review).toMatchObject({ status: 'done', verdict: 'return', notChecked: ['summary-declarations'] })
  expect(review.findings?.[0]).toMatchObject({ rule: 'summary-counts', status: 'fail' })
  const report = await app.request(`/v1/reviews/${review.id}/report`)
  expect(await report.text()).toContain('合计行拟招生人数填500')
  expect((await app.request('/v1/reviews?rule=summary-counts')).status).toBe(200)
  await service.close()
})
