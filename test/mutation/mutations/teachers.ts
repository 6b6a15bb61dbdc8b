import type { Teacher } from '../../../src/declaration/schema.ts'
import { isPractical, isPracticeRow } from '../../../src/rules/domain/skill.ts'
import {
  type Asked,
  colleagues,
  countPeople,
  isHome,
  isLeaderRow,
  type Mutant,
  type Mutation,
  OTHER_UNIT,
  setAt,
} from '../mutant.ts'

/** A post or a degree for a title. */
const RANKLESS = {
  'teacher-theory-title': 'it tells no rank',
  'teacher-practice-title': 'it tells no rank',
  'teacher-intermediate-share': 'it tells no rank',
  'teacher-nursing-share': 'it tells no rank',
}

const ONE_MORE = { 'teacher-intermediate-share': 'one more of intermediate rank' }

export const TEACHERS: Mutation[] = [
  {
    rule: 'teacher-home-share',
    name: "the unit's own teachers fewer than the bound",
    also: { 'teacher-home-hours': 'their hours are not the unit’s either' },
    change: (mutant, asked) => {
      const damaged = asked.number('teacher-home-share', 'damaged')
      return toOutside(mutant, damaged || asked.number('teacher-home-share', 'min'))
    },
  },
  {
    rule: 'teacher-home-share',
    name: 'between the two readings of a damaged bound',
    as: 'unknown',
    also: { 'teacher-home-hours': 'their hours are not the unit’s either' },
    change: (mutant, asked) =>
      asked.number('teacher-home-share', 'damaged') > 0 && toOutside(mutant, asked.number('teacher-home-share', 'min')),
  },
  {
    rule: 'teacher-home-hours',
    name: 'hours of own teachers given to guests',
    change: (mutant) => {
      const rows = mutant.form.teachers
      const guests = rows.filter((row) => !isHome(mutant, row.unit))
      const own = rows.filter((row) => isHome(mutant, row.unit) && !isLeaderRow(mutant, row))
      const moved = own.reduce((total, row) => total + (row.hours ?? 0) - 0.5, 0)
      for (const row of own) row.hours = 0.5
      for (const row of guests) row.hours = (row.hours ?? 0) + moved / guests.length
      return guests.length > 0 && own.length > 0
    },
  },
  {
    rule: 'teacher-society-share',
    name: 'more teachers of one hospital than the bound',
    change: (mutant, asked) => gatherAtOne(mutant, asked.number('teacher-society-share', 'max')),
  },
  {
    rule: 'proxy-declaration',
    name: 'most teachers of the hospital where the leader works',
    also: {
      'teacher-society-share': 'one employer over the bound',
      'leader-unit': 'where the leader works is asked of a society',
    },
    change: (mutant, asked) => {
      mutant.form.leader.unit = OTHER_UNIT
      return gatherAtOne(mutant, asked.number('proxy-declaration', 'max'))
    },
  },
  titles('teacher-theory-title', '主治医师', (row) => !isPracticeRow(row), {}),
  { ...titles('teacher-theory-title', '主治医师', (row) => !isPracticeRow(row), ONE_MORE, null), as: 'unknown' },
  titles('teacher-theory-title', '住院医师', (row) => !isPracticeRow(row), {}),
  titles('teacher-theory-title', '护师', (row) => !isPracticeRow(row), {}),
  titles('teacher-practice-title', '住院医师', isPracticeRow, {}),
  titles('teacher-practice-title', '护师', isPracticeRow, {}),
  {
    rule: 'teacher-intermediate-share',
    name: 'more attending physicians than the bound',
    change: (mutant, asked) => {
      return (
        isPractical(mutant.form).answer === true &&
        lowerTo(mutant, '主治医师', asked.number('teacher-intermediate-share', 'max'))
      )
    },
  },
  {
    rule: 'teacher-nursing-share',
    name: 'more nurses-in-charge than the bound',
    also: { 'teacher-intermediate-share': 'they are of intermediate rank' },
    change: (mutant, asked) => lowerTo(mutant, '主管护师', asked.number('teacher-nursing-share', 'max')),
  },
  ...['高级', '正高级'].map((title) => titles('teacher-title-explicit', title, () => true, {})),
  ...['科主任', '博士'].map((title) => titles('teacher-title-explicit', title, () => true, RANKLESS)),
  {
    rule: 'teacher-title-explicit',
    name: 'a rank for the leader’s title',
    change: ({ form }) => {
      form.leader.title = '正高级'
    },
  },
  {
    rule: 'teacher-repeated-topic',
    name: 'a topic twice',
    change: ({ form }) => {
      const [one, other] = form.teachers
      if (!one?.topic || !other) return false
      other.topic = one.topic
    },
  },
  {
    rule: 'column-shift',
    name: 'a unit’s name for a teacher’s',
    places: (mutant) => colleagues(mutant).length,
    change: (mutant, _, place) => {
      const rows = colleagues(mutant)[place] ?? []
      for (const row of rows) row.name = row.unit
      return rows.some(({ unit }) => unit)
    },
  },
  {
    rule: 'lecture-length',
    name: 'one lecture longer than the bound',
    also: {
      'hours-consistent': 'the hours of the table rest on it',
      'teacher-nursing-share': 'shares of hours rest on it',
      'leader-teaching-share': 'shares of hours rest on it',
    },
    change: (mutant, asked) => {
      const row = colleagues(mutant)
        .flat()
        .find((each) => !isPracticeRow(each))
      if (!row) return false
      row.hours = asked.number('lecture-length', 'max') + 0.5
    },
  },
  ...['开班仪式', '报到', '欢迎晚宴', '参观医院'].map(
    (topic): Mutation => ({
      rule: 'hours-teaching-only',
      name: `a topic: ${topic}`,
      places: ({ form }) => form.teachers.length,
      change: ({ form }, _, place) => setAt(form, `teachers[${place}].topic`, topic),
    }),
  ),
]

/** One colleague at a time, of those whose rows all fit. */
function titles(
  rule: string,
  title: string,
  fits: (row: Teacher) => boolean,
  also: Record<string, string>,
  allowed: boolean | null = false,
): Mutation {
  return {
    rule,
    name: `a teacher’s title: ${title}${allowed === null ? ' where the form leaves open whether it is a skills project' : ''}`,
    also,
    places: (mutant) => colleagues(mutant).length,
    change: (mutant, asked, place) => {
      const person = colleagues(mutant)[place]
      if (!person?.every(fits) || isAllowed(mutant, asked, rule, title) !== allowed) return false
      for (const row of person) row.title = title
    },
  }
}

/** Of a skills or a nursing project lower ranks may lecture, within shares that other mutations break. */
function isAllowed({ form }: Mutant, asked: Asked, rule: string, title: string): boolean | null {
  if (rule !== 'teacher-theory-title' || title !== '主治医师') return false
  if (asked.flag(rule, 'nursing') && form.project.discipline === '护理学') return true
  return asked.flag(rule, 'skills') ? isPractical(form).answer : false
}

/** Own teachers become guests, one by one, until they are fewer than `bound` of all. */
function toOutside(mutant: Mutant, bound: number): boolean {
  const all = countPeople(mutant)
  const own = colleagues(mutant).filter((rows) => rows.every((row) => isHome(mutant, row.unit)))
  const isLeadersHome = mutant.form.teachers.some((row) => isLeaderRow(mutant, row) && isHome(mutant, row.unit))
  let left = own.length + (isLeadersHome ? 1 : 0)
  if (left < bound * all) return false
  for (const rows of own) {
    if (left < bound * all) break
    for (const row of rows) row.unit = OTHER_UNIT
    left -= 1
  }
  return left < bound * all
}

/** Colleagues become one hospital's, one by one, until they are more than `bound` of all. */
function gatherAtOne(mutant: Mutant, bound: number): boolean {
  const most = bound * countPeople(mutant)
  const gathered = colleagues(mutant).slice(0, Math.floor(most) + 1)
  for (const rows of gathered) for (const row of rows) row.unit = OTHER_UNIT
  return mutant.form.unit.kind === 'society' && gathered.length > most
}

/** Colleagues come to hold `title`, one by one, until they are more than `bound` of all. */
function lowerTo(mutant: Mutant, title: string, bound: number): boolean {
  const most = bound * countPeople(mutant)
  const already = colleagues(mutant).filter((rows) => rows.some((row) => row.title === title))
  const lowered = [...already, ...colleagues(mutant).filter((rows) => rows.every((row) => row.title !== title))].slice(
    0,
    Math.floor(most) + 1,
  )
  for (const rows of lowered) for (const row of rows) row.title = title
  return lowered.length > most
}
