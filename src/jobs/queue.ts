import type { JobKind } from '../store/jobs.ts'

/**
 * Wakes whoever works on jobs. It may lose or repeat a call: the job's row is the truth, and the sweeper wakes again for what is still
 * due.
 */
export interface Queue {
  /** Calls `run` for jobs of the kind that may be due, `slots` at a time, until the queue is closed. `run` never throws. */
  work(kind: JobKind, slots: number, run: (jobId: string) => Promise<void>): Promise<void>
  /** A job was written that is due in `delayMs`. */
  wake(kind: JobKind, jobId: string, delayMs?: number): Promise<void>
  /** Calls nothing any more and waits for what was called. */
  close(): Promise<void>
}
