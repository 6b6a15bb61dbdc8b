import { type Database, parse, rowsOf } from './database.ts'
import type { ReviewFilter, ReviewSummary } from './reviews.ts'
import type { Scope } from './store.ts'

/** Newest first. */
export async function listReviews(
  database: Database,
  filter: ReviewFilter & Partial<Scope>,
  { limit, after }: { limit: number; after?: string },
): Promise<ReviewSummary[]> {
  let query = filtered(database, filter).select(['summary', 'review.status']).orderBy('id', 'desc').limit(limit)
  if (after !== undefined) query = query.where('id', '<', after)
  const rows = await rowsOf(database, query)
  return rows.map(({ summary, status }) => ({
    ...parse<ReviewSummary>(summary),
    status: status as ReviewSummary['status'],
  }))
}

function filtered({ tables }: Database, filter: ReviewFilter & Partial<Scope>) {
  let query = tables.selectFrom('review')
  if (filter.tenant !== undefined) query = query.where('tenant', '=', filter.tenant)
  if (filter.owner !== undefined) query = query.where('owner', '=', filter.owner)
  if (filter.batchId !== undefined) query = query.where('batch_id', '=', filter.batchId)
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
