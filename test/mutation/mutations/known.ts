import { type Asked, colleagues, isHome, type Mutant, type Mutation, OTHER_UNIT } from '../mutant.ts'
import { readingOf } from './paper.ts'

const NO_KIND = { 'teacher-society-share': 'of an applicant of no known kind nobody can say which share binds it' }

/** What the caller knows: quotas, earlier projects, standing, and the unit itself under another name. */
export const KNOWN_FACTS: Mutation[] = [
  {
    rule: 'leader-quota',
    name: 'as many other projects as the limit',
    change: ({ context }, asked) => {
      const limit = asked.number('leader-quota', 'limit')
      context.leaderProjects = { national: limit, provincial: limit, city: limit }
    },
  },
  {
    rule: 'unit-quota',
    name: 'as many other projects as the quota',
    change: ({ context }) => {
      context.unitProjects = { national: 5, provincial: 5, city: 5 }
      context.unitQuota = 5
    },
    also: { 'sessions-overlap': 'numbers tell no sessions' },
  },
  {
    rule: 'unit-quota',
    name: 'over half of what was held in a year',
    also: { 'sessions-overlap': 'numbers tell no sessions' },
    change: ({ context }, asked) => {
      if (asked.number('unit-quota', 'averageShare') === 0) return false
      delete context.unitQuota
      context.unitHeld = [3, 4]
      context.unitProjects = { national: 2, provincial: 2, city: 2 }
    },
  },
  {
    rule: 'duplicate-declaration',
    name: 'the unit has declared it already',
    change: ({ form, context }) => {
      context.unitProjects = [{ name: form.project.name ?? '', number: '2025-99-99-001' }]
    },
  },
  {
    rule: 'duplicate-declaration',
    name: 'the leader has declared it already',
    change: ({ form, context }) => {
      context.leaderProjects = [
        { name: form.project.name ?? '', number: '2025-99-99-001', level: form.project.level ?? 'city' },
      ]
    },
  },
  {
    rule: 'new-not-approved-before',
    name: 'approved the year before',
    change: ({ form, context }, asked) => {
      const year = asked.number('new-not-approved-before', 'year')
      context.approvedBefore = [
        { name: form.project.name ?? '', leader: form.leader.name ?? '', year, number: '2020-04-01-001' },
      ]
      return form.project.kind === 'new'
    },
  },
  {
    rule: 'leader-unexecuted-project',
    name: 'an approved project of last year was not held',
    change: ({ form, context }) => {
      context.approvedBefore = [
        { name: '基层胸痛救治培训班', leader: form.leader.name ?? '', year: 2024, level: 'city', executed: false },
      ]
    },
  },
  {
    rule: 'sessions-overlap',
    name: 'another project on the same days in the same room',
    change: ({ form, context }) => {
      const [session] = form.project.sessions ?? []
      if (!session?.start || !session.place) return false
      const { start, end, place } = session
      context.unitProjects = [{ name: '基层胸痛救治培训班', sessions: [{ start, end: end ?? start, place }] }]
      return /室|厅|堂|楼|层/.test(place)
    },
  },
  {
    rule: 'teacher-double-booked',
    name: 'a teacher in another project at the same hour, or on the same day elsewhere',
    change: (mutant) => {
      const { teachers, schedule, project } = mutant.form
      const lesson = schedule?.find(({ date, start, end, teacher }) => date && start && end && teacher)
      const [session] = project.sessions ?? []
      const teacher = teachers.find(({ name }) => name === lesson?.teacher) ?? colleagues(mutant).flat()[0]
      if (!teacher || (!lesson && project.sessions?.length !== 1)) return false
      const { name, unit } = teacher
      const declaration = {
        project: {
          name: '基层胸痛救治适宜技术培训班',
          ...(session ? { sessions: [{ ...session, place: `${OTHER_UNIT}一楼` }] } : {}),
        },
        teachers: [{ name, unit, topic: '胸痛的早期识别' }],
        ...(lesson ? { schedule: [{ ...lesson, topic: '胸痛的早期识别' }] } : {}),
      }
      mutant.known = [{ label: 'b.pdf', declaration }]
    },
  },
  recorded('the leader', ({ form }) => form.leader.name),
  recorded('a teacher', ({ form }) => form.teachers.at(-1)?.name),
  recorded('the unit', ({ form }) => form.unit.name),
  standing('unit-standing'),
  standing('unit-recent-performance'),
  standing('society-inspection-certificate', { 'unit-standing': 'a society is inspected instead of licensed' }),
  standing('remote-qualification'),
  {
    rule: 'unit-first-applicant',
    name: 'another host is named first',
    also: { 'unit-name-complete': 'the unit is written in two ways' },
    change: (mutant) => {
      mutant.others = { 'unit.name': [readingOf(OTHER_UNIT)] }
    },
  },
  {
    rule: 'unit-name-complete',
    name: 'another name at a second place of the form',
    also: { 'unit-first-applicant': 'another host is named first' },
    change: (mutant) => {
      mutant.others = { 'unit.name': [readingOf(OTHER_UNIT)] }
    },
  },
  {
    rule: 'unit-name-complete',
    name: 'a word that is no unit’s full name, everywhere',
    change: (mutant) => renameUnit(mutant, '第一人民医院'),
  },
  ofCompany('fail'),
  ofCompany('unknown'),
  {
    rule: 'unit-eligible-kind',
    name: 'an institution of no kind listed',
    as: 'unknown',
    also: NO_KIND,
    change: ({ form }) => {
      const isSociety = form.unit.kind === 'society'
      form.unit.kind = 'other'
      return !isSociety
    },
  },
  {
    rule: 'unit-seal-name',
    name: 'another unit applies than seals, employs and teaches',
    also: {
      'leader-unit': 'the leader works elsewhere',
      'teacher-home-share': 'the teachers are of another unit',
      'teacher-home-hours': 'the teachers are of another unit',
      'venue-home': 'it is held elsewhere',
    },
    change: ({ form, context }) => {
      form.unit.name = OTHER_UNIT
      context.unitAliases = []
      return form.unit.kind === 'medical'
    },
  },
]

/** What a notice lets one say of a company differs. */
function ofCompany(as: 'fail' | 'unknown'): Mutation {
  return {
    rule: 'unit-eligible-kind',
    name: `a company applies: ${as}`,
    as,
    ...(as === 'unknown' ? { also: NO_KIND } : {}),
    change: (mutant, asked) => {
      if (asked.text('unit-eligible-kind', 'company') !== as) return false
      if (mutant.form.unit.kind === 'society') return false
      mutant.form.unit.kind = 'other'
      return renameUnit(mutant, '湘洲市康远医疗科技有限公司')
    },
  }
}

function recorded(who: string, nameOf: (mutant: Mutant) => string | null | undefined): Mutation {
  return {
    rule: 'integrity-record',
    name: `a record of ${who}`,
    change: (mutant) => {
      const name = nameOf(mutant)
      if (!name) return false
      mutant.context.integrityRecords = [{ name, detail: '通报' }]
    },
  }
}

/** Whatever the pack asks of the unit's standing, the first of it not good. */
function standing(rule: string, also: Record<string, string> = {}): Mutation {
  return {
    rule,
    name: 'not good',
    also,
    change: ({ form, context }, asked: Asked) => {
      const key = asked.words(rule, 'asked')[0]?.split('|')[0] ?? ''
      context.unitStanding = { ...context.unitStanding, [key]: '不合格' }
      if (rule === 'remote-qualification') return form.project.delivery === 'remote'
      return rule !== 'society-inspection-certificate' || form.unit.kind === 'society'
    },
  }
}

/** The same unit under another name wherever the form and the seal write it. */
function renameUnit(mutant: Mutant, name: string): boolean {
  const { form, context } = mutant
  const old = form.unit.name
  for (const row of form.teachers) if (isHome(mutant, row.unit)) row.unit = name
  if (isHome(mutant, form.leader.unit)) form.leader.unit = name
  context.unitAliases = []
  for (const seal of form.seals) seal.text = name
  for (const session of form.project.sessions ?? []) {
    if (session.place && old) session.place = session.place.replace(old, name)
  }
  form.unit.name = name
  return form.unit.kind !== 'society'
}
