import type { MiddlewareHandler } from 'hono'
import { Problem } from '../problem.ts'

const SAFE = ['GET', 'HEAD', 'OPTIONS']

/**
 * A page of another site must not send or delete declarations through a browser that can reach the service. Programs send no
 * `Origin`, so hono's own csrf middleware, which wants one, would shut them out.
 */
export function sameSite(): MiddlewareHandler {
  return async function sameSite(c, next) {
    const origin = c.req.header('Origin')
    const foreign =
      c.req.header('Sec-Fetch-Site') === 'cross-site' ||
      (origin !== undefined && hostOf(origin) !== c.req.header('Host'))
    if (foreign && !SAFE.includes(c.req.method)) throw new Problem('forbidden', '不接受来自其他网站的请求。')
    await next()
  }
}

/** `null`, as sandboxed pages send it, has no host. */
function hostOf(origin: string): string | null {
  return URL.parse(origin)?.host ?? null
}
