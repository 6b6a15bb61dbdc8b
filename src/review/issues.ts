import type { z } from 'zod'
import { reasonOf } from '../declaration/reason-of.ts'
import type { Problem } from '../problem.ts'

const MISSING = '缺少这一项'

/** To parse with: where a schema has no words of its own for what is wrong, `toError` finds some. */
export const plainly = {
  error: ({ code, input }: { code: string; input?: unknown }) =>
    code === 'invalid_type' && input === undefined ? MISSING : '',
}

/** What is wrong with one place of what was parsed `plainly`, in words for the person in front of the screen. */
export function toError({ message, ...issue }: z.core.$ZodIssue): NonNullable<Problem['errors']>[number] {
  const pointer = issue.path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  const name = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    return { pointer: `${pointer}/${issue.keys[0]}`, detail: `不认识“${issue.keys.join('”“')}”这一项` }
  }
  if (message !== '' && message !== MISSING) return { pointer, detail: message }
  return { pointer, detail: `“${name}”${message || reasonOf({ message, ...issue })}` }
}
