import { sql } from 'kysely'
import { type Database, rowsOf } from './database.ts'

/** One call of a model for an answer. `owner` is this call's own: of two at the same moment in one process as well. */
export type Asking = { tenant: string; key: string; owner: string }

/** A model's answers by the digest of what was asked. They go with the review that asked; each tenant has its own. */
export interface Answers {
  /** `null` when it was never asked. */
  get(tenant: string, key: string): Promise<string | null>
  /** The answer if there is one. Else the question is the caller's to ask for `leaseMs` (`claimed`), unless somebody else asks it already (`taken`). */
  claim(asking: Asking, leaseMs: number): Promise<{ answer: string } | 'claimed' | 'taken'>
  /** Keeps what was claimed, if it is held still. */
  renew(asking: Asking, leaseMs: number): Promise<void>
  /** Others may ask at once: no answer came. */
  free(asking: Asking): Promise<void>
  /** As `free` for all that is asked: nobody else asks by this store, so whoever did is gone. */
  freeAll(): Promise<void>
  /** The first writer wins; gives back what is stored. Nobody need ask any more. */
  put(tenant: string, key: string, answer: { reviewId: string; at: string; answer: string }): Promise<string>
}

export function createAnswers(database: Database): Answers {
  const { tables, dialect } = database
  const stored = (tenant: string, key: string) =>
    tables.selectFrom('answer').select('answer').where('tenant', '=', tenant).where('key', '=', key)
  const freed = ({ tenant, key, owner }: Asking) =>
    tables.deleteFrom('asking').where('tenant', '=', tenant).where('key', '=', key).where('owner', '=', owner)
  return {
    async get(tenant, key) {
      const [row] = await rowsOf(database, stored(tenant, key))
      return row ? String(row.answer) : null
    },

    async claim(asking, leaseMs) {
      const { tenant, key, owner } = asking
      const known = stored(tenant, key)
      const [, claimed = [], answers = []] = await database.batch([
        sql`DELETE FROM asking WHERE lease_until <= ${dialect.now}`,
        sql`
          INSERT INTO asking (tenant, key, owner, lease_until)
          SELECT ${tenant}, ${key}, ${owner}, ${dialect.now} + ${leaseMs} WHERE NOT EXISTS ${known}
          ON CONFLICT (tenant, key) DO UPDATE SET lease_until = excluded.lease_until WHERE asking.owner = excluded.owner
          RETURNING owner`,
        known,
        // On PostgreSQL an answer may be committed between the two.
        freed(asking).where(({ exists }) => exists(known)),
      ])
      const [row] = answers
      if (row) return { answer: String(row.answer) }
      return claimed.length > 0 ? 'claimed' : 'taken'
    },

    async renew({ tenant, key, owner }, leaseMs) {
      await database.batch([
        sql`
          UPDATE asking SET lease_until = ${dialect.now} + ${leaseMs}
          WHERE tenant = ${tenant} AND key = ${key} AND owner = ${owner}`,
      ])
    },

    async free(asking) {
      await database.batch([freed(asking)])
    },

    async freeAll() {
      await database.batch([tables.deleteFrom('asking')])
    },

    async put(tenant, key, { reviewId, at, answer }) {
      const [, , rows] = await database.batch([
        tables
          .insertInto('answer')
          .values({ tenant, key, review_id: reviewId, at, answer })
          .onConflict((conflict) => conflict.doNothing()),
        tables.deleteFrom('asking').where('tenant', '=', tenant).where('key', '=', key),
        stored(tenant, key),
      ])
      return String(rows?.[0]?.answer ?? answer)
    },
  }
}
