import { expect, test } from 'vitest'
import { caseOf, failing, statusOf, teachers } from './pack-cases.ts'

const review = caseOf('wenzhou-2025-city', 'wc-bounds-scan-degraded')

test('a form on every bound fails nothing', () => {
  expect(failing(review())).toEqual([])
})

test.each<[string, Parameters<typeof review>[0], string[]]>([
  ['the leader is 56', (d) => Object.assign(d.leader, { birth: '1969-01-05', age: 56 }), ['error leader-age']],
  ['a retired leader', (d) => Object.assign(d.leader, { employed: false }), ['error leader-employed']],
  ['a leader of another unit', (d) => Object.assign(d.leader, { unit: '温州市瓯澜医院' }), ['error leader-unit']],
  [
    'the leader only demonstrates',
    (d) => teachers(d, ['林知远'], { kind: 'practice', method: '实践' }),
    ['error leader-teaches'],
  ],
  [
    'the leader teaches a little too little',
    (d) => {
      teachers(d, ['林知远'], { hours: 1.4 })
      teachers(d, ['叶清和'], { hours: 0.85 })
    },
    ['error leader-teaching-share'],
  ],
  [
    'an attending physician lectures',
    (d) => teachers(d, ['叶清和'], { title: '主治医师' }),
    ['error teacher-theory-title'],
  ],
  [
    'an intermediate nurse lectures: no exception is written',
    (d) => teachers(d, ['苏映晴'], { title: '主管护师' }),
    ['error teacher-theory-title'],
  ],
  ['a resident demonstrates', (d) => teachers(d, ['韩亦舟'], { title: '住院医师' }), ['error teacher-practice-title']],
  [
    'own teachers have less than half of the hours',
    (d) => {
      teachers(d, ['叶清和'], { hours: 0.5 })
      teachers(d, ['陈砚秋'], { hours: 2 })
    },
    ['error teacher-home-hours'],
  ],
  ['more than 2.5 credits', (d) => Object.assign(d.project, { credits: 2.55 }), ['error credits-cap']],
  [
    'credits that the hours do not give',
    (d) => Object.assign(d.project, { credits: 1.5 }),
    ['warning credits-match-hours'],
  ],
  [
    'one session of 201',
    (d) => Object.assign(d.project.sessions?.[2] ?? {}, { enrollment: 201 }),
    ['error enrollment-cap'],
  ],
  [
    'a seventh session',
    (d) =>
      d.project.sessions?.push({
        start: '2025-11-22',
        end: '2025-11-22',
        place: '瓯澜区人民医院三楼会议室',
        enrollment: 200,
      }),
    ['error sessions-cap'],
  ],
  [
    'a session without place',
    (d) => Object.assign(d.project.sessions?.[2] ?? {}, { place: null }),
    ['error sessions-detailed'],
  ],
  ['online', (d) => Object.assign(d.project, { delivery: 'remote' }), ['error delivery-allowed']],
  ['partly online', (d) => Object.assign(d.project, { delivery: 'hybrid' }), ['warning delivery-allowed']],
  ['filed again', (d) => Object.assign(d.project, { kind: 'filing' }), ['error kind-allowed']],
  [
    'an application after the window',
    (d) => Object.assign(d.cover, { date: '2025-02-28' }),
    ['error application-window'],
  ],
  [
    'an application before the window',
    (d) => Object.assign(d.cover, { date: '2025-01-10' }),
    ['error application-window'],
  ],
  ['the objective is blank', (d) => Object.assign(d.project, { objective: null }), ['error required-fields']],
  ['an opening ceremony', (d) => teachers(d, ['叶清和'], { topic: '开幕式' }), ['error hours-teaching-only']],
  ['no seal on the cover', (d) => Object.assign(d.cover, { sealed: false }), ['error unit-seal']],
  ['no seal at the opinion', (d) => Object.assign(d.unitOpinion, { sealed: false }), ['error unit-seal']],
  ['the pledge is not signed', (d) => Object.assign(d.commitment, { signed: false }), ['error commitment-signed']],
  ['the form is not signed', (d) => Object.assign(d.leader, { signed: false }), ['error leader-signature']],
])('%s', (_name, change, expected) => {
  expect(failing(review(change))).toEqual(expected)
})

test.each<[string, string[]]>([
  ['全国慢阻肺规范化管理培训班', ['error name-restricted-terms']],
  ['慢阻肺高峰培训班', ['error name-restricted-terms']],
  ['慢阻肺管理论坛', ['error name-event-type']],
  ['慢阻肺学术讲座', ['error name-event-type']],
  ['呼吸病学年会暨慢阻肺培训班', ['warning name-event-type']],
  ['慢阻肺高级生命支持培训班', []],
])('the name: %s', (name, expected) => {
  const findings = review((d) => {
    d.project.name = name
  })
  expect(failing(findings).filter((each) => each.includes(' name-'))).toEqual(expected)
})

test.each(['国际疾病分类与病案编码培训班', '高峰流速仪在哮喘管理中的应用培训班', '中国药典用药培训班'])(
  'a restricted word inside a fixed name is for a person: %s',
  (name) => {
    const findings = review((d) => {
      d.project.name = name
    })
    expect(statusOf(findings, 'name-restricted-terms')).toBe('unknown low-confidence')
  },
)

test('what the damaged notice leaves open: own teachers between a third and two thirds', () => {
  const share = (away: string[]) =>
    statusOf(
      review((d) => teachers(d, away, { unit: '温州市瓯澜医院' })),
      'teacher-home-share',
    )
  expect(share([])).toBe('pass')
  expect(share(['韩亦舟'])).toBe('unknown context')
  expect(share(['韩亦舟', '叶清和'])).toBe('unknown context')
  expect(share(['韩亦舟', '叶清和', '苏映晴'])).toBe('fail')
})

test.each([
  ['2025-01-19', 'fail'],
  ['2025-01-20', 'unknown context'],
  ['2025-01-23', 'unknown context'],
  ['2025-01-24', 'pass'],
  ['2025-02-27', 'pass'],
])('what the damaged notice leaves open: an application of %s', (date, expected) => {
  const findings = review((d) => {
    d.cover.date = date
  })
  expect(statusOf(findings, 'application-window')).toBe(expected)
})

test('a number for all sessions together is no number of one', () => {
  const findings = review((d) => {
    d.project.enrollment = 1200
  })
  expect(statusOf(findings, 'enrollment-cap')).toBe('pass')
})

test('what the form cannot tell is decided by the context, else looked up', () => {
  const none = review()
  for (const rule of [
    'leader-quota',
    'unit-quota',
    'sessions-overlap',
    'leader-unexecuted-project',
    'integrity-record',
  ])
    expect(statusOf(none, rule)).toBe('unknown context')
  expect(failing(review(undefined, { leaderProjects: { city: 1 } }))).toEqual(['error leader-quota'])
  expect(statusOf(review(undefined, { leaderProjects: { city: 0, provincial: 1 } }), 'leader-quota')).toBe('pass')
  const held = (unitHeld: number[], city: number) =>
    statusOf(review(undefined, { unitHeld, unitProjects: { city } }), 'unit-quota')
  expect(held([3, 4], 1)).toBe('pass')
  expect(held([3, 4], 2)).toBe('fail')
  expect(held([], 0)).toBe('pass')
  expect(held([], 1)).toBe('fail')
  const room = { start: '2025-05-24', end: '2025-05-24', place: '瓯澜区人民医院三楼会议室' }
  expect(
    failing(review(undefined, { unitProjects: [{ name: '伤口护理培训班', level: 'city', sessions: [room] }] })),
  ).toEqual(['error sessions-overlap'])
})

test('of a society, whose lecturers work elsewhere, a person judges', () => {
  const findings = review((d) => {
    d.unit.name = '温州市呼吸病学会'
    d.unit.kind = 'society'
  })
  expect(statusOf(findings, 'teacher-home-hours')).toBe('unknown context')
  expect(statusOf(findings, 'teacher-home-share')).toBe('skipped')
  expect(statusOf(findings, 'leader-unit')).toBe('unknown context')
})
