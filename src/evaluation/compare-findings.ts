import type { Finding, Review } from '../review/schema.ts'
import type { Truth } from './truth.ts'

export type RuleResult = {
  rule: string
  expected: 'fail' | 'pass' | 'skipped' | 'unknown' | 'not-fail'
  found: Finding['status'] | 'none'
  severity?: Finding['severity']
  message?: string
  outcome: 'right' | 'false-fail' | 'missed' | 'undecided' | 'other'
}

/**
 * Every listed rule, and every further `error` or `warning` that failed. `undecided`: a `fail` or `pass` was expected and
 * the review left it `unknown`; never counted as right.
 */
export function compareFindings(truth: Truth, review: Review): RuleResult[] {
  const findings = new Map((review.findings ?? []).map((finding) => [finding.rule, finding]))
  const open = new Set(truth.undecided ?? [])
  const listed = Object.entries(truth.findings).map(([rule, expected]) => judge(rule, expected, findings.get(rule)))
  const further = [...findings.values()]
    .filter((finding) => finding.severity !== 'info' && !(finding.rule in truth.findings) && !open.has(finding.rule))
    .filter((finding) => finding.source !== 'llm')
    .map((finding) => judge(finding.rule, 'not-fail', finding))
  return [...listed, ...further]
}

function judge(rule: string, expected: RuleResult['expected'], finding: Finding | undefined): RuleResult {
  const found = finding?.status ?? 'none'
  return {
    rule,
    expected,
    found,
    ...(finding ? { severity: finding.severity, message: finding.message } : {}),
    outcome: outcomeOf(expected, found),
  }
}

function outcomeOf(expected: RuleResult['expected'], found: RuleResult['found']): RuleResult['outcome'] {
  if (expected === found) return 'right'
  if (found === 'fail') return 'false-fail'
  if (expected === 'not-fail') return 'right'
  if (expected === 'fail') return found === 'unknown' ? 'undecided' : 'missed'
  return found === 'unknown' ? 'undecided' : 'other'
}

export type SealResult = { expected: number; found: number; right: number; named: number }

/** A seal is right when one is reported on its page whose middle lies inside the true box. */
export function compareSeals(truth: Truth, review: Review): SealResult {
  const expected = truth.declaration.seals ?? []
  const left = [...(review.declaration?.seals ?? [])]
  const found = left.length
  let right = 0
  let named = 0
  for (const seal of expected) {
    const index = left.findIndex(
      (other) => (other.document ?? 0) + other.page === seal.page && isInside(other.box, seal.box),
    )
    const match = left[index]
    if (!match) continue
    left.splice(index, 1)
    right += 1
    if (match.text === seal.text) named += 1
  }
  return { expected: expected.length, found, right, named }
}

type Box = [number, number, number, number] | null

function isInside(inner: Box, outer: Box): boolean {
  if (!inner || !outer) return inner === outer
  const [x, y] = [inner[0] + inner[2] / 2, inner[1] + inner[3] / 2]
  const slack = 0.03
  return (
    x > outer[0] - slack && x < outer[0] + outer[2] + slack && y > outer[1] - slack && y < outer[1] + outer[3] + slack
  )
}
