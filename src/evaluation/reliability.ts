import type { SampleResult } from './evaluate.ts'

/** Of `count` values given with a confidence from `from` (inclusive) up to the next line's, `right` were right. */
export type ReliabilityLine = { from: number; count: number; right: number; expected: number }

const STEPS = [0, 0.5, 0.8, 0.9, 0.95, 0.99]

/**
 * What the confidences of values read from paper are worth: for each step of confidence the values given, how many were right,
 * and how many their confidences promised. Blanks count as values: a blank that is none is wrong.
 */
export function reliability(results: SampleResult[]): ReliabilityLine[] {
  const lines = STEPS.map((from) => ({ from, count: 0, right: 0, expected: 0 }))
  for (const { truth, fields, review } of results) {
    if (!truth.paper) continue
    for (const { path, outcome, value } of fields) {
      const confidence = review.fields?.[path]?.confidence
      if (value === undefined || confidence === undefined) continue
      const line = lines.findLast(({ from }) => confidence >= from)
      if (!line) continue
      line.count += 1
      line.expected += confidence
      if (outcome === 'right') line.right += 1
    }
  }
  return lines
}

/** The table as plain text; empty when no value was read from paper. */
export function printReliability(results: SampleResult[]): string {
  const lines = reliability(results).filter(({ count }) => count > 0)
  if (lines.length === 0) return ''
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)}%`
  return [
    'Values read from paper, by confidence:',
    ...lines.map(
      ({ from, count, right, expected }) =>
        `  from ${from.toFixed(2)}  ${String(count).padStart(6)} values  ${percent(right, count).padStart(6)} right  ${percent(expected, count).padStart(6)} promised`,
    ),
  ].join('\n')
}
