import type { MiddlewareHandler, ValidationTargets } from 'hono'
import type { z } from 'zod'
import type { ApiEnv } from './auth.ts'

/**
 * Tells the typed client what a route takes, and does nothing: the routes read their input themselves, as their problems point at what
 * is wrong.
 */
export function takes<In extends Partial<Record<keyof ValidationTargets, unknown>>>(): MiddlewareHandler<
  ApiEnv,
  string,
  { in: In; out: In }
> {
  return (_, next) => next()
}

/** A query's parameters as they are written in an address. */
export type QueryOf<T extends z.ZodType> = { [K in keyof z.input<T>]?: string }
