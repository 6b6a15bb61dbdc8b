import type { Context } from 'hono'
import { Problem } from '../problem.ts'
import { isFinished } from '../review/finished.ts'
import { renderHtml } from '../review/report/html.ts'
import { renderText } from '../review/report/text.ts'
import type { Review } from '../review/schema.ts'
import { DOCX, formatFor, XLSX } from './formats.ts'

type Form = 'html' | 'text' | 'docx' | 'xlsx'

/** In the order in which they are preferred where the caller takes several. */
const FORMS: [form: Form, types: string[]][] = [
  ['html', ['text/html', 'application/xhtml+xml']],
  ['text', ['text/plain']],
  ['docx', [DOCX]],
  ['xlsx', [XLSX]],
  ['html', ['*/*', 'text/*', '']],
]

/** The report of a finished review by what the caller accepts. Throws `Problem`: `not_found`, `unsupported_media_type`. */
export async function answerReport(c: Context, review: Review): Promise<Response> {
  if (!isFinished(review)) throw new Problem('not_found', '审查尚未完成，还没有报告。请稍后再取。')
  c.header('Vary', 'Accept')
  c.header('Cache-Control', 'private, no-store')
  switch (formOf(c.req.header('Accept'))) {
    case 'text':
      return c.text(renderText(review))
    case 'docx': {
      const { renderLetter } = await import('../review/report/letter.ts')
      return attach(c, review, 'docx', DOCX, await renderLetter(review))
    }
    case 'xlsx': {
      const { renderResults } = await import('../review/batches/workbook.ts')
      const name = review.documents.map((document) => document.name).join('；')
      const item = { position: 0, name, review: review.id, status: review.status }
      return attach(c, review, 'xlsx', XLSX, await renderResults([{ item, review }]))
    }
    case 'html':
      c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
      return c.html(await renderHtml(review))
  }
}

function attach(c: Context, { id }: Review, ending: string, type: string, bytes: Uint8Array<ArrayBuffer>): Response {
  c.header('Content-Disposition', `attachment; filename="${id}.${ending}"`)
  c.header('Content-Type', type)
  return c.body(bytes)
}

/** Throws `Problem('unsupported_media_type')` when the caller takes none of the forms. */
function formOf(accept: string | undefined): Form {
  const form = formatFor(accept, FORMS)
  if (form) return form
  throw new Problem(
    'unsupported_media_type',
    `报告有 HTML（text/html）、纯文本（text/plain）、Word 告知书（${DOCX}）和 Excel（${XLSX}）四种格式。`,
  )
}
