import { createApp } from './api/app.ts'
import { DEFAULT_LIMITS, inProcessReader } from './documents/read.ts'
import { createDirectQueue } from './jobs/direct-queue.ts'
import type { Judge } from './judge/judge.ts'
import { readLlmSettings } from './judge/settings.ts'
import { type Assets, packFilesFromAssets, promptFilesFromAssets, resourcesFromAssets } from './platform/edge/assets.ts'
import { createMemoryStore } from './platform/edge/memory-store.ts'
import { createReviewer } from './review/reviewer.ts'
import { createReviewService } from './review/service.ts'
import { openPacks } from './rules/engine/load.ts'

/** `XINGSHEN_LLM_*` as on Node; `XINGSHEN_LLM_PROBE` holds the record that `xingshen llm probe` wrote. */
type Env = { ASSETS: Assets } & Record<`XINGSHEN_LLM_${string}`, string | undefined>

/** An isolate has 128 MB in all: the file, its copy for pdf.js and what is read of it must fit. */
const LIMITS = { ...DEFAULT_LIMITS, maxBytes: 20 * 1024 * 1024 }

/** Nothing runs on after the answer, so a review is waited for. */
const WAIT_SECONDS = '25'

type App = ReturnType<typeof createApp>

let app: Promise<App> | undefined

/** A review is answered within the request: the model must be done well before. */
const MODEL_MS = 20_000

async function createEdgeJudge({ ASSETS, ...env }: Env): Promise<Judge | undefined> {
  const settings = readLlmSettings(env)
  if (!settings) return undefined
  const { openJudge } = await import('./judge/open.ts')
  return openJudge({
    settings: { ...settings, deadlineMs: Math.min(settings.deadlineMs, MODEL_MS) },
    files: await promptFilesFromAssets(ASSETS),
    probe: env.XINGSHEN_LLM_PROBE ?? null,
  })
}

async function createEdgeApp(env: Env): Promise<App> {
  const { ASSETS } = env
  const packs = openPacks(await packFilesFromAssets(ASSETS))
  const reader = inProcessReader({ resources: resourcesFromAssets(ASSETS) }, LIMITS)
  const clock = () => new Date()
  const log = (fault: object) => console.error(JSON.stringify(fault))
  const reviewer = createReviewer({ packs, reader, clock, log, limits: LIMITS, judge: await createEdgeJudge(env) })
  const queue = createDirectQueue()
  const service = createReviewService({ reviewer, reader, ...createMemoryStore(), queue, clock, log })
  await service.start({ sweeping: false })
  return createApp({
    service,
    version: 'edge',
    logFault: log,
    logRequest: (line) => console.log(JSON.stringify(line)),
    maxBody: LIMITS.maxBytes + 1024 * 1024,
  })
}

/** Cloudflare Workers: JSON declarations, text PDFs and DOCX. Scans are refused with a problem that says where to take them. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    app ??= createEdgeApp(env).catch((error: unknown) => {
      app = undefined
      throw error
    })
    return (await app).fetch(waitedFor(request))
  },
}

function waitedFor(request: Request): Request {
  const url = new URL(request.url)
  if (request.method !== 'POST' || url.pathname !== '/v1/reviews') return request
  url.searchParams.set('wait', url.searchParams.get('wait') ?? WAIT_SECONDS)
  return new Request(url, request)
}
