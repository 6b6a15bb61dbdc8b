import { type Exact, exact } from '../exact.ts'
import type { Form } from '../form.ts'

export type Days = { days: Exact; fields: string[] }

/** Days a session lasts: as the form says, else counted from the sessions' dates; `null` where neither tells, or where sessions differ. */
export function daysOfSession(form: Form): Days | null {
  const { days, sessions } = form.declaration.project ?? {}
  if (typeof days === 'number') return { days: exact(days), fields: ['project.days'] }
  const counted = (sessions ?? []).flatMap(({ start, end }, index) => {
    const length = daysBetween(start, end)
    return length === null ? [] : [{ length, field: `project.sessions[${index}]` }]
  })
  const [first] = counted
  const isOne = counted.every(({ length }) => length === first?.length)
  return first && isOne ? { days: exact(first.length), fields: counted.map(({ field }) => field) } : null
}

function daysBetween(start: string | null | undefined, end: string | null | undefined): number | null {
  if (!start || !end || start.length < 10 || end.length < 10) return null
  const days = Math.round((Date.parse(end) - Date.parse(start)) / 86_400_000) + 1
  return days > 0 ? days : null
}
