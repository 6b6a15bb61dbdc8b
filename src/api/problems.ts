import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Problem, type ProblemDetails } from '../problem.ts'
import { type LogFault, logFault } from '../review/fault.ts'

/** Seconds after which a refused caller may try again. */
const RETRY_AFTER = '10'

/** RFC 9457. What nobody foresaw is logged and told as a fault of the service. */
export function answerProblem(c: Context, error: unknown, log: LogFault): Response {
  const problem = error instanceof Problem ? error : logFault(error, log)
  if (problem.code === 'busy') c.header('Retry-After', RETRY_AFTER)
  return answer(c, problem.toDetails())
}

/** The address is there, for other methods (RFC 9110, 15.5.6). The contract has no code of its own for it: the body is that of a 404. */
export function answerMethod(c: Context, methods: string[]): Response {
  const allowed = methods.toSorted()
  const problem = new Problem('not_found', `这个地址不接受 ${c.req.method} 请求，只接受 ${allowed.join('、')}。`)
  c.header('Allow', allowed.join(', '))
  return answer(c, { ...problem.toDetails(), status: 405 })
}

function answer(c: Context, details: ProblemDetails): Response {
  c.header('Content-Type', 'application/problem+json')
  c.header('Content-Language', 'zh-CN')
  return c.body(JSON.stringify(details), details.status as ContentfulStatusCode)
}
