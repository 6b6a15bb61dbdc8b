import type { Finding } from './schema.ts'
import { isNotChecked } from './verdict.ts'

/** What a person must see first comes first. */
const GROUPS: ((finding: Finding) => boolean)[] = [
  ({ status, severity }) => status === 'fail' && severity === 'error',
  (finding) => finding.status === 'unknown' && finding.severity === 'error' && !isNotChecked(finding),
  (finding) => finding.status === 'unknown' && finding.severity === 'error',
  ({ status, severity }) => status === 'fail' && severity === 'warning',
  ({ status, severity }) => status === 'unknown' && severity === 'warning',
  ({ status, severity }) => status === 'fail' && severity === 'info',
  ({ status }) => status === 'unknown',
  ({ status }) => status === 'pass',
]

/** By gravity, then by place in the documents (what has no place comes last), then in the pack's order. */
export function orderFindings(findings: Finding[]): Finding[] {
  return findings
    .map((finding, index) => ({ finding, key: [groupOf(finding), ...placeOf(finding), index] }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ finding }) => finding)
}

/** What is left to do: without passes and without rules that do not apply. */
export function openFindings(findings: Finding[]): Finding[] {
  return findings.filter(({ status }) => status === 'fail' || status === 'unknown')
}

function groupOf(finding: Finding): number {
  const group = GROUPS.findIndex((test) => test(finding))
  return group < 0 ? GROUPS.length : group
}

function placeOf({ evidence: [first] }: Finding): [document: number, page: number, y: number] {
  if (!first) return [Number.POSITIVE_INFINITY, 0, 0]
  return [first.document, first.page, first.box?.[1] ?? 0]
}

function compare(a: number[], b: number[]): number {
  for (let index = 0; index < a.length; index++) {
    const [left, right] = [a[index] ?? 0, b[index] ?? 0]
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}
