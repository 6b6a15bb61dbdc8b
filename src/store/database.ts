import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryExecutorProvider,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import { type Dialect, postgresDialect, sqliteDialect } from './dialect.ts'
import type { Tables } from './tables.ts'

export type SqlQuery = { readonly sql: string; readonly parameters: readonly unknown[] }

export type SqlRow = Record<string, unknown>

/** What a platform does: node:sqlite, D1 or PostgreSQL. */
export interface SqlExecutor {
  /** Runs all queries in order as one transaction and gives back each one's rows. Nothing is changed when one of them fails. */
  batch(queries: SqlQuery[]): Promise<SqlRow[][]>
}

/** A query of kysely's builder, or raw SQL: the same for every engine until it is compiled. */
export type Query = { compile(provider: QueryExecutorProvider): CompiledQuery<unknown> }

/** The database as the store's parts see it. There are no transactions but batches: D1 has no others. */
export type Database = {
  readonly dialect: Dialect
  readonly tables: Kysely<Tables>
  /** All queries as one transaction, with each one's rows. Throws `Refused` when a `require` among them is not met. */
  batch(queries: Query[]): Promise<SqlRow[][]>
}

/** A batch that was not carried out, as what it required was not so. */
export class Refused extends Error {
  constructor(cause: unknown) {
    super('what the batch requires is not so', { cause })
    this.name = 'Refused'
  }
}

/** The store's tables in a database whose migrations have been applied. */
export function createDatabase(executor: SqlExecutor, engine: Dialect['engine']): Database {
  const tables = engine === 'postgres' ? postgresTables : sqliteTables
  return {
    dialect: engine === 'postgres' ? postgresDialect : sqliteDialect,
    tables,
    async batch(queries) {
      try {
        return await executor.batch(queries.map((query) => query.compile(tables)))
      } catch (error) {
        throw isRefusal(error) ? new Refused(error) : error
      }
    },
  }
}

/**
 * Undoes the whole batch unless there is such a row: `require(sql`SELECT 1 FROM job WHERE …`)`. Where others may change what is asked
 * for at the same time, change the row first and require the change: then it is locked until the batch ends.
 */
export function require(rows: RawBuilder<unknown>): Query {
  return sql`INSERT INTO requirement (met) SELECT CAST(NULL AS INTEGER) WHERE NOT EXISTS (${rows})`
}

/** What the batch gives, `null` when it was refused. */
export async function unlessRefused<T>(batch: Promise<T>): Promise<T | null> {
  try {
    return await batch
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

/** The rows of one query. */
export async function rowsOf(database: Database, query: Query): Promise<SqlRow[]> {
  return (await database.batch([query]))[0] ?? []
}

/** Rows were written by the store itself. */
export function parse<T>(json: unknown): T {
  return JSON.parse(String(json)) as T
}

/** All engines name the table whose column may not be null. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && /not[ -]null/i.test(error.message) && error.message.includes('requirement')

const sqliteTables = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

const postgresTables = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})
