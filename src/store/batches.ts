import { sql } from 'kysely'
import type { ProblemDetails } from '../problem.ts'
import type { Review, Verdict } from '../review/schema.ts'
import { type Database, parse, type Query, require, rowsOf, type SqlRow, unlessRefused } from './database.ts'
import { advanceJob, cancelJob, finishJob, insertJob, type Lease } from './jobs.ts'
import { insertFindings, type ReviewSummary, type StoredRequest, type Together, updateReview } from './reviews.ts'
import type { Scope } from './store.ts'
import type { Upload } from './uploads.ts'

export type BatchStatus = 'running' | 'done' | 'cancelled'

/** `review`: queued, with its files; a file that was refused at once has a `problem` instead. */
export type NewItem = { name: string } & ({ review: Review; uploads: Upload[] } | { problem: ProblemDetails })

export type NewBatch = Scope & {
  id: string
  createdAt: string
  externalId?: string
  /** Of every declaration in it; `callbackUrl` is told of the end of the batch. */
  request: StoredRequest
  items: NewItem[]
}

/** A batch with how many of its declarations stand how; `failed` has those that were refused at once, too. */
export type BatchOverview = {
  id: string
  status: BatchStatus
  createdAt: string
  finishedAt?: string
  externalId?: string
  counts: { items: number } & Record<Review['status'], number>
  verdicts: Record<Verdict, number>
}

/** One declaration of a batch. `fail`, `unknown`: how many of its findings are so. */
export type BatchItem = {
  position: number
  name: string
  review?: string
  status: Review['status']
  verdict?: Verdict
  fail: number
  unknown: number
  /** Comparing it with the others of the batch has changed it. */
  compared?: boolean
  problem?: ProblemDetails
}

type Asked = Scope & { request: StoredRequest }

/** Declarations handed in together. Ids sort by time of creation. Without a scope, whoever's. */
export interface Batches {
  /** A new batch with its reviews and their jobs; its own job follows when the last of them has ended. */
  accept(batch: NewBatch, more?: Together): Promise<void>
  get(id: string, scope?: Scope): Promise<BatchOverview | null>
  /** Whose it is and what was asked for. */
  request(id: string): Promise<Asked | null>
  /** Newest first; `after` is the last id of the page before. */
  list(scope: Scope, page: { limit: number; after?: string }): Promise<BatchOverview[]>
  /** In the order in which they were handed in; `after` is the last position of the page before. */
  items(id: string, page: { limit: number; after?: number }): Promise<BatchItem[]>
  /** To be written with the end of one of its reviews, or its erasure: when that was the last, the batch's job is due. */
  reviewEnded(id: string, reviewId: string): Query[]
  /** To be written where one of its reviews is to be done again: the batch is not finished any more. */
  reopen(id: string): Query[]
  /** Replaces a finished review by what comparing it has made of it. False when the job is in other hands, or the review is not as it was. */
  compared(lease: Lease, review: Review, at: string, rules: string[]): Promise<boolean>
  /** Ends the batch and its job. False when it is in other hands, was cancelled, or has a review that is not finished. */
  finish(lease: Lease, at: string, more?: Together): Promise<boolean>
  /** Ends a batch that is not done without comparing anything; gives back which reviews are still to be ended. `null` when there is none. */
  cancel(id: string, at: string, scope: Scope, actor: string): Promise<string[] | null>
  /** Erases the batch with all its reviews and leaves the audit lines. `orphans`: blobs that no review needs any more. */
  erase(id: string, at: string, scope: Scope, actor: string): Promise<{ reviews: string[]; orphans: string[] } | null>
}

const SYSTEM = 'system'

export function createBatches(database: Database): Batches {
  const { tables, dialect } = database

  const unfinished = (id: string) => sql`batch_id = ${id} AND status IN ('queued', 'running')`
  /** Two reviews that end at once each see that the other has ended. */
  const lock = (id: string): Query => sql`SELECT id FROM batch WHERE id = ${id} ${dialect.locked}`
  const note = (
    id: string,
    at: string,
    action: 'accepted' | 'finished' | 'cancelled' | 'deleted',
    actor: string,
  ) => sql`
    INSERT INTO audit (at, tenant, actor, action, subject, detail)
    SELECT ${at}, tenant, ${actor}, ${action}, id, '{}' FROM batch WHERE id = ${id}`

  async function overviews(page: ReturnType<typeof sql>): Promise<BatchOverview[]> {
    const [batches, counts] = await database.batch([
      sql`SELECT id, status, created_at, finished_at, external_id FROM batch WHERE id IN (${page}) ORDER BY id DESC`,
      sql`
        SELECT batch_item.batch_id, coalesce(review.status, 'failed') AS status, review.verdict,
          CAST(count(*) AS INTEGER) AS count
        FROM batch_item LEFT JOIN review ON review.id = batch_item.review_id
        WHERE batch_item.batch_id IN (${page})
        GROUP BY batch_item.batch_id, coalesce(review.status, 'failed'), review.verdict`,
    ])
    const byBatch = Map.groupBy(counts ?? [], (row) => row.batch_id)
    return (batches ?? []).map((row) => toOverview(row, byBatch.get(row.id) ?? []))
  }

  return {
    async accept({ id, tenant, owner, createdAt: at, externalId, request, items }, { also = [] } = {}) {
      const made = items.flatMap((item) => ('review' in item ? [item] : []))
      const reviews = made.map(({ review, uploads }) => ({
        id: review.id,
        review: JSON.stringify(review),
        detail: JSON.stringify({ sha256: uploads.map(({ sha256 }) => sha256), status: review.status, batch: id }),
      }))
      const uploads = made.flatMap(({ review, uploads }) =>
        uploads.map((upload, place) => ({ ...upload, review: review.id, place })),
      )
      const rows = items.map((item, place) => ({
        place,
        name: item.name,
        ...('review' in item ? { review: item.review.id } : { problem: JSON.stringify(item.problem) }),
      }))
      const { callbackUrl: _, ...ofEach } = request
      await database.batch([
        tables.insertInto('batch').values({
          ...{ id, tenant, owner: owner ?? null, status: 'running', created_at: at },
          ...{ external_id: externalId ?? null, request: JSON.stringify(request) },
        }),
        sql`
          INSERT INTO review (id, tenant, owner, batch_id, status, created_at, request, review, summary)
          SELECT each.value ->> 'id', batch.tenant, batch.owner, batch.id, 'queued', batch.created_at,
            ${JSON.stringify(ofEach)}, each.value ->> 'review', each.value ->> 'review'
          FROM ${dialect.objects(reviews)}, batch WHERE batch.id = ${id}`,
        sql`
          INSERT INTO upload (review_id, position, name, sha256)
          SELECT each.value ->> 'review', CAST(each.value ->> 'place' AS INTEGER), each.value ->> 'name',
            each.value ->> 'sha256'
          FROM ${dialect.objects(uploads)}`,
        sql`
          INSERT INTO job (id, kind, subject, state, run_at)
          SELECT 'review/' || (each.value ->> 'id'), 'review', each.value ->> 'id', 'ready', ${dialect.now}
          FROM ${dialect.objects(reviews)}`,
        sql`
          INSERT INTO audit (at, tenant, actor, action, subject, detail)
          SELECT batch.created_at, batch.tenant, coalesce(batch.owner, ${SYSTEM}), 'accepted', each.value ->> 'id',
            each.value ->> 'detail'
          FROM ${dialect.objects(reviews)}, batch WHERE batch.id = ${id} ORDER BY each.position`,
        sql`
          INSERT INTO batch_item (batch_id, position, name, review_id, problem)
          SELECT batch.id, CAST(each.value ->> 'place' AS INTEGER), each.value ->> 'name', each.value ->> 'review',
            each.value ->> 'problem'
          FROM ${dialect.objects(rows)}, batch WHERE batch.id = ${id}`,
        ...(made.length === 0 ? [insertJob(database, 'batch', id)] : []),
        note(id, at, 'accepted', owner ?? SYSTEM),
        ...also,
      ])
    },

    async get(id, scope) {
      const [overview] = await overviews(sql`SELECT id FROM batch WHERE id = ${id} ${within(scope)}`)
      return overview ?? null
    },

    async request(id) {
      const [row] = await rowsOf(database, sql`SELECT tenant, owner, request FROM batch WHERE id = ${id}`)
      if (!row) return null
      return {
        tenant: String(row.tenant),
        ...(row.owner === null ? {} : { owner: String(row.owner) }),
        request: parse<StoredRequest>(row.request),
      }
    },

    list: (scope, { limit, after }) =>
      overviews(sql`
        SELECT id FROM batch WHERE ${after === undefined ? sql`TRUE` : sql`id < ${after}`} ${within(scope)}
        ORDER BY id DESC LIMIT ${limit}`),

    async items(id, { limit, after = -1 }) {
      const count = (status: string) => sql`
        (SELECT CAST(count(*) AS INTEGER) FROM finding
         WHERE finding.review_id = review.id AND finding.status = ${sql.lit(status)})`
      const rows = await rowsOf(
        database,
        sql`
          SELECT batch_item.position, name, problem, review.id, review.status, review.summary, review.verdict,
            ${count('fail')} AS fail, ${count('unknown')} AS unknown
          FROM batch_item LEFT JOIN review ON review.id = batch_item.review_id
          WHERE batch_item.batch_id = ${id} AND batch_item.position > ${after}
          ORDER BY batch_item.position LIMIT ${limit}`,
      )
      return rows.map(toItem)
    },

    reviewEnded: (id, reviewId) => [
      lock(id),
      sql`
        INSERT INTO job (id, kind, subject, state, run_at)
        SELECT 'batch/' || id, 'batch', id, 'ready', ${dialect.now} FROM batch
        WHERE id = ${id} AND status = 'running'
          AND NOT EXISTS (SELECT 1 FROM review WHERE ${unfinished(id)} AND review.id <> ${reviewId})
        ON CONFLICT (id) DO UPDATE SET state = 'ready', run_at = excluded.run_at, starts = 0, last_error = NULL,
          lease_owner = NULL, lease_until = NULL`,
    ],

    reopen: (id) => [
      lock(id),
      sql`UPDATE batch SET status = 'running', finished_at = NULL WHERE id = ${id} AND status = 'done'`,
    ],

    async compared(lease, review, at, rules) {
      const { id } = review
      const batch = database.batch([
        ...advanceJob(lease),
        sql`SELECT id FROM review WHERE id = ${id} ${dialect.locked}`,
        require(sql`SELECT 1 FROM review WHERE id = ${id} AND status = 'done' AND batch_id = ${lease.subject}`),
        updateReview(database, review),
        tables.deleteFrom('finding').where('review_id', '=', id),
        insertFindings(database, review),
        sql`
          INSERT INTO audit (at, tenant, actor, action, subject, detail)
          SELECT ${at}, tenant, ${SYSTEM}, 'compared', id,
            ${JSON.stringify({ batch: lease.subject, verdict: review.verdict, rules })}
          FROM review WHERE id = ${id}`,
      ])
      return (await unlessRefused(batch)) !== null
    },

    async finish(lease, at, { also = [] } = {}) {
      const id = lease.subject
      const batch = database.batch([
        ...finishJob(lease),
        lock(id),
        require(sql`
          SELECT 1 FROM batch WHERE id = ${id} AND status = 'running'
          AND NOT EXISTS (SELECT 1 FROM review WHERE ${unfinished(id)})`),
        sql`UPDATE batch SET status = 'done', finished_at = ${at} WHERE id = ${id}`,
        note(id, at, 'finished', SYSTEM),
        ...also,
      ])
      return (await unlessRefused(batch)) !== null
    },

    async cancel(id, at, scope, actor) {
      const batch = database.batch([
        lock(id),
        require(sql`SELECT 1 FROM batch WHERE id = ${id} AND status <> 'done' ${within(scope)}`),
        cancelJob('batch', id),
        note(id, at, 'cancelled', actor),
        sql`UPDATE batch SET status = 'cancelled', finished_at = coalesce(finished_at, ${at}) WHERE id = ${id}`,
        sql`SELECT id FROM review WHERE ${unfinished(id)} ORDER BY id`,
      ])
      const rows = await unlessRefused(batch)
      return rows && (rows.at(-1) ?? []).map((row) => String(row.id))
    },

    async erase(id, at, scope, actor) {
      const reviews = sql`SELECT id FROM review WHERE batch_id = ${id}`
      const batch = database.batch([
        lock(id),
        require(sql`SELECT 1 FROM batch WHERE id = ${id} ${within(scope)}`),
        sql`
          SELECT DISTINCT sha256 FROM upload WHERE review_id IN (${reviews})
          AND sha256 NOT IN (SELECT sha256 FROM upload WHERE review_id NOT IN (${reviews}))`,
        reviews,
        sql`DELETE FROM job WHERE id = ${`batch/${id}`} OR id IN (SELECT 'review/' || id FROM review WHERE batch_id = ${id})`,
        sql`
          INSERT INTO audit (at, tenant, actor, action, subject, detail)
          SELECT ${at}, tenant, ${actor}, 'deleted', id, '{}' FROM review WHERE batch_id = ${id} ORDER BY id`,
        note(id, at, 'deleted', actor),
        tables.deleteFrom('webhook_delivery').where('subject', '=', id),
        tables.deleteFrom('review').where('batch_id', '=', id),
        tables.deleteFrom('batch').where('id', '=', id),
      ])
      const rows = await unlessRefused(batch)
      return (
        rows && {
          orphans: (rows[2] ?? []).map((row) => String(row.sha256)),
          reviews: (rows[3] ?? []).map((row) => String(row.id)),
        }
      )
    },
  }
}

const within = (scope?: Scope) => sql`
  ${scope ? sql`AND tenant = ${scope.tenant}` : sql``} ${scope?.owner === undefined ? sql`` : sql`AND owner = ${scope.owner}`}`

function toOverview(row: SqlRow, counted: SqlRow[]): BatchOverview {
  const counts = { items: 0, queued: 0, running: 0, done: 0, failed: 0 }
  const verdicts = { pass: 0, return: 0, manual: 0 }
  for (const { status, verdict, count } of counted) {
    counts.items += Number(count)
    counts[status as Review['status']] += Number(count)
    if (verdict !== null) verdicts[verdict as Verdict] += Number(count)
  }
  const { finished_at, external_id } = row
  return {
    id: String(row.id),
    status: row.status as BatchStatus,
    createdAt: String(row.created_at),
    ...(finished_at === null ? {} : { finishedAt: String(finished_at) }),
    ...(external_id === null ? {} : { externalId: String(external_id) }),
    counts,
    verdicts,
  }
}

function toItem(row: SqlRow): BatchItem {
  const place = { position: Number(row.position), name: String(row.name) }
  if (row.id === null) return { ...place, status: 'failed', fail: 0, unknown: 0, problem: parse(row.problem) }
  const { compared, problem } = parse<ReviewSummary>(row.summary)
  return {
    ...place,
    review: String(row.id),
    status: row.status as Review['status'],
    ...(row.verdict === null ? {} : { verdict: row.verdict as Verdict }),
    fail: Number(row.fail),
    unknown: Number(row.unknown),
    ...(compared ? { compared: true } : {}),
    ...(problem ? { problem } : {}),
  }
}
