import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { PageCache } from '../../documents/ports.ts'
import { createStore } from '../../store/create-store.ts'
import { createDatabase, type Database } from '../../store/database.ts'
import type { Blobs, Store } from '../../store/store.ts'
import { createFileBlobs } from './file-blobs.ts'
import { createFilePageCache } from './file-page-cache.ts'
import { makeFolder } from './make-folder.ts'
import { openSqlite, type SqliteDatabase } from './sqlite.ts'

export type DataFolder = {
  database: Database
  store: Store
  blobs: Blobs
  pages: PageCache
  close(): void | Promise<void>
}

/**
 * Opens (or makes) the data folder: `xingshen.db`, `blobs/`, `pages/`, `lock.db`. One process owns it at a time: throws
 * `DataFolderInUse` when another one does. Local disk only, never a network share. `open` opens the database.
 */
export function openDataFolder(folder: string, open: (path: string) => SqliteDatabase = openSqlite): DataFolder {
  const path = resolve(folder)
  makeFolder(path)
  const unlock = lock(path)
  try {
    const file = open(join(path, 'xingshen.db'))
    const database = createDatabase(file, 'sqlite')
    const store = createStore(database)
    return {
      database,
      store: withoutTraceOnDisk(store, file),
      blobs: createFileBlobs(join(path, 'blobs')),
      pages: createFilePageCache(join(path, 'pages')),
      close() {
        const closed = file.close()
        return closed ? closed.then(unlock) : unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** What was erased does not live on in the write-ahead log. */
function withoutTraceOnDisk({ reviews, batches, ...store }: Store, database: SqliteDatabase): Store {
  const then = <A extends unknown[], T>(erase: (...asked: A) => Promise<T>) => {
    return async (...asked: A): Promise<T> => {
      const erased = await erase(...asked)
      await database.checkpoint()
      return erased
    }
  }
  return {
    ...store,
    reviews: { ...reviews, erase: then(reviews.erase) },
    batches: { ...batches, erase: then(batches.erase) },
  }
}

export class DataFolderInUse extends Error {
  constructor(folder: string) {
    super(`数据目录 ${folder} 正被另一个 xingshen 进程使用`)
    this.name = 'DataFolderInUse'
  }
}

/** An open transaction on a file of its own: the system releases it when the process ends, however it ends. */
function lock(folder: string): () => void {
  const database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    if (cause instanceof Error && /locked/.test(cause.message)) throw new DataFolderInUse(folder)
    throw cause
  }
  return () => database.close()
}
