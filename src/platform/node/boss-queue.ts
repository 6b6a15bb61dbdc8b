import { PgBoss } from 'pg-boss'
import type { Queue } from '../../jobs/queue.ts'
import type { JobKind, Jobs } from '../../store/jobs.ts'

/** Calls that nobody took and those that ended are forgotten after this long, in seconds: the job's row is the truth. */
const KEPT = 3600

/** A call whose process died is forgotten after this long, in seconds; its job's lease has run out long before. */
const EXPIRES = 3600

/** Seconds between two looks when a notification was lost. */
const LOOK = 5

export type BossQueueOptions = {
  url: string
  jobs: Pick<Jobs, 'due'>
  /** What may be worked on; calls for them are taken by any process that works. */
  kinds: readonly JobKind[]
  /** Told of a database that is away; the queue goes on by itself. */
  onError: (error: unknown) => void
}

type Call = { job: string }

/**
 * The queue of several machines: a job's id travels through pg-boss to whichever process is free. A process that ends one job takes
 * the next that is due without waiting to be called.
 */
export async function openBossQueue({ url, jobs, kinds, onError }: BossQueueOptions): Promise<Queue> {
  const boss = new PgBoss({ connectionString: url, useListenNotify: true, max: 4 })
  boss.on('error', onError)
  await boss.start()
  for (const kind of kinds) {
    // `short`: a job that waits for a free process is called for once, however often it is woken.
    await boss.createQueue(kind, {
      policy: 'short',
      notify: true,
      retryLimit: 0,
      expireInSeconds: EXPIRES,
      retentionSeconds: KEPT,
      deleteAfterSeconds: KEPT,
    })
  }
  let closed = false

  async function drain(kind: JobKind, run: (jobId: string) => Promise<void>): Promise<void> {
    let last: string | undefined
    while (!closed) {
      const [next] = await jobs.due(kind, 1).catch(() => [])
      // One that is still due could not be taken.
      if (!next || next.id === last) return
      last = next.id
      await run(next.id)
    }
  }

  return {
    async work(kind, slots, run) {
      const options = { localConcurrency: slots, pollingIntervalSeconds: LOOK, notifyPollingIntervalSeconds: LOOK }
      await boss.work<Call>(kind, options, async ([call]) => {
        if (call && !closed) await run(call.data.job)
        await drain(kind, run)
      })
    },

    async wake(kind, jobId, delayMs = 0) {
      if (closed) return
      const startAfter = Math.ceil(delayMs / 1000)
      await boss.send(kind, { job: jobId } satisfies Call, { singletonKey: jobId, startAfter }).catch(onError)
    },

    async close() {
      closed = true
      await boss.stop({ graceful: true, close: true })
    },
  }
}
