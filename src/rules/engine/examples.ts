import type { RuleFinding } from '../finding.ts'
import type { Check } from './compile.ts'
import { evaluateRule, type Options } from './evaluate.ts'
import type { Example } from './files.ts'
import { Form } from './form.ts'
import { Variables } from './views.ts'

export type ExampleResult = { rule: string; example: Example; finding: RuleFinding; wrong: string[] }

/** Runs a check's own examples; `wrong` is empty where the finding is as expected. */
export function runExamples(check: Check): ExampleResult[] {
  return check.file.examples.map((example) => {
    const thrown: string[] = []
    const finding = runExample(check, example, (_rule, error) => thrown.push(String(error)))
    return { rule: check.file.rule, example, finding, wrong: [...thrown, ...differences(check, example, finding)] }
  })
}

function runExample(check: Check, example: Example, onError: Options['onError'] & object): RuleFinding {
  const { declaration, readings, others, context, asOf, online, known, summaries } = example
  const form = new Form({
    declaration,
    ...(readings ? { readings } : {}),
    ...(others ? { others } : {}),
    ...(context ? { context } : {}),
    ...(asOf ? { asOf } : {}),
    ...(online ? { online } : {}),
    ...(known ? { known } : {}),
    ...(summaries ? { summaries } : {}),
  })
  const given = example.params ?? {}
  const rule = { check, clauses: [], severity: check.file.severity, reason: null, given, params: check.bind(given) }
  return evaluateRule(rule, form, new Variables(form), { onError })
}

function differences(check: Check, example: Example, finding: RuleFinding): string[] {
  const wrong: string[] = []
  const compare = (what: 'cause' | 'severity', expected: string | undefined) => {
    if (expected !== undefined && finding[what] !== expected) wrong.push(`${what} ${finding[what]}, not ${expected}`)
  }
  if (finding.status !== example.expect) wrong.push(`${finding.status} (${finding.cause ?? ''}), not ${example.expect}`)
  compare('cause', example.cause)
  compare('severity', example.severity)
  if (example.message !== undefined && !matches(example.message, finding.message)) {
    wrong.push(`the message does not hold ${example.message}`)
  }
  if (finding.message === check.file.title['zh-CN'])
    wrong.push('the check has no message whose places can all be filled')
  return wrong
}

function matches(expected: string, message: string): boolean {
  const pattern = /^\/(.*)\/$/.exec(expected)?.[1]
  return pattern === undefined ? message.includes(expected) : new RegExp(pattern, 'u').test(message)
}
