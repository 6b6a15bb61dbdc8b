import { z } from 'zod'

export const Severity = z.enum(['error', 'warning', 'info'])
export type Severity = z.infer<typeof Severity>

export const Status = z.enum(['fail', 'unknown', 'pass', 'skipped'])
export type Status = z.infer<typeof Status>

export const Cause = z.enum(['missing', 'unreadable', 'low-confidence', 'context', 'rule-error', 'llm-unavailable'])
export type Cause = z.infer<typeof Cause>

export const Citation = z.object({
  /** The notice's number: `京继委办发〔2024〕4号`. */
  document: z.string(),
  title: z.string(),
  /** The place in the notice, what the clause asks in our words, and in brackets its id in the pack's ledger. */
  clause: z.string(),
})

/** Of a model's finding: who said it, by which prompt, and the words of the form it rests on, as they stand there. */
export const ModelData = z.object({
  model: z.string(),
  /** `name-inflated@1.0.0`; `promptHash` is of the whole text the model was given as instructions. */
  prompt: z.string(),
  promptHash: z.string(),
  /** The prompt's code for this kind of issue. */
  code: z.string().optional(),
  /** How many of the answers asked for agree: `3/3`. */
  agreement: z.string().optional(),
  quotes: z.array(z.object({ field: z.string(), text: z.string() })),
})
export type ModelData = z.infer<typeof ModelData>

/** What one rule says of one declaration, before it is tied to places on the page. */
export const RuleFinding = z.object({
  rule: z.string(),
  status: Status,
  /** With `unknown` only. */
  cause: Cause.optional(),
  severity: Severity,
  source: z.enum(['rule', 'llm', 'consistency', 'registry']),
  message: z.string(),
  suggestion: z.string().optional(),
  citation: Citation.optional(),
  /** Paths of the declaration that the finding rests on, most telling first. */
  fields: z.array(z.string()),
  confidence: z.number().min(0).max(1),
  /** With source `llm`, where a model answered. */
  data: ModelData.optional(),
})
export type RuleFinding = z.infer<typeof RuleFinding>
