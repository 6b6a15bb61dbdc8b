import type { FieldReading } from '../../declaration/schema.ts'
import type { Form } from '../engine/form.ts'

/** A text layer is read with certainty, lowered only a little where the label beside it is worded unlike any known one. */
const PRINT = 0.95

/** Whether a reading may hold misread characters, or lack a line: it stands on a page read by OCR, however surely, or was read with doubt. */
export const mayBeMisread = (form: Form, { confidence, evidence }: FieldReading): boolean =>
  confidence < PRINT || form.isOnScan(evidence)

/** Whether the value at a path may be misread; never that of a declaration system's own record. */
export function isRecognised(form: Form, path: string): boolean {
  const reading = form.readings[path]
  return reading ? mayBeMisread(form, reading) : form.confidence(path) < PRINT
}
