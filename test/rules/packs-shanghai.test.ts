import { expect, test } from 'vitest'
import { caseOf, failing, statusOf, teachers } from './pack-cases.ts'

const review = caseOf('shanghai-2025-municipal', 'sm-newborn-chromium')

test('a compliant form fails nothing', () => {
  expect(failing(review())).toEqual([])
})

test.each<[string, Parameters<typeof review>[0], string[]]>([
  ['the fee is blank', (d) => Object.assign(d.project, { fee: null }), ['error fee-stated']],
  ['an attending physician leads', (d) => Object.assign(d.leader, { title: '主治医师' }), ['error leader-title']],
  ['a retired leader', (d) => Object.assign(d.leader, { employed: false }), ['error leader-employed']],
  ['a leader of another unit', (d) => Object.assign(d.leader, { unit: '上海市江湾医院' }), ['warning leader-unit']],
  ['the leader does not teach', (d) => teachers(d, ['程书言'], { name: '许若澜' }), ['error leader-teaches']],
  [
    'an intermediate nurse lectures: no exception is written',
    (d) => teachers(d, ['宋令仪'], { title: '主管护师' }),
    ['error teacher-theory-title'],
  ],
  [
    'a nurse below 中级 demonstrates',
    (d) => teachers(d, ['陆星野'], { title: '护师' }),
    ['error teacher-practice-title'],
  ],
  [
    'own teachers below half',
    (d) => teachers(d, ['宋令仪', '陆星野'], { unit: '上海市江湾医院' }),
    ['error teacher-home-share'],
  ],
  ['more credits than the hours give', (d) => Object.assign(d.project, { credits: 5 }), ['error credits-match-hours']],
  ['an application in March', (d) => Object.assign(d.cover, { date: '2025-03-03' }), ['warning application-window']],
  [
    'Chinese medicine',
    (d) => Object.assign(d.project, { discipline: '中医学', subdiscipline: '中医儿科学' }),
    ['error discipline-listed'],
  ],
  [
    'achievements blank',
    (d) => Object.assign(d.leader, { achievements: null }),
    ['error required-fields', 'warning leader-achievements-length'],
  ],
  [
    'achievements short',
    (d) => Object.assign(d.leader, { achievements: '长期从事新生儿临床工作。' }),
    ['warning leader-achievements-length'],
  ],
  ['a level for a title', (d) => Object.assign(d.leader, { title: '正高级' }), ['warning teacher-title-explicit']],
])('%s', (_name, change, expected) => {
  expect(failing(review(change))).toEqual(expected)
})

test('credits follow from hours and from days, whichever is less', () => {
  const credits = (hours: number, days: number, value: number) =>
    statusOf(
      review((d) => {
        Object.assign(d.project, { hours, days, credits: value })
      }),
      'credits-match-hours',
    )
  expect(credits(12, 2, 4)).toBe('pass')
  expect(credits(16, 2, 4)).toBe('pass')
  expect(credits(16, 2, 5.3)).toBe('fail')
  expect(credits(6, 2, 2)).toBe('pass')
  expect(credits(6, 2, 4)).toBe('fail')
})

test('free of charge passes', () => {
  expect(
    statusOf(
      review((d) => Object.assign(d.project, { fee: 0 })),
      'fee-stated',
    ),
  ).toBe('pass')
})

test('no exemption for societies is written', () => {
  const findings = review((d) => {
    d.unit.name = '上海市沪塘医学会'
    d.unit.kind = 'society'
  })
  expect(statusOf(findings, 'teacher-home-share')).toBe('fail')
  expect(statusOf(findings, 'leader-unit')).toBe('unknown context')
})

test('a leader’s projects of both levels are counted together', () => {
  expect(statusOf(review(undefined, { leaderProjects: { national: 1, provincial: 0 } }), 'leader-quota')).toBe('pass')
  expect(statusOf(review(undefined, { leaderProjects: { national: 1, provincial: 1 } }), 'leader-quota')).toBe('fail')
  expect(statusOf(review(), 'leader-quota')).toBe('unknown context')
})

test('a form without the box for a peer review is not asked for one', () => {
  expect(statusOf(review(), 'peer-review-length')).toBe('skipped')
  expect(statusOf(review(), 'peer-review-reviewer')).toBe('not run')
})

test.each([
  ['国际疾病分类与病案编码学习班', 'pass'],
  ['新生儿高级生命支持学习班', 'pass'],
  ['全国新生儿高峰学习班', 'fail'],
])('restricted words are told, never a reason to return: %s', (name, expected) => {
  const findings = review((d) => Object.assign(d.project, { name: name }))
  expect(statusOf(findings, 'name-restricted-terms')).toBe(expected)
  expect(failing(findings)).toEqual([])
})
