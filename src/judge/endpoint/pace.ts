export type Clock = { now(): number; sleep(milliseconds: number, signal: AbortSignal): Promise<void> }

/** Wall-clock milliseconds; `sleep` rejects with the signal's reason as soon as it is aborted. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const stop = () => {
        clearTimeout(timer)
        reject(signal.reason)
      }
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop)
        resolve()
      }, milliseconds)
      signal.addEventListener('abort', stop, { once: true })
    }),
}

const MINUTE = 60_000

/** At most `concurrency` requests at a time and `perMinute` begun in any minute, in the order in which they came. */
export function createPace(concurrency: number, perMinute: number, clock: Clock = systemClock) {
  const begun: number[] = []
  const waiting: (() => void)[] = []
  let busy = 0
  let restUntil = 0

  async function untilRate(signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = clock.now()
      while (begun.length > 0 && (begun[0] ?? now) <= now - MINUTE) begun.shift()
      if (begun.length < perMinute) break
      await clock.sleep((begun[0] ?? now) + MINUTE - now, signal)
    }
    begun.push(clock.now())
  }

  async function untilRested(signal: AbortSignal): Promise<void> {
    const left = restUntil - clock.now()
    if (left > 0) await clock.sleep(left, signal)
  }

  /** Whoever gives up waiting leaves the queue at once. */
  function untilFree(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const enter = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        waiting.splice(waiting.indexOf(enter), 1)
        reject(signal.reason)
      }
      waiting.push(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  function release(): void {
    const next = waiting.shift()
    if (next) next()
    else busy--
  }

  return {
    /** Begins nothing for so many milliseconds: the endpoint asks to be left alone. */
    rest(milliseconds: number): void {
      restUntil = Math.max(restUntil, clock.now() + milliseconds)
    },
    async take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
      if (busy >= concurrency) await untilFree(signal)
      else busy++
      try {
        signal.throwIfAborted()
        await untilRested(signal)
        await untilRate(signal)
        return await work()
      } finally {
        release()
      }
    },
  }
}

export type Pace = ReturnType<typeof createPace>
