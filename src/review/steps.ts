import type { JobRun } from '../jobs/runner.ts'
import type { Answers } from '../judge/answers.ts'
import { systemClock } from '../judge/endpoint/pace.ts'
import type { Asking, Answers as StoredAnswers } from '../store/answers.ts'
import { Refused } from '../store/database.ts'
import type { Steps } from '../store/steps.ts'
import type { Observer } from './observe.ts'
import type { Progress } from './reviewer.ts'

/** What of a review is worked out once, whatever ends the process meanwhile. `name` is the step's own within its review. */
export type ReviewSteps = { once<T>(name: string, work: () => Promise<T> | T): Promise<T> }

/** Stored when all files of a review have been read. */
export const READ = 'read'

/** Nothing is kept. */
export const noSteps: ReviewSteps = { once: async (_, work) => work() }

/** Milliseconds for which what was dearly worked out is kept in memory while the store is away. */
const PATIENCE = 60_000
/** Milliseconds for which a process that does not answer keeps others from asking what it asks. */
const ASKING_LEASE = 8000
/** Milliseconds between two looks whether an answer that another call waits for has come. */
const LOOK = { first: 100, most: 2000 }

/** The steps of the review that a job has in hand. What they give has been through JSON, whether it was stored now or before. */
export function createReviewSteps(
  steps: Steps,
  run: JobRun,
  { observer, progress }: { observer: Observer; progress: () => Progress | undefined },
): ReviewSteps {
  const { lease, signal } = run
  return {
    async once<T>(name: string, work: () => Promise<T> | T): Promise<T> {
      const known = await steps.get(lease.subject, name)
      // Steps are written here only.
      if (known !== null) return JSON.parse(known) as T
      const [kind = name] = name.split('/')
      const result = JSON.stringify(await observer.step(kind, lease.subject, work))
      // What a shutdown cut short is no result.
      signal.throwIfAborted()
      return JSON.parse(await persist(() => steps.put(lease, name, result, progress()), run)) as T
    },
  }
}

/** A model's answers, stored before anything is made of them; in all processes only one at a time asks the same. */
export function createKeptAnswers(
  answers: StoredAnswers,
  tenant: string,
  reviewId: string,
  run?: JobRun,
  leaseMs = ASKING_LEASE,
): Answers {
  async function askHolding(asking: Asking, ask: () => Promise<string>): Promise<string> {
    const renewing = setInterval(() => void answers.renew(asking, leaseMs).catch(() => {}), leaseMs / 3)
    try {
      const answer = await ask()
      // What is cancelled or erased leaves nothing behind.
      run?.signal.throwIfAborted()
      const kept = { reviewId, at: new Date().toISOString(), answer }
      return await persist(() => answers.put(tenant, asking.key, kept), run)
    } catch (error) {
      // Where this fails too, its time runs out.
      await answers.free(asking).catch(() => {})
      throw error
    } finally {
      clearInterval(renewing)
    }
  }

  return {
    async once(key, ask, signal) {
      const asking = { tenant, key, owner: crypto.randomUUID() }
      for (let pause = LOOK.first; ; pause = Math.min(pause * 2, LOOK.most)) {
        const known = await persist(() => answers.claim(asking, leaseMs), { signal, lose() {} })
        if (known === 'claimed') return askHolding(asking, ask)
        if (known !== 'taken') return known.answer
        await systemClock.sleep(pause, signal)
      }
    },
  }
}

/** A store that is away for a moment does not cost what was worked out. */
export async function persist<T>(write: () => Promise<T>, run?: Pick<JobRun, 'signal' | 'lose'>): Promise<T> {
  const until = Date.now() + PATIENCE
  for (let pause = 100; ; pause = Math.min(pause * 2, 5000)) {
    try {
      return await write()
    } catch (error) {
      if (error instanceof Refused) run?.lose()
      if (error instanceof Refused || run?.signal.aborted || Date.now() + pause > until) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
