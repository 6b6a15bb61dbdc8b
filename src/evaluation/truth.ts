import { z } from 'zod'
import { Declaration } from '../declaration/schema.ts'
import { Verdict } from '../review/schema.ts'
import { Context } from '../rules/context.ts'
import { Status } from '../rules/finding.ts'

/** What is known of one sample document; stands beside it as `NAME.truth.json`. */
export const Truth = z.object({
  /** The files of the one declaration, beside the truth file. */
  files: z.array(z.string()).min(1),
  /** The form it is printed on: `national`, `beijing`, `shanghai`, `wenzhou`, `hunan`. */
  family: z.string(),
  layout: z.string().optional(),
  /** How it became a file: `pdf`, `docx`, `scan-clean`, `scan-degraded` … */
  kind: z.string(),
  split: z.enum(['tuning', 'held-out']),
  pack: z.string(),
  context: Context.optional(),
  asOf: z.string().optional(),
  /** What was filled in online, to be compared with the paper. */
  online: Declaration.optional(),
  /** Marks on paper can be seen; otherwise nothing is asked about signatures and seals. */
  paper: z.boolean(),
  declaration: Declaration,
  /** The rules on which the document is decisive; every `fail` is listed. */
  findings: z.record(z.string(), Status),
  /** Rules on which two careful people could differ: not judged. */
  undecided: z.array(z.string()).optional(),
  /** Left out for a compliant form, which may not be returned. */
  verdict: Verdict.optional(),
})
export type Truth = z.infer<typeof Truth>
