import { afterEach, describe, expect, test } from 'vitest'
import { skill, university } from '../../samples/generate/cases/beijing-compliant.ts'
import { LOCAL } from '../../src/access/actor.ts'
import type { Declaration } from '../../src/declaration/schema.ts'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { compareTogether, type Reviewed } from '../../src/review/across.ts'
import { createReviewer } from '../../src/review/reviewer.ts'
import type { Review } from '../../src/review/schema.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import { nextOfDepartment, ofAnotherLeader, projects, renamed } from '../rules/made-pairs.ts'
import { createTestService, noReader } from './service-under-test.ts'

const packs = loadPacks(packSourceFromFolder('rules'))
const clock = () => new Date('2024-11-22T08:00:00Z')
const reviewer = createReviewer({ packs, reader: noReader, clock, log: () => {} })
const pack = 'beijing-2025-municipal'

async function reviewAll(declarations: Declaration[], context = {}): Promise<Review[]> {
  const batch: Reviewed[] = []
  for (const [index, declaration] of declarations.entries()) {
    const options = { pack, declaration, context }
    const run = { id: `rev_${index}`, createdAt: clock().toISOString() }
    batch.push({ review: await reviewer.review({ ...options, files: [] }, run), options, label: `${index}.json` })
  }
  return compareTogether(packs, batch)
}

const finding = (review: Review | undefined, rule: string) => review?.findings?.find((each) => each.rule === rule)
const statuses = (reviews: Review[], rule: string) => reviews.map((review) => finding(review, rule)?.status)

const [medical = university.full] = projects
/** Three projects of one department under one leader. */
const department: Declaration[] = [
  medical,
  nextOfDepartment(medical, university.full),
  nextOfDepartment(medical, skill.full),
]

describe('declarations of one batch', () => {
  test('of which three are one leader’s are all over the limit, and each names the others', async () => {
    const reviews = await reviewAll(department)
    expect(statuses(reviews, 'leader-quota')).toEqual(['fail', 'fail', 'fail'])
    expect(finding(reviews[0], 'leader-quota')?.message).toMatch(/3项，超过2项；另有：.*1\.json.*2\.json/)
    expect(reviews.map(({ verdict }) => verdict)).toEqual(['return', 'return', 'return'])
    expect(reviews[0]?.notChecked).not.toContain('leader-quota')
    expect(statuses(reviews, 'duplicate-declaration')).toEqual(['unknown', 'unknown', 'unknown'])
  })

  test('of which two are one leader’s leave the rule open and say what was seen', async () => {
    const reviews = await reviewAll(department.slice(0, 2))
    expect(statuses(reviews, 'leader-quota')).toEqual(['unknown', 'unknown'])
    expect(finding(reviews[1], 'leader-quota')).toMatchObject({ cause: 'context' })
    expect(finding(reviews[1], 'leader-quota')?.message).toContain('0.json')
    expect(reviews[1]?.notChecked).toContain('leader-quota')
  })

  test('of which the caller knows the leader’s projects are judged by that', async () => {
    const reviews = await reviewAll(department, { leaderProjects: { provincial: 1 } })
    expect(statuses(reviews, 'leader-quota')).toEqual(['pass', 'pass', 'pass'])
  })

  test('of which two are one project under two names ask a person about both', async () => {
    const reviews = await reviewAll([medical, renamed(medical)])
    expect(statuses(reviews, 'duplicate-declaration')).toEqual(['fail', 'fail'])
    expect(finding(reviews[0], 'duplicate-declaration')).toMatchObject({ severity: 'warning' })
    expect(statuses(reviews, 'leader-quota')).toEqual(['unknown', 'unknown'])
  })

  test('of which two units declare one project are returned', async () => {
    const reviews = await reviewAll([medical, ofAnotherLeader(medical), university.full])
    expect(statuses(reviews, 'duplicate-declaration')).toEqual(['fail', 'fail', 'unknown'])
    expect(finding(reviews[0], 'duplicate-declaration')).toMatchObject({ severity: 'error' })
  })

  test('that have nothing in common stay as they were', async () => {
    const alone = await reviewAll([medical])
    const [together] = await reviewAll([medical, university.full])
    expect(together?.verdict).toBe(alone[0]?.verdict)
    expect(
      statuses(
        [together ?? alone[0]].flatMap((each) => each ?? []),
        'duplicate-declaration',
      ),
    ).toEqual(['unknown'])
  })

  test('of which one could not be reviewed are compared all the same', async () => {
    const failed: Review = { id: 'rev_9', status: 'failed', createdAt: clock().toISOString(), documents: [] }
    const [review] = await reviewAll([medical])
    const batch = [failed, review ?? failed].map((each, at) => ({ review: each, options: {}, label: `${at}` }))
    expect(compareTogether(packs, batch)).toEqual([failed, review])
  })
})

describe('a review and those of the store', () => {
  let opened: Awaited<ReturnType<typeof createTestService>> | undefined
  const start = async () => {
    opened = await createTestService(noReader, { reviewer })
    return opened.service
  }
  afterEach(() => opened?.close())
  const review = (service: Awaited<ReturnType<typeof start>>, declaration: Declaration, more = {}) =>
    service.reviewJson(LOCAL, { pack, declaration, ...more })

  /** Says little, so that it is for a person and not returned. */
  const brief = (name: string, employed = true): Declaration => ({
    project: { name, level: 'provincial', year: 2025 },
    unit: { name: '北京澄湖医院' },
    leader: { name: '林知远', employed },
  })

  test('the third project of a leader is over the limit, if those before are put forward too', async () => {
    const service = await start()
    const reviews = []
    for (const name of ['伤口护理学习班', '气道管理学习班', '用药教育学习班'])
      reviews.push(await review(service, brief(name)))
    expect(statuses(reviews, 'leader-quota')).toEqual(['unknown', 'unknown', 'fail'])
    expect(finding(reviews[2], 'leader-quota')?.message).toContain(`审查 ${reviews[0]?.id}`)
    // Those before may have been drafts.
    expect(finding(reviews[2], 'leader-quota')?.severity).toBe('warning')
    expect(reviews[2]?.verdict).toBe('manual')
    expect(await service.get(LOCAL, reviews[2]?.id ?? '')).toEqual(reviews[2])
  })

  test('three at once count too', async () => {
    const service = await start()
    const all = ['伤口护理学习班', '气道管理学习班', '用药教育学习班'].map((name) => review(service, brief(name)))
    expect(statuses(await Promise.all(all), 'leader-quota').filter((status) => status === 'fail')).toHaveLength(1)
  })

  test('three at once in three processes count too', async () => {
    const first = await start()
    const services = [first, ...[1, 2].map(() => opened?.another(noReader, {}).service ?? first)]
    const names = ['伤口护理学习班', '气道管理学习班', '用药教育学习班']
    const all = await Promise.all(services.map((service, at) => review(service, brief(names[at] ?? ''))))
    expect(statuses(all, 'leader-quota').filter((status) => status === 'fail')).toHaveLength(1)
  })

  test('what was returned may have been given up, and is only named', async () => {
    const service = await start()
    for (const name of ['伤口护理学习班', '气道管理学习班'])
      expect((await review(service, brief(name, false))).verdict).toBe('return')
    const third = finding(await review(service, brief('用药教育学习班')), 'leader-quota')
    expect(third).toMatchObject({ status: 'unknown', cause: 'context' })
    expect(third?.message).toContain('《伤口护理学习班》')
  })

  test('a form handed in again, corrected, is no second project', async () => {
    const service = await start()
    const corrected = { ...medical, project: { ...medical.project, fee: 800 } }
    const reviews = []
    for (const declaration of [medical, medical, corrected, corrected]) reviews.push(await review(service, declaration))
    expect(statuses(reviews, 'leader-quota')).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
    expect(statuses(reviews, 'duplicate-declaration')).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
  })

  test('a form returned for its name and its leader may come back with others', async () => {
    const service = await start()
    const returned = { ...medical, leader: { ...medical.leader, employed: false } }
    expect((await review(service, returned)).verdict).toBe('return')
    const again = await review(service, { ...renamed(medical), leader: university.full.leader })
    expect(finding(again, 'duplicate-declaration')?.status).toBe('unknown')
  })

  test('a form of the same external id is the declaration itself, whatever it says now', async () => {
    const service = await start()
    await review(service, ofAnotherLeader(medical), { externalId: 'E-1' })
    expect(finding(await review(service, medical, { externalId: 'E-1' }), 'duplicate-declaration')?.status).toBe(
      'unknown',
    )
    expect(finding(await review(service, medical, { externalId: 'E-2' }), 'duplicate-declaration')?.status).toBe('fail')
  })

  test('what is erased is known no more', async () => {
    const service = await start()
    const first = await review(service, ofAnotherLeader(medical))
    await service.erase(LOCAL, first.id)
    expect(finding(await review(service, medical), 'duplicate-declaration')?.status).toBe('unknown')
  })
})
