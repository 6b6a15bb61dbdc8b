import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Actor } from '../access/actor.ts'
import type { Limit } from '../access/limiter.ts'
import { createApp, createProbeApp } from '../api/app.ts'
import { createNodeDeps, type LlmChoice } from '../node.ts'
import { scalarFromFile } from '../platform/node/scalar.ts'
import type { Storage } from '../platform/node/storage.ts'
import { configuredSpans, createTelemetry } from '../platform/node/telemetry.ts'
import { createPost } from '../platform/node/webhook-post.ts'
import { createRetention } from '../review/retention.ts'
import { createReviewService } from '../review/service.ts'
import { openWebhooks } from '../webhooks/open.ts'
import type { AllowedTargets } from '../webhooks/targets.ts'
import { startUpkeep } from './upkeep.ts'
import { VERSION } from './version.ts'

/** What a process does: serve the interface, do the work that waits, or both. */
export const SERVICE_ROLES = ['all', 'api', 'worker'] as const
export type ServiceRole = (typeof SERVICE_ROLES)[number]

export type ServiceSettings = {
  role: ServiceRole
  llm: LlmChoice | null
  rulesFolder: string | undefined
  limit: Limit | undefined
  retentionDays: number | undefined
  allowed: AllowedTargets
}

export type LogLine = (line: object) => void

/** The service over a storage, with everything it needs on Node. `close` stops the work, not the storage. */
export async function openService(storage: Storage, settings: ServiceSettings, log: LogLine) {
  const { role, llm, rulesFolder, limit, retentionDays: days, allowed } = settings
  const { store, blobs, pages } = storage
  const clock = () => new Date()
  const telemetry = createTelemetry({
    version: VERSION,
    depth: () => store.jobs.depth(),
    spans: await configuredSpans(),
  })
  const deps = createNodeDeps({ log, rulesFolder, llm, onModelCall: telemetry.modelCall })
  const queue = await storage.openQueue(['review', 'delivery', 'batch'])
  const sending = openWebhooks({ store, queue, allowed, post: createPost(allowed), clock })
  const { webhooks, handlers, whenFinished, whenBatchFinished } = sending
  const { batches, audit } = store
  const works = role !== 'api'
  const service = createReviewService({
    ...{ ...deps, store, blobs, pages, clock, log, queue, whenFinished, observer: telemetry.observer },
    batching: { batches, audit, whenBatchFinished },
    ...(works ? { handlers } : { concurrency: 0 }),
  })
  const erase = (id: string, actor: Actor) => service.erase(actor, id)
  const eraseBatch = async (id: string, actor: Actor) => service.batches?.erase(actor, id)
  const retention = days === undefined ? undefined : createRetention({ days, store, erase, eraseBatch, clock })
  const access = { keys: store.keys, addressOf, clock, ...(limit ? { limit } : {}) }
  const probes = { service, version: VERSION, logFault: log, access, metrics: telemetry.metrics }
  const createInterface = () =>
    createApp({
      ...probes,
      logRequest(line, route) {
        log(line)
        telemetry.request(line, route)
      },
      ...{ idempotency: store.idempotency, webhooks, reference: scalarFromFile },
      ...(retention ? { retention } : {}),
    })
  let upkeep: ReturnType<typeof startUpkeep> | undefined
  return {
    app: role === 'worker' ? createProbeApp(probes) : createInterface(),
    /** Begins to work; gives back how many reviews wait. */
    async start(): Promise<number> {
      const waiting = await service.start({ alone: !storage.shared, sweeping: works })
      const sweepUploads = storage.shared ? service.sweepUploads : undefined
      if (works) upkeep = startUpkeep({ store, retention, sweepUploads, log })
      return waiting
    },
    async close(): Promise<void> {
      await Promise.all([service.close(), deps.close()])
      await upkeep?.stop()
      await telemetry.close()
    },
  }
}

/** Undefined where the connection is gone. */
function addressOf(c: Context): string | undefined {
  return getConnInfo(c).remote.address
}
