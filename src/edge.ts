import type { Hono } from 'hono'
import { createApp } from './api/app.ts'
import { DEFAULT_LIMITS, inProcessReader } from './documents/read.ts'
import { type Assets, packFilesFromAssets, resourcesFromAssets } from './platform/edge/assets.ts'
import { createMemoryStore } from './platform/edge/memory-store.ts'
import { createReviewer } from './review/reviewer.ts'
import { createReviewService } from './review/service.ts'
import { openPacks } from './rules/engine/load.ts'

type Env = { ASSETS: Assets }

/** An isolate has 128 MB in all: the file, its copy for pdf.js and what is read of it must fit. */
const LIMITS = { ...DEFAULT_LIMITS, maxBytes: 20 * 1024 * 1024 }

/** Nothing runs on after the answer, so a review is waited for. */
const WAIT_SECONDS = '25'

let app: Promise<Hono> | undefined

async function createEdgeApp({ ASSETS }: Env): Promise<Hono> {
  const packs = openPacks(await packFilesFromAssets(ASSETS))
  const reader = inProcessReader({ resources: resourcesFromAssets(ASSETS) }, LIMITS)
  const clock = () => new Date()
  const log = (fault: object) => console.error(JSON.stringify(fault))
  const reviewer = createReviewer({ packs, reader, clock, log, limits: LIMITS })
  const service = createReviewService({ reviewer, reader, ...createMemoryStore(), clock, log })
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
