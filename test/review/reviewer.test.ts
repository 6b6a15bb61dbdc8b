import { describe, expect, test } from 'vitest'
import type { PageReader } from '../../src/documents/ports.ts'
import { Problem } from '../../src/problem.ts'
import { parseReviewRequest } from '../../src/review/request.ts'
import { Review } from '../../src/review/schema.ts'
import { compliant, createTestReviewer, noReader } from './service-under-test.ts'

const RUN = { id: 'rev_01JD0000000000000000000000', createdAt: '2024-11-20T07:59:00.000Z' }

async function reviewJson(declaration: object, more: object = {}) {
  const { reviewer } = createTestReviewer()
  return reviewer.review({ ...parseReviewRequest({ declaration, ...more }), files: [] }, RUN)
}

const statuses = (review: Review) => Object.fromEntries((review.findings ?? []).map((each) => [each.rule, each.status]))

describe('a declaration given as JSON', () => {
  test('that meets the notice passes, and what was not checked is listed', async () => {
    const review = await reviewJson(compliant, { pack: 'try-2025', externalId: 'A-7' })
    expect(review).toMatchObject({
      ...RUN,
      status: 'done',
      externalId: 'A-7',
      pack: { id: 'try-2025', version: '1.2.3' },
      verdict: 'pass',
      notChecked: ['unit-quota', 'content-theme'],
      documents: [],
      fields: {},
    })
    expect(Review.safeParse(review).success).toBe(true)
  })

  test('is returned for a failed error, with every other rule beside it', async () => {
    const declaration = { ...compliant, leader: { ...compliant.leader, employed: false } }
    const review = await reviewJson({ ...declaration, project: { ...compliant.project, enrollment: 240 } })
    expect(review.verdict).toBe('return')
    expect(statuses(review)).toEqual({
      'leader-employed': 'fail',
      'enrollment-cap': 'fail',
      'unit-quota': 'unknown',
      'content-theme': 'unknown',
    })
    expect(review.findings?.[0]).toMatchObject({
      rule: 'leader-employed',
      suggestion: '更换为在职在岗的项目负责人',
      citation: { document: '试〔2025〕1号', title: '关于试用的通知' },
      fields: ['leader.employed'],
      evidence: [],
    })
  })

  test('goes to a person when a value is not there', async () => {
    expect((await reviewJson({ ...compliant, leader: {} })).verdict).toBe('manual')
  })

  test('is told what the caller knows', async () => {
    const review = await reviewJson(compliant, { context: { unitQuota: 3 } })
    expect(statuses(review)['unit-quota']).toBe('pass')
    expect(review.notChecked).toEqual(['content-theme'])
  })

  test('says that nobody has seen the signed copy, unless the system says so itself', async () => {
    expect((await reviewJson(compliant)).notes).toEqual([expect.stringContaining('签字盖章')])
    expect((await reviewJson({ ...compliant, cover: { sealed: true } })).notes).toEqual([])
  })
})

describe('a review that cannot be done fails, and never has a verdict:', () => {
  test('no pack of that name', async () => {
    const review = await reviewJson(compliant, { pack: 'nowhere-2025' })
    expect(review).toMatchObject({ status: 'failed', problem: { code: 'unknown_pack', status: 422 } })
    expect(review.problem?.detail).toMatch(/nowhere-2025.*try-2025/)
    expect(review.verdict).toBeUndefined()
    expect(review.findings).toBeUndefined()
  })

  test('no pack detected: says what was seen and which packs there are', async () => {
    const project = { name: '外科学习班', year: 2025, level: 'national' }
    const { problem, declaration } = await reviewJson({ project })
    expect(problem?.code).toBe('unknown_pack')
    expect(declaration?.project?.name).toBe('外科学习班')
    expect(problem?.detail).toMatch(/2025.*国家级.*try-2025/)
  })

  test('what the reader refuses', async () => {
    const reader: PageReader = {
      ...noReader,
      open: () => Promise.reject(new Problem('encrypted_document', '文件设置了打开密码')),
    }
    const { reviewer, faults } = createTestReviewer(reader)
    const files = [{ name: 'a.pdf', bytes: new TextEncoder().encode('%PDF-1.7') }]
    const review = await reviewer.review({ files }, RUN)
    expect(review).toMatchObject({ status: 'failed', problem: { code: 'encrypted_document' } })
    expect(faults).toEqual([])
  })

  test('a fault of the service is logged with its place and without what the document says', async () => {
    const reader: PageReader = {
      ...noReader,
      open() {
        throw new TypeError('cannot read 林若溪 110101199001011234')
      },
    }
    const { reviewer, faults } = createTestReviewer(reader)
    const files = [{ name: 'a.pdf', bytes: new TextEncoder().encode('%PDF-1.7') }]
    const review = await reviewer.review({ files }, RUN)
    expect(review).toMatchObject({ status: 'failed', problem: { code: 'busy', status: 503 } })
    expect(review.problem?.detail).toContain(RUN.id)
    expect(faults).toEqual([{ review: RUN.id, error: 'TypeError', stack: expect.arrayContaining([]) }])
    expect(faults[0]?.stack[0]).toContain('reviewer.test.ts')
    expect(JSON.stringify([faults, review])).not.toMatch(/林若溪|110101/)
  })
})
