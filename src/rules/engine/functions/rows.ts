import type { Teacher } from '../../../declaration/schema.ts'
import { type DistinctTeacher, distinctTeachers } from '../../domain/people.ts'
import { compareUnits } from '../../domain/unit-name.ts'
import type { Cause } from '../../finding.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { remember, rememberOf } from '../../remember.ts'
import { type Exact, exact } from '../exact.ts'
import { doubtAt, type Form, type View } from '../form.ts'
import type { Item } from '../share.ts'

export type TeacherRow = View<Teacher>

export const formOf = (rows: TeacherRow[]): Form | null => rows[0]?.form ?? null

/** Where a row, a person or an employer stands to the question asked; `why` with `open`. */
export type Place = { place: Item['place']; why?: Cause }

export const rowLabel = (row: TeacherRow): string => {
  const name = row.raw?.name
  return name ? `${name}（${placeOf(row.path)}）` : placeOf(row.path)
}

const placeOf = remember(500, (path: string) => `第${indexOf(path) + 1}行`)

const indexOf = (path: string): number => Number(/\[(\d+)\]$/.exec(path)?.[1] ?? 0)

/** A row's hours; `null` when not there or read with too little confidence. */
export function hoursOf(row: TeacherRow): Exact | null {
  const hours = row.raw?.hours
  return typeof hours === 'number' && doubtAt(row, 'hours') === null ? exact(hours) : null
}

/** `twin`: why this may be one of the others once more, by a name not read with certainty. */
export type Person = DistinctTeacher & { label: string; members: TeacherRow[]; twin?: Cause }

/** The distinct people of the teachers' table (A1, A2). */
export const peopleOf = rememberOf((rows: TeacherRow[]): Person[] => {
  const people: Person[] = distinctTeachers(rows.map((row) => row.raw ?? {})).map((person) => ({
    ...person,
    label: person.name || `第${(person.rows[0] ?? 0) + 1}行`,
    members: person.rows.flatMap((index) => rows[index] ?? []),
  }))
  for (const person of people) {
    const doubt = nameDoubt(person)
    const isTwin = doubt && people.some((other) => other !== person && !other.twin && mayBeOne(person, other))
    if (isTwin) person.twin = doubt
  }
  return people
})

const nameDoubt = ({ members }: Person): Cause | undefined =>
  members.map((row) => doubtAt(row, 'name')).find((cause) => cause && cause !== 'missing') ?? undefined

/** A name unread may be anybody's, one misread that of somebody named alike; units that certainly differ tell people apart. */
function mayBeOne(one: Person, other: Person): boolean {
  const isAlike = one.name === '' || areAlike(one.name, other.name)
  return isAlike && !(one.unit && other.unit && compareUnits(one.unit, other.unit) === 'different')
}

/** Names that one character misread, lost or added makes the same. */
function areAlike(one: string, other: string): boolean {
  const [short, long] = [[...one], [...other]].sort((a, b) => a.length - b.length)
  if (!short || !long || short.length < 2 || long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start++
  let end = 0
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end++
  return start + end >= long.length - 1
}

/** Whether all of a person's rows name the unit; open when a name is missing, doubtful or not certainly the same. */
export function placeByUnit(members: TeacherRow[], home: string, aliases: string[]): Place {
  const doubts = members.map((row) => doubtAt(row, 'unit'))
  const doubt = doubts.find((cause) => cause === 'low-confidence' || cause === 'unreadable')
  if (doubt) return { place: 'open', why: doubt }
  const units = members.flatMap((row) => row.raw?.unit || [])
  if (units.length === 0) return { place: 'open', why: 'missing' }
  const relations = units.map((unit) => compareUnits(unit, home, aliases))
  if (relations.every((relation) => relation === 'same')) return { place: 'inside' }
  if (relations.every((relation) => relation === 'different')) return { place: 'outside' }
  return { place: 'open', why: 'missing' }
}

/** One row or person against a requirement. */
export type Verdict = { label: string; state: 'ok' | 'bad' | 'open'; why?: Cause; fields: string[] }

const names = (verdicts: Verdict[]): string => verdicts.map(({ label }) => label).join('、')
const fieldsOf = (verdicts: Verdict[]): string[] => [...new Set(verdicts.flatMap(({ fields }) => fields))]

/** A requirement of everybody: one that certainly breaks it fails, else one that is open leaves it unknown. */
export function settle(verdicts: Verdict[]): Outcome {
  const bad = verdicts.filter(({ state }) => state === 'bad')
  const open = verdicts.filter(({ state }) => state === 'open')
  const facts = {
    names: names(bad),
    count: bad.length,
    total: verdicts.length,
    open: open.length,
    openNames: names(open),
  }
  if (bad.length > 0) return fail(facts, fieldsOf(bad), { confidence: 1 })
  if (open.length > 0) return unknown(open[0]?.why ?? 'missing', facts, fieldsOf(open))
  return pass(facts, fieldsOf(verdicts))
}
