import { sql } from 'kysely'
import type { Decision, Ruling } from '../review/schema.ts'
import { insertReviewAudit } from './audit.ts'
import { type Database, require, rowsOf, type SqlRow, unlessRefused } from './database.ts'

/** People's rulings on findings. There is no way to change one; they go with their review. */
export interface Decisions {
  /** False when there is no such review, or it is not finished. */
  add(reviewId: string, decision: Decision): Promise<boolean>
  /** Oldest first, with the names that keys have. */
  of(reviewId: string): Promise<Decision[]>
}

export function createDecisions(database: Database): Decisions {
  const { tables } = database
  return {
    async add(reviewId, { id, rule, finding, ruling, reason, at, by }) {
      const detail = { decision: id, rule, ...(finding === undefined ? {} : { finding }), ruling }
      const batch = database.batch([
        require(sql`SELECT 1 FROM review WHERE id = ${reviewId} AND status IN ('done', 'failed')`),
        tables.insertInto('decision').values({
          id,
          review_id: reviewId,
          rule,
          finding: finding ?? null,
          ruling,
          reason: reason ?? null,
          at,
          actor: by.key,
        }),
        insertReviewAudit({ at, actor: by.key, action: 'decided', subject: reviewId, detail }),
      ])
      return (await unlessRefused(batch)) !== null
    },

    async of(reviewId) {
      const rows = await rowsOf(
        database,
        tables
          .selectFrom('decision')
          .leftJoin('api_key', 'api_key.id', 'decision.actor')
          .select(['decision.id', 'rule', 'finding', 'ruling', 'reason', 'at', 'actor', 'api_key.name'])
          .where('review_id', '=', reviewId)
          .orderBy('decision.id'),
      )
      return rows.map(toDecision)
    },
  }
}

function toDecision({ id, rule, finding, ruling, reason, at, actor, name }: SqlRow): Decision {
  return {
    id: String(id),
    rule: String(rule),
    ...(finding === null ? {} : { finding: Number(finding) }),
    // The table takes no other.
    ruling: ruling as Ruling,
    ...(reason === null ? {} : { reason: String(reason) }),
    at: String(at),
    by: { key: String(actor), ...(name === null ? {} : { name: String(name) }) },
  }
}
