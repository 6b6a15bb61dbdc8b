/** At most `quota` requests in any `window` of seconds, after which they flow back evenly. */
export type Limit = { quota: number; window: number }

/** `remaining` requests may follow at once, all of them after `reset` seconds; refused ones may come again after `retryAfter`. */
export type Turn = { allowed: boolean; remaining: number; reset: number; retryAfter: number }

/** Callers remembered at most: what is forgotten has its whole quota again. */
const MOST = 20_000

/**
 * Counts by the generic cell rate algorithm (ITU-T I.371): one number a caller, no timer, no jump when a window ends. Every process
 * counts for itself. `now` in seconds.
 */
export function createLimiter({ quota, window }: Limit, now: () => number) {
  const interval = window / quota
  /** When each caller's quota will be whole again. */
  const whole = new Map<string, number>()

  return function take(caller: string): Turn {
    const at = now()
    const next = Math.max(whole.get(caller) ?? at, at) + interval
    const used = next - at
    // A thousandth part of a request forgives what adding fractions loses.
    if (used > window + interval / 1000)
      return { allowed: false, remaining: 0, reset: used - interval, retryAfter: used - window }
    whole.delete(caller)
    whole.set(caller, next)
    if (whole.size > MOST) forget(whole, at)
    return { allowed: true, remaining: Math.floor((window - used) / interval + 1 / 1000), reset: used, retryAfter: 0 }
  }
}

function forget(whole: Map<string, number>, at: number): void {
  for (const [caller, time] of whole) if (time <= at) whole.delete(caller)
  for (const caller of whole.keys()) {
    if (whole.size <= MOST) return
    whole.delete(caller)
  }
}

/** One caller: an IPv4 address, or the network (/64) of an IPv6 one, of which a single machine has as many as it likes. */
export function callerOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('%', 1)[0]?.split('::') ?? []
  const groups = head.split(':').filter(Boolean)
  const last = tail?.split(':').filter(Boolean) ?? []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - last.length)
  return [...groups, ...Array(zeros).fill('0'), ...last].slice(0, 4).join(':')
}
