import type { Session } from '../../../declaration/schema.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { decimal, type Exact, exact } from '../exact.ts'
import { doubtOf, type View } from '../form.ts'
import type { CelFunction } from '../function.ts'
import { daysOfSession } from './days.ts'
import { settle, type Verdict } from './rows.ts'

type SessionView = View<Session>

const label = (index: number): string => `第${index + 1}期`

/** Every session has its time and place. A cell that other rows have and this one lacks is blank; a column nobody has is missing. */
function sessionsDetailed(sessions: SessionView[]): Outcome {
  const columns = [
    { key: 'start', called: '时间' },
    { key: 'place', called: '地点' },
  ] as const
  const verdicts = columns.flatMap(({ key, called }) => {
    const isColumn = sessions.some((session) => session.raw?.[key] !== undefined)
    return sessions.map((session, index): Verdict => {
      const path = `${session.path}.${key}`
      const state = session.form.state(path)
      const told = { label: `${label(index)}${called}`, fields: [path] }
      if (state === 'value') return { ...told, state: 'ok' }
      if (state === 'unreadable') return { ...told, state: 'open', why: 'unreadable' }
      return state === 'missing' && !isColumn ? { ...told, state: 'open', why: 'missing' } : { ...told, state: 'bad' }
    })
  })
  return settle(verdicts)
}

function sessionsAtMost(sessions: SessionView[], max: Exact): Outcome {
  const facts = { count: sessions.length }
  return exact(sessions.length).lte(max) ? pass(facts, ['project.sessions']) : fail(facts, ['project.sessions'])
}

/** `2025-05` lasts from its first to its last day. */
const first = (date: string): string => (date.length === 7 ? `${date}-01` : date)
const last = (date: string): string => (date.length === 7 ? `${date}-31` : date)

/** End not before start, in order, none overlapping another at one place. */
function sessionsOrdered(sessions: SessionView[]): Outcome {
  const verdicts = sessions.map((session, index): Verdict => {
    const { start, end } = session.raw ?? {}
    const fields = [`${session.path}.start`, `${session.path}.end`]
    if (!start) return { label: label(index), state: 'open', why: 'missing', fields }
    const isBackward = Boolean(end) && last(end ?? start) < first(start)
    const clash = sessions.slice(0, index).find((other) => overlap(other, session))
    const told = clash ? `${label(index)}与${label(sessions.indexOf(clash))}` : label(index)
    return { label: told, state: isBackward || clash ? 'bad' : 'ok', fields }
  })
  return settle(verdicts)
}

function overlap(one: SessionView, other: SessionView): boolean {
  const [a, b] = [one.raw, other.raw]
  if (!a?.start || !b?.start || a.start.length < 10 || b.start.length < 10) return false
  const isSamePlace = !a.place || !b.place || a.place === b.place
  return isSamePlace && a.start <= (b.end ?? b.start) && b.start <= (a.end ?? a.start)
}

/**
 * The number of learners of the project and of each session. `eachSession`: the bound is a session's, so the project's number may be
 * that of all sessions together, which the form does not say.
 */
function enrollmentAtMost(form: SessionView['form'], max: Exact, eachSession: boolean): Outcome {
  const sessions = form.declaration.project?.sessions ?? []
  const ofSessions = sessions.map((_, index) => `project.sessions[${index}].enrollment`)
  const isTold = sessions.length > 1 && ofSessions.every((path) => typeof form.at(path) === 'number')
  if (eachSession && sessions.length > 1 && !isTold) {
    const outcome = totalAtMost(form, max.mul(sessions.length), max)
    if (outcome) return outcome
  }
  const places = eachSession && isTold ? ofSessions : ['project.enrollment', ...ofSessions]
  const told = places.filter((path) => typeof form.at(path) === 'number')
  const verdicts = told.map((path): Verdict => {
    const people = exact(Number(form.at(path)))
    const doubt = doubtOf(form, path)
    const isOver = people.gt(max)
    const shown = { label: `${decimal(people)}人`, fields: [path] }
    return isOver && doubt ? { ...shown, state: 'open', why: doubt } : { ...shown, state: isOver ? 'bad' : 'ok' }
  })
  const most = told.map((path) => Number(form.at(path))).reduce((great, people) => Math.max(great, people), 0)
  if (verdicts.length === 0) return unknown('missing', {}, ['project.enrollment'])
  const outcome = settle(verdicts)
  return { ...outcome, facts: { ...outcome.facts, people: most } }
}

/** A number above one session's bound but not above that of all: open. `null` where it decides nothing. */
function totalAtMost(form: SessionView['form'], all: Exact, max: Exact): Outcome | null {
  const total = form.at('project.enrollment')
  if (typeof total !== 'number' || exact(total).lte(max) || exact(total).gt(all)) return null
  const fields = ['project.enrollment', 'project.sessions']
  return unknown('missing', { people: total }, fields, { variant: 'total' })
}

/** Days and hours a day: `hours ≤ days × perDay`. */
function hoursFitDays(form: SessionView['form'], hours: Exact, perDay: Exact): Outcome {
  const counted = daysOfSession(form)
  if (counted === null) return unknown('missing', {}, ['project.days', 'project.sessions'])
  const { days } = counted
  const fields = ['project.hours', ...counted.fields]
  const facts = { hours: decimal(hours), days: decimal(days), most: decimal(days.mul(perDay)) }
  return hours.lte(days.mul(perDay)) ? pass(facts, fields) : fail(facts, fields)
}

/** No session before the day of application. */
function sessionsAfter(sessions: SessionView[], day: string): Outcome {
  return settle(
    sessions.flatMap((session, index): Verdict[] => {
      const start = session.raw?.start
      if (!start) return []
      const fields = [`${session.path}.start`, 'cover.date']
      return [{ label: `${label(index)} ${start}`, state: last(start) < day ? 'bad' : 'ok', fields }]
    }),
  )
}

export const sessionFunctions: CelFunction[] = [
  {
    signature: 'sessionsAtMost(list<Session>, Number): Outcome',
    about: 'No more sessions than the number given.',
    call: sessionsAtMost,
  },
  {
    signature: 'sessionsDetailed(list<Session>): Outcome',
    about: 'Every session has its time and place.',
    call: sessionsDetailed,
  },
  {
    signature: 'sessionsOrdered(list<Session>): Outcome',
    about: 'No session ends before it starts or overlaps another at one place.',
    call: sessionsOrdered,
  },
  {
    signature: 'sessionsAfter(list<Session>, string): Outcome',
    about: 'No session starts before the day given.',
    call: sessionsAfter,
  },
  {
    signature: 'enrollmentAtMost(Form, Number, bool): Outcome',
    about:
      'Neither the project nor any session plans for more people; or only each session, whatever the project’s total.',
    call: enrollmentAtMost,
  },
  {
    signature: 'hoursFitDays(Form, Number, Number): Outcome',
    about: 'The hours fit into the days, so many hours a day.',
    call: hoursFitDays,
  },
]
