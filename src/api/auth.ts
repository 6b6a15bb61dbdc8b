import type { Context, MiddlewareHandler } from 'hono'
import { type Actor, LOCAL } from '../access/actor.ts'
import { digestOfKey, idOfKey, isSameDigest } from '../access/key.ts'
import { callerOf, createLimiter, type Limit, type Turn } from '../access/limiter.ts'
import { Problem } from '../problem.ts'
import type { Review } from '../review/schema.ts'
import type { Keys } from '../store/keys.ts'

/** What the routes under `/v1` know of a request. `answered`: the review that the response gives out in full. */
export type ApiEnv = { Variables: { actor: Actor; answered?: Review } }

export type AccessDeps = {
  keys: Keys
  /** Of the machine that asks; undefined where nobody can tell. */
  addressOf(c: Context): string | undefined
  /** For each key, and for each address without one; none when left out. */
  limit?: Limit
  clock: () => Date
}

/** Tries with no key or a wrong one, for each address. */
const FAILURES: Limit = { quota: 60, window: 60 }

/** A page of another site may point its own name at this machine, but not one of these. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Finds out who asks (`Authorization: Bearer xs_…`, RFC 6750) and counts the requests of each. As long as no key was ever made,
 * everybody who reaches the service under this machine's own name is its admin. Throws `Problem`: `unauthorized`, `rate_limited`.
 */
export function authenticate({ keys, addressOf, limit, clock }: AccessDeps): MiddlewareHandler<ApiEnv> {
  const seconds = () => clock().getTime() / 1000
  const takeFailure = createLimiter(FAILURES, seconds)
  const takeTurn = limit && createLimiter(limit, seconds)

  async function identify(header: string): Promise<Actor | null> {
    const secret = /^Bearer +(\S+) *$/i.exec(header)?.[1]
    const id = secret === undefined ? null : await idOfKey(secret)
    const key = id === null ? null : await keys.find(id)
    if (secret === undefined || !key || !isSameDigest(key.digest, await digestOfKey(secret))) return null
    const now = clock().toISOString()
    if (key.revokedAt !== undefined || (key.expiresAt !== undefined && key.expiresAt <= now)) return null
    const day = now.slice(0, 10)
    if (key.lastUsedOn !== day) await keys.noteUse(key.id, day)
    return { tenant: key.tenant, keyId: key.id, role: key.role }
  }

  async function anonymous(c: Context): Promise<Actor | null> {
    if (!LOOPBACK.test(new URL(c.req.url).hostname)) return null
    return (await keys.exist()) ? null : LOCAL
  }

  return async function authenticate(c, next) {
    const header = c.req.header('Authorization')
    const caller = callerOf(addressOf(c) ?? '')
    const actor = header === undefined ? await anonymous(c) : await identify(header)
    if (!actor) {
      assertTurn(c, takeFailure(caller))
      c.header('WWW-Authenticate', `Bearer realm="xingshen"${header === undefined ? '' : ', error="invalid_token"'}`)
      throw new Problem('unauthorized', header === undefined ? NO_KEY : WRONG_KEY)
    }
    if (limit && takeTurn) {
      const turn = takeTurn(actor === LOCAL ? caller : actor.keyId)
      // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
      c.header('RateLimit-Policy', `"requests";q=${limit.quota};w=${limit.window}`)
      c.header('RateLimit', `"requests";r=${turn.remaining};t=${Math.ceil(turn.reset)}`)
      assertTurn(c, turn)
    }
    c.set('actor', actor)
    await next()
  }
}

const NO_KEY =
  '请在请求头 Authorization 中写明访问密钥（Bearer xs_…）。尚未建立密钥的服务只接受本机以 127.0.0.1 或 localhost 为地址的请求。'
const WRONG_KEY = '访问密钥无效：写法有误、已过期或已停用。'

function assertTurn(c: Context, turn: Turn): void {
  if (turn.allowed) return
  const seconds = Math.max(1, Math.ceil(turn.retryAfter))
  c.header('Retry-After', String(seconds))
  throw new Problem('rate_limited', `请求过于频繁，请在 ${seconds} 秒后重试。`)
}
