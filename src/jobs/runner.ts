import { JOB_KINDS, type JobKind, type Jobs, type Lease, type Progress } from '../store/jobs.ts'
import type { Queue } from './queue.ts'

export type JobRun = {
  lease: Lease
  /** Aborted when the job is in other hands, was cancelled, or when the process is to stop. */
  signal: AbortSignal
  /** Told with the next renewal of the lease. */
  report(progress: Progress): void
  /** Whether the job is still in these hands. */
  isHeld(): Promise<boolean>
  /** To be called when a write was refused: the job is in other hands. */
  lose(): void
}

/** `ended`: the handler has ended the job itself, in one batch with what came of it. */
export type Outcome = 'ended' | 'done' | { again: number; error: string } | { failed: string }

/** May throw: then the job is tried again later. */
export type JobHandler = (subject: string, run: JobRun) => Promise<Outcome>

export type JobHandlers = Partial<Record<JobKind, { slots: number; handle: JobHandler }>>

export type RunnerDeps = {
  jobs: Jobs
  queue: Queue
  handlers: JobHandlers
  /** Told what a handler threw. */
  onError: (error: unknown, lease: Lease) => void
  /** Milliseconds for which a process that does not answer keeps its jobs. */
  leaseMs?: number
  /** Milliseconds after which a job whose handler threw is tried again. */
  againMs?: number
}

export type Runner = ReturnType<typeof createRunner>

const LEASE = 30_000
const AGAIN = 5000
/** Jobs of a kind that are woken anew at a time: their call may have been lost. */
const WOKEN = 100

/** Takes jobs, keeps them in hand while their handlers run, and puts back what other processes have left behind. */
export function createRunner({ jobs, queue, handlers, onError, leaseMs = LEASE, againMs = AGAIN }: RunnerDeps) {
  const owner = crypto.randomUUID()
  const running = new Map<string, AbortController>()
  const kinds = Object.entries(handlers) as [JobKind, NonNullable<JobHandlers[JobKind]>][]
  let closing = false
  let sweeper: ReturnType<typeof setInterval> | undefined

  async function perform(id: string, handle: JobHandler): Promise<void> {
    const lease = closing ? null : await jobs.claim(id, owner, leaseMs).catch(() => null)
    if (!lease) return
    const stop = new AbortController()
    running.set(id, stop)
    // The process may have been told to stop while the job was being taken.
    if (closing) stop.abort()
    let progress: Progress | undefined
    const renewing = setInterval(async () => {
      // A database that is away for a moment is no reason to stop: every write is fenced.
      const held = await jobs.renew(lease, leaseMs, progress).catch(() => true)
      if (!held) stop.abort()
    }, leaseMs / 3)
    const run: JobRun = {
      lease,
      signal: stop.signal,
      report(step) {
        progress = step
      },
      isHeld: () => jobs.renew(lease, leaseMs, progress),
      lose: () => stop.abort(),
    }
    try {
      const outcome = await handle(lease.subject, run).catch((error: unknown): Outcome => {
        if (!stop.signal.aborted) onError(error, lease)
        return { again: againMs, error: error instanceof Error ? error.name : 'Error' }
      })
      await conclude(lease, stop.signal.aborted && outcome !== 'ended' ? 'interrupted' : outcome)
    } catch (error) {
      // The lease runs out, and the job is taken up again.
      onError(error, lease)
    } finally {
      clearInterval(renewing)
      running.delete(id)
    }
  }

  async function conclude(lease: Lease, outcome: Outcome | 'interrupted'): Promise<void> {
    if (outcome === 'ended') return
    if (outcome === 'interrupted') await jobs.release(lease, 0, { interrupted: true })
    else if (outcome === 'done') await jobs.complete(lease)
    else if ('failed' in outcome) await jobs.fail(lease, outcome.failed)
    else {
      await jobs.release(lease, outcome.again, { error: outcome.error })
      await queue.wake(lease.kind, lease.id, outcome.again)
    }
  }

  /** Calls for what is due, as what was written together with something else. */
  async function look(kinds: readonly JobKind[] = JOB_KINDS): Promise<void> {
    for (const kind of kinds) for (const { id } of await jobs.due(kind, WOKEN)) await queue.wake(kind, id)
  }

  /** Also calls for what was written by a process that died before it could call anybody. */
  async function sweep(): Promise<void> {
    await jobs.expire()
    await look()
  }

  return {
    /**
     * Begins to work. `alone`: no other process has jobs in hand, so all that look so are left over. Without `sweeping`, what others
     * leave behind is put back only by `sweep`.
     */
    async start({ alone = false, sweeping = true } = {}): Promise<void> {
      if (alone) await jobs.expire({ all: true })
      for (const [kind, { slots, handle }] of kinds) await queue.work(kind, slots, (id) => perform(id, handle))
      if (!sweeping) return
      sweeper = setInterval(() => void sweep().catch(() => {}), leaseMs / 2)
      sweeper.unref?.()
    },

    sweep,
    look,

    /** Stops a job if it runs here; what it has in hand is refused when it is written. */
    stop(id: string): void {
      running.get(id)?.abort()
    },

    /** Stops what runs, puts it back and waits for it to have stopped. */
    async close(): Promise<void> {
      closing = true
      clearInterval(sweeper)
      for (const stop of running.values()) stop.abort()
      await queue.close()
    },
  }
}
