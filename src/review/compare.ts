import { z } from 'zod'
import { openFindings, orderFindings } from './order.ts'
import { Finding, Review, Verdict } from './schema.ts'
import { isNotChecked } from './verdict.ts'

/** What one rule says in two reviews; absent where it does not run. */
export const Change = z.object({ rule: z.string(), before: Finding.optional(), after: Finding.optional() })
export type Change = z.infer<typeof Change>

const Side = Review.pick({ id: true, pack: true, finishedAt: true }).extend({ verdict: Verdict.optional() })

/** Two reviews of one form: what is decided otherwise, the gravest first. */
export const Comparison = z
  .object({
    before: Side,
    after: Side,
    changes: z.array(Change),
    /** Rules that say the same in both. */
    same: z.number().int(),
  })
  .meta({ id: 'Comparison' })
export type Comparison = z.infer<typeof Comparison>

/**
 * Compares two finished reviews rule by rule. A rule counts as changed when status or severity differ, or what an open finding
 * says (another bound, another arithmetic); a rule that only one of them runs counts when it is open there.
 */
export function compareReviews(before: Review, after: Review): Comparison {
  const [old, now] = [byRule(before), byRule(after)]
  const rules = [...new Set([...orderFindings(all(after)), ...orderFindings(all(before))].map(({ rule }) => rule))]
  const changes = rules.flatMap((rule): Change[] => {
    const [was, is] = [old.get(rule) ?? [], now.get(rule) ?? []]
    if (saysOf(was) === saysOf(is)) return []
    const [first] = was
    const [second] = is
    return [{ rule, ...(first ? { before: first } : {}), ...(second ? { after: second } : {}) }]
  })
  return { before: sideOf(before), after: sideOf(after), changes, same: rules.length - changes.length }
}

const all = ({ findings }: Review): Finding[] => findings ?? []

/** A model may say several things under one rule; the gravest stands first. */
function byRule(review: Review): Map<string, Finding[]> {
  return Map.groupBy(orderFindings(all(review)), ({ rule }) => rule)
}

/** Passes and skips of rules that the other review does not run are no news, nor how grave a rule would be that nobody checked. */
const saysOf = (findings: Finding[]): string =>
  JSON.stringify(
    openFindings(findings).length === 0
      ? []
      : findings.map((finding) => [
          finding.status,
          finding.cause,
          isNotChecked(finding) ? '' : finding.severity,
          finding.message,
        ]),
  )

const sideOf = ({ id, pack, finishedAt, verdict }: Review): Comparison['before'] => ({
  id,
  ...(pack ? { pack } : {}),
  ...(finishedAt ? { finishedAt } : {}),
  ...(verdict ? { verdict } : {}),
})
