import type { Decision, Finding, Review, Ruling } from '../schema.ts'
import { maskPersonalNumbers } from './mask.ts'
import { beijingTime } from './time.ts'

const WORDS: Record<Ruling, string> = { uphold: '维持', overrule: '不予采纳', ask: '请申报单位说明' }

/** What people ruled on a finding, oldest first: `不予采纳：原件第 3 页已盖章（王老师，2026-11-22 16:05）`. */
export const rulingsOn = (finding: Finding, review: Review): string[] =>
  decisionsOn(finding, review).map(describeDecision)

/** The decisions on a finding, oldest first: the last one holds. */
export const decisionsOn = (finding: Finding, { findings = [], decisions = [] }: Review): Decision[] =>
  decisions.filter(({ rule, finding: at }) => rule === finding.rule && (at === undefined || findings[at] === finding))

function describeDecision({ ruling, reason, at, by }: Decision): string {
  const told = reason ? `${WORDS[ruling]}：${maskPersonalNumbers(reason)}` : WORDS[ruling]
  return `${told}（${by.name ?? by.key}，${beijingTime(at)}）`
}
