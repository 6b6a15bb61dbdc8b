import { z } from 'zod'
import { Declaration, FieldReading } from '../../declaration/schema.ts'
import { Summary } from '../../declaration/summary/schema.ts'
import { Context } from '../context.ts'
import { Cause, Severity, Status } from '../finding.ts'
import { KnownDeclaration } from '../known.ts'

/** The formats of the files under `rules/`. */
const Name = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower case words joined by -')
const Bilingual = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) })

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const ParamType = z.enum(['fraction', 'number', 'integer', 'string', 'date', 'strings', 'boolean'])
export type ParamType = z.infer<typeof ParamType>
export const ParamValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
export type ParamValue = z.infer<typeof ParamValue>
const ParamValues = z.record(z.string(), ParamValue)
const Param = z.strictObject({ type: ParamType, default: ParamValue.optional() })

/** `pass`, `fail`, `unknown`, `skipped`, each with variants of its own: `fail-below`. */
const MessageKey = z.string().regex(/^(pass|fail|unknown|skipped)(-[a-z0-9]+)*$/)
const Messages = z.record(MessageKey, z.string().min(1))

const ReadingOfExample = FieldReading.extend({
  raw: z.string().default(''),
  confidence: FieldReading.shape.confidence.default(1),
  evidence: FieldReading.shape.evidence.default([]),
})

export const Example = z.strictObject({
  name: z.string().min(1),
  expect: Status,
  cause: Cause.optional(),
  severity: Severity.optional(),
  params: ParamValues.optional(),
  declaration: Declaration.default({}),
  context: Context.optional(),
  readings: z.record(z.string(), ReadingOfExample).optional(),
  others: z.record(z.string(), z.array(ReadingOfExample)).optional(),
  asOf: z.string().optional(),
  online: Declaration.optional(),
  known: z.array(KnownDeclaration).optional(),
  summaries: z.array(Summary).optional(),
  /** What the message must hold: text, or a regular expression between slashes. */
  message: z.string().optional(),
})
export type Example = z.infer<typeof Example>

export const CheckFile = z.strictObject({
  rule: Name,
  title: Bilingual,
  source: z.enum(['rule', 'llm', 'consistency', 'registry']).default('rule'),
  severity: Severity.default('error'),
  params: z.record(z.string(), Param).default({}),
  when: z.string().min(1).optional(),
  needs: z.array(z.string()).default([]),
  /** Lists of which every row counts: read with so little confidence that rows may be missing, the rule stays open. */
  whole: z.array(z.string()).default([]),
  blank: z.enum(['unknown', 'fail', 'pass']).default('unknown'),
  test: z.string().min(1).optional(),
  message: z.strictObject({ 'zh-CN': Messages, en: Messages }),
  suggestion: Bilingual.optional(),
  /** Other declarations of a batch or of the store bear on it: it is asked again when they are known. */
  across: z.boolean().default(false),
  examples: z.array(Example).default([]),
})
export type CheckFile = z.infer<typeof CheckFile>

/** The words of `lists/NAME.yaml` as a parameter. */
const ListReference = z.strictObject({ list: Name })
export const ListFile = z.strictObject({ list: Name, words: z.array(z.string().min(1)).min(1) })

const Clauses = z.union([z.string(), z.array(z.string()).min(1)])

const RuleEntry = z.strictObject({
  rule: Name,
  /** Ids of the ledger; `none` with a reason where the rule rests on no clause. */
  clause: Clauses.optional(),
  severity: Severity.optional(),
  reason: z.string().min(1).optional(),
  params: z.record(z.string(), z.union([ParamValue, ListReference])).optional(),
})
export type RuleEntry = z.infer<typeof RuleEntry>

const Pattern = z.string().refine((text) => {
  try {
    return Boolean(new RegExp(text, 'u'))
  } catch {
    return false
  }
}, 'no regular expression')

/** Searched without spaces. Weights may be negative. */
const Sign = z.strictObject({ words: Pattern, weight: z.number() })

/** By what a form is recognised; see `detectPack`. */
const Detect = z.strictObject({
  /** Words of the form's title: of its first lines, and of lines anywhere that end in 申报书 and the like. */
  title: z.array(Sign).default([]),
  /** Words anywhere on the form. */
  signs: z.array(Sign).default([]),
  threshold: z.number(),
  /** Any of them in the title rules the pack out. */
  exclude: z.array(Pattern).default([]),
  /** CEL over the declaration. `false` rules the pack out; where a value is not known, the words decide alone. */
  declaration: z.array(z.string()).default([]),
  /** CEL over a record, which has no title: it is the pack's where all of `declaration` and of these hold. */
  record: z.array(z.string()).default([]),
})
export type Detect = z.infer<typeof Detect>

/** Rules of the unit's summary sheets, which go in beside the declarations, and the words by which such a sheet is recognised. */
const SummaryPart = z.strictObject({
  detect: Detect.pick({ title: true, signs: true, threshold: true, exclude: true }).optional(),
  rules: z.array(RuleEntry).default([]),
})

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date YYYY-MM-DD')

export const PackFile = z.strictObject({
  id: Name,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version such as 1.0.0'),
  title: Bilingual,
  notice: z.strictObject({ number: z.string(), title: z.string(), issuer: z.string(), date: Day.optional() }),
  validity: z.strictObject({ from: Day, until: Day.optional() }),
  extends: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(@\d+\.\d+\.\d+)?$/, 'a pack, or one of its versions: id@1.0.0')
    .optional(),
  detect: Detect.optional(),
  rules: z.array(RuleEntry).default([]),
  summary: SummaryPart.default({ rules: [] }),
  drop: z.array(z.strictObject({ rule: Name, reason: z.string().min(1) })).default([]),
})
export type PackFile = z.infer<typeof PackFile>

const LedgerLine = z.strictObject({
  id: z.string().min(1),
  /** What the clause asks, in our words. */
  clause: z.string().min(1),
  /** Where in the notice. */
  source: z.string().optional(),
  class: z.union([z.string(), z.array(z.string())]).optional(),
  strength: z.string().optional(),
  checkedBy: z.array(Name).optional(),
  needs: z.string().optional(),
  person: z.string().optional(),
  process: z.string().optional(),
  reason: z.string().optional(),
})
export type LedgerLine = z.infer<typeof LedgerLine>
export const LedgerFile = z.strictObject({ clauses: z.array(LedgerLine).min(1) })
