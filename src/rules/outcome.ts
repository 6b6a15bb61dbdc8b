import type { Cause, Severity } from './finding.ts'

/** What a message may print. */
export type Facts = Record<string, string | number>

/**
 * What a domain function answers. `facts` fill the check's message; `fields` are the paths it rests on, most telling first.
 *
 * `variant` picks a message of its own (`fail-below` for `fail` and `below`); `severity` caps how grave this very outcome is,
 * never raises it. `confidence` is that of the least certain value the answer rests on, where the function weighed it itself; the
 * values the check needs still weigh beside it. With `stands` the function has weighed those too: the answer is the same whatever
 * single characters were misread, and only `confidence` and the check's `when` count.
 */
export type Outcome = {
  status: 'pass' | 'fail' | 'unknown'
  cause?: Cause
  facts: Facts
  fields: string[]
  variant?: string
  severity?: Severity
  confidence?: number
  stands?: true
}

type Detail = Pick<Outcome, 'variant' | 'severity' | 'confidence' | 'stands'>

export const pass = (facts: Facts = {}, fields: string[] = [], detail: Detail = {}): Outcome => ({
  status: 'pass',
  facts,
  fields,
  ...detail,
})

export const fail = (facts: Facts = {}, fields: string[] = [], detail: Detail = {}): Outcome => ({
  status: 'fail',
  facts,
  fields,
  ...detail,
})

/** `cause` says why the form does not decide it. */
export const unknown = (cause: Cause, facts: Facts = {}, fields: string[] = [], detail: Detail = {}): Outcome => ({
  status: 'unknown',
  cause,
  facts,
  fields,
  ...detail,
})

/** `true`, `false` or undecided (`null`) as an outcome. */
export const outcomeOf = (answer: boolean | null, facts: Facts = {}, fields: string[] = []): Outcome =>
  answer === null ? unknown('missing', facts, fields) : answer ? pass(facts, fields) : fail(facts, fields)

const gather = (outcomes: Outcome[]): Pick<Outcome, 'facts' | 'fields'> => ({
  facts: Object.assign({}, ...outcomes.map((outcome) => outcome.facts)),
  fields: [...new Set(outcomes.flatMap((outcome) => outcome.fields))],
})

/** The facts of all stay printable; those of the outcomes that decide win. */
function decidedBy(decisive: Outcome[], all: Outcome[]): Outcome {
  const [first] = decisive
  const rest = all.filter((outcome) => !decisive.includes(outcome))
  return { ...(first ?? pass()), ...gather([...rest, ...decisive]), fields: gather(decisive).fields }
}

/** Three-valued and: one failure fails, else one unknown leaves it unknown. */
export function and(...outcomes: Outcome[]): Outcome {
  const failed = outcomes.filter((outcome) => outcome.status === 'fail')
  if (failed.length > 0) return decidedBy(failed, outcomes)
  const open = outcomes.filter((outcome) => outcome.status === 'unknown')
  return open.length > 0 ? decidedBy(open, outcomes) : decidedBy(outcomes, outcomes)
}

/** Three-valued or: one pass passes, else one unknown leaves it unknown. */
export function or(...outcomes: Outcome[]): Outcome {
  const passed = outcomes.filter((outcome) => outcome.status === 'pass')
  if (passed.length > 0) return decidedBy(passed, outcomes)
  const open = outcomes.filter((outcome) => outcome.status === 'unknown')
  return open.length > 0 ? decidedBy(open, outcomes) : decidedBy(outcomes, outcomes)
}

/** Three-valued not: unknown stays unknown. */
export function not(outcome: Outcome): Outcome {
  if (outcome.status === 'unknown') return outcome
  return { ...outcome, status: outcome.status === 'pass' ? 'fail' : 'pass' }
}
