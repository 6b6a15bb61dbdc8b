import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { Sql, SqlRow } from '../../store/sql.ts'

/** Waiting for a lock held by a backup, in milliseconds; node:sqlite would give up at once. */
const BUSY_TIMEOUT = 10_000

export type SqliteDatabase = Sql & {
  /** Moves the write-ahead log into the database, so that what was erased does not live on in it. */
  checkpoint(): void
  close(): void
}

/** Opens (or makes) a database file and brings it up to the newest migration in `migrations`. */
export function openSqlite(path: string, migrations: string): SqliteDatabase {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT })
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON',
  )
  migrate(database, migrations)
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

/** Applies `NNNN.sql` in order, each once; a file changed after it was applied is an error, never a silent drift. */
function migrate(database: DatabaseSync, folder: string): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, at TEXT NOT NULL) STRICT',
  )
  const applied = new Map(
    database
      .prepare('SELECT name, checksum FROM migration')
      .all()
      .map((row) => [String(row.name), String(row.checksum)]),
  )
  const files = readdirSync(folder)
    .filter((name) => /^\d{4}\.sql$/.test(name))
    .sort()
  for (const name of applied.keys())
    if (!files.includes(name)) throw new Error(`the data folder was written by a newer version (migration ${name})`)
  for (const name of files) {
    const script = readFileSync(join(folder, name), 'utf8')
    const checksum = createHash('sha256').update(script).digest('hex')
    const known = applied.get(name)
    if (known === checksum) continue
    if (known) throw new Error(`migration ${name} was changed after it had been applied`)
    atomically(database, () => {
      database.exec(script)
      database
        .prepare('INSERT INTO migration (name, checksum, at) VALUES (?, ?, ?)')
        .run(name, checksum, new Date().toISOString())
    })
  }
}
