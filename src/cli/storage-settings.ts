import { readStorageSettings, type StorageSettings, StorageSettingsError } from '../platform/node/storage.ts'
import { UsageError } from './usage.ts'

/** The folder of `--data`, else of `XINGSHEN_DATA`, with the database and the bucket of the environment. Throws `UsageError`. */
export function configuredStorage(folder = process.env.XINGSHEN_DATA ?? './.data'): StorageSettings {
  try {
    return readStorageSettings(process.env, folder)
  } catch (error) {
    throw error instanceof StorageSettingsError ? new UsageError(error.message) : error
  }
}
