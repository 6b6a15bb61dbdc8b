import type { z } from 'zod'
import { Problem } from '../problem.ts'
import { labelOf } from './label-of.ts'
import { reasonOf } from './reason-of.ts'
import { Declaration } from './schema.ts'

/** How many wrong places are listed at most. */
const MOST = 50

/**
 * Parses a declaration given as JSON. `''` means blank (`null`); text becomes NFC and trimmed.
 * Throws `Problem('invalid_declaration')` with one entry a wrong place, which names the field but never its content.
 */
export function normaliseDeclaration(json: unknown): Declaration {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    throw new Problem('invalid_declaration', '申报数据应是一个 JSON 对象，各栏目见接口说明。', {
      errors: [{ pointer: '', detail: '应为对象' }],
    })
  }
  const parsed = Declaration.safeParse(withoutEmpty(json))
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.slice(0, MOST).map(describe)
  const first = errors[0]?.detail ?? ''
  const more = parsed.error.issues.length > 1 ? `等 ${parsed.error.issues.length} 处` : ''
  throw new Problem('invalid_declaration', `申报数据不符合格式：${first}${more}。`, { errors })
}

/** Empty and blank strings are what forms send for a field left blank. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? null : value
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutEmpty(inner)]))
  }
  return value
}

type Issue = z.core.$ZodIssue

function describe(issue: Issue): { pointer: string; detail: string } {
  const pointer = issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  const path = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1)
  return { pointer, detail: `“${labelOf(path)}”（${path}）${reasonOf(issue)}` }
}
