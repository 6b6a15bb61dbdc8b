import { type Context, Hono } from 'hono'
import { Problem } from '../problem.ts'
import type { Batching } from '../review/batches/batching.ts'
import { makeOnce } from '../review/once.ts'
import type { Retention } from '../review/retention.ts'
import type { BatchOverview } from '../store/batches.ts'
import type { ApiEnv } from './auth.ts'
import { readIntent } from './intent.ts'
import { linkNext } from './link.ts'
import { BatchListQuery, BatchQuery, parseQuery } from './query.ts'
import { answerResults } from './results.ts'
import { noKeys, type SubmissionDeps } from './submissions.ts'
import { type QueryOf, takes } from './takes.ts'
import { type BatchForm, readBatch } from './upload.ts'

export type BatchRoutesDeps = SubmissionDeps & { batches: Batching; retention?: Retention | undefined }

/** `/v1/batches`: many declarations at once. */
export function batchRoutes({ service, batches, idempotency, assertCallback, retention }: BatchRoutesDeps) {
  async function submit(c: Context<ApiEnv>): Promise<BatchOverview> {
    const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase()
    if (type !== 'multipart/form-data')
      throw new Problem('unsupported_media_type', '请用 multipart/form-data 上传申报书或 ZIP 压缩包。')
    await service.assertRoom()
    const { files, ...options } = await readBatch(c)
    if (options.callbackUrl !== undefined) assertCallback(options.callbackUrl)
    const actor = c.get('actor')
    const intent = await readIntent(c, 'batch', options, files)
    if (intent && !idempotency) throw noKeys()
    const { made, repeated } = await makeOnce(idempotency, actor, intent, {
      make: (claim) => batches.submit(actor, files, options, claim),
      find: (id) => batches.get(actor, id),
    })
    if (repeated) c.header('Idempotent-Replayed', 'true')
    return made
  }

  return new Hono<ApiEnv>()
    .post('/', takes<{ form: BatchForm }>(), async (c) => {
      const batch = await submit(c)
      c.header('Location', `/v1/batches/${batch.id}`)
      return c.json(batch, 202)
    })
    .get('/', takes<{ query?: QueryOf<typeof BatchListQuery> }>(), async (c) => {
      const { limit, cursor } = parseQuery(BatchListQuery, c.req.query())
      const found = await batches.list(c.get('actor'), limit + 1, cursor)
      const page = found.slice(0, limit)
      return c.json({ batches: page, next: linkNext(c, found.length > limit ? page.at(-1)?.id : undefined) })
    })
    .get('/:id', takes<{ query?: QueryOf<typeof BatchQuery> }>(), async (c) => {
      const { limit, cursor } = parseQuery(BatchQuery, c.req.query())
      const batch = await batches.get(c.get('actor'), c.req.param('id'))
      const found = await batches.items(batch.id, limit + 1, cursor)
      const items = found.slice(0, limit)
      const last = found.length > limit ? items.at(-1)?.position : undefined
      return c.json({ ...batch, items, next: linkNext(c, last === undefined ? undefined : String(last)) })
    })
    .get('/:id/results', async (c) => {
      const actor = c.get('actor')
      const batch = await batches.get(actor, c.req.param('id'))
      return answerResults(c, batch, {
        results: () => batches.results(actor, batch.id),
        begun: (format) => batches.noteExport(actor, batch.id, format),
        async given() {
          if (c.req.method !== 'HEAD') await retention?.answeredBatch(batch.id, batch.status, actor.tenant)
        },
      })
    })
    .post('/:id/cancel', async (c) => c.json(await batches.cancel(c.get('actor'), c.req.param('id'))))
    .delete('/:id', async (c) => {
      await batches.erase(c.get('actor'), c.req.param('id'))
      return c.body(null, 204)
    })
}
