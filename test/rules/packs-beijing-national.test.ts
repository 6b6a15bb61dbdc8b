import { expect, test } from 'vitest'
import { caseOf, failing, statusOf, teachers } from './pack-cases.ts'

const review = caseOf('beijing-2025-national', 'bn-bounds-word')

test('a compliant form on every bound fails nothing', () => {
  expect(failing(review())).toEqual([])
})

test.each<[string, Parameters<typeof review>[0], string[]]>([
  ['no project led in three years', (d) => Object.assign(d.leader, { history: null }), ['error leader-recent-project']],
  [
    'a project declared and not held',
    (d) =>
      Object.assign(d.leader, {
        history: [{ year: 2024, level: 'national', executed: false, number: '2024-03-01-042 (国)' }],
      }),
    ['error leader-recent-project'],
  ],
  [
    'a project of four years ago',
    (d) =>
      Object.assign(d.leader, {
        history: [{ year: 2021, level: 'national', executed: true, number: '2021-03-01-042 (国)' }],
      }),
    ['error leader-recent-project'],
  ],
  [
    'fewer than a tenth from outside',
    (d) => Object.assign(d.project, { outsideShare: 9 }),
    ['warning enrollment-outside-share'],
  ],
  ['an attending physician leads', (d) => Object.assign(d.leader, { title: '主治医师' }), ['error leader-title']],
  [
    'a nurse below 中级 demonstrates',
    (d) => teachers(d, ['叶清和'], { title: '护师' }),
    ['error teacher-practice-title'],
  ],
  [
    'a lecturer below 副高 is only a warning: the clause is tagged municipal',
    (d) => {
      teachers(d, ['陈砚秋'], { title: '主治医师' })
      d.teachers.pop()
      Object.assign(d.project, { hours: 8, theoryHours: 8, practiceHours: 0, credits: 2.5 })
    },
    ['warning teacher-theory-title'],
  ],
  [
    'own teachers below half',
    (d) => teachers(d, ['陈砚秋', '叶清和'], { unit: '北京云岭医院' }),
    ['error teacher-home-share'],
  ],
  [
    'more than ten credits',
    (d) => {
      Object.assign(d.project, { hours: 33, theoryHours: 32, practiceHours: 1, credits: 11 })
      for (const [index, row] of d.teachers.entries()) row.hours = [11, 11, 10, 1][index] ?? 0
    },
    ['error credits-cap'],
  ],
  ['a late application', (d) => Object.assign(d.cover, { date: '2024-11-27' }), ['error application-window']],
  [
    'a discipline of Chinese medicine',
    (d) => Object.assign(d.project, { discipline: '中医学', subdiscipline: '针灸学' }),
    ['error discipline-listed'],
  ],
  [
    'a reviewer of the own unit',
    (d) => Object.assign(d.peerReview, { unit: '北京澄湖医院' }),
    ['error peer-review-reviewer'],
  ],
  ['a forum', (d) => Object.assign(d.project, { name: '心力衰竭全程管理论坛' }), ['warning name-event-type']],
])('%s', (_name, change, expected) => {
  expect(failing(review(change))).toEqual(expected)
})

test('a society’s national project has no bound on one employer', () => {
  const findings = review((d) => {
    d.unit.name = '北京澄湖医学会'
    d.unit.kind = 'society'
  })
  expect(statusOf(findings, 'teacher-home-share')).toBe('skipped')
  expect(statusOf(findings, 'teacher-society-share')).toBe('not run')
})

test('rules that the notice writes for municipal projects alone do not run', () => {
  const findings = review((d) => Object.assign(d.project, { jingJinJi: true, enrollment: 60, infectiousDisease: true }))
  for (const rule of ['jingjinji-enrollment', 'infectious-flag', 'infectious-unticked', 'audience-local'])
    expect(statusOf(findings, rule)).toBe('not run')
  expect(failing(findings)).toEqual([])
})

test('quotas count national projects alone, and without data say where to look', () => {
  expect(statusOf(review(), 'leader-quota')).toBe('unknown context')
  expect(statusOf(review(), 'unit-quota')).toBe('unknown context')
  const within = review(undefined, {
    leaderProjects: { national: 1, provincial: 2 },
    unitProjects: { national: 1, provincial: 9 },
    unitQuota: { national: 2 },
  })
  expect(failing(within)).toEqual([])
  const over = review(undefined, { leaderProjects: { national: 2 }, unitProjects: { national: 2 }, unitQuota: 2 })
  expect(failing(over)).toEqual(['error leader-quota', 'error unit-quota'])
})

test('boxes that the national form prints are missed, not skipped', () => {
  const findings = review((d) => {
    Reflect.deleteProperty(d, 'overview')
    delete d.leader.achievements
    delete d.leader.history
    delete d.project.outsideShare
  })
  for (const rule of [
    'overview-length',
    'leader-achievements-length',
    'leader-history-complete',
    'enrollment-outside-share',
  ])
    expect(statusOf(findings, rule)).toBe('unknown missing')
})

test.each([
  ['国际疾病分类与病案编码学习班', 'pass'],
  ['慢阻肺高峰流速仪应用学习班', 'pass'],
  ['心血管高级生命支持学习班', 'pass'],
  ['心力衰竭高端学习班', 'fail'],
])('restricted words are told, never a reason to return: %s', (name, expected) => {
  const findings = review((d) => Object.assign(d.project, { name: name }))
  expect(statusOf(findings, 'name-restricted-terms')).toBe(expected)
  expect(failing(findings)).toEqual([])
})
