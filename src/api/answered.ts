import type { MiddlewareHandler } from 'hono'
import type { Retention } from '../review/retention.ts'
import type { ApiEnv } from './auth.ts'

/** Where nothing is kept after the answer: erases the review that a response gives out. */
export function forgetAnswered(retention: Retention): MiddlewareHandler<ApiEnv> {
  return async function forgetAnswered(c, next) {
    await next()
    const review = c.get('answered')
    if (review && c.res.ok && c.req.method !== 'HEAD') await retention.answered(review, c.get('actor').tenant)
  }
}
