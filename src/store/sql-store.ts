import { type RawBuilder, sql } from 'kysely'
import type { Finding, Review, Verdict } from '../review/schema.ts'
import type { Sql, SqlRow } from './sql.ts'
import type {
  AuditAction,
  AuditLine,
  RelatedReview,
  ReviewFilter,
  ReviewSummary,
  Store,
  StoredRequest,
  Upload,
} from './store.ts'
import { tables } from './tables.ts'

const UNFINISHED = ['queued', 'running'] as const

/** The store over a SQLite-compatible database whose migrations have been applied. */
export function createSqlStore(database: Sql): Store {
  const all = async (query: { compile(): { sql: string; parameters: readonly unknown[] } }) =>
    (await database.batch([query.compile()]))[0] ?? []
  const first = async (query: Parameters<typeof all>[0]) => (await all(query))[0]
  const uploadsOf = async (id: string) =>
    (await all(
      tables.selectFrom('upload').select(['name', 'sha256']).where('review_id', '=', id).orderBy('position'),
    )) as Upload[]

  return {
    async accept(review, request, uploads, traces = []) {
      await database.batch([
        tables
          .insertInto('review')
          .values({
            id: review.id,
            ...columnsOf(review),
            created_at: review.createdAt,
            request: JSON.stringify(request),
          })
          .compile(),
        compile(sql`
          INSERT INTO upload (review_id, position, name, sha256)
          SELECT ${review.id}, each.key, each.value ->> 'name', each.value ->> 'sha256'
          FROM json_each(${JSON.stringify(uploads)}) AS each`),
        insertFindings(review),
        insertTraces(review.id, traces),
        insertAudit(review.id, review.createdAt, 'accepted', {
          sha256: uploads.map((upload) => upload.sha256),
          status: review.status,
        }),
      ])
    },

    async start(id, at) {
      const [row] = await lastRows(database, [
        insertAudit(id, at, 'started', {}),
        compile(sql`
          UPDATE review SET status = 'running', attempts = attempts + 1, review = json_set(review, '$.status', 'running')
          WHERE id = ${id} AND status IN (${sql.join(UNFINISHED)})
          RETURNING request, attempts`),
      ])
      if (!row) return null
      const uploads = await uploadsOf(id)
      return { request: json<StoredRequest>(row.request), attempts: Number(row.attempts), uploads }
    },

    async finish(review, traces = []) {
      const rows = await lastRows(database, [
        insertFindings(review),
        insertTraces(review.id, traces),
        insertAudit(review.id, review.finishedAt ?? review.createdAt, 'finished', {
          status: review.status,
          verdict: review.verdict,
          pack: review.pack,
          problem: review.problem?.code,
        }),
        tables.deleteFrom('step').where('review_id', '=', review.id).compile(),
        tables
          .updateTable('review')
          .set(columnsOf(review))
          .where('id', '=', review.id)
          .where('status', 'in', UNFINISHED)
          .returning('id')
          .compile(),
      ])
      return rows.length === 1
    },

    async related(traces, except, limit) {
      const rows = await lastRows(database, [
        compile(sql`
          SELECT review.id, verdict, external_id, json_extract(review, '$.declaration') AS declaration,
            json_extract(review, '$.fields."leader.name"') AS leader, json_extract(review, '$.rerunOf') AS rerun_of
          FROM (
            SELECT review_id, count(*) AS shared FROM trace
            WHERE key IN (SELECT each.value FROM json_each(${JSON.stringify(traces)}) AS each) AND review_id <> ${except}
            GROUP BY review_id
          ) JOIN review ON review.id = review_id
          WHERE status = 'done'
          ORDER BY shared DESC, review_id DESC LIMIT ${limit}`),
      ])
      return rows.map(toRelated)
    },

    async get(id) {
      const row = await first(tables.selectFrom('review').select('review').where('id', '=', id))
      return row ? json<Review>(row.review) : null
    },

    async request(id) {
      const row = await first(tables.selectFrom('review').select('request').where('id', '=', id))
      return row ? { request: json<StoredRequest>(row.request), uploads: await uploadsOf(id) } : null
    },

    async list(filter, { limit, after }) {
      let query = filtered(filter)
        .select(sql<string>`json_remove(review, '$.declaration', '$.fields', '$.findings')`.as('summary'))
        .orderBy('id', 'desc')
        .limit(limit)
      if (after !== undefined) query = query.where('id', '<', after)
      return (await all(query)).map((row) => json<ReviewSummary>(row.summary))
    },

    async unfinished() {
      const query = tables.selectFrom('review').select('id').where('status', 'in', UNFINISHED).orderBy('id')
      return (await all(query)).map((row) => String(row.id))
    },

    async erase(id, at) {
      const [orphans, , erased] = await database.batch([
        compile(sql`
          SELECT DISTINCT sha256 FROM upload WHERE review_id = ${id}
          AND sha256 NOT IN (SELECT sha256 FROM upload WHERE review_id <> ${id})`),
        insertAudit(id, at, 'deleted', {}),
        tables.deleteFrom('review').where('id', '=', id).returning('id').compile(),
      ])
      if (!erased?.length) return null
      return { orphans: (orphans ?? []).map((row) => String(row.sha256)) }
    },

    async getStep(reviewId, name) {
      const row = await first(
        tables.selectFrom('step').select('result').where('review_id', '=', reviewId).where('name', '=', name),
      )
      return row ? String(row.result) : null
    },

    async putStep(reviewId, name, result) {
      const [row] = await lastRows(database, [
        compile(sql`
          INSERT INTO step (review_id, name, result)
          SELECT ${reviewId}, ${name}, ${result} WHERE EXISTS (SELECT 1 FROM review WHERE id = ${reviewId})
          ON CONFLICT DO NOTHING`),
        tables.selectFrom('step').select('result').where('review_id', '=', reviewId).where('name', '=', name).compile(),
      ])
      return row ? String(row.result) : result
    },

    async getAnswer(key) {
      const row = await first(tables.selectFrom('answer').select('answer').where('key', '=', key))
      return row ? String(row.answer) : null
    },

    async putAnswer(reviewId, key, answer, at) {
      const values = { key, review_id: reviewId, at, answer }
      await all(
        tables
          .insertInto('answer')
          .values(values)
          .onConflict((conflict) => conflict.doNothing()),
      )
    },

    async audit(reviewId) {
      const rows = await all(tables.selectFrom('audit').selectAll().where('review_id', '=', reviewId).orderBy('seq'))
      return rows.map(toAuditLine)
    },

    async neededBlobs(sha256s) {
      const [rows] = await database.batch([
        compile(sql`
          SELECT DISTINCT sha256 FROM upload
          WHERE sha256 IN (SELECT each.value FROM json_each(${JSON.stringify(sha256s)}) AS each)`),
      ])
      return (rows ?? []).map((row) => String(row.sha256))
    },

    async ping() {
      await all(tables.selectFrom('review').select('id').limit(1))
    },
  }
}

function compile(query: RawBuilder<unknown>) {
  return query.compile(tables)
}

async function lastRows(database: Sql, queries: Parameters<Sql['batch']>[0]): Promise<SqlRow[]> {
  return (await database.batch(queries)).at(-1) ?? []
}

function columnsOf(review: Review) {
  return {
    status: review.status,
    finished_at: review.finishedAt ?? null,
    external_id: review.externalId ?? null,
    pack: review.pack?.id ?? null,
    verdict: review.verdict ?? null,
    review: JSON.stringify(review),
  }
}

/** Nothing is written for a review that was deleted or is finished with findings already. */
function insertFindings({ id, findings = [] }: { id: string; findings?: Finding[] | undefined }) {
  const rows = findings.map(({ rule, status, severity }) => ({ rule, status, severity }))
  return compile(sql`
    INSERT INTO finding (review_id, position, rule, status, severity)
    SELECT ${id}, each.key, each.value ->> 'rule', each.value ->> 'status', each.value ->> 'severity'
    FROM json_each(${JSON.stringify(rows)}) AS each
    WHERE EXISTS (SELECT 1 FROM review WHERE id = ${id})
    ON CONFLICT DO NOTHING`)
}

function insertTraces(id: string, traces: string[]) {
  return compile(sql`
    INSERT INTO trace (key, review_id)
    SELECT each.value, ${id} FROM json_each(${JSON.stringify(traces)}) AS each
    WHERE EXISTS (SELECT 1 FROM review WHERE id = ${id})
    ON CONFLICT DO NOTHING`)
}

/** Stands before the change it tells of, so that it can see whether there is anything to change. */
function insertAudit(reviewId: string, at: string, action: AuditAction, detail: AuditLine['detail']) {
  const open = sql.join(UNFINISHED)
  const applies =
    action === 'started' || action === 'finished'
      ? sql`SELECT 1 FROM review WHERE id = ${reviewId} AND status IN (${open})`
      : sql`SELECT 1 FROM review WHERE id = ${reviewId}`
  return compile(sql`
    INSERT INTO audit (at, action, review_id, detail)
    SELECT ${at}, ${action}, ${reviewId}, ${JSON.stringify(detail)} WHERE EXISTS (${applies})`)
}

function filtered(filter: ReviewFilter) {
  let query = tables.selectFrom('review')
  if (filter.status !== undefined) query = query.where('status', '=', filter.status)
  if (filter.verdict !== undefined) query = query.where('verdict', '=', filter.verdict)
  if (filter.pack !== undefined) query = query.where('pack', '=', filter.pack)
  if (filter.externalId !== undefined) query = query.where('external_id', '=', filter.externalId)
  if (filter.from !== undefined) query = query.where('created_at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('created_at', '<', filter.to)
  const { rule } = filter
  if (rule !== undefined)
    query = query.where('id', 'in', (inner) =>
      inner
        .selectFrom('finding')
        .select('review_id')
        .where('rule', '=', rule)
        .where('finding.status', 'in', ['fail', 'unknown']),
    )
  return query
}

function toAuditLine(row: SqlRow): AuditLine {
  return {
    at: String(row.at),
    action: row.action as AuditAction,
    reviewId: String(row.review_id),
    detail: json(row.detail),
  }
}

function toRelated({ id, verdict, external_id, rerun_of, declaration, leader }: SqlRow): RelatedReview {
  return {
    id: String(id),
    ...(verdict === null ? {} : { verdict: verdict as Verdict }),
    ...(external_id === null ? {} : { externalId: String(external_id) }),
    ...(rerun_of === null ? {} : { rerunOf: String(rerun_of) }),
    ...(declaration === null ? {} : { declaration: json(declaration) }),
    ...(leader === null ? {} : { fields: { 'leader.name': json(leader) } }),
  }
}

/** Rows were written by this file. */
function json<T>(value: unknown): T {
  return JSON.parse(String(value)) as T
}
