import type { SampleResult } from './evaluate.ts'

export type Summary = {
  group: string
  documents: number
  /** Documents for whose form no pack exists yet: read, not judged. */
  readOnly: number
  failed: number
  packDetected: number
  /** `nearly`: those of `wrong` that differ in white space or width only. */
  fields: { right: number; wrong: number; nearly: number; missing: number; false: number; exact: number }
  teacherCells: { right: number; total: number; exact: number }
  fails: { expected: number; found: number; right: number; undecided: number; precision: number; recall: number }
  seals: { expected: number; found: number; right: number; named: number }
  compliant: { documents: number; pass: number; manual: number; return: number }
  faulty: { documents: number; pass: number; manual: number; return: number }
  secondsPerPage: number
}

/** One line of the table: all samples of a group. Shares are 0–1. */
export function summarise(group: string, results: SampleResult[]): Summary {
  const fields = results.flatMap((result) => result.fields)
  const judged = results.filter((result) => !result.readOnly)
  const teachers = fields.filter((field) => field.path.startsWith('teachers['))
  const rules = results.flatMap((result) => result.rules)
  const count = (outcome: string) => fields.filter((field) => field.outcome === outcome).length
  const teachersRight = teachers.filter((field) => field.outcome === 'right').length
  const expected = rules.filter((rule) => rule.expected === 'fail')
  const rightFails = expected.filter((rule) => rule.found === 'fail').length
  const falseFails = rules.filter((rule) => rule.outcome === 'false-fail').length
  const pages = sum(results.map((result) => result.pages))
  return {
    group,
    documents: results.length,
    readOnly: results.length - judged.length,
    failed: judged.filter((result) => result.review.status === 'failed').length,
    packDetected: results.filter((result) => result.detected === result.truth.pack).length,
    fields: {
      right: count('right'),
      wrong: count('wrong'),
      nearly: fields.filter((field) => field.nearly).length,
      missing: count('missing'),
      false: count('false'),
      exact: share(count('right'), fields.length),
    },
    teacherCells: { right: teachersRight, total: teachers.length, exact: share(teachersRight, teachers.length) },
    fails: {
      expected: expected.length,
      found: rightFails + falseFails,
      right: rightFails,
      undecided: expected.filter((rule) => rule.found === 'unknown').length,
      precision: share(rightFails, rightFails + falseFails),
      recall: share(rightFails, expected.length),
    },
    seals: {
      expected: sum(results.map((result) => result.seals.expected)),
      found: sum(results.map((result) => result.seals.found)),
      right: sum(results.map((result) => result.seals.right)),
      named: sum(results.map((result) => result.seals.named)),
    },
    compliant: verdicts(judged.filter((result) => result.truth.verdict === undefined)),
    faulty: verdicts(judged.filter((result) => result.truth.verdict === 'return')),
    secondsPerPage: share(sum(results.map((result) => result.seconds)), pages),
  }
}

/** All samples by kind and split, then everything. */
export function summariseAll(results: SampleResult[]): Summary[] {
  const groups = Map.groupBy(results, (result) => `${result.truth.kind} ${result.truth.split}`)
  const splits = Map.groupBy(results, (result) => `all ${result.truth.split}`)
  return [...[...groups].sort(([a], [b]) => a.localeCompare(b)), ...splits, ['all', results] as const].map(
    ([group, members]) => summarise(group, members),
  )
}

/** Rules of which no sample expects a `fail`. */
export function neverViolated(results: SampleResult[]): string[] {
  const seen = new Set(
    results.flatMap((result) => (result.review.findings ?? []).filter((f) => f.source !== 'llm').map((f) => f.rule)),
  )
  const violated = new Set(
    results.flatMap((result) => result.rules.filter((rule) => rule.expected === 'fail').map((rule) => rule.rule)),
  )
  return [...seen].filter((rule) => !violated.has(rule)).sort()
}

function verdicts(results: SampleResult[]) {
  const count = (verdict: string) => results.filter((result) => result.review.verdict === verdict).length
  return { documents: results.length, pass: count('pass'), manual: count('manual'), return: count('return') }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)
