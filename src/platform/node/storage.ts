import { z } from 'zod'
import type { PageCache } from '../../documents/ports.ts'
import { createLeaseQueue } from '../../jobs/lease-queue.ts'
import type { Queue } from '../../jobs/queue.ts'
import type { Database } from '../../store/database.ts'
import type { JobKind } from '../../store/jobs.ts'
import type { Blobs, Store } from '../../store/store.ts'
import type { S3Settings } from './s3-blobs.ts'
import { openDataFolder } from './sqlite-store.ts'
import { openSqliteThread } from './sqlite-thread.ts'

/** Where everything is kept. */
export type StorageSettings = {
  folder: string
  /** Without, the folder holds everything and belongs to one process. */
  databaseUrl?: string
  /** With a database of several machines and without this, they must share the folder. */
  s3?: S3Settings
}

export type Storage = {
  database: Database
  store: Store
  blobs: Blobs
  pages: PageCache
  /** Reads all rows as they are at one moment, whatever other processes write meanwhile. */
  frozen<T>(read: (database: Database) => Promise<T>): Promise<T>
  /** Several processes may work on it. */
  shared: boolean
  /** Calls this process and, where the storage is shared, every other one that works. To be closed before the storage. */
  openQueue(kinds: readonly JobKind[]): Promise<Queue>
  /** Given once it cannot be used any more, and nothing that this process does will mend that. Without, it comes back by itself. */
  lost?: Promise<Error>
  close(): Promise<void>
}

export class StorageSettingsError extends Error {}

const S3_NAMES = ['ENDPOINT', 'REGION', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'] as const

const Environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL 应以 postgres:// 开头')
    .optional(),
  XINGSHEN_S3_ENDPOINT: z.url('XINGSHEN_S3_ENDPOINT 应为带存储桶的地址，如 https://s3.example.org/xingshen').optional(),
  XINGSHEN_S3_REGION: z.string().default('us-east-1'),
  XINGSHEN_S3_ACCESS_KEY_ID: z.string().optional(),
  XINGSHEN_S3_SECRET_ACCESS_KEY: z.string().optional(),
})

/** `DATABASE_URL` and `XINGSHEN_S3_*`; empty counts as not set. Throws `StorageSettingsError`. */
export function readStorageSettings(environment: NodeJS.ProcessEnv, folder: string): StorageSettings {
  const names = ['DATABASE_URL', ...S3_NAMES.map((name) => `XINGSHEN_S3_${name}`)]
  const given = Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) throw new StorageSettingsError(parsed.error.issues[0]?.message)
  const { DATABASE_URL, XINGSHEN_S3_ENDPOINT: endpoint, XINGSHEN_S3_REGION: region } = parsed.data
  const { XINGSHEN_S3_ACCESS_KEY_ID: accessKeyId, XINGSHEN_S3_SECRET_ACCESS_KEY: secretAccessKey } = parsed.data
  if (!endpoint) return DATABASE_URL ? { folder, databaseUrl: DATABASE_URL } : { folder }
  if (!DATABASE_URL) throw new StorageSettingsError('XINGSHEN_S3_ENDPOINT 须与 DATABASE_URL 一起设置。')
  if (!accessKeyId || !secretAccessKey)
    throw new StorageSettingsError('请设置 XINGSHEN_S3_ACCESS_KEY_ID 和 XINGSHEN_S3_SECRET_ACCESS_KEY。')
  return { folder, databaseUrl: DATABASE_URL, s3: { endpoint, region, accessKeyId, secretAccessKey } }
}

/** Throws `DataFolderInUse`, and what the database or the migrations throw. `log` is told of lost connections. */
export async function openStorage(settings: StorageSettings, log: (line: object) => void): Promise<Storage> {
  const { folder, databaseUrl } = settings
  if (databaseUrl) {
    // Its packages take a tenth of a second to load.
    const { openClusterStorage } = await import('./cluster-storage.ts')
    return openClusterStorage({ ...settings, databaseUrl }, log)
  }
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>()
  const { close, ...data } = openDataFolder(folder, (path) => openSqliteThread(path, lose))
  const openQueue = async () => createLeaseQueue(data.store.jobs)
  // The folder is this process's own.
  const frozen: Storage['frozen'] = (read) => read(data.database)
  return { ...data, frozen, shared: false, openQueue, lost, close: async () => close() }
}
