import type { Hono } from 'hono'
import { hc } from 'hono/client'
import type { ExtractSchema, MergeSchemaPath, Schema } from 'hono/types'
import type { ApiEnv } from './api/auth.ts'
import type { batchRoutes } from './api/batches.ts'
import type { decisionRoutes } from './api/decisions.ts'
import type { keyRoutes } from './api/keys.ts'
import type { packRoutes } from './api/packs.ts'
import type { reviewRoutes } from './api/reviews.ts'
import type { webhookRoutes } from './api/webhooks.ts'

type At<Path extends string, Routes extends (...deps: never[]) => unknown> =
  ExtractSchema<ReturnType<Routes>> extends infer S extends Schema ? MergeSchemaPath<S, Path> : never

/** All routes of the service, with what each takes and answers. */
export type Api = Hono<
  ApiEnv,
  At<'/v1/reviews', typeof reviewRoutes> &
    At<'/v1/reviews', typeof decisionRoutes> &
    At<'/v1/batches', typeof batchRoutes> &
    At<'/v1/webhooks', typeof webhookRoutes> &
    At<'/v1/keys', typeof keyRoutes> &
    At<'/v1/packs', typeof packRoutes>,
  '/'
>

export type ClientOptions = {
  /** An access key, `xs_…`. */
  key?: string
  fetch?: typeof fetch
}

/**
 * Calls a service at `url`, typed by its routes: `client.v1.reviews.$post({ form: { file } })`. Answers are `fetch` responses: look at `ok`
 * before reading a body, as problems are answers too.
 */
export function createClient(url: string, { key, fetch }: ClientOptions = {}) {
  return hc<Api>(url, {
    ...(key === undefined ? {} : { headers: { Authorization: `Bearer ${key}` } }),
    ...(fetch ? { fetch } : {}),
  })
}

export type Client = ReturnType<typeof createClient>
