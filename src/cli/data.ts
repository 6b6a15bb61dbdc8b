import { DEFAULT_TENANT, LOCAL } from '../access/actor.ts'
import { ArchiveError, readArchive, writeArchive } from '../platform/node/archive.ts'
import { DataFolderInUse } from '../platform/node/sqlite-store.ts'
import { openStorage, type Storage, type StorageSettings } from '../platform/node/storage.ts'
import { assertKept, explainOpening } from './stopped.ts'
import { configuredStorage } from './storage-settings.ts'
import { parseArguments, UsageError } from './usage.ts'

const OPTIONS = { data: { type: 'string' } } as const

/** `xingshen data export|import DIR`: from one storage to another, of whatever kind; no service may be running on it. */
export async function runData(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS)
  const [action, folder, ...rest] = positionals
  if (!folder || rest.length > 0 || (action !== 'export' && action !== 'import'))
    throw new UsageError('应写作 data export DIR 或 data import DIR。')
  const carry = action === 'export' ? writeArchive : readArchive
  const settings = configuredStorage(values.data)
  if (action === 'export') assertKept(settings)
  return withStorage(settings, async (storage) => {
    const { rows, blobs } = await carry(storage, folder)
    await storage.store.audit.note({
      ...{ at: new Date().toISOString(), tenant: DEFAULT_TENANT, actor: LOCAL.keyId, subject: 'store' },
      ...{ action: action === 'export' ? 'exported' : 'imported', detail: { rows, blobs } },
    })
    process.stdout.write(`${action === 'export' ? '已导出' : '已导入'} ${rows} 行记录、${blobs} 个文件。\n`)
  })
}

async function withStorage(settings: StorageSettings, work: (storage: Storage) => Promise<void>): Promise<number> {
  let storage: Storage | undefined
  try {
    storage = await openStorage(settings, () => undefined)
    await work(storage)
    return 0
  } catch (error) {
    if (!isExpected(error)) throw storage ? error : explainOpening(error, settings)
    process.stderr.write(`xingshen: ${error.message}\n`)
    return 1
  } finally {
    await storage?.close()
  }
}

const isExpected = (error: unknown): error is Error => error instanceof ArchiveError || error instanceof DataFolderInUse
