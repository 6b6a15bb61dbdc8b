import { sql } from 'kysely'
import type { Finding, Review, Verdict } from '../review/schema.ts'
import { type AuditAction, type AuditLine, insertReviewAudit } from './audit.ts'
import { type Database, parse, type Query, require, rowsOf, type SqlRow, unlessRefused } from './database.ts'
import { cancelJob, deleteJob, finishJob, insertJob, jobId, type Lease, restartJob, toProgress } from './jobs.ts'
import { listReviews } from './list-reviews.ts'
import type { Scope } from './store.ts'
import { insertTraces, knownOf, type Settled, settleAfter } from './traces.ts'
import { insertUploads, selectUploads, toUpload, type Upload } from './uploads.ts'

/** What was asked for; together with the uploads it is enough to run the review again. */
export type StoredRequest = {
  pack?: string
  declaration?: unknown
  context?: unknown
  asOf?: string
  externalId?: string
  rerunOf?: string
  /** Told of the end of the review. */
  callbackUrl?: string
}

export type ReviewFilter = {
  status?: Review['status']
  verdict?: Verdict
  pack?: string
  /** Reviews in which this rule failed or is unknown. */
  rule?: string
  externalId?: string
  batchId?: string
  /** Created at or after, ISO 8601. */
  from?: string
  /** Created before, ISO 8601. */
  to?: string
}

/** A review without the declaration, its readings and findings. */
export type ReviewSummary = Omit<Review, 'declaration' | 'fields' | 'findings'>

export type Accepted = Scope & {
  batchId?: string
  request: StoredRequest
  uploads: Upload[]
}

/** `also`: queries to be carried out in the same batch. */
export type Together = { also?: Query[] }

/** Who asked for it, as the audit trail names them. */
export type By = { actor?: string }

const SYSTEM = 'system'

/** Reviews' ids sort by time of creation. Without a scope, whoever's. */
export interface Reviews {
  /**
   * A new review with what is needed to run it: a `queued` one with its job, or one that is finished already (a JSON declaration).
   * Throws `Refused` when one that shares a trace was finished since what `settled` knew.
   */
  accept(review: Review, accepted: Accepted, more?: Together & { settled?: Settled }): Promise<void>
  /** Marks the review in hand as running; `null` when it was deleted or is finished. */
  start(lease: Lease, at: string): Promise<Accepted | null>
  /**
   * Replaces a review in hand, drops its steps and ends its job. False when it is in other hands by now, was deleted, or when one
   * that shares a trace was finished since what `settled` knew.
   */
  finish(lease: Lease, review: Review, more?: Together & { settled?: Settled }): Promise<boolean>
  /** Ends a review that is not finished, whoever has it in hand. False when there is none. `review` is it as it shall be from now on. */
  cancel(review: Review, more?: Together & By): Promise<boolean>
  /** Queues a failed review again. False when it has not failed. `review` as above. */
  retry(review: Review, at: string, more?: Together & By): Promise<boolean>
  /** With its progress while it runs. */
  get(id: string, scope?: Scope): Promise<Review | null>
  /** What was asked for and uploaded, whatever became of it. */
  request(id: string, scope?: Scope): Promise<Accepted | null>
  /** Newest first; `after` is the last id of the page before. */
  list(filter: ReviewFilter & Partial<Scope>, page: { limit: number; after?: string }): Promise<ReviewSummary[]>
  /** Erases the review and leaves the audit line. `orphans`: blobs that no review needs any more. `null` when unknown. */
  erase(id: string, at: string, scope?: Scope, more?: Together & By): Promise<{ orphans: string[] } | null>
}

const UNFINISHED = ['queued', 'running'] as const

export function createReviews(database: Database): Reviews {
  const { tables, dialect } = database

  /** Locked until the batch ends, which is refused unless it is one of these. */
  const hold = (id: string, statuses: readonly Review['status'][], scope?: Scope): Query[] => [
    sql`SELECT id FROM review WHERE id = ${id} ${dialect.locked}`,
    require(sql`SELECT 1 FROM review WHERE id = ${id} AND status IN (${sql.join(statuses)}) ${within(scope)}`),
  ]
  const replace = (review: Review): Query => updateReview(database, review)
  const note = (id: string, at: string, action: AuditAction, actor: string, detail: AuditLine['detail'] = {}): Query =>
    insertReviewAudit({ at, actor, action, subject: id, detail })
  const accepted = (id: string, scope?: Scope): Query[] => [
    sql`SELECT tenant, owner, batch_id, request FROM review WHERE id = ${id} ${within(scope)}`,
    selectUploads(database, id),
  ]
  /** Everything that a review leaves behind when it ends. */
  const end = (review: Review, action: AuditAction, actor: string, settled?: Settled): Query[] => [
    replace(review),
    insertFindings(database, review),
    ...(settled ? [insertTraces(database, review.id, settled)] : []),
    tables.deleteFrom('step').where('review_id', '=', review.id),
    note(review.id, review.finishedAt ?? review.createdAt, action, actor, {
      status: review.status,
      verdict: review.verdict,
      pack: review.pack,
      problem: review.problem?.code,
    }),
  ]

  return {
    async accept(review, { request, uploads, tenant, owner, batchId }, { settled, also = [] } = {}) {
      await database.batch([
        ...(settled ? settleAfter(database, settled) : []),
        tables.insertInto('review').values({
          ...columnsOf(review),
          id: review.id,
          tenant,
          owner: owner ?? null,
          batch_id: batchId ?? null,
          created_at: review.createdAt,
          request: JSON.stringify(request),
        }),
        insertUploads(database, review.id, uploads),
        insertFindings(database, review),
        ...(settled ? [insertTraces(database, review.id, settled)] : []),
        ...(review.status === 'queued' ? [insertJob(database, 'review', review.id)] : []),
        note(review.id, review.createdAt, 'accepted', owner ?? SYSTEM, {
          sha256: uploads.map((upload) => upload.sha256),
          status: review.status,
        }),
        ...also,
      ])
    },

    async start(lease, at) {
      const id = lease.subject
      const rows = await unlessRefused(
        database.batch([
          ...hold(id, UNFINISHED),
          sql`UPDATE review SET status = 'running', attempts = attempts + 1 WHERE id = ${id}`,
          note(id, at, 'started', SYSTEM),
          ...accepted(id),
        ]),
      )
      return rows ? toAccepted(rows.slice(-2)) : null
    },

    async finish(lease, review, { settled, also = [] } = {}) {
      const batch = database.batch([
        ...finishJob(lease),
        ...(settled ? settleAfter(database, settled) : []),
        ...hold(review.id, UNFINISHED),
        ...end(review, 'finished', SYSTEM, settled),
        ...also,
      ])
      return (await unlessRefused(batch)) !== null
    },

    async cancel(review, { also = [], actor = SYSTEM } = {}) {
      const batch = database.batch([
        cancelJob('review', review.id),
        ...hold(review.id, UNFINISHED),
        ...end(review, 'cancelled', actor),
        ...also,
      ])
      return (await unlessRefused(batch)) !== null
    },

    async retry(review, at, { also = [], actor = SYSTEM } = {}) {
      const batch = database.batch([
        restartJob(database, 'review', review.id),
        ...hold(review.id, ['failed']),
        replace(review),
        note(review.id, at, 'retried', actor),
        ...also,
      ])
      return (await unlessRefused(batch)) !== null
    },

    async get(id, scope) {
      const [row] = await rowsOf(
        database,
        sql`
          SELECT review.review, review.status, job.progress FROM review
          LEFT JOIN job ON job.id = ${jobId('review', id)} AND job.state = 'active'
          WHERE review.id = ${id} ${within(scope)}`,
      )
      return row ? toReview(row) : null
    },

    async request(id, scope) {
      return toAccepted(await database.batch(accepted(id, scope)))
    },

    list: (filter, page) => listReviews(database, filter, page),

    async erase(id, at, scope, { also = [], actor = SYSTEM } = {}) {
      const rows = await unlessRefused(
        database.batch([
          sql`
            SELECT DISTINCT sha256 FROM upload WHERE review_id = ${id}
            AND sha256 NOT IN (SELECT sha256 FROM upload WHERE review_id <> ${id})`,
          deleteJob(database, 'review', id),
          ...hold(id, ['queued', 'running', 'done', 'failed'], scope),
          note(id, at, 'deleted', actor),
          ...also,
          tables.deleteFrom('review').where('id', '=', id),
        ]),
      )
      return rows && { orphans: (rows[0] ?? []).map((row) => String(row.sha256)) }
    },
  }
}

const within = (scope?: Scope) => sql`
  ${scope ? sql`AND tenant = ${scope.tenant}` : sql``} ${scope?.owner === undefined ? sql`` : sql`AND owner = ${scope.owner}`}`

function columnsOf(review: Review) {
  const { declaration: _declaration, fields: _fields, findings: _findings, ...summary } = review
  return {
    status: review.status,
    finished_at: review.finishedAt ?? null,
    external_id: review.externalId ?? null,
    pack: review.pack?.id ?? null,
    verdict: review.verdict ?? null,
    review: JSON.stringify(review),
    summary: JSON.stringify(summary),
    known: knownOf(review),
  }
}

/** A review anew, without its findings' rows. */
export const updateReview = ({ tables }: Database, review: Review): Query =>
  tables.updateTable('review').set(columnsOf(review)).where('id', '=', review.id)

/** One row for each finding that is open, by which reviews are found and counted. Nobody asks for the many others. */
export function insertFindings(
  { dialect }: Database,
  { id, findings = [] }: { id: string; findings?: Finding[] | undefined },
) {
  const open = findings.flatMap(({ rule, status, severity }, position) =>
    status === 'fail' || status === 'unknown' ? [{ position, rule, status, severity }] : [],
  )
  return sql`
    INSERT INTO finding (review_id, position, rule, status, severity)
    SELECT ${id}, CAST(each.value ->> 'position' AS INTEGER), each.value ->> 'rule', each.value ->> 'status',
      each.value ->> 'severity'
    FROM ${dialect.objects(open)}`
}

/** The column is the truth: a review that is begun is not written anew. */
function toReview({ review, status, progress }: SqlRow): Review {
  const stored = parse<Review>(review)
  if (status !== 'running') return stored
  const step = toProgress(progress ?? null)
  return { ...stored, status: 'running', ...(step ? { progress: step } : {}) }
}

function toAccepted([rows, uploads]: SqlRow[][]): Accepted | null {
  const row = rows?.[0]
  if (!row) return null
  return {
    tenant: String(row.tenant),
    ...(row.owner === null ? {} : { owner: String(row.owner) }),
    ...(row.batch_id === null ? {} : { batchId: String(row.batch_id) }),
    request: parse<StoredRequest>(row.request),
    uploads: (uploads ?? []).map(toUpload),
  }
}
