/** At most `count` pieces of work at a time, in the order in which they came. */
export function createTurns(count: number) {
  const waiting: (() => void)[] = []
  let busy = 0
  return {
    async take<T>(work: () => Promise<T>): Promise<T> {
      if (busy >= count) await new Promise<void>((resolve) => waiting.push(resolve))
      else busy++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else busy--
      }
    },
  }
}

/**
 * What shares a key with other work is done after it, in the order in which both came; the rest does not wait. None waits longer than
 * `mostMs` milliseconds: on Workers a request that is cut off never ends its work.
 */
export function createTurnsByKey(mostMs: number) {
  const last = new Map<string, Promise<void>>()
  return {
    async take<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
      const before = new Set(keys.map((key) => last.get(key)))
      const { promise: ended, resolve: end } = Promise.withResolvers<void>()
      for (const key of keys) last.set(key, ended)
      await within(mostMs, Promise.all(before))
      try {
        return await work()
      } finally {
        for (const key of keys) if (last.get(key) === ended) last.delete(key)
        end()
      }
    },
  }
}

/** Until the work is done, or the time has passed. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

/** Calls that come while the work is being done are one more run of it, after it. Never rejects. */
export function createRunAgain(work: () => Promise<unknown>): () => void {
  let running = false
  let again = false
  return async () => {
    again = true
    if (running) return
    running = true
    while (again) {
      again = false
      await work().catch(() => {})
    }
    running = false
  }
}
