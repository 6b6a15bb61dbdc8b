import type { Declaration } from '../../declaration/schema.ts'
import { normaliseName } from '../domain/people.ts'
import { compareUnits } from '../domain/unit-name.ts'
import type { Form } from '../engine/form.ts'
import type { KnownDeclaration } from '../known.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { isSameProject } from './projects.ts'
import type { Sameness } from './same-leader.ts'

type Lesson = NonNullable<Declaration['schedule']>[number]
type Clash = { row: number; lesson: Lesson; known: KnownDeclaration; person: Sameness }

export const hasOtherDeclarations = (form: Form): boolean => form.known.length > 0

/** No teacher of the schedule stands in another declaration's schedule at the same hour. Of two of one name a person says who they are. */
export function teachersBookedOnce(form: Form): Outcome {
  const schedule = form.declaration.schedule ?? []
  const others = form.known.filter((known) => !isSameProject(form.declaration, known.declaration))
  const clashes = schedule.flatMap((lesson, row) => others.flatMap((known) => clashOf(form, lesson, row, known)))
  const sure = clashes.filter(({ person }) => person === 'same')
  const told = sure.length > 0 ? sure : clashes
  const facts = { count: told.length, clashes: told.map(tell).join('；') }
  const fields = [...new Set(told.flatMap(({ row }) => [`schedule[${row}].teacher`, `schedule[${row}].start`]))]
  if (sure.length > 0) return fail(facts, fields)
  return clashes.length > 0 ? unknown('context', facts, fields) : pass(facts, ['schedule'])
}

function clashOf(form: Form, lesson: Lesson, row: number, known: KnownDeclaration): Clash[] {
  const clash = (known.declaration.schedule ?? []).find(
    (other) => isSameHour(lesson, other) && lesson.teacher && nameOf(lesson) === nameOf(other),
  )
  if (!clash) return []
  return [{ row, lesson, known, person: comparePeople(form.declaration, known.declaration, nameOf(lesson)) }]
}

const nameOf = ({ teacher }: Lesson): string => normaliseName(teacher ?? '')

function isSameHour(one: Lesson, other: Lesson): boolean {
  if (!one.date || one.date !== other.date || !one.start || !one.end || !other.start || !other.end) return false
  return one.start < other.end && other.start < one.end
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

const tell = ({ lesson, known }: Clash): string =>
  `${lesson.teacher} ${lesson.date} ${lesson.start}–${lesson.end}（${known.declaration.project?.name ?? ''}，${known.label}）`
