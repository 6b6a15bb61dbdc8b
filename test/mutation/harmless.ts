import { type Asked, colleagues, isHome, type Mutant, setAt, valueAt } from './mutant.ts'

/** A change after which the form is as compliant as before: no rule may have anything to say. */
export type Harmless = { name: string; change(mutant: Mutant, asked: Asked): boolean | undefined }

export const HARMLESS: Harmless[] = [
  at('application-window', 'the last day of the window', 'cover.date', (_, asked, { form }) =>
    asked.text(
      'application-window',
      form.project.kind === 'filing' && asked.text('application-window', 'filingUntil') > '2000'
        ? 'filingUntil'
        : 'until',
    ),
  ),
  at('application-window', 'the first day of the window', 'cover.date', (old, asked) => {
    const from = asked.text('application-window', 'from')
    return from > '2000' ? from : old
  }),
  at('enrollment-cap', 'as many learners as the cap', 'project.enrollment', (_, asked) =>
    asked.number('enrollment-cap', 'max'),
  ),
  at(
    'leader-achievements-length',
    'achievements of exactly the characters asked',
    'leader.achievements',
    cut('leader-achievements-length'),
  ),
  at('overview-length', 'an overview of exactly the characters asked', 'overview', cut('overview-length')),
  at(
    'peer-review-length',
    'a peer review of exactly the characters asked',
    'peerReview.text',
    cut('peer-review-length'),
  ),
  at(null, 'two titles', 'leader.title', (old) => `${old}、教授`),
  at(null, 'a title behind its rank', 'leader.title', (old) => `正高级 ${old}`),
  at(null, 'the department behind the leader’s unit', 'leader.unit', (old, _, mutant) =>
    isHome(mutant, String(old)) ? `${old}心内科` : old,
  ),
  at(null, 'a post of a department’s head', 'leader.post', () => '党支部书记、科主任'),
  at(null, 'another phone', 'leader.phone', () => '13900001111'),
  at(null, 'another address', 'leader.address', () => '栖山市中山路1号'),
  at(null, 'another e-mail address', 'leader.email', () => 'office@example.org'),
  at(null, 'a seal with the word for a seal', 'seals[0].text', (old) => `${old}公章`),
  at(null, 'a seal for continuing education', 'seals[0].text', (old) => `${old}继续教育专用章`),
  at(null, 'an audience of this and other regions', 'project.audience', () => '北京市及全国各级医疗机构医务人员'),
  at(null, 'exactly a tenth from outside', 'project.outsideShare', () => 10),
  at(null, 'exactly a tenth from grassroots units', 'project.grassrootsShare', () => 10),
  at(
    null,
    'an assessment with an examination',
    'project.assessment',
    () => '采用理论考试与操作考核相结合的方式，合格者授予学分。',
  ),
  at(
    null,
    'content that names the country and refuses sponsors',
    'project.content',
    (old) => `${old}本项目严格遵守国家和全国统一要求，不接受任何企业赞助。`,
  ),
  {
    name: 'spaces inside the leader’s name in the table',
    change: ({ form }) => {
      const rows = form.teachers.filter(({ name }) => name === form.leader.name)
      for (const row of rows) row.name = [...(row.name ?? '')].join(' ')
      return rows.length > 0
    },
  },
  {
    name: 'departments behind the teachers’ units',
    change: (mutant) => {
      for (const row of mutant.form.teachers)
        if (/医院$/.test(row.unit ?? '')) row.unit = `${row.unit}呼吸与危重症医学科`
    },
  },
  {
    name: 'the rows of the table turned round',
    change: ({ form }) => {
      form.teachers.reverse()
    },
  },
  {
    name: 'a lecture given in two parts',
    change: (mutant) => {
      const [row] = colleagues(mutant)[0] ?? []
      if (!row?.hours) return false
      row.hours /= 2
      mutant.form.teachers.push({ ...row, topic: `${row.topic}（续）` })
    },
  },
  {
    name: 'a partner named',
    change: ({ form }) => {
      form.unit.partners = ['栖山市第三人民医院']
    },
  },
  {
    name: 'the sessions a month later',
    change: ({ form }) => {
      const later = (date: string) =>
        date.replace(
          /^(\d{4})-(\d\d)/,
          (_, year, month) => `${year}-${String(Math.min(Number(month) + 1, 12)).padStart(2, '0')}`,
        )
      const sessions = form.project.sessions ?? []
      for (const session of sessions) {
        if (session.start) session.start = later(session.start)
        if (session.end) session.end = later(session.end)
      }
      return sessions.length === 1
    },
  },
  {
    name: 'other projects of the leader and the unit, within what is allowed',
    change: ({ context }, asked) => {
      const level = asked.text('leader-quota', 'level')
      const others = Math.max(asked.number('leader-quota', 'limit') - 1, 0)
      context.leaderProjects = { [level === 'all' ? 'national' : level]: others }
      context.unitQuota = 2
    },
  },
  {
    name: 'earlier projects of other names',
    change: ({ form, context }) => {
      context.approvedBefore = [
        ...(context.approvedBefore ?? []),
        { name: '基层胸痛救治培训班', leader: form.leader.name ?? '', year: 2024, level: 'city', executed: true },
      ]
    },
  },
  {
    name: 'a record of somebody else',
    change: ({ context }) => {
      context.integrityRecords = [{ name: '段云舟', detail: '通报' }]
    },
  },
  {
    name: 'the record filled in online says the same',
    change: (mutant) => {
      mutant.online = structuredClone(mutant.form)
    },
  },
  {
    name: 'the unit’s name once more',
    change: (mutant) => {
      const value = mutant.form.unit.name ?? ''
      mutant.others = { 'unit.name': [{ value, raw: value, confidence: 1, evidence: [] }] }
    },
  },
]

/** Another value at a path, where the form has one and the pack runs the rule whose bound it is (`null`: it is no rule's). */
function at(
  rule: string | null,
  name: string,
  path: string,
  give: (old: unknown, asked: Asked, mutant: Mutant) => unknown,
): Harmless {
  return {
    name,
    change: (mutant, asked) => {
      if (rule !== null && !asked.runs(rule)) return false
      return setAt(mutant.form, path, give(valueAt(mutant.form, path), asked, mutant))
    },
  }
}

function cut(rule: string) {
  return (old: unknown, asked: Asked): unknown => {
    const bare = [...String(old).replace(/\s+/g, '')]
    return bare.slice(0, asked.number(rule, 'minimum')).join('')
  }
}
