import type { Form } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'

/** Written for a day that the notice does not name. */
const NO_DAY = '0001-01-01'

/**
 * The application date lies between `from` and `until`, both in. `maybeFrom`: where the notice is damaged, the earliest start it may
 * mean. `filingUntil`: the last day of projects filed again, where theirs is another. Needs `cover.date`.
 */
export function appliesInTime(
  form: Form,
  from: string,
  maybeFrom: string,
  until: string,
  filingUntil: string,
): Outcome {
  const date = form.declaration.cover?.date ?? ''
  const kind = form.declaration.project?.kind
  const isTwofold = filingUntil !== NO_DAY && filingUntil !== until
  const last = isTwofold && kind === 'filing' ? filingUntil : until
  const facts = { date, last, from, maybeFrom, until, filingUntil }
  const fields = isTwofold ? ['cover.date', 'project.kind'] : ['cover.date']
  const open = from === NO_DAY ? { variant: 'deadline' } : {}
  if (isTwofold && !kind) {
    const [early = '', late = ''] = [until, filingUntil].sort()
    if (date > early && date <= late) return unknown('missing', facts, fields, { variant: 'kind' })
    if (date > late) return fail({ ...facts, last: late }, fields, open)
  }
  if (date > last) return fail(facts, fields, open)
  if (date >= from) return pass(facts, fields, open)
  const isInDoubt = maybeFrom !== NO_DAY && date >= maybeFrom
  return isInDoubt ? unknown('context', facts, fields, { variant: 'start' }) : fail(facts, fields, open)
}
