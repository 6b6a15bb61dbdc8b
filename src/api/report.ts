import type { Context } from 'hono'
import { Problem } from '../problem.ts'
import { isFinished } from '../review/finished.ts'
import { renderHtml } from '../review/report/html.ts'
import { renderText } from '../review/report/text.ts'
import type { Review } from '../review/schema.ts'

/** The report of a finished review by what the caller accepts. Throws `Problem`: `not_found`, `unsupported_media_type`. */
export async function answerReport(c: Context, review: Review): Promise<Response> {
  if (!isFinished(review)) throw new Problem('not_found', '审查尚未完成，还没有报告。请稍后再取。')
  c.header('Vary', 'Accept')
  c.header('Cache-Control', 'private, no-store')
  const type = reportType(c.req.header('Accept'))
  if (type === 'text') return c.text(renderText(review))
  c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
  return c.html(await renderHtml(review))
}

/** HTML unless the caller takes plain text only. Throws `Problem('unsupported_media_type')` when it takes neither. */
function reportType(accept = '*/*'): 'html' | 'text' {
  const types = accept.split(',').map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '')
  const takes = (...names: string[]) => types.some((type) => names.includes(type))
  if (takes('text/html', 'application/xhtml+xml')) return 'html'
  if (takes('text/plain')) return 'text'
  if (takes('*/*', 'text/*', '')) return 'html'
  throw new Problem('unsupported_media_type', '报告目前只有 HTML（text/html）和纯文本（text/plain）两种格式。')
}
