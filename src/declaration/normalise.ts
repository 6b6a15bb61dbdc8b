import { Problem } from '../problem.ts'
import { Declaration } from './schema.ts'

/**
 * Parses a declaration given as JSON. `''` means blank (`null`); text becomes NFC and trimmed.
 * Throws `Problem('invalid_declaration')` with one entry a wrong place.
 */
export function normaliseDeclaration(json: unknown): Declaration {
  const parsed = Declaration.safeParse(json)
  if (parsed.success) return parsed.data
  throw new Problem('invalid_declaration', '申报数据不符合格式', { errors: [] })
}
