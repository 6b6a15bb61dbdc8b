import { sql } from 'kysely'
import type { Review, Verdict } from '../review/schema.ts'
import { type Database, parse, type Query, require, rowsOf, type SqlRow } from './database.ts'

/** What other reviews need to know of a finished one. */
export type RelatedReview = Pick<Review, 'id' | 'verdict' | 'externalId' | 'rerunOf' | 'declaration' | 'fields'>

/** `version`: which reviews shared any of the traces when this was looked up. */
export type Related = { reviews: RelatedReview[]; version: string }

/** The keys by which reviews that may have to do with each other are found. */
export interface Traces {
  /** The tenant's finished reviews that share any of these traces, those with most of them first, then the newest; not `except`, nor one of a batch. */
  related(tenant: string, traces: string[], except: string, limit: number, exceptBatch?: string): Promise<Related>
}

/** Declarations that come again with every other one that is compared with them: kept parsed, those asked for last. */
const MOST_KEPT = 1000

export type OwnTraces = Traces & {
  /** Drops what this process holds in memory of reviews that were erased. */
  forget(ids: string[]): void
}

export function createTraces(database: Database): OwnTraces {
  const { dialect } = database
  const kept = new Map<string, Known>()

  /** Of a finished review it never changes. */
  async function knownOfAll(ids: string[]): Promise<Map<string, Known>> {
    const missing = ids.filter((id) => !kept.has(id))
    const rows =
      missing.length === 0
        ? []
        : await rowsOf(
            database,
            sql`SELECT id, known FROM review WHERE id IN (SELECT each.value FROM ${dialect.strings(missing)}) AND known IS NOT NULL`,
          )
    const found = new Map(rows.map(({ id, known }) => [String(id), parse<Known>(known)]))
    for (const id of ids) {
      const known = kept.get(id) ?? found.get(id)
      kept.delete(id)
      if (!known) continue
      found.set(id, known)
      kept.set(id, known)
    }
    for (const id of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(id)
    return found
  }

  return {
    forget(ids) {
      for (const id of ids) kept.delete(id)
    },

    async related(tenant, traces, except, limit, exceptBatch) {
      const beside =
        exceptBatch === undefined
          ? sql``
          : sql`AND review_id NOT IN (SELECT id FROM review WHERE batch_id = ${exceptBatch})`
      const rows = await rowsOf(
        database,
        sql`
          WITH sharing AS MATERIALIZED (
            SELECT review_id, count(*) AS shared FROM trace
            WHERE tenant = ${tenant} AND key IN (SELECT each.value FROM ${dialect.strings(traces)}) GROUP BY review_id
          ), nearest AS (
            SELECT review_id, shared FROM sharing WHERE review_id <> ${except} ${beside}
            ORDER BY shared DESC, review_id DESC LIMIT ${limit}
          )
          SELECT every.version, review.id, review.verdict, review.external_id
          FROM (SELECT ${versionOf('sum(shared)')} AS version FROM sharing) AS every
          LEFT JOIN nearest ON TRUE LEFT JOIN review ON review.id = nearest.review_id
          ORDER BY nearest.shared DESC, nearest.review_id DESC`,
      )
      const found = rows.filter(({ id }) => id !== null)
      const known = await knownOfAll(found.map(({ id }) => String(id)))
      return {
        reviews: found.flatMap((row) => toRelated(row, known.get(String(row.id)))),
        version: String(rows[0]?.version ?? ''),
      }
    },
  }
}

export function insertTraces({ dialect }: Database, reviewId: string, { tenant, traces }: Settled): Query {
  return sql`
    INSERT INTO trace (tenant, key, review_id) SELECT ${tenant}, each.value, ${reviewId} FROM ${dialect.strings(traces)}
    WHERE TRUE ON CONFLICT DO NOTHING`
}

/** Changes whenever a review that shares any of the traces is finished or erased. `count`: how often they are shared. */
const versionOf = (count: string) =>
  sql.raw(`CAST(coalesce(${count}, 0) AS TEXT) || ' ' || coalesce(max(review_id), '')`)

/** By what a finished review is found, and what it was compared with: `version` of `related`. */
export type Settled = { tenant: string; traces: string[]; version: string }

/**
 * Refuses the batch when a review that shares a trace was finished since `version`: this one was not compared with it. The tenant's row
 * is changed first, so that of two that end at once the second waits for the first and sees it.
 */
export function settleAfter(database: Database, { tenant, traces, version }: Settled): Query[] {
  return [
    sql`
      INSERT INTO settling (tenant, version) VALUES (${tenant}, ${version})
      ON CONFLICT (tenant) DO UPDATE SET version = excluded.version`,
    require(sql`
      SELECT 1 FROM (
        SELECT ${versionOf('count(*)')} AS version FROM trace
        WHERE tenant = ${tenant} AND key IN (SELECT each.value FROM ${database.dialect.strings(traces)})
      ) AS sharing WHERE sharing.version = ${version}`),
  ]
}

/** `null` for a review with which none is compared. */
export function knownOf({ status, declaration, fields, rerunOf }: Review): string | null {
  if (status !== 'done') return null
  const known: Known = {
    declaration: declaration ?? null,
    leader: fields?.['leader.name'] ?? null,
    rerunOf: rerunOf ?? null,
  }
  return JSON.stringify(known)
}

type Known = {
  declaration: Review['declaration'] | null
  leader: NonNullable<Review['fields']>[string] | null
  rerunOf: string | null
}

/** None where the review was erased meanwhile. */
function toRelated({ id, verdict, external_id }: SqlRow, known: Known | undefined): RelatedReview[] {
  if (!known) return []
  const { declaration, leader, rerunOf } = known
  return [
    {
      id: String(id),
      ...(verdict === null ? {} : { verdict: verdict as Verdict }),
      ...(external_id === null ? {} : { externalId: String(external_id) }),
      ...(rerunOf === null ? {} : { rerunOf }),
      ...(declaration ? { declaration } : {}),
      ...(leader === null ? {} : { fields: { 'leader.name': leader } }),
    },
  ]
}
