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
      const beside = exceptBatch === undefined ? sql`` : sql`AND coalesce(review.batch_id, '') <> ${exceptBatch}`
      const [versions, rows = []] = await database.batch([
        sharingVersion(database, traces),
        sql`
          SELECT nearest.id, review.verdict, review.external_id
          FROM (
            SELECT review.id, sharing.shared
            FROM (
              SELECT review_id, count(*) AS shared FROM trace
              WHERE key IN (SELECT each.value FROM ${dialect.strings(traces)}) AND review_id <> ${except}
              GROUP BY review_id
            ) AS sharing JOIN review ON review.id = sharing.review_id
            WHERE review.status = 'done' AND review.tenant = ${tenant} ${beside}
            ORDER BY sharing.shared DESC, review.id DESC LIMIT ${limit}
          ) AS nearest JOIN review ON review.id = nearest.id
          ORDER BY nearest.shared DESC, nearest.id DESC`,
      ])
      const known = await knownOfAll(rows.map(({ id }) => String(id)))
      return {
        reviews: rows.flatMap((row) => toRelated(row, known.get(String(row.id)))),
        version: String(versions?.[0]?.version ?? ''),
      }
    },
  }
}

export function insertTraces({ dialect }: Database, reviewId: string, traces: string[]): Query {
  return sql`
    INSERT INTO trace (key, review_id) SELECT each.value, ${reviewId} FROM ${dialect.strings(traces)}
    WHERE TRUE ON CONFLICT DO NOTHING`
}

/** Changes whenever a review that shares any of the traces is finished or erased. */
const sharingVersion = ({ dialect }: Database, traces: string[]) => sql`
  SELECT CAST(count(*) AS TEXT) || ' ' || coalesce(max(review_id), '') AS version FROM trace
  WHERE key IN (SELECT each.value FROM ${dialect.strings(traces)})`

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
    require(sql`SELECT 1 FROM (${sharingVersion(database, traces)}) AS sharing WHERE sharing.version = ${version}`),
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
