import { describe, expect, test } from 'vitest'
import { caseOf, failing, statusOf } from './pack-cases.ts'

const provincial = caseOf('hunan-2021-provincial', 'hp-new-chromium')
const filing = caseOf('hunan-2021-provincial', 'hp-filing-word')
const national = caseOf('hunan-2021-national', 'hn-new-tiff')

describe('provincial projects', () => {
  test('compliant forms fail nothing', () => {
    expect(failing(provincial())).toEqual([])
    expect(failing(filing())).toEqual([])
  })

  test.each<[string, Parameters<typeof provincial>[0], string[]]>([
    ['a day late', (d) => Object.assign(d.cover, { date: '2020-12-01' }), ['error application-window']],
    [
      'a company applies',
      (d) => Object.assign(d.unit, { name: '湘洲康远医药科技有限公司', kind: 'other' }),
      ['error unit-eligible-kind'],
    ],
    ['the content is blank', (d) => Object.assign(d.project, { content: null }), ['error required-fields']],
    ['hours that do not add up', (d) => Object.assign(d.project, { hours: 14 }), ['warning hours-consistent']],
    [
      'a wrong ID number',
      (d) => Object.assign(d.leader, { idNumber: '990101197211301684' }),
      ['warning leader-id-number'],
    ],
  ])('%s', (_name, change, expected) => {
    expect(failing(provincial(change))).toEqual(expected)
  })

  test('a society may apply; of a foundation a person looks up the approval', () => {
    const of = (name: string) =>
      statusOf(
        provincial((d) => Object.assign(d.unit, { name, kind: undefined })),
        'unit-eligible-kind',
      )
    expect(of('湖南省护理学会')).toBe('pass')
    expect(of('湘洲健康基金会')).toBe('unknown context')
  })

  test('a project filed again has more time, and its content is not looked at', () => {
    const until = (date: string) =>
      statusOf(
        filing((d) => Object.assign(d.cover, { date })),
        'application-window',
      )
    expect(until('2021-01-29')).toBe('pass')
    expect(until('2021-01-30')).toBe('fail')
    expect(statusOf(filing(), 'content-theme')).toBe('skipped')
    expect(statusOf(provincial(), 'content-theme')).toBe('unknown llm-unavailable')
  })

  test('what was approved in 2020 is not new; filed again it may be', () => {
    const context = { approvedBefore: [{ name: '卵巢肿瘤微创手术技能提高班', leader: '江听澜', year: 2020 }] }
    expect(failing(provincial(undefined, context))).toEqual(['error new-not-approved-before'])
    expect(failing(filing(undefined, context))).toEqual([])
    const earlier = { approvedBefore: [{ name: '卵巢肿瘤微创手术技能提高班', leader: '江听澜', year: 2018 }] }
    expect(failing(provincial(undefined, earlier))).toEqual([])
  })

  test('the unit’s standing and quota come from the context, else are looked up', () => {
    expect(statusOf(provincial(), 'unit-standing')).toBe('unknown context')
    expect(statusOf(provincial(undefined, { unitStanding: { licence: '暂缓校验' } }), 'unit-standing')).toBe('fail')
    expect(statusOf(provincial(undefined, { unitStanding: { licence: '合格' } }), 'unit-standing')).toBe('pass')
    expect(statusOf(provincial(), 'unit-quota')).toBe('unknown context')
    expect(failing(provincial(undefined, { unitQuota: 2, unitProjects: { provincial: 2 } }))).toEqual([
      'warning unit-quota',
    ])
  })

  test('the leader’s signature is asked of national projects only', () => {
    expect(statusOf(provincial(), 'leader-signature')).toBe('not run')
    expect(statusOf(national(), 'leader-signature')).toBe('pass')
  })
})

describe('national projects', () => {
  test('a compliant form fails nothing', () => {
    expect(failing(national())).toEqual([])
  })

  test.each<[string, Parameters<typeof national>[0], string[]]>([
    ['a day late', (d) => Object.assign(d.cover, { date: '2020-09-01' }), ['error application-window']],
    ['not signed', (d) => Object.assign(d.leader, { signed: false }), ['error leader-signature']],
    ['not sealed', (d) => Object.assign(d.unitOpinion, { sealed: false }), ['error unit-seal']],
  ])('%s', (_name, change, expected) => {
    expect(failing(national(change))).toEqual(expected)
  })

  test('filed again, until the end of January', () => {
    const until = (date: string) =>
      statusOf(
        national((d) => {
          d.project.kind = 'filing'
          d.cover.date = date
        }),
        'application-window',
      )
    expect(until('2021-01-29')).toBe('pass')
    expect(until('2021-01-30')).toBe('fail')
  })
})
