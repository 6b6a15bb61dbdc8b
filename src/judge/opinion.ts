import type { FailureReason } from './endpoint/failure.ts'

/** What a model points at. `quotes` are the form's own words; `weak`: a quote only nearly stands there. */
export type Issue = {
  code: string
  severity: 'warning' | 'info'
  statement: string
  suggestion: string
  quotes: { field: string; text: string }[]
  weak: boolean
}

/** What a model says of one rule. `ungrounded`: issues left out because their words do not stand in the form. */
export type Opinion = {
  rule: string
  prompt: string
  promptHash: string
  /** Empty where none was reached. */
  model: string
  ungrounded: number
  agreement?: string
} & (
  | { answer: 'issue'; issues: Issue[] }
  | { answer: 'fine' }
  | { answer: 'unsure'; missing: string[] }
  /** `status`: of HTTP, where there was one. */
  | { answer: 'none'; reason: FailureReason; status?: number }
  /** Not asked: the form does not say what the question is about. By path. */
  | { answer: 'lacking'; missing: string[] }
)
