import { type Context, Hono } from 'hono'
import type { Actor } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import { compareReviews } from '../review/compare.ts'
import { isFinished } from '../review/finished.ts'
import { openFindings } from '../review/order.ts'
import type { RerunRequest, ReviewRequest } from '../review/request.ts'
import type { Review } from '../review/schema.ts'
import type { ReviewService } from '../review/service.ts'
import type { ApiEnv } from './auth.ts'
import { answerEvents } from './events.ts'
import { linkNext } from './link.ts'
import { ComparisonQuery, ListQuery, parseQuery, SpotQuery, WaitQuery } from './query.ts'
import { answerReport } from './report.ts'
import { createSubmissions, type SubmissionDeps } from './submissions.ts'
import { type QueryOf, takes } from './takes.ts'
import type { UploadForm } from './upload.ts'

type Waiting = { query?: QueryOf<typeof WaitQuery> }

/** `/v1/reviews`: contract §2. */
export function reviewRoutes(deps: SubmissionDeps) {
  const { service } = deps
  const submissions = createSubmissions(deps)
  return new Hono<ApiEnv>()
    .post('/', takes<{ json?: ReviewRequest; form?: UploadForm } & Waiting>(), async (c) => {
      const { findings } = parseQuery(WaitQuery, c.req.query())
      const review = await submissions.fromRequest(c)
      return c.json(shown(give(c, locate(c, review)), findings), isFinished(review) ? 201 : 202)
    })
    .get('/', takes<{ query?: QueryOf<typeof ListQuery> }>(), async (c) => {
      const { limit, cursor, batch, ...filter } = parseQuery(ListQuery, c.req.query())
      const reviews = await service.list(c.get('actor'), defined({ ...filter, batchId: batch }), limit + 1, cursor)
      const page = reviews.slice(0, limit)
      return c.json({ reviews: page, next: linkNext(c, reviews.length > limit ? page.at(-1)?.id : undefined) })
    })
    .get('/:id', takes<Waiting>(), async (c) => {
      const { wait, findings } = parseQuery(WaitQuery, c.req.query())
      return c.json(shown(give(c, await service.get(c.get('actor'), c.req.param('id'), wait ?? 0)), findings))
    })
    .get('/:id/events', async (c) => {
      const [actor, id] = [c.get('actor'), c.req.param('id')]
      return answerEvents(c, (signal) => service.changes(actor, id, signal), await service.get(actor, id))
    })
    .post('/:id/reruns', takes<{ json?: RerunRequest } & Waiting>(), async (c) => {
      const { findings } = parseQuery(WaitQuery, c.req.query())
      const review = await submissions.again(c, c.req.param('id'))
      return c.json(shown(give(c, locate(c, review)), findings), isFinished(review) ? 201 : 202)
    })
    .post('/:id/cancel', async (c) => c.json(await service.cancel(c.get('actor'), c.req.param('id'))))
    .post('/:id/retry', async (c) => {
      await service.assertRoom()
      const review = await service.retry(c.get('actor'), c.req.param('id'))
      return c.json(review, review.status === 'queued' ? 202 : 200)
    })
    .get('/:id/comparison', takes<{ query?: QueryOf<typeof ComparisonQuery> }>(), async (c) => {
      const actor = c.get('actor')
      const after = await finished(service, actor, c.req.param('id'))
      const other = parseQuery(ComparisonQuery, c.req.query()).with ?? after.rerunOf ?? ''
      return c.json(compareReviews(await finished(service, actor, other), after))
    })
    .delete('/:id', async (c) => {
      await service.erase(c.get('actor'), c.req.param('id'))
      return c.body(null, 204)
    })
    .get('/:id/pages/:page', takes<{ query?: { document?: string } }>(), async (c) => {
      const spot = parseQuery(SpotQuery, { ...c.req.query(), page: c.req.param('page') })
      const picture = await service.drawPage(c.get('actor'), c.req.param('id'), spot)
      return c.body(new Uint8Array(picture), 200, {
        'Content-Type': 'image/jpeg',
        'Cache-Control': 'private, no-store',
      })
    })
    .get('/:id/report', async (c) => answerReport(c, give(c, await service.get(c.get('actor'), c.req.param('id')))))
}

async function finished(service: ReviewService, actor: Actor, id: string): Promise<Review> {
  const review = await service.get(actor, id)
  if (!isFinished(review)) throw new Problem('busy', '审查尚未完成，请稍后再比较。')
  return review
}

function locate(c: Context, review: Review): Review {
  c.header('Location', `/v1/reviews/${review.id}`)
  return review
}

/** Marks the review as given out. */
function give(c: Context<ApiEnv>, review: Review): Review {
  c.set('answered', review)
  return review
}

function shown(review: Review, which: 'open' | 'all'): Review {
  return which === 'open' && review.findings ? { ...review, findings: openFindings(review.findings) } : review
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}
