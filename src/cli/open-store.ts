import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openSqlite } from '../platform/node/sqlite.ts'
import { createStore } from '../store/create-store.ts'
import { createDatabase } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { configuredStorage } from './storage-settings.ts'

/**
 * The rows alone, for commands that need no file; a service may have the folder open at the same time. The folder is that of `--data`,
 * else of the environment. Throws `UsageError` when the settings are wrong.
 */
export async function openStoreBeside(folder?: string): Promise<{ store: Store; close(): Promise<void> }> {
  const settings = configuredStorage(folder)
  if (settings.databaseUrl) {
    const { openPostgres } = await import('../platform/node/postgres.ts')
    const database = await openPostgres({ url: settings.databaseUrl, connections: 2 })
    return { store: createStore(createDatabase(database, 'postgres')), close: () => database.close() }
  }
  const path = resolve(settings.folder)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const database = openSqlite(join(path, 'xingshen.db'))
  return { store: createStore(createDatabase(database, 'sqlite')), close: async () => database.close() }
}
