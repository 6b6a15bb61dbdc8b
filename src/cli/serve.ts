import { once } from 'node:events'
import type { LlmChoice } from '../node.ts'
import { DataFolderInUse } from '../platform/node/sqlite-store.ts'
import { openStorage, type StorageSettings } from '../platform/node/storage.ts'
import { startWatchdog } from '../platform/node/watchdog.ts'
import { readRateLimit, readRetentionDays } from './access-settings.ts'
import { ListenError, type Listening, listen } from './listen.ts'
import { configuredLlm } from './llm-settings.ts'
import { openService, SERVICE_ROLES, type ServiceRole } from './open-service.ts'
import { explainOpening } from './stopped.ts'
import { configuredStorage } from './storage-settings.ts'
import { oneOf, parseArguments, UsageError } from './usage.ts'
import { VERSION } from './version.ts'
import { readWebhookAllow } from './webhook-settings.ts'

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string' },
  role: { type: 'string', default: 'all' },
} as const

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/** `xingshen serve`: runs until it is told to stop; what is unfinished then goes on at the next start, or in another process. */
export async function runServe(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS)
  if (positionals.length > 0) throw new UsageError('serve 不带文件。')
  const place = { host: values.host, port: parsePort(values.port ?? '8787') }
  const role = oneOf('--role', values.role, SERVICE_ROLES)
  const kept = storageFor(role, values.data)
  const settings = {
    role,
    llm: await configuredLlm(kept.folder),
    rulesFolder: process.env.XINGSHEN_RULES,
    limit: readRateLimit(process.env),
    retentionDays: readRetentionDays(process.env),
    allowed: readWebhookAllow(process.env),
  }
  try {
    const storage = await openStorage(kept, logLine).catch((error) => {
      throw explainOpening(error, kept)
    })
    void storage.lost?.then(endWithoutStorage)
    try {
      const hasKeys = await storage.store.keys.exist()
      if (role !== 'worker' && !hasKeys && !LOOPBACK.includes(place.host)) throw withoutKeys(place.host)
      const service = await openService(storage, settings, logLine)
      const watchdog = startWatchdog()
      const stopped = untilStopped()
      let listening: Listening | undefined
      try {
        if (role !== 'worker' || values.port !== undefined) listening = await listen(service.app.fetch, place)
        const waiting = await service.start()
        announce({ url: listening?.url, kept, waiting, llm: settings.llm, hasKeys })
        await stopped
      } finally {
        const closing = listening?.close()
        await service.close()
        await closing?.ended
        await watchdog.stop()
      }
    } finally {
      await storage.close()
    }
    return 0
  } catch (error) {
    if (!(error instanceof ListenError || error instanceof DataFolderInUse)) throw error
    process.stderr.write(`xingshen: ${error.message}\n`)
    return 1
  }
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port >= 0 && port <= 65_535) return port
  throw new UsageError(`--port 应为 0 到 65535 的整数，不能是“${text}”。`)
}

function storageFor(role: ServiceRole, folder: string | undefined): StorageSettings {
  const settings = configuredStorage(folder)
  if (role === 'all' || settings.databaseUrl) return settings
  throw new UsageError(`--role ${role} 须配合 DATABASE_URL（PostgreSQL）使用；数据目录只能由一个进程使用。`)
}

function withoutKeys(host: string): UsageError {
  return new UsageError(
    `还没有访问密钥，只能在本机地址（${LOOPBACK.join('、')}）上提供服务，不能是 ${host}。请先用 xingshen keys create 建立密钥。`,
  )
}

type Start = {
  /** Without, this process only works. */
  url: string | undefined
  kept: StorageSettings
  waiting: number
  llm: LlmChoice | null
  hasKeys: boolean
}

function announce({ url, kept, waiting, llm, hasKeys }: Start): void {
  const place = kept.databaseUrl ? 'PostgreSQL' : `数据目录 ${kept.folder}`
  const access = hasKeys
    ? '须用访问密钥（Authorization: Bearer xs_…）。'
    : '还没有访问密钥：只接受本机的请求，不分身份（建立密钥：xingshen keys create）。'
  const lines = [
    `xingshen ${VERSION}：${url ?? '只处理任务，不提供接口'}（${place}）`,
    ...(url ? [access] : []),
    llm
      ? `语言模型：${llm.settings.model}（${new URL(llm.settings.baseUrl).host}）。`
      : '没有配置语言模型：须由模型判断的各项列为未检查。',
    ...(waiting > 0 ? [`继续未完成的 ${waiting} 份审查。`] : []),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function untilStopped(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}

/** Nothing can be stored any more: it ends as if killed, and goes on when it is started anew. */
function endWithoutStorage(error: Error): never {
  const code = 'code' in error ? error.code : undefined
  logLine({ level: 'error', event: 'database-lost', name: error.name, ...(code === undefined ? {} : { code }) })
  process.exit(1)
}

function logLine(line: object): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`)
}
