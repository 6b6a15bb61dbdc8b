import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Actor } from '../access/actor.ts'
import { createApp } from '../api/app.ts'
import { createLeaseQueue } from '../jobs/lease-queue.ts'
import { createNodeDeps, type LlmChoice } from '../node.ts'
import { scalarFromFile } from '../platform/node/scalar.ts'
import { DataFolderInUse, openDataFolder } from '../platform/node/sqlite-store.ts'
import { createPost } from '../platform/node/webhook-post.ts'
import { createRetention } from '../review/retention.ts'
import { createReviewService } from '../review/service.ts'
import { openWebhooks } from '../webhooks/open.ts'
import { readRateLimit, readRetentionDays } from './access-settings.ts'
import { configuredLlm } from './llm-settings.ts'
import { startUpkeep } from './upkeep.ts'
import { parseArguments, UsageError } from './usage.ts'
import { VERSION } from './version.ts'
import { readWebhookAllow } from './webhook-settings.ts'

const OPTIONS = {
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string' },
} as const

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/** How long open connections may take to finish after a signal to stop, in milliseconds. */
const GRACE = 10_000

/** `xingshen serve`: runs until it is told to stop; what is unfinished then goes on at the next start. */
export async function runServe(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS)
  if (positionals.length > 0) throw new UsageError('serve 不带文件。')
  const port = parsePort(values.port)
  const limit = readRateLimit(process.env)
  const days = readRetentionDays(process.env)
  const allowed = readWebhookAllow(process.env)
  const folder = values.data ?? process.env.XINGSHEN_DATA ?? './.data'
  const llm = await configuredLlm(folder)
  const data = openFolder(folder)
  if (!data) return 1
  const deps = createNodeDeps({ log: logLine, rulesFolder: process.env.XINGSHEN_RULES, llm })
  const { store, blobs, pages } = data
  const clock = () => new Date()
  const queue = createLeaseQueue(store.jobs)
  const { webhooks, ...delivering } = openWebhooks({ store, queue, allowed, post: createPost(allowed), clock })
  const service = createReviewService({ ...deps, store, blobs, pages, clock, log: logLine, queue, ...delivering })
  const erase = (id: string, actor: Actor) => service.erase(actor, id)
  const retention = days === undefined ? undefined : createRetention({ days, store, erase, clock })
  const access = { keys: store.keys, addressOf, clock, ...(limit ? { limit } : {}) }
  const app = createApp({
    ...{ service, version: VERSION, logFault: logLine, logRequest: logLine, access },
    ...{ idempotency: store.idempotency, webhooks, reference: scalarFromFile },
    ...(retention ? { retention } : {}),
  })
  const server = createAdaptorServer({ fetch: app.fetch })
  try {
    const hasKeys = await store.keys.exist()
    if (!hasKeys && !LOOPBACK.includes(values.host)) throw withoutKeys(values.host)
    server.listen(port, values.host)
    await once(server, 'listening')
    const resumed = await service.start({ alone: true })
    const upkeep = startUpkeep({ store, retention, log: logLine })
    announce(server.address(), { folder, resumed, llm, hasKeys })
    await untilStopped()
    const closed = once(server, 'close')
    server.close()
    await Promise.all([service.close(), deps.close()])
    const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), GRACE)
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    await closed
    clearTimeout(timer)
    await upkeep.stop()
    return 0
  } catch (error) {
    if (!isListenError(error)) throw error
    process.stderr.write(`xingshen: 无法在 ${values.host}:${port} 上监听：${LISTEN_ERRORS[error.code] ?? error.code}\n`)
    return 1
  } finally {
    await deps.close()
    data.close()
  }
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port >= 0 && port <= 65_535) return port
  throw new UsageError(`--port 应为 0 到 65535 的整数，不能是“${text}”。`)
}

function openFolder(folder: string) {
  try {
    return openDataFolder(folder)
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error
    process.stderr.write(`xingshen: ${error.message}。\n`)
    return null
  }
}

/** Undefined where the connection is gone. */
function addressOf(c: Context): string | undefined {
  return getConnInfo(c).remote.address
}

function withoutKeys(host: string): UsageError {
  return new UsageError(
    `还没有访问密钥，只能在本机地址（${LOOPBACK.join('、')}）上提供服务，不能是 ${host}。请先用 xingshen keys create 建立密钥。`,
  )
}

type Start = { folder: string; resumed: number; llm: LlmChoice | null; hasKeys: boolean }

function announce(address: unknown, { folder, resumed, llm, hasKeys }: Start): void {
  const { port, address: host, family } = address as { port: number; address: string; family: string }
  const lines = [
    `xingshen ${VERSION}：http://${family === 'IPv6' ? `[${host}]` : host}:${port}（数据目录 ${folder}）`,
    hasKeys
      ? '须用访问密钥（Authorization: Bearer xs_…）。'
      : '还没有访问密钥：只接受本机的请求，不分身份（建立密钥：xingshen keys create）。',
    llm
      ? `语言模型：${llm.settings.model}（${new URL(llm.settings.baseUrl).host}）。`
      : '没有配置语言模型：须由模型判断的各项列为未检查。',
    ...(resumed > 0 ? [`继续上次未完成的 ${resumed} 份审查。`] : []),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function untilStopped(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}

const LISTEN_ERRORS: Record<string, string> = {
  EADDRINUSE: '端口已被占用',
  EACCES: '没有使用该端口的权限',
  EADDRNOTAVAIL: '本机没有这个地址',
}

function isListenError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen'
}

function logLine(line: object): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`)
}
