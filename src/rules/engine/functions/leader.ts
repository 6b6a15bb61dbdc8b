import { tidy } from '../../domain/find-words.ts'
import { normaliseName } from '../../domain/people.ts'
import { isPracticeRow } from '../../domain/skill.ts'
import { compareUnits, parseUnitName } from '../../domain/unit-name.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import type { Exact } from '../exact.ts'
import { doubtAt, doubtOf, type Form, type View } from '../form.ts'
import type { CelFunction } from '../function.ts'
import { cellPath } from '../paths.ts'
import { type Item, Share } from '../share.ts'
import { hoursOf, type Place, rowLabel, type TeacherRow } from './rows.ts'
import { employerShares } from './shares.ts'

/** Whether a row is the leader's: by name, without spaces. */
function placeByName(row: TeacherRow, leader: string): Place {
  const doubt = doubtAt(row, 'name')
  if (doubt) return { place: 'open', why: doubt }
  return { place: normaliseName(row.raw?.name ?? '') === normaliseName(leader) ? 'inside' : 'outside' }
}

function leaderHours(teachers: TeacherRow[], leader: string): Share {
  const items = teachers.map(
    (row): Item => ({
      label: rowLabel(row),
      weight: hoursOf(row),
      ...placeByName(row, leader),
      fields: [cellPath(row.path, 'name'), cellPath(row.path, 'hours')],
    }),
  )
  return new Share(items, { leader })
}

/** The leader stands in the table and 否 is not ticked; with `theory` in a row of theory. */
function leaderTeaches(form: Form, teachers: TeacherRow[], leader: string, theory: boolean): Outcome {
  const rows = theory ? teachers.filter((row) => !isPracticeRow(row.raw ?? {})) : teachers
  const places = rows.map((row) => ({ row, ...placeByName(row, leader) }))
  const own = places.filter(({ place }) => place === 'inside').map(({ row }) => cellPath(row.path, 'name'))
  const open = places.filter(({ place }) => place === 'open')
  const facts = { leader, rows: own.length, openNames: open.map(({ row }) => rowLabel(row)).join('、') }
  const says = form.declaration.leader?.teaches
  const isDoubtful = says === false && doubtOf(form, 'leader.teaches') !== null
  if (says === false && !isDoubtful) {
    return fail(facts, ['leader.teaches', ...own], { variant: own.length > 0 ? 'contradicted' : 'ticked' })
  }
  if (own.length > 0 && isDoubtful)
    return unknown('low-confidence', facts, ['leader.teaches', ...own], { variant: 'ticked' })
  if (own.length > 0) return pass(facts, own)
  if (open.length > 0)
    return unknown(
      open[0]?.why ?? 'missing',
      facts,
      open.map(({ row }) => cellPath(row.path, 'name')),
    )
  return fail(facts, ['leader.name', 'teachers'])
}

/**
 * Signs that a society declares for a hospital (BJ-26): one employer over the bound, the leader employed there, the sessions
 * held there. The first with one of the others is a hint, never more.
 */
function proxySigns(form: Form, teachers: TeacherRow[], bound: Exact): Outcome {
  const [largest] = employerShares(teachers).toSorted((a, b) => b.share.least.compare(a.share.least))
  if (!largest) return unknown('missing', { openNames: '授课教师单位' }, ['teachers'])
  const { unit, share } = largest
  const leaderUnit = form.declaration.leader?.unit
  const isLeaders = Boolean(leaderUnit) && compareUnits(leaderUnit ?? '', unit) === 'same'
  const { stem } = parseUnitName(unit)
  const venue = (form.declaration.project?.sessions ?? []).find(
    // The place names the unit, whatever hall of it follows.
    ({ place }) => place && (tidy(place).includes(stem) || compareUnits(place, unit) === 'same'),
  )
  const facts = { ...share.facts(bound), unit, leader: isLeaders ? '是' : '否', venue: venue ? '是' : '否' }
  const fields = ['teachers', ...(isLeaders ? ['leader.unit'] : []), ...(venue ? ['project.sessions'] : [])]
  const isOver = share.least.gt(bound)
  return isOver && (isLeaders || venue) ? fail(facts, fields, { severity: 'warning' }) : pass(facts, fields)
}

/** A name that is a unit's, or a telephone number for a number of people: the columns have shifted. */
function columnShift(form: Form, teachers: TeacherRow[], unit: View): Outcome {
  const own = form.at(`${unit.path}.name`)
  const shifted = teachers.filter(({ raw }) => {
    const name = normaliseName(raw?.name ?? '')
    return (
      name !== '' &&
      (name === own || name === normaliseName(raw?.unit ?? '') || /(医院|大学|学院|中心|学会)$/.test(name))
    )
  })
  const people = form.at('project.enrollment')
  const isPhone = typeof people === 'number' && /^1[3-9]\d{9}$/.test(String(people))
  const fields = [...shifted.map((row) => `${row.path}.name`), ...(isPhone ? ['project.enrollment'] : [])]
  const facts = { names: [...shifted.map(rowLabel), ...(isPhone ? ['拟招生人数'] : [])].join('、') }
  return fields.length > 0 ? fail(facts, fields) : pass(facts, ['teachers', 'project.enrollment'])
}

/** One topic in two rows of one teacher, or of two. */
function repeatedTopics(teachers: TeacherRow[]): Outcome {
  const told = teachers
    .map((row) => ({ row, key: (row.raw?.topic ?? '').normalize('NFKC').replace(/[\s，,。.、（）()]+/g, '') }))
    .filter(({ key }) => key.length > 1)
  if (told.length === 0) return unknown('missing', {}, ['teachers'])
  const counts = new Map<string, number>()
  for (const { key } of told) counts.set(key, (counts.get(key) ?? 0) + 1)
  const twice = told.filter(({ key }) => counts.get(key) !== 1).map(({ row }) => row)
  const fields = twice.map((row) => `${row.path}.topic`)
  const topics = [...new Set(twice.map((row) => row.raw?.topic ?? ''))].join('、')
  return twice.length > 0 ? fail({ topics, rows: twice.length }, fields) : pass({ rows: told.length }, ['teachers'])
}

export const leaderFunctions: CelFunction[] = [
  {
    signature: 'leaderHours(list<Teacher>, string): Share',
    about: 'Hours taught by the leader among all hours of the table.',
    call: leaderHours,
  },
  {
    signature: 'leaderTeaches(Form, list<Teacher>, string, bool): Outcome',
    about: 'The leader is among the teachers (of theory, if asked) and the form does not say otherwise.',
    call: leaderTeaches,
  },
  {
    signature: 'proxySigns(Form, list<Teacher>, Number): Outcome',
    about: 'Hints that a society declares for a hospital.',
    call: proxySigns,
  },
  {
    signature: 'columnShift(Form, list<Teacher>, Unit): Outcome',
    about: 'Values that stand in the wrong column.',
    call: columnShift,
  },
  {
    signature: 'repeatedTopics(list<Teacher>): Outcome',
    about: 'No lecture topic stands twice.',
    call: repeatedTopics,
  },
]
