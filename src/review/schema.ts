import { z } from 'zod'
import { Declaration, Evidence, FieldReading } from '../declaration/schema.ts'
import { Summary } from '../declaration/summary/schema.ts'
import { ProblemDetails } from '../problem.ts'
import { RuleFinding } from '../rules/finding.ts'

export const Finding = RuleFinding.extend({ evidence: z.array(Evidence) }).meta({ id: 'Finding' })
export type Finding = z.infer<typeof Finding>

export const Verdict = z.enum(['pass', 'return', 'manual'])
export type Verdict = z.infer<typeof Verdict>

export const DocumentSummary = z.object({
  name: z.string(),
  mediaType: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  pages: z.number().int(),
  extraction: z.object({
    method: z.enum(['text', 'ocr', 'mixed', 'docx']),
    engine: z.string(),
    confidence: z.number(),
    /** What was unusual about reading it: pages whose text layer was not believed, sheets of two pages. */
    notes: z.array(z.string()).optional(),
  }),
  /** Scanned pages that were turned to stand upright, with the clockwise degrees: boxes are shares of the upright page. */
  turned: z.array(z.object({ page: z.number().int(), degrees: z.literal([90, 180, 270]) })).optional(),
})
export type DocumentSummary = z.infer<typeof DocumentSummary>

/** A value that a model found in the words of a page where our reading found none. For a person to confirm: no rule has seen it. */
export const Proposal = z.object({
  path: z.string(),
  value: z.string(),
  source: z.literal('llm'),
  model: z.string(),
  prompt: z.string(),
  evidence: z.array(Evidence),
})
export type Proposal = z.infer<typeof Proposal>

export const Ruling = z.enum(['uphold', 'overrule', 'ask'])
export type Ruling = z.infer<typeof Ruling>

/** A person's ruling on a finding, which itself stays as it is. Later ones do not replace earlier ones; the last holds. */
export const Decision = z
  .object({
    id: z.string(),
    rule: z.string(),
    /** Which of several findings of the rule, as its place in `findings`; absent: all of them. */
    finding: z.number().int().optional(),
    ruling: Ruling,
    reason: z.string().optional(),
    at: z.iso.datetime(),
    /** The id of the key that was used, and what the key is called. */
    by: z.object({ key: z.string(), name: z.string().optional() }),
  })
  .meta({ id: 'Decision' })
export type Decision = z.infer<typeof Decision>

/** A review, contract §2. */
export const Review = z
  .object({
    id: z.string(),
    status: z.enum(['queued', 'running', 'done', 'failed']),
    /** `hash`: SHA-256 of the pack's files; the same version edited in a folder of one's own has another. */
    pack: z.object({ id: z.string(), version: z.string(), hash: z.string().optional() }).optional(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    externalId: z.string().optional(),
    /** The first review of which this is another run, under another pack or day. */
    rerunOf: z.string().optional(),
    /** While running: the step under way and how much of it is done, of reading in pages. */
    progress: z.object({ step: z.string(), done: z.number().int(), total: z.number().int() }).optional(),
    /** The rules whose findings were changed by comparing it with the others of its batch. */
    compared: z.object({ batch: z.string(), at: z.iso.datetime(), rules: z.array(z.string()) }).optional(),
    documents: z.array(DocumentSummary),
    declaration: Declaration.optional(),
    /** In place of a declaration, where the files are a unit's summary sheets; their readings stand at `summaries[0].unit` and so on. */
    summaries: z.array(Summary).optional(),
    fields: z.record(z.string(), FieldReading).optional(),
    findings: z.array(Finding).optional(),
    /** People's rulings on findings, oldest first; absent while there are none. */
    decisions: z.array(Decision).optional(),
    /** With the reading help switched on. */
    proposals: z.array(Proposal).optional(),
    verdict: Verdict.optional(),
    notChecked: z.array(z.string()).optional(),
    /** With seals and signatures skipped: the signed and sealed copy has not been seen. */
    notes: z.array(z.string()).optional(),
    problem: ProblemDetails.optional(),
    timings: z
      .object({ parseMs: z.number(), ocrMs: z.number(), rulesMs: z.number(), llmMs: z.number(), totalMs: z.number() })
      .optional(),
    usage: z
      .object({
        llmCalls: z.number(),
        inputTokens: z.number(),
        outputTokens: z.number(),
        /** Yuan, where a price is configured. */
        cost: z.number().optional(),
        /** A model's issues left out because the words they quote do not stand in the form. */
        ungrounded: z.number().optional(),
      })
      .optional(),
  })
  .meta({ id: 'Review' })
export type Review = z.infer<typeof Review>
