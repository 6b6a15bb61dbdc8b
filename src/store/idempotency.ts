import { sql } from 'kysely'
import { type Database, type Query, rowsOf } from './database.ts'
import type { Scope } from './store.ts'

/** `key`: the caller's own; `fingerprint`: SHA-256 of what is asked for under it. */
export type Intent = { key: string; fingerprint: string }

/** What was made of an intent: a review or a batch. */
export type Made = { fingerprint: string; subject: string }

/** How long a key is remembered, in milliseconds: a caller may have to wait for the next working day to ask again. */
export const REMEMBERED = 3 * 24 * 3_600_000

/** Requests that may come twice. Keys are each tenant's own, and of an applicant those of the same access key. */
export interface Idempotency {
  /** `null` when the key is new or forgotten. */
  find(scope: Scope, key: string): Promise<Made | null>
  /**
   * To be written in the batch that makes the subject. It fails (not as `Refused`) when the key has been taken: of two requests at the
   * same moment one makes it.
   */
  claim(scope: Scope, intent: Intent, subject: string): Query[]
}

export function createIdempotency(database: Database): Idempotency {
  const { dialect } = database
  const is = ({ tenant, owner = '' }: Scope, key: string) =>
    sql`tenant = ${tenant} AND owner = ${owner} AND key = ${key}`
  const oldest = sql`${dialect.now} - ${REMEMBERED}`
  return {
    async find(scope, key) {
      const [row] = await rowsOf(
        database,
        sql`SELECT fingerprint, subject FROM idempotency WHERE ${is(scope, key)} AND at > ${oldest}`,
      )
      return row ? { fingerprint: String(row.fingerprint), subject: String(row.subject) } : null
    },

    claim(scope, { key, fingerprint }, subject) {
      const { tenant, owner = '' } = scope
      return [
        sql`DELETE FROM idempotency WHERE at <= ${oldest}`,
        sql`
          INSERT INTO idempotency (tenant, owner, key, fingerprint, subject, at)
          VALUES (${tenant}, ${owner}, ${key}, ${fingerprint}, ${subject}, ${dialect.now})`,
      ]
    },
  }
}
