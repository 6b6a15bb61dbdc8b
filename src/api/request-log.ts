import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { REVIEW_ID } from '../review/ids.ts'

/** One line a request. Neither query values nor made-up paths: both may hold personal data. */
export type RequestLine = { method: string; path: string; status: number; ms: number }
/** `route`: the path with its parameters' names in place of their values (`/v1/reviews/:id`); `-` where nothing answers. */
export type LogRequest = (line: RequestLine, route: string) => void

export function requestLog(log: LogRequest): MiddlewareHandler {
  return async function requestLog(c, next) {
    const begun = performance.now()
    await next()
    const id = c.req.path.split('/').find((part) => REVIEW_ID.test(part))
    const matched = routePath(c, -1)
    const route = matched === '*' || matched === '/*' ? '-' : matched
    const path = route.replace(':id', id ?? ':id')
    log({ method: c.req.method, path, status: c.res.status, ms: Math.round(performance.now() - begun) }, route)
  }
}
