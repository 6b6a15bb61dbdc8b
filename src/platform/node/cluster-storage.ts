import { join, resolve } from 'node:path'
import { memoryPageCache } from '../../documents/page-cache.ts'
import { createStore } from '../../store/create-store.ts'
import { createDatabase } from '../../store/database.ts'
import { openBossQueue } from './boss-queue.ts'
import { createFileBlobs } from './file-blobs.ts'
import { openPostgres } from './postgres.ts'
import { createS3Blobs } from './s3-blobs.ts'
import type { Storage, StorageSettings } from './storage.ts'

/** What several machines work on: PostgreSQL, and a bucket or a folder that they share. Throws what the database or the migrations throw. */
export async function openClusterStorage(
  { folder, databaseUrl, s3 }: StorageSettings & { databaseUrl: string },
  log: (line: object) => void,
): Promise<Storage> {
  const postgres = await openPostgres({
    url: databaseUrl,
    onLost: ({ name }) => log({ level: 'warn', event: 'database-connection-lost', name }),
  })
  const database = createDatabase(postgres, 'postgres')
  const store = createStore(database)
  return {
    database,
    store,
    blobs: s3 ? createS3Blobs(s3) : createFileBlobs(join(resolve(folder), 'blobs'), { shared: true }),
    // Pages read are kept as steps of their review; what one machine keeps beyond it another could not erase.
    pages: memoryPageCache(),
    frozen: (read) => postgres.frozen((executor) => read(createDatabase(executor, 'postgres'))),
    shared: true,
    openQueue: (kinds) =>
      openBossQueue({
        url: databaseUrl,
        jobs: store.jobs,
        kinds,
        onError: (error) => log({ level: 'warn', event: 'queue', name: error instanceof Error ? error.name : 'Error' }),
      }),
    close: () => postgres.close(),
  }
}
