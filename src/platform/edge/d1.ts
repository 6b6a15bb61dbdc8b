import type { SqlExecutor, SqlRow } from '../../store/database.ts'

/** What of Cloudflare's D1 is used; its batches are transactions. */
export type D1 = {
  prepare(sql: string): { bind(...values: unknown[]): unknown }
  batch(statements: never[]): Promise<{ results: unknown[] }[]>
}

/** D1, to which `wrangler d1 migrations apply` has applied src/store/migrations/sqlite. */
export function createD1Executor(database: D1): SqlExecutor {
  return {
    async batch(queries) {
      const statements = queries.map(({ sql, parameters }) => database.prepare(sql).bind(...parameters))
      const answers = await database.batch(statements as never[])
      return answers.map(({ results }) => results as SqlRow[])
    },
  }
}
