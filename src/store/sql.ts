export type SqlQuery = { readonly sql: string; readonly parameters: readonly unknown[] }

export type SqlRow = Record<string, unknown>

/** A SQLite-compatible database: node:sqlite and D1. */
export interface Sql {
  /** Runs all queries as one transaction and gives back each one's rows. */
  batch(queries: SqlQuery[]): Promise<SqlRow[][]>
}
