import { type Database, rowsOf } from './database.ts'

/** A model's answers by the digest of what was asked. They go with the review that asked; each tenant has its own. */
export interface Answers {
  /** `null` when it was never asked. */
  get(tenant: string, key: string): Promise<string | null>
  /** The first writer wins; gives back what is stored. */
  put(tenant: string, key: string, answer: { reviewId: string; at: string; answer: string }): Promise<string>
}

export function createAnswers(database: Database): Answers {
  const { tables } = database
  const stored = (tenant: string, key: string) =>
    tables.selectFrom('answer').select('answer').where('tenant', '=', tenant).where('key', '=', key)
  return {
    async get(tenant, key) {
      const [row] = await rowsOf(database, stored(tenant, key))
      return row ? String(row.answer) : null
    },

    async put(tenant, key, { reviewId, at, answer }) {
      const [, rows] = await database.batch([
        tables
          .insertInto('answer')
          .values({ tenant, key, review_id: reviewId, at, answer })
          .onConflict((conflict) => conflict.doNothing()),
        stored(tenant, key),
      ])
      return String(rows?.[0]?.answer ?? answer)
    },
  }
}
