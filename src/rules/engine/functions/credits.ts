import type { z } from 'zod'
import type { Project } from '../../../declaration/schema.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { decimal, type Exact, exact } from '../exact.ts'
import { doubtOf, type View } from '../form.ts'
import type { CelFunction } from '../function.ts'
import { daysOfSession } from './days.ts'

type ProjectView = View<z.infer<typeof Project>>

const ROUNDING = exact('0.05')

const least = (values: Exact[]): Exact => values.reduce((small, value) => (value.lt(small) ? value : small))
const greatest = (values: Exact[]): Exact => values.reduce((great, value) => (value.gt(great) ? value : great))

/** The caps that may apply: one where the delivery is known (仅线上 is remote, BJ-70), both where it is not. */
function capsFor(project: ProjectView, cap: Exact, remoteCap: Exact): Exact[] {
  if (doubtOf(project.form, 'project.delivery') !== null) return [cap, remoteCap]
  return [project.raw?.delivery === 'remote' ? remoteCap : cap]
}

/** A9: one decimal of rounding agrees, and so does rounding down to a half. */
const agrees = (credits: Exact, expected: Exact): boolean =>
  credits.sub(expected).abs().lte(ROUNDING) || (credits.lte(expected) && credits.equals(expected.mul(2).floor().div(2)))

/**
 * Credits follow from hours: `hours / perCredit`, at most `days × perDay` where the pack counts days (0: it does not; A3, A9,
 * A10); `cap` 0: the notice names none. More than that fails; less only warns, unless the cap explains it. Whether they are over the cap, `creditsCap` says.
 */
function creditsFromHours(
  project: ProjectView,
  perCredit: Exact,
  perDay: Exact,
  cap: Exact,
  remoteCap: Exact,
): Outcome {
  const hours = exact(project.raw?.hours ?? 0)
  const credits = exact(project.raw?.credits ?? 0)
  const fields = ['project.credits', 'project.hours']
  const byHours = hours.div(perCredit)
  const isCapped = !cap.equals(0)
  const countsDays = !perDay.equals(0)
  const counted = countsDays ? daysOfSession(project.form) : null
  const isWithin = !isCapped || byHours.lte(cap)
  if (countsDays && !counted && isWithin && credits.lte(byHours.add(ROUNDING))) {
    return unknown('missing', { exact: decimal(byHours) }, ['project.days'], { variant: 'days' })
  }
  const byDays = counted ? counted.days.mul(perDay) : byHours
  const due = least([byHours, byDays])
  const expected = isCapped ? capsFor(project, cap, remoteCap).map((limit) => least([due, limit])) : [due]
  const facts = {
    hours: decimal(hours),
    credits: decimal(credits),
    exact: decimal(byHours),
    byDays: decimal(byDays),
    expected: [...new Set(expected.map((value) => decimal(value)))].join(' 或 '),
  }
  const isByDays = byDays.lt(byHours)
  const all = isByDays ? [...fields, ...(counted?.fields ?? [])] : fields
  if (credits.gt(due.add(ROUNDING))) return fail(facts, all, { variant: isByDays ? 'days' : 'above' })
  if (agrees(credits, due)) return pass(facts, all, isByDays ? { variant: 'days' } : {})
  const capped = [...all, 'project.delivery']
  if (expected.some((value) => agrees(credits, value)) || credits.gte(greatest(expected)))
    return pass(facts, capped, { variant: 'cap' })
  if (credits.lt(least(expected))) {
    return fail(facts, all, { variant: isByDays ? 'below-days' : 'below', severity: 'warning' })
  }
  return unknown(doubtOf(project.form, 'project.delivery') ?? 'missing', facts, ['project.delivery', ...all])
}

/** Between the two caps only the delivery decides. */
function creditsCap(project: ProjectView, cap: Exact, remoteCap: Exact): Outcome {
  const credits = exact(project.raw?.credits ?? 0)
  const caps = capsFor(project, cap, remoteCap)
  const isRemote = caps.length === 1 && project.raw?.delivery === 'remote'
  const facts = { credits: decimal(credits), cap: caps.map((limit) => decimal(limit)).join(' 或 ') }
  const fields = ['project.credits', 'project.delivery']
  if (credits.lte(least(caps))) return pass(facts, fields)
  if (credits.gt(greatest(caps))) return fail(facts, fields, isRemote ? { variant: 'remote' } : {})
  return unknown(doubtOf(project.form, 'project.delivery') ?? 'missing', facts, ['project.delivery', 'project.credits'])
}

export const creditFunctions: CelFunction[] = [
  {
    signature: 'creditsFromHours(Project, Number, Number, Number, Number): Outcome',
    about: 'Credits follow from hours, days and caps: hours a credit, credits a day (0: not counted), cap, remote cap.',
    call: creditsFromHours,
  },
  {
    signature: 'creditsCap(Project, Number, Number): Outcome',
    about: 'Credits are not over the cap of the delivery.',
    call: creditsCap,
  },
]
