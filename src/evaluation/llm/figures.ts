import type { LlmSettings } from '../../judge/settings.ts'
import type { CaseResult } from './ask-cases.ts'

/** Shares are 0–1, `null` where there is nothing to take a share of. */
export type Figures = {
  cases: number
  /** Answers among those expected. */
  right: number
  agreement: number | null
  /** Of cases where only an issue is right, how many it points at. */
  recall: number | null
  /** Of the issues it points at, how many may be one. */
  precision: number | null
  unsure: number
  /** No usable answer at all. */
  unanswered: number
  /** Answers that had the asked-for form at the first try. */
  schemaRate: number | null
  /** Issues whose words stand in the form. */
  groundedRate: number | null
  /** By how the answer's shape was asked for. */
  rungs: Record<string, number>
  calls: number
  inputTokens: number
  outputTokens: number
}

/** Below these a model's “nothing to point at” is not shown. */
export const THRESHOLDS = { groundedRate: 0.9, agreement: 13 / 16 } as const

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

export function figuresOf(results: CaseResult[]): Figures {
  const count = (test: (result: CaseResult) => boolean) => results.filter(test).length
  const mustIssue = results.filter((result) => result.case.expect.join() === 'issue')
  const issues = results.filter(({ answer }) => answer === 'issue')
  const grounded = issues.reduce(
    (sum, { opinion }) => sum + (opinion?.answer === 'issue' ? opinion.issues.length : 0),
    0,
  )
  const ungrounded = results.reduce((sum, { opinion }) => sum + (opinion?.ungrounded ?? 0), 0)
  const heard = results.flatMap((result) => result.heard)
  const unanswered = count(({ answer }) => answer === 'none')
  const sum = (key: keyof CaseResult['spent']) => results.reduce((total, { spent }) => total + spent[key], 0)
  return {
    cases: results.length,
    right: count(({ right }) => right),
    agreement: share(
      count(({ right }) => right),
      results.length,
    ),
    recall: share(mustIssue.filter(({ right }) => right).length, mustIssue.length),
    precision: share(issues.filter(({ right }) => right).length, issues.length),
    unsure: count(({ answer }) => answer === 'unsure'),
    unanswered,
    schemaRate: share(heard.filter(({ mended }) => !mended).length, heard.length + unanswered),
    groundedRate: share(grounded, grounded + ungrounded),
    rungs: Object.fromEntries(
      [...Map.groupBy(heard, ({ rung }) => rung ?? '?')].map(([rung, all]) => [rung, all.length]),
    ),
    calls: sum('llmCalls'),
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
  }
}

/** Good enough for its “nothing to point at” to be shown. */
export function passes({ agreement, groundedRate, recall }: Figures): boolean {
  return (agreement ?? 0) >= THRESHOLDS.agreement && (groundedRate ?? 0) >= THRESHOLDS.groundedRate && (recall ?? 0) > 0
}

/** Yuan; `null` where no price is configured. */
export const costOf = ({ inputTokens, outputTokens }: Figures, price: LlmSettings['price']): number | null =>
  price && (inputTokens * price.input + outputTokens * price.output) / 1_000_000

/** By check, in the order of their names. */
export function figuresByRule(results: CaseResult[]): Record<string, Figures> {
  return Object.fromEntries(
    [...Map.groupBy(results, (result) => result.case.rule)].sort().map(([rule, own]) => [rule, figuresOf(own)]),
  )
}
