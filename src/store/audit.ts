import { type Database, parse, type Query, rowsOf, type SqlRow } from './database.ts'

export type AuditAction = 'accepted' | 'started' | 'finished' | 'cancelled' | 'retried' | 'deleted'

/** `detail` holds no personal data: the line outlives the review. */
export type AuditLine = { at: string; action: AuditAction; reviewId: string; detail: Record<string, unknown> }

/** What was done, line by line; lines are only ever added. */
export interface Audit {
  /** Oldest first. */
  of(reviewId: string): Promise<AuditLine[]>
}

export function createAudit(database: Database): Audit {
  return {
    async of(reviewId) {
      const { tables } = database
      const lines = tables.selectFrom('audit').selectAll().where('review_id', '=', reviewId).orderBy('seq')
      return (await rowsOf(database, lines)).map(toAuditLine)
    },
  }
}

/** A line, to be written together with what it tells of. */
export function insertAudit({ tables }: Database, { at, action, reviewId, detail }: AuditLine): Query {
  return tables.insertInto('audit').values({ at, action, review_id: reviewId, detail: JSON.stringify(detail) })
}

function toAuditLine(row: SqlRow): AuditLine {
  return {
    at: String(row.at),
    action: row.action as AuditAction,
    reviewId: String(row.review_id),
    detail: parse(row.detail),
  }
}
