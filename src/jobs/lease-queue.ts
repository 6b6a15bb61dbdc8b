import type { JobKind, Jobs } from '../store/jobs.ts'
import type { Queue } from './queue.ts'

type Worker = { kind: JobKind; slots: number; run: (jobId: string) => Promise<void>; busy: Map<string, Promise<void>> }

/** Milliseconds between two looks at what has become due without a call, as a job that waits for its next attempt. */
const LOOK = 1000

/** The queue of one process: it looks for what is due whenever it is woken, and once a second. */
export function createLeaseQueue(jobs: Pick<Jobs, 'due'>, lookMs = LOOK): Queue {
  const workers: Worker[] = []
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let closed = false

  function begin(worker: Worker, id: string): void {
    const done = worker.run(id).finally(() => {
      worker.busy.delete(id)
      void fill(worker)
    })
    worker.busy.set(id, done)
  }

  async function fill(worker: Worker): Promise<void> {
    const { kind, slots, busy } = worker
    if (closed || busy.size >= slots) return
    // What is taken this moment still looks due. A store that is away is asked again at the next look.
    const due = await jobs.due(kind, slots + busy.size).catch(() => [])
    for (const { id } of due) if (!closed && busy.size < slots && !busy.has(id)) begin(worker, id)
  }

  return {
    async work(kind, slots, run) {
      const worker: Worker = { kind, slots, run, busy: new Map() }
      workers.push(worker)
      const timer = setInterval(() => void fill(worker), lookMs)
      timer.unref?.()
      timers.add(timer)
      await fill(worker)
    },

    async wake(kind, _, delayMs = 0) {
      const worker = workers.find((each) => each.kind === kind)
      if (worker && delayMs === 0) void fill(worker)
    },

    async close() {
      closed = true
      for (const timer of timers) clearInterval(timer)
      await Promise.all(workers.flatMap(({ busy }) => [...busy.values()]))
    },
  }
}
