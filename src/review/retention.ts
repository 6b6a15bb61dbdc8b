import { type Actor, systemOf } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import type { Store } from '../store/store.ts'
import type { Review } from './schema.ts'

const DAY = 86_400_000

/** Reviews erased one after the other before the next are looked for. */
const MOST = 100

export type RetentionDeps = {
  /** Days for which finished reviews are kept; 0: until their answer was fetched, and a day at most. */
  days: number
  store: Pick<Store, 'expiry'>
  erase: (id: string, actor: Actor) => Promise<void>
  clock: () => Date
}

export type Retention = ReturnType<typeof createRetention>

/** Erases what has been kept long enough. */
export function createRetention({ days, store, erase, clock }: RetentionDeps) {
  /** False when somebody else was first. */
  async function eraseOnce(id: string, tenant: string): Promise<boolean> {
    try {
      await erase(id, systemOf(tenant))
      return true
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') return false
      throw error
    }
  }

  return {
    /** Erases every review whose time is over; gives back how many there were. */
    async sweep(): Promise<number> {
      const before = new Date(clock().getTime() - Math.max(days, 1) * DAY).toISOString()
      let count = 0
      for (let full = true; full; ) {
        const expired = await store.expiry.finishedBefore(before, MOST)
        let erased = 0
        for (const { id, tenant } of expired) if (await eraseOnce(id, tenant)) erased += 1
        count += erased
        full = expired.length === MOST && erased > 0
      }
      return count
    },

    /** The whole review or its report was given to whoever asked for it. */
    async answered({ id, status }: Pick<Review, 'id' | 'status'>, tenant: string): Promise<void> {
      if (days === 0 && (status === 'done' || status === 'failed')) await eraseOnce(id, tenant)
    },
  }
}
