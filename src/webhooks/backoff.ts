const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/**
 * Waits before the second and every further attempt, in milliseconds: soon at first, as most faults pass, and for a day in all, so that
 * a receiver that is down overnight misses nothing (Standard Webhooks, “Operational considerations”).
 */
export const WAITS = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 4 * HOUR, 6 * HOUR, 6 * HOUR, 6 * HOUR]

/** Receivers that failed together are not asked again together. */
const JITTER = 0.2

/**
 * How long to wait after so many attempts, in milliseconds; null when there have been enough. `random` is from 0 to 1; `asked` is what
 * the receiver's `Retry-After` wants.
 */
export function waitAfter(attempts: number, random: number, asked = 0): number | null {
  const wait = WAITS[attempts - 1]
  if (wait === undefined) return null
  const spread = wait * (1 - JITTER + 2 * JITTER * random)
  return Math.round(Math.max(spread, Math.min(asked, 6 * HOUR)))
}

/** Milliseconds of a `Retry-After` header: seconds or a date (RFC 9110, 10.2.3); 0 when there is none that can be read. */
export function readRetryAfter(header: string | undefined, now: Date): number {
  if (header === undefined) return 0
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND
  const date = Date.parse(header)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime())
}
