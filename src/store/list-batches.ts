import { sql } from 'kysely'
import type { Review, Verdict } from '../review/schema.ts'
import type { BatchItem, BatchOverview, BatchStatus } from './batches.ts'
import { type Database, parse, type Query, rowsOf, type SqlRow } from './database.ts'
import type { ReviewSummary } from './reviews.ts'

/** Newest first. `ids` selects which. */
export async function listBatches(database: Database, ids: Query): Promise<BatchOverview[]> {
  const [batches, counts] = await database.batch([
    sql`SELECT id, status, created_at, finished_at, external_id FROM batch WHERE id IN (${ids}) ORDER BY id DESC`,
    sql`
      SELECT batch_item.batch_id, coalesce(review.status, 'failed') AS status, review.verdict,
        CAST(count(*) AS INTEGER) AS count
      FROM batch_item LEFT JOIN review ON review.id = batch_item.review_id
      WHERE batch_item.batch_id IN (${ids})
      GROUP BY batch_item.batch_id, coalesce(review.status, 'failed'), review.verdict`,
  ])
  const byBatch = Map.groupBy(counts ?? [], (row) => row.batch_id)
  return (batches ?? []).map((row) => toOverview(row, byBatch.get(row.id) ?? []))
}

/** In the order in which they were handed in, those after the position `after`. */
export async function listBatchItems(
  database: Database,
  id: string,
  { limit, after = -1 }: { limit: number; after?: number },
): Promise<BatchItem[]> {
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
}

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
