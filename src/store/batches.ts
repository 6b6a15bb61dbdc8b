import { sql } from 'kysely'
import type { ProblemDetails } from '../problem.ts'
import type { Review, Verdict } from '../review/schema.ts'
import { type Database, parse, type Query, require, rowsOf, unlessRefused } from './database.ts'
import { insertBatch, noteBatch, SYSTEM } from './insert-batch.ts'
import { advanceJob, cancelJob, finishJob, type Lease } from './jobs.ts'
import { listBatches, listBatchItems } from './list-batches.ts'
import { insertFindings, type StoredRequest, type Together, updateReview } from './reviews.ts'
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

export function createBatches(database: Database): Batches {
  const { tables, dialect } = database

  const unfinished = (id: string) => sql`batch_id = ${id} AND status IN ('queued', 'running')`
  /** Two reviews that end at once each see that the other has ended. */
  const lock = (id: string): Query => sql`SELECT id FROM batch WHERE id = ${id} ${dialect.locked}`
  return {
    async accept(batch, { also = [] } = {}) {
      await database.batch([...insertBatch(database, batch), ...also])
    },

    async get(id, scope) {
      const [overview] = await listBatches(database, sql`SELECT id FROM batch WHERE id = ${id} ${within(scope)}`)
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
      listBatches(
        database,
        sql`
          SELECT id FROM batch WHERE ${after === undefined ? sql`TRUE` : sql`id < ${after}`} ${within(scope)}
          ORDER BY id DESC LIMIT ${limit}`,
      ),

    items: (id, page) => listBatchItems(database, id, page),

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
        noteBatch(id, at, 'finished', SYSTEM),
        ...also,
      ])
      return (await unlessRefused(batch)) !== null
    },

    async cancel(id, at, scope, actor) {
      const batch = database.batch([
        lock(id),
        require(sql`SELECT 1 FROM batch WHERE id = ${id} AND status <> 'done' ${within(scope)}`),
        cancelJob('batch', id),
        noteBatch(id, at, 'cancelled', actor),
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
        noteBatch(id, at, 'deleted', actor),
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
