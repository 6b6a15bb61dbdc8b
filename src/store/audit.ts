import { sql } from 'kysely'
import { chain, type Head, NO_LINES, type SealedLine, type StoredLine } from './audit-chain.ts'
import { type Database, parse, type Query, rowsOf, type SqlRow } from './database.ts'

export type AuditAction =
  | 'accepted'
  | 'started'
  | 'finished'
  | 'cancelled'
  | 'compared'
  | 'retried'
  | 'deleted'
  | 'decided'
  | 'key-created'
  | 'key-revoked'
  | 'webhook-added'
  | 'webhook-removed'
  | 'exported'
  | 'imported'

/**
 * `subject`: the review, key or endpoint it was done to. `actor`: the id of the key that was used, `local` at the machine itself, `system` where
 * nobody asked. `detail` holds no personal data: the line outlives all else.
 */
export type AuditLine = {
  at: string
  tenant: string
  actor: string
  action: AuditAction
  subject: string
  detail: Record<string, unknown>
}

/** What was done, line by line; lines are only ever added. A chain of hashes over them shows whether any was touched since. */
export interface Audit {
  /** For what changes nothing else in the store. */
  note(line: AuditLine): Promise<void>
  /** The lines about a review or key, oldest first. */
  of(subject: string): Promise<AuditLine[]>
  /**
   * Adds lines to the chain that are not in it, at most so many, and gives back how many and the end of the chain. Any number of
   * processes may do so at once. `everything`: lines of any age, else only new ones.
   */
  seal(most: number, everything?: boolean): Promise<{ sealed: number; head: Head }>
  /** The chain after a position, oldest first. */
  sealed(after: number, most: number): Promise<SealedLine[]>
  /** `written`: lines that were ever written; null where the engine's count has gaps. */
  count(): Promise<{ lines: number; unsealed: number; written: number | null }>
}

/** On PostgreSQL a line with a lower number may be committed later, by no more than so many; SQLite has one writer at a time. */
const OUT_OF_ORDER = { postgres: 1000, sqlite: 0 }

export function createAudit(database: Database): Audit {
  const { tables, dialect } = database
  const unsealed = tables
    .selectFrom('audit')
    .leftJoin('audit_seal', 'audit_seal.seq', 'audit.seq')
    .where('audit_seal.seq', 'is', null)
  const head = tables.selectFrom('audit_seal').select(['position', 'hash']).orderBy('position', 'desc').limit(1)

  return {
    async note(line) {
      await database.batch([insertAudit(database, line)])
    },

    async of(subject) {
      const lines = tables.selectFrom('audit').selectAll().where('subject', '=', subject).orderBy('seq')
      return (await rowsOf(database, lines)).map(toAuditLine)
    },

    async seal(most, everything = false) {
      const newest = sql<number>`(SELECT COALESCE(MAX(seq), 0) - ${OUT_OF_ORDER[dialect.engine]} FROM audit_seal)`
      let next = unsealed.selectAll('audit').orderBy('audit.seq').limit(most)
      if (!everything) next = next.where('audit.seq', '>', newest)
      const [heads, rows] = await database.batch([head, next])
      const before = toHead(heads)
      const seals = await chain(before, (rows ?? []).map(toStoredLine))
      const last = seals.at(-1)
      if (!last) return { sealed: 0, head: before }
      const insert = sql`
        INSERT INTO audit_seal (position, seq, hash)
        SELECT CAST(each.value ->> 'position' AS BIGINT), CAST(each.value ->> 'seq' AS BIGINT), each.value ->> 'hash'
        FROM ${dialect.objects(seals)}`
      try {
        await database.batch([insert])
        return { sealed: seals.length, head: { position: last.position, hash: last.hash } }
      } catch (error) {
        // Two processes cannot add the same position: the other one was first.
        const now = toHead(await database.batch([head]).then(([found]) => found))
        if (now.position === before.position) throw error
        return { sealed: 0, head: now }
      }
    },

    async sealed(after, most) {
      const rows = await rowsOf(
        database,
        tables
          .selectFrom('audit_seal')
          .leftJoin('audit', 'audit.seq', 'audit_seal.seq')
          .select(['position', 'audit_seal.seq', 'hash', 'at', 'tenant', 'actor', 'action', 'subject', 'detail'])
          .where('position', '>', after)
          .orderBy('position')
          .limit(most),
      )
      return rows.map((row) => ({
        position: Number(row.position),
        seq: Number(row.seq),
        hash: String(row.hash),
        line: row.at === null ? null : toStoredLine(row),
      }))
    },

    async count() {
      const [lines, open, written] = await database.batch([
        sql`SELECT count(*) AS count FROM audit`,
        unsealed.select(({ fn }) => fn.countAll().as('count')),
        // AUTOINCREMENT never gives a number twice and leaves none out; PostgreSQL does, and so what came from there.
        dialect.engine === 'sqlite'
          ? sql`
            SELECT seq AS count FROM sqlite_sequence
            WHERE name = 'audit' AND NOT EXISTS (SELECT 1 FROM audit WHERE action = 'imported')`
          : sql`SELECT 0 AS count WHERE FALSE`,
      ])
      const countOf = (rows: SqlRow[] | undefined) => Number(rows?.[0]?.count ?? 0)
      return {
        lines: countOf(lines),
        unsealed: countOf(open),
        written: written?.length ? countOf(written) : null,
      }
    },
  }
}

/** A line, to be written together with what it tells of. */
export function insertAudit({ tables }: Database, { detail, ...line }: AuditLine): Query {
  return tables.insertInto('audit').values({ ...line, detail: JSON.stringify(detail) })
}

/** As `insertAudit`; the tenant is the review's. To stand where the review is still there. */
export function insertReviewAudit({ at, actor, action, subject, detail }: Omit<AuditLine, 'tenant'>): Query {
  return sql`
    INSERT INTO audit (at, tenant, actor, action, subject, detail)
    SELECT ${at}, tenant, ${actor}, ${action}, ${subject}, ${JSON.stringify(detail)} FROM review WHERE id = ${subject}`
}

function toHead(rows: SqlRow[] | undefined): Head {
  const row = rows?.[0]
  return row ? { position: Number(row.position), hash: String(row.hash) } : NO_LINES
}

function toStoredLine(row: SqlRow): StoredLine {
  return {
    seq: Number(row.seq),
    at: String(row.at),
    tenant: String(row.tenant),
    actor: String(row.actor),
    action: String(row.action),
    subject: String(row.subject),
    detail: String(row.detail),
  }
}

function toAuditLine(row: SqlRow): AuditLine {
  const { seq: _, ...line } = toStoredLine(row)
  // Lines were written by the store itself.
  return { ...line, action: line.action as AuditAction, detail: parse(line.detail) }
}
