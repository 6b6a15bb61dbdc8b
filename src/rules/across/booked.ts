import type { Declaration, Session } from '../../declaration/schema.ts'
import { normaliseName } from '../domain/people.ts'
import { compareUnits } from '../domain/unit-name.ts'
import type { Form } from '../engine/form.ts'
import type { KnownDeclaration } from '../known.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { isSameProject } from './projects.ts'
import type { Sameness } from './same-leader.ts'

type Lesson = NonNullable<Declaration['schedule']>[number]

/** `field`: what of this form shows it; `when`: the hour or the days, in words. */
type Clash = {
  kind: 'hour' | 'day'
  fields: string[]
  teacher: string
  when: string
  known: KnownDeclaration
  person: Sameness
}

/** The form says when it is taught, and there are others to compare it with. */
export const hasTimesBesideOthers = ({ known, declaration }: Form): boolean =>
  known.length > 0 && Boolean(declaration.schedule?.length || declaration.project?.sessions?.length)

/**
 * No teacher stands in another declaration's schedule at the same hour. Where a form has no schedule, teachers of both projects on
 * the same days at different places are only told. Of two of one name a person says whether they are one.
 */
export function teachersBookedOnce(form: Form): Outcome {
  const others = form.known.filter((known) => !isSameProject(form.declaration, known.declaration))
  const clashes = others.flatMap((known) => {
    const hours = hoursInCommon(form.declaration, known)
    return hours ?? daysInCommon(form.declaration, known)
  })
  const of = (kind: Clash['kind'], person: Sameness) =>
    clashes.filter((clash) => clash.kind === kind && (clash.person === 'same') === (person === 'same'))
  const [sure, open, days] = [of('hour', 'same'), of('hour', 'unknown'), of('day', 'same')]
  if (sure.length > 0) return fail(...told(sure))
  if (open.length > 0) return unknown('context', ...told(open))
  if (days.length > 0) return fail(...told(days), { variant: 'day', severity: 'info' })
  return pass(...told([]))
}

function told(clashes: Clash[]): [facts: Outcome['facts'], fields: string[]] {
  const list = clashes.map(
    ({ teacher, when, known }) =>
      `${teacher} ${when}（《${known.declaration.project?.name ?? '未具名项目'}》，${known.label}）`,
  )
  return [{ count: clashes.length, clashes: list.join('；') }, [...new Set(clashes.flatMap(({ fields }) => fields))]]
}

/** `null` where one of the two has no schedule. */
function hoursInCommon(own: Declaration, known: KnownDeclaration): Clash[] | null {
  if (!own.schedule?.length || !known.declaration.schedule?.length) return null
  return own.schedule.flatMap((lesson, row) => {
    const name = normaliseName(lesson.teacher ?? '')
    const other = known.declaration.schedule?.find(
      (each) => name !== '' && normaliseName(each.teacher ?? '') === name && isSameHour(lesson, each),
    )
    if (!other) return []
    const person = comparePeople(own, known.declaration, name)
    const when = `${lesson.date} ${lesson.start}–${lesson.end}`
    const fields = [`schedule[${row}].teacher`, `schedule[${row}].start`]
    return [{ kind: 'hour' as const, fields, teacher: name, when, known, person }]
  })
}

function isSameHour(one: Lesson, other: Lesson): boolean {
  if (!one.date || one.date !== other.date || !one.start || !one.end || !other.start || !other.end) return false
  return one.start < other.end && other.start < one.end
}

/** Projects held once, on the same days, at different places. */
function daysInCommon(own: Declaration, known: KnownDeclaration): Clash[] {
  const [session, other] = [onlySession(own), onlySession(known.declaration)]
  if (!session || !other || session.start !== other.start || session.end !== other.end) return []
  if (!session.place || !other.place || session.place === other.place) return []
  const names = new Set((known.declaration.teachers ?? []).map(({ name }) => normaliseName(name ?? '')))
  return (own.teachers ?? []).flatMap((teacher, row) => {
    const name = normaliseName(teacher.name ?? '')
    if (name === '' || !names.has(name)) return []
    const person = comparePeople(own, known.declaration, name)
    const when = session.start === session.end ? `${session.start}` : `${session.start}–${session.end}`
    return [
      {
        kind: 'day' as const,
        fields: [`teachers[${row}].name`, 'project.sessions[0].start'],
        teacher: name,
        when,
        known,
        person,
      },
    ]
  })
}

function onlySession({ project }: Declaration): Session | null {
  const [session, ...more] = project?.sessions ?? []
  return session && more.length === 0 && session.start?.length === 10 && session.end?.length === 10 ? session : null
}

function comparePeople(one: Declaration, other: Declaration, name: string): Sameness {
  const [left, right] = [one, other].map((each) => unitOf(each, name))
  return left && right ? compareUnits(left, right) : 'unknown'
}

const unitOf = ({ teachers, leader, unit }: Declaration, name: string): string | null | undefined => {
  const teacher = teachers?.find((each) => each.name && normaliseName(each.name) === name)
  if (teacher?.unit) return teacher.unit
  return leader?.name && normaliseName(leader.name) === name ? (leader.unit ?? unit?.name) : null
}
