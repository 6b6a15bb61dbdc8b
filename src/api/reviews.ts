import { type Context, Hono } from 'hono'
import type { Actor } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import { compareReviews } from '../review/compare.ts'
import { openFindings } from '../review/order.ts'
import { renderHtml } from '../review/report/html.ts'
import { renderText } from '../review/report/text.ts'
import { parseJson, parseRerun, parseReviewRequest } from '../review/request.ts'
import type { Review } from '../review/schema.ts'
import type { ReviewService } from '../review/service.ts'
import type { ApiEnv } from './auth.ts'
import { ComparisonQuery, ListQuery, parseQuery, preferredWait, WaitQuery } from './query.ts'
import { readUpload } from './upload.ts'

/** `/v1/reviews`: contract §2. */
export function reviewRoutes(service: ReviewService): Hono<ApiEnv> {
  return new Hono<ApiEnv>()
    .post('/', async (c) => {
      const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
      const { wait: asked, findings } = parseQuery(WaitQuery, c.req.query())
      if (type === 'multipart/form-data') {
        const preferred = preferredWait(c.req.header('Prefer'))
        if (asked === undefined && preferred !== undefined) c.header('Preference-Applied', `wait=${preferred}`)
        return answer(c, await reviewDocuments(c, service, asked ?? preferred ?? 0), findings)
      }
      if (type !== 'application/json') throw wrongType(type)
      return answer(
        c,
        await service.reviewJson(c.get('actor'), parseReviewRequest(parseJson(await c.req.text()))),
        findings,
      )
    })
    .get('/', async (c) => {
      const { limit, cursor, ...filter } = parseQuery(ListQuery, c.req.query())
      const reviews = await service.list(c.get('actor'), defined(filter), limit + 1, cursor)
      const page = reviews.slice(0, limit)
      return c.json({ reviews: page, next: reviews.length > limit ? (page.at(-1)?.id ?? null) : null })
    })
    .get('/:id', async (c) => {
      const { wait, findings } = parseQuery(WaitQuery, c.req.query())
      return c.json(shown(await service.get(c.get('actor'), c.req.param('id'), wait ?? 0), findings))
    })
    .post('/:id/reruns', async (c) => {
      const { wait, findings } = parseQuery(WaitQuery, c.req.query())
      const asked = parseRerun(await c.req.text())
      await service.assertRoom()
      const { files, ...options } = { ...(await service.inputOf(c.get('actor'), c.req.param('id'))), ...asked }
      if (files.length === 0) return answer(c, await service.reviewJson(c.get('actor'), options), findings)
      const { id } = await service.submit(c.get('actor'), { ...options, files })
      return answer(c, await service.get(c.get('actor'), id, wait ?? 0), findings)
    })
    .post('/:id/cancel', async (c) => c.json(await service.cancel(c.get('actor'), c.req.param('id'))))
    .post('/:id/retry', async (c) => {
      await service.assertRoom()
      const review = await service.retry(c.get('actor'), c.req.param('id'))
      return c.json(review, review.status === 'queued' ? 202 : 200)
    })
    .get('/:id/comparison', async (c) => {
      const after = await finished(service, c.get('actor'), c.req.param('id'))
      const before = await finished(
        service,
        c.get('actor'),
        parseQuery(ComparisonQuery, c.req.query()).with ?? after.rerunOf ?? '',
      )
      return c.json(compareReviews(before, after))
    })
    .delete('/:id', async (c) => {
      await service.erase(c.get('actor'), c.req.param('id'))
      return c.body(null, 204)
    })
    .get('/:id/report', async (c) => answerReport(c, await service.get(c.get('actor'), c.req.param('id'))))
}

async function finished(service: ReviewService, actor: Actor, id: string): Promise<Review> {
  const review = await service.get(actor, id)
  if (review.status === 'queued' || review.status === 'running')
    throw new Problem('busy', '审查尚未完成，请稍后再比较。')
  return review
}

async function reviewDocuments(c: Context<ApiEnv>, service: ReviewService, wait: number): Promise<Review> {
  await service.assertRoom()
  const upload = await readUpload(c)
  const { id } = await service.submit(c.get('actor'), upload)
  return service.get(c.get('actor'), id, wait)
}

function answer(c: Context, review: Review, findings: 'open' | 'all'): Response {
  const finished = review.status === 'done' || review.status === 'failed'
  c.header('Location', `/v1/reviews/${review.id}`)
  return c.json(shown(review, findings), finished ? 201 : 202)
}

function shown(review: Review, which: 'open' | 'all'): Review {
  return which === 'open' && review.findings ? { ...review, findings: openFindings(review.findings) } : review
}

async function answerReport(c: Context, review: Review): Promise<Response> {
  if (review.status === 'queued' || review.status === 'running') {
    throw new Problem('not_found', '审查尚未完成，还没有报告。请稍后再取。')
  }
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

function wrongType(type: string): Problem {
  const got = type ? `收到的是 ${type.slice(0, 100)}` : '请求没有写明 Content-Type'
  return new Problem(
    'unsupported_media_type',
    `请用 multipart/form-data 上传文件，或用 application/json 提交申报数据；${got}。`,
  )
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}
