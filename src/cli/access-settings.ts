import type { Limit } from '../access/limiter.ts'
import { UsageError } from './usage.ts'

/** Requests a minute: enough for a declaration system that hands in for a whole province, and for asking how far each has got. */
const REQUESTS = 6000

/** `XINGSHEN_RATE_LIMIT`: requests a minute of each key; 0: as many as come. Throws `UsageError`. */
export function readRateLimit({ XINGSHEN_RATE_LIMIT: text }: NodeJS.ProcessEnv): Limit | undefined {
  const quota = text ? wholeNumber('XINGSHEN_RATE_LIMIT', text) : REQUESTS
  return quota > 0 ? { quota, window: 60 } : undefined
}

/** `XINGSHEN_RETENTION_DAYS`: days for which finished reviews are kept; undefined: until somebody erases them. Throws `UsageError`. */
export function readRetentionDays({ XINGSHEN_RETENTION_DAYS: text }: NodeJS.ProcessEnv): number | undefined {
  return text ? wholeNumber('XINGSHEN_RETENTION_DAYS', text) : undefined
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new UsageError(`${name} 应为不小于 0 的整数，不能是“${text}”。`)
}
