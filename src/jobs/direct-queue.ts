import type { JobKind } from '../store/jobs.ts'
import type { Queue } from './queue.ts'

export type DirectQueue = Queue & {
  /** Waits for what was called. */
  idle(): Promise<void>
}

/** Runs a job where it is woken, for platforms on which nothing goes on between two requests. */
export function createDirectQueue(): DirectQueue {
  const workers = new Map<JobKind, (jobId: string) => Promise<void>>()
  const running = new Set<Promise<void>>()
  // One job may have set off another.
  const idle = async () => {
    while (running.size > 0) await Promise.all(running)
  }
  return {
    async work(kind, _, run) {
      workers.set(kind, run)
    },

    async wake(kind, jobId, delayMs = 0) {
      const run = workers.get(kind)
      if (!run || delayMs > 0) return
      const done = run(jobId).finally(() => running.delete(done))
      running.add(done)
    },

    idle,
    close: idle,
  }
}
