import type { Context } from 'hono'
import { createApp } from './api/app.ts'
import { DEFAULT_LIMITS, inProcessReader } from './documents/read.ts'
import { createDirectQueue } from './jobs/direct-queue.ts'
import type { Judge } from './judge/judge.ts'
import { readLlmSettings } from './judge/settings.ts'
import { type Assets, packFilesFromAssets, promptFilesFromAssets, resourcesFromAssets } from './platform/edge/assets.ts'
import type { D1 } from './platform/edge/d1.ts'
import type { R2 } from './platform/edge/r2-blobs.ts'
import { openEdgeStorage } from './platform/edge/storage.ts'
import { createFetchPost } from './platform/edge/webhook-post.ts'
import { createReviewer } from './review/reviewer.ts'
import { createReviewService } from './review/service.ts'
import { openPacks } from './rules/engine/load.ts'
import { createSealer } from './store/sealer.ts'
import type { Store } from './store/store.ts'
import { openWebhooks, type Webhooks } from './webhooks/open.ts'
import { readAllowedTargets } from './webhooks/targets.ts'

/**
 * `XINGSHEN_LLM_*` as on Node; `XINGSHEN_LLM_PROBE` holds the record that `xingshen llm probe` wrote. `DB`: D1 with the migrations of
 * src/store/migrations/sqlite; then only who has a key is let in. `BLOBS`: the uploads, which else last as long as the isolate.
 */
type Env = { ASSETS: Assets; DB?: D1; BLOBS?: R2; XINGSHEN_WEBHOOK_ALLOW?: string } & Record<
  `XINGSHEN_LLM_${string}`,
  string | undefined
>

/** What may go on after the answer. */
type Waiting = { waitUntil(work: Promise<unknown>): void }

/** An isolate has 128 MB in all: the file, its copy for pdf.js and what is read of it must fit. */
const LIMITS = { ...DEFAULT_LIMITS, maxBytes: 20 * 1024 * 1024 }

/** Nothing runs on after the answer, so a review is waited for. */
const WAIT_SECONDS = '25'

type App = ReturnType<typeof createApp>

/** Of each environment its own. */
const apps = new WeakMap<Env, Promise<Edge>>()

type Edge = { app: App; finish(): Promise<void>; seal(): Promise<void>; sweep(): Promise<void> }

/** What follows from a request: batches of which all reviews have ended, then messages. */
const SET_OFF = ['batch', 'delivery'] as const

/** Of each kind after one answer; more with the next one, or when the clock calls. */
const MOST_JOBS = 20

/** A review is answered within the request: the model must be done well before. */
const MODEL_MS = 20_000

async function createEdgeJudge({ ASSETS, DB: _, BLOBS: __, ...env }: Env): Promise<Judge | undefined> {
  const settings = readLlmSettings(env)
  if (!settings) return undefined
  const { openJudge } = await import('./judge/open.ts')
  return openJudge({
    settings: { ...settings, deadlineMs: Math.min(settings.deadlineMs, MODEL_MS) },
    files: await promptFilesFromAssets(ASSETS),
    probe: env.XINGSHEN_LLM_PROBE ?? null,
  })
}

async function createEdge(env: Env): Promise<Edge> {
  const { ASSETS } = env
  const packs = openPacks(await packFilesFromAssets(ASSETS))
  const reader = inProcessReader({ resources: resourcesFromAssets(ASSETS) }, LIMITS)
  const clock = () => new Date()
  const log = (fault: object) => console.error(JSON.stringify(fault))
  const reviewer = createReviewer({ packs, reader, clock, log, limits: LIMITS, judge: await createEdgeJudge(env) })
  const queue = createDirectQueue()
  const { store, blobs, lasting } = openEdgeStorage(env)
  const allowed = readAllowedTargets(env.XINGSHEN_WEBHOOK_ALLOW)
  const sending = lasting && openWebhooks({ store: lasting, queue, allowed, post: createFetchPost(allowed), clock })
  const service = createReviewService({
    // A request that is cut off would never give its place back.
    maxAtOnce: Number.POSITIVE_INFINITY,
    ...{ reviewer, reader, store, blobs, queue, clock, log },
    ...(lasting && sending ? lastingParts(lasting, sending) : {}),
  })
  await service.start({ sweeping: false })
  const seal = lasting ? createSealer(lasting.audit) : async () => {}
  const app = createApp({
    service,
    ...(lasting ? { access: { keys: lasting.keys, addressOf, clock }, idempotency: lasting.idempotency } : {}),
    ...(sending ? { webhooks: sending.webhooks } : {}),
    version: 'edge',
    logFault: log,
    logRequest: (line) => console.log(JSON.stringify(line)),
    maxBody: LIMITS.maxBytes + 1024 * 1024,
  })
  return {
    app,
    async finish() {
      await queue.idle()
      for (const kind of SET_OFF) {
        for (const { id } of (await lasting?.jobs.due(kind, MOST_JOBS)) ?? []) await queue.wake(kind, id)
        await queue.idle()
      }
    },
    seal: () => seal(),
    async sweep() {
      await service.sweep()
      await queue.idle()
      await seal({ everything: true })
    },
  }
}

const lastingParts = ({ batches, audit }: Store, { handlers, whenFinished, whenBatchFinished }: Webhooks) => ({
  ...{ handlers, whenFinished },
  batching: { batches, audit, whenBatchFinished },
})

const addressOf = (c: Context) => c.req.header('CF-Connecting-IP')

function openEdge(env: Env): Promise<Edge> {
  const opened = apps.get(env)
  if (opened) return opened
  const opening = createEdge(env).catch((error: unknown) => {
    apps.delete(env)
    throw error
  })
  apps.set(env, opening)
  return opening
}

/** Cloudflare Workers: JSON declarations, text PDFs and DOCX. Scans are refused with a problem that says where to take them. */
export default {
  async fetch(request: Request, env: Env, context?: Waiting): Promise<Response> {
    const { app, finish, seal } = await openEdge(env)
    const response = await app.fetch(waitedFor(request))
    if (request.method === 'POST') context?.waitUntil(finish())
    if (request.method !== 'GET') context?.waitUntil(seal())
    return response
  },

  /** Goes on with reviews of which the isolate ended, and with messages that wait. */
  async scheduled(_: unknown, env: Env, context: Waiting): Promise<void> {
    if (env.DB) context.waitUntil(openEdge(env).then(({ sweep }) => sweep()))
  },
}

function waitedFor(request: Request): Request {
  const url = new URL(request.url)
  if (request.method !== 'POST' || url.pathname !== '/v1/reviews') return request
  url.searchParams.set('wait', url.searchParams.get('wait') ?? WAIT_SECONDS)
  return new Request(url, request)
}
