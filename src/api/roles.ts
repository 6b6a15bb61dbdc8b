import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Role } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import type { ApiEnv } from './auth.ts'

const ALL: Role[] = ['applicant', 'reviewer', 'admin']
const STAFF: Role[] = ['reviewer', 'admin']

/** Who may call what; a route that does not stand here is the admins'. An applicant sees only what was handed in with the same key. */
export const MAY_CALL: Record<string, Role[]> = {
  'GET /v1/packs': ALL,
  'GET /v1/packs/:id': ALL,
  'POST /v1/reviews': ALL,
  'GET /v1/reviews': ALL,
  'GET /v1/reviews/:id': ALL,
  'GET /v1/reviews/:id/events': ALL,
  'POST /v1/reviews/:id/reruns': ALL,
  'POST /v1/reviews/:id/cancel': ALL,
  'POST /v1/reviews/:id/retry': ALL,
  'GET /v1/reviews/:id/comparison': ALL,
  'GET /v1/reviews/:id/report': ALL,
  'GET /v1/reviews/:id/pages/:page': ALL,
  'GET /v1/reviews/:id/decisions': ALL,
  'POST /v1/reviews/:id/decisions': STAFF,
  'POST /v1/batches': ALL,
  'GET /v1/batches': ALL,
  'GET /v1/batches/:id': ALL,
  'GET /v1/batches/:id/results': ALL,
  'POST /v1/batches/:id/cancel': ALL,
}

/** Stands before every route under `/v1`: throws `Problem('forbidden')` for a role that may not call it. */
export function requireRole(): MiddlewareHandler<ApiEnv> {
  return async function requireRole(c, next) {
    const { method, path } = matchedRoutes(c).at(-1) ?? { method: 'ALL', path: '' }
    const allowed = MAY_CALL[`${method} ${path.replace(/\/$/, '')}`] ?? ['admin']
    // Where only middleware stands, nobody serves the address, which is 404 for everybody.
    if (method !== 'ALL' && !allowed.includes(c.get('actor').role))
      throw new Problem('forbidden', '所用的密钥无权进行这项操作。')
    await next()
  }
}
