import { Worker } from 'node:worker_threads'

/** `beats`: counts the turns of the event loop that is watched. */
export type Watched = { beats: Int32Array; most: number; everyMs: number }

/**
 * Ends this process by force when its event loop has not turned at `most` looks in a row: whoever runs it starts it anew, and what it had
 * in hand goes on.
 */
export function startWatchdog({ most = 60, everyMs = 1000 } = {}): { stop(): Promise<unknown> } {
  const beats = new Int32Array(new SharedArrayBuffer(4))
  const beating = setInterval(() => Atomics.add(beats, 0, 1), everyMs)
  const workerData: Watched = { beats, most, everyMs }
  const thread = new Worker(new URL('./watchdog-thread.ts', import.meta.url), { workerData, execArgv: [] })
  beating.unref()
  thread.unref()
  return {
    stop() {
      clearInterval(beating)
      return thread.terminate()
    },
  }
}
