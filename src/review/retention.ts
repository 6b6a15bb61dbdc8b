import { type Actor, systemOf } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import type { Store } from '../store/store.ts'
import { isFinished } from './finished.ts'
import type { Review } from './schema.ts'

const DAY = 86_400_000

/** Reviews erased one after the other before the next are looked for. */
const MOST = 100

export type RetentionDeps = {
  /** Days for which finished reviews are kept; 0: until their answer was fetched, and a day at most. */
  days: number
  store: Pick<Store, 'expiry'>
  erase: (id: string, actor: Actor) => Promise<void>
  /** Of a whole batch. */
  eraseBatch: (id: string, actor: Actor) => Promise<void>
  clock: () => Date
}

export type Retention = ReturnType<typeof createRetention>

/** Erases what has been kept long enough. */
export function createRetention({ days, store, erase, eraseBatch, clock }: RetentionDeps) {
  /** False when somebody else was first. */
  async function eraseOnce(id: string, tenant: string, how = erase): Promise<boolean> {
    try {
      await how(id, systemOf(tenant))
      return true
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') return false
      throw error
    }
  }

  async function sweepAll(find: () => Promise<{ id: string; tenant: string }[]>, how: typeof erase): Promise<number> {
    let count = 0
    for (let full = true; full; ) {
      const expired = await find()
      let erased = 0
      for (const { id, tenant } of expired) if (await eraseOnce(id, tenant, how)) erased += 1
      count += erased
      full = expired.length === MOST && erased > 0
    }
    return count
  }

  return {
    /** Erases every review and batch whose time is over; gives back how many there were. */
    async sweep(): Promise<number> {
      const before = new Date(clock().getTime() - Math.max(days, 1) * DAY).toISOString()
      const { expiry } = store
      const batches = await sweepAll(() => expiry.batchesFinishedBefore(before, MOST), eraseBatch)
      return batches + (await sweepAll(() => expiry.finishedBefore(before, MOST), erase))
    },

    /** The results of a whole batch were given to whoever asked for them. */
    async answeredBatch(id: string, status: string, tenant: string): Promise<void> {
      if (days === 0 && status !== 'running') await eraseOnce(id, tenant, eraseBatch)
    },

    /** The whole review or its report was given to whoever asked for it. */
    async answered(review: Pick<Review, 'id' | 'status'>, tenant: string): Promise<void> {
      if (days === 0 && isFinished(review)) await eraseOnce(review.id, tenant)
    },
  }
}
