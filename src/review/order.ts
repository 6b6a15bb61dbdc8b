import type { Finding } from './schema.ts'
import { isNotChecked } from './verdict.ts'

/** By gravity, then by place in the documents (what has no place comes last), then in the pack's order. */
export function orderFindings(findings: Finding[]): Finding[] {
  return findings
    .map((finding) => ({ finding, group: groupOf(finding) }))
    .sort((a, b) => a.group - b.group || comparePlaces(a.finding, b.finding))
    .map(({ finding }) => finding)
}

/** What is left to do: without passes and without rules that do not apply. */
export function openFindings(findings: Finding[]): Finding[] {
  return findings.filter(({ status }) => status === 'fail' || status === 'unknown')
}

/** What a person must see first comes first. */
function groupOf(finding: Finding): number {
  const { status, severity } = finding
  if (status === 'pass') return 7
  if (status === 'skipped') return 8
  const isOpen = status === 'unknown'
  if (severity === 'error') return isOpen ? (isNotChecked(finding) ? 2 : 1) : 0
  if (severity === 'warning') return isOpen ? 4 : 3
  return isOpen ? 6 : 5
}

function comparePlaces({ evidence: [a] }: Finding, { evidence: [b] }: Finding): number {
  if (!a || !b) return Number(!a) - Number(!b)
  return a.document - b.document || a.page - b.page || (a.box?.[1] ?? 0) - (b.box?.[1] ?? 0)
}
