import { Hono } from 'hono'
import type { ReviewService } from '../review/service.ts'
import type { ApiEnv } from './auth.ts'

export type ProbeDeps = {
  service: Pick<ReviewService, 'assertReady' | 'packs'>
  version: string
  /** Figures in the text format of Prometheus; without, there is nothing at `/metrics`. */
  metrics?: () => Promise<string>
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8'

/** Whether the process lives, whether its store answers, and its figures. */
export function probeRoutes({ service, version, metrics }: ProbeDeps): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>()
  app.get('/healthz', (c) => c.json({ status: 'ok', version }))
  app.get('/readyz', async (c) => {
    await service.assertReady()
    return c.json({ status: 'ready', packs: service.packs.packs.size })
  })
  if (metrics) app.get('/metrics', async (c) => c.text(await metrics(), 200, { 'Content-Type': PROMETHEUS }))
  return app
}
