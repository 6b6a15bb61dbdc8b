import type { Cause, RuleFinding } from '../rules/finding.ts'
import type { Verdict } from './schema.ts'

type Decided = Pick<RuleFinding, 'rule' | 'status' | 'severity' | 'cause'>

/** The form cannot tell, or nobody was asked: such rules are listed as not checked and do not change the verdict. */
const NOT_ASKED: (Cause | undefined)[] = ['context', 'llm-unavailable']

export function isNotChecked(finding: Decided): boolean {
  return finding.status === 'unknown' && NOT_ASKED.includes(finding.cause)
}

/** Contract §2: an error that fails returns the form; an open error, a failed warning or a rule that threw needs a person. */
export function settleVerdict(findings: Decided[]): Verdict {
  const any = (test: (finding: Decided) => boolean) => findings.some(test)
  if (any(({ status, severity }) => status === 'fail' && severity === 'error')) return 'return'
  if (any((finding) => finding.status === 'unknown' && finding.severity === 'error' && !isNotChecked(finding))) {
    return 'manual'
  }
  if (any(({ status, cause }) => status === 'unknown' && cause === 'rule-error')) return 'manual'
  if (any(({ status, severity }) => status === 'fail' && severity === 'warning')) return 'manual'
  return 'pass'
}

const BY_GRAVITY: readonly Verdict[] = ['pass', 'manual', 'return']

export const graver = (one: Verdict, other: Verdict): Verdict =>
  BY_GRAVITY.indexOf(other) > BY_GRAVITY.indexOf(one) ? other : one

/** The rules left undecided for want of outside data or of a model, each once. */
export function listNotChecked(findings: Decided[]): string[] {
  return [...new Set(findings.filter(isNotChecked).map(({ rule }) => rule))]
}
