import pg from 'pg'
import type { SqlExecutor, SqlQuery, SqlRow } from '../../store/database.ts'
import { pendingMigrations, readMigrations } from './migrations.ts'

export type PostgresOptions = {
  url: string
  /** Connections at most. */
  connections?: number
  /** Told of a connection that broke while nobody used it; the next query opens another. */
  onLost?: (error: Error) => void
}

export type PostgresDatabase = SqlExecutor & {
  readonly pool: pg.Pool
  /** Reads everything as it is at one moment, whatever others write meanwhile. */
  frozen<T>(read: (executor: SqlExecutor) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Any number: all processes that migrate at once must know the same. */
const MIGRATION_LOCK = 7_310_482_611

/** Milliseconds for which a process waits for a connection before it says that the database is away. */
const PATIENCE = 10_000

/** A batch of which another one was in the way is done anew: it is whole. */
const ATTEMPTS = 5

/** Connects to PostgreSQL 15 or later and brings it up to the newest migration. */
export async function openPostgres({ url, connections = 10, onLost }: PostgresOptions): Promise<PostgresDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: PATIENCE,
    // Numbers as SQLite gives them: counts, sequences and milliseconds are far below 2^53.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  // Without a listener a restart of the database would end this process.
  pool.on('error', (error) => onLost?.(error))
  try {
    await migrate(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    pool,
    async batch(queries) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await atomically(pool, (client) => runAll(client, queries))
        } catch (error) {
          if (attempt >= ATTEMPTS || !isInTheWay(error)) throw error
        }
      }
    },
    frozen: (read) =>
      atomically(pool, (client) => read({ batch: (queries) => runAll(client, queries) }), {
        begin: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
      }),
    close: () => pool.end(),
  }
}

const INT8 = 20

async function runAll(client: pg.PoolClient, queries: SqlQuery[]): Promise<SqlRow[][]> {
  const rows: SqlRow[][] = []
  for (const { sql, parameters } of queries) {
    const answer = await client.query<SqlRow>(sql, parameters.map(storable))
    rows.push(answer.rows)
  }
  return rows
}

/** PostgreSQL has no NUL in a text. */
const storable = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value)

async function atomically<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  { begin = 'BEGIN' } = {},
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // A connection that breaks between two queries would end this process too.
  const lose = (error: Error) => {
    broken = error
  }
  client.on('error', lose)
  try {
    await client.query(begin)
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(lose)
    throw error
  } finally {
    client.off('error', lose)
    client.release(broken)
  }
}

/** Serialisation failures and deadlocks. */
const isInTheWay = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01')

/** One process migrates at a time; the others wait for it and find nothing left to do. */
async function migrate(pool: pg.Pool): Promise<void> {
  await atomically(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, at TEXT NOT NULL)',
    )
    const { rows } = await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM migration')
    const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]))
    for (const { name, script, checksum } of pendingMigrations(readMigrations('postgres'), applied)) {
      await client.query(script)
      const values = [name, checksum, new Date().toISOString()]
      await client.query('INSERT INTO migration (name, checksum, at) VALUES ($1, $2, $3)', values)
    }
  })
}
