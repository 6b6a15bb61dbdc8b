import { sql } from 'kysely'
import type { NewBatch } from './batches.ts'
import type { Database, Query } from './database.ts'
import { insertJob } from './jobs.ts'

export const SYSTEM = 'system'

/** A new batch with its reviews, their files and their jobs: a fixed number of statements, however many declarations there are. */
export function insertBatch(
  database: Database,
  { id, tenant, owner, createdAt: at, externalId, request, items }: NewBatch,
): Query[] {
  const { tables, dialect } = database
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
  return [
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
    noteBatch(id, at, 'accepted', owner ?? SYSTEM),
  ]
}

/** A line of the audit trail. To stand where the batch is still there. */
export const noteBatch = (
  id: string,
  at: string,
  action: 'accepted' | 'finished' | 'cancelled' | 'deleted',
  actor: string,
): Query => sql`
  INSERT INTO audit (at, tenant, actor, action, subject, detail)
  SELECT ${at}, tenant, ${actor}, ${action}, id, '{}' FROM batch WHERE id = ${id}`
