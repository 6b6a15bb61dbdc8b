import type { Context } from 'hono'
import type { File as Upload } from '../documents/ports.ts'
import { Problem } from '../problem.ts'
import type { Intent } from '../store/idempotency.ts'

/** Printable ASCII, as UUIDs and the like are. */
const KEY = /^[\x21-\x7e]{1,255}$/

/**
 * What is asked for under the request's `Idempotency-Key`; undefined without one. Two requests ask for the same when operation, options
 * and files are the same, whatever the order and spacing of their JSON. Throws `Problem('invalid_declaration')` for a key that is none.
 */
export async function readIntent(
  c: Context,
  operation: string,
  options: object,
  files: Upload[] = [],
): Promise<Intent | undefined> {
  const key = c.req.header('Idempotency-Key')
  if (key === undefined) return undefined
  if (!KEY.test(key)) {
    const detail = 'Idempotency-Key 应为 1 到 255 个可见的 ASCII 字符'
    throw new Problem('invalid_declaration', `请求内容不符合格式：${detail}`, { errors: [{ pointer: '', detail }] })
  }
  const contents = await Promise.all(files.map(async ({ name, bytes }) => [name, await digest(bytes)]))
  const asked = JSON.stringify([operation, sorted(options), contents])
  return { key, fingerprint: await digest(new TextEncoder().encode(asked)) }
}

/** With every object's keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

async function digest(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes.slice())
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
