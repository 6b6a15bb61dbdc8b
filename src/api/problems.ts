import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Problem } from '../problem.ts'
import { type LogFault, logFault } from '../review/fault.ts'

/** Seconds after which a refused caller may try again. */
const RETRY_AFTER = '10'

/** RFC 9457. What nobody foresaw is logged and told as a fault of the service. */
export function answerProblem(c: Context, error: unknown, log: LogFault): Response {
  const problem = error instanceof Problem ? error : logFault(error, log)
  if (problem.code === 'busy') c.header('Retry-After', RETRY_AFTER)
  c.header('Content-Type', 'application/problem+json')
  c.header('Content-Language', 'zh-CN')
  return c.body(JSON.stringify(problem.toDetails()), problem.status as ContentfulStatusCode)
}
