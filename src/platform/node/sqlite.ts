import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { SqlExecutor, SqlRow } from '../../store/database.ts'
import { pendingMigrations, readMigrations } from './migrations.ts'

/** Waiting for a lock held by a backup, in milliseconds; node:sqlite would give up at once. */
const BUSY_TIMEOUT = 10_000

export type SqliteDatabase = SqlExecutor & {
  /** Moves the write-ahead log into the database, so that what was erased does not live on in it. */
  checkpoint(): void | Promise<void>
  close(): void | Promise<void>
}

/** Opens (or makes) a database file and brings it up to the newest migration. */
export function openSqlite(path: string): SqliteDatabase & { checkpoint(): void; close(): void } {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT })
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON',
  )
  migrate(database)
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const prepare = (sql: string) => {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const checkpoint = () => database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  return {
    async batch(queries) {
      return atomically(database, () =>
        queries.map(({ sql, parameters }) => prepare(sql).all(...(parameters as SQLInputValue[])) as SqlRow[]),
      )
    },
    checkpoint,
    close() {
      checkpoint()
      database.close()
    },
  }
}

function atomically<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function migrate(database: DatabaseSync): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, at TEXT NOT NULL) STRICT',
  )
  const rows = database.prepare('SELECT name, checksum FROM migration').all()
  const applied = new Map(rows.map((row) => [String(row.name), String(row.checksum)]))
  for (const { name, script, checksum } of pendingMigrations(readMigrations('sqlite'), applied))
    atomically(database, () => {
      database.exec(script)
      database
        .prepare('INSERT INTO migration (name, checksum, at) VALUES (?, ?, ?)')
        .run(name, checksum, new Date().toISOString())
    })
}
