import type { Reviewer } from '../review/reviewer.ts'
import { evaluate as evaluateSamples, type SampleResult } from './evaluate.ts'
import { printFaults, printTable } from './print.ts'
import { printReliability, reliability } from './reliability.ts'
import { neverViolated, summariseAll } from './summarise.ts'

export type RunOptions = {
  /** One JSON object on standard output instead of the table. */
  json?: boolean
  /** Every wrong field and rule, a line each. */
  verbose?: boolean
  only?: string[]
}

/** `xingshen eval`: prints the figures. Exit status 1 when a compliant form was returned or a sample could not be reviewed. */
export async function evaluate(
  folder: string,
  deps: { reviewer: Pick<Reviewer, 'review'> },
  options: RunOptions = {},
): Promise<number> {
  const results = await evaluateSamples(folder, deps.reviewer, {
    ...(options.only ? { only: options.only } : {}),
    onSample: (result, done, total) => {
      process.stderr.write(`${done}/${total} ${result.name} ${result.seconds.toFixed(1)} s\n`)
      if (options.verbose && !options.json) console.log(printFaults(result))
    },
  })
  if (options.json) console.log(JSON.stringify(toJson(results), null, 2))
  else console.log([printTable(results), printReliability(results)].join('\n\n').trimEnd())
  const wrong = results.some(
    ({ truth, review, readOnly }) =>
      (review.status === 'failed' && !readOnly) || (!truth.verdict && review.verdict === 'return'),
  )
  return wrong ? 1 : 0
}

function toJson(results: SampleResult[]) {
  return {
    summary: summariseAll(results),
    neverViolated: neverViolated(results),
    reliability: reliability(results),
    samples: results.map(({ name, truth, review, fields, rules, seals, detected, seconds, pages }) => ({
      name,
      kind: truth.kind,
      split: truth.split,
      pack: truth.pack,
      detected,
      verdict: review.verdict,
      problem: review.problem,
      seconds,
      pages,
      seals,
      fields: fields
        .filter((field) => field.outcome !== 'right')
        .map((field) => ({ ...field, reading: review.fields?.[field.path] })),
      rules: rules.filter((rule) => rule.outcome !== 'right'),
    })),
  }
}
