import { join, resolve } from 'node:path'
import { makeFolder } from '../platform/node/make-folder.ts'
import { openSqlite } from '../platform/node/sqlite.ts'
import type { StorageSettings } from '../platform/node/storage.ts'
import { createStore } from '../store/create-store.ts'
import { createDatabase } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { assertKept, explainOpening } from './stopped.ts'
import { configuredStorage } from './storage-settings.ts'

type OpenedStore = { store: Store; close(): Promise<void> }

/**
 * The rows alone, for commands that need no file; a service may have the folder open at the same time. The folder is that of `--data`,
 * else of the environment; only `begin` makes a new one. Throws `UsageError` when the settings are wrong, `Stopped` when nothing is there.
 */
export async function openStoreBeside(folder: string | undefined, { begin = false } = {}): Promise<OpenedStore> {
  const settings = configuredStorage(folder)
  if (!begin) assertKept(settings)
  return open(settings).catch((error) => {
    throw explainOpening(error, settings)
  })
}

async function open(settings: StorageSettings): Promise<OpenedStore> {
  if (settings.databaseUrl) {
    const { openPostgres } = await import('../platform/node/postgres.ts')
    const database = await openPostgres({ url: settings.databaseUrl, connections: 2 })
    return { store: createStore(createDatabase(database, 'postgres')), close: () => database.close() }
  }
  const path = resolve(settings.folder)
  makeFolder(path)
  const database = openSqlite(join(path, 'xingshen.db'))
  return { store: createStore(createDatabase(database, 'sqlite')), close: async () => database.close() }
}
