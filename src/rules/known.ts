import { z } from 'zod'
import { Declaration, FieldReading } from '../declaration/schema.ts'

/** Another declaration that was read: of the same batch, or earlier by the same service. */
export const KnownDeclaration = z.object({
  /** How a message calls it: a file's name, a review's id. */
  label: z.string(),
  declaration: Declaration,
  readings: z.record(z.string(), FieldReading).optional(),
  /** Reviewed before this one, so it may be this very form before it was corrected. */
  earlier: z.boolean().optional(),
  /** It was returned: the same project is expected again. */
  returned: z.boolean().optional(),
})
export type KnownDeclaration = z.infer<typeof KnownDeclaration>
