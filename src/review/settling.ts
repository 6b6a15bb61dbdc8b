import { tracesOfSheets } from '../rules/across/traces.ts'
import type { Packs } from '../rules/engine/load.ts'
import { Refused } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import type { Settled } from '../store/traces.ts'
import { compareWithKnown, toKnown, tracesOfReview } from './across.ts'
import type { ReviewOptions } from './request.ts'
import type { Review } from './schema.ts'
import { compareSummary } from './summary.ts'
import { createTurnsByKey } from './turns.ts'

/** Earlier declarations that one is compared with: those that share most with it. */
export const MOST_RELATED = 50
/** Of a sheet with some hundred lines, several drafts of each. */
export const MOST_NAMED = 500

/** Milliseconds for which one waits for those that share something with it; then it takes its chance. */
const PATIENCE = 5000

/** Each time that this one had to be compared anew, another one was finished. */
const MOST_TRIES = 1000

export type Settle = ReturnType<typeof createSettling>

/**
 * Compares a review with what the store knows of the tenant's others and keeps the answer: of two that have to do with one another and
 * are finished at once, in whatever processes, the later one sees the earlier.
 */
export function createSettling({ packs, store }: { packs: Packs; store: Pick<Store, 'traces'> }) {
  // In this process one that shares a trace with another one waits for it, rather than being compared for nothing.
  const turns = createTurnsByKey(PATIENCE)

  /** The declarations that a unit's sheets name, where the store has them. */
  async function compareSheets(review: Review, tenant: string, options: ReviewOptions): Promise<Review> {
    const named = tracesOfSheets(review.summaries ?? [])
    if (named.length === 0) return review
    const { reviews } = await store.traces.related(tenant, named, review.id, MOST_NAMED)
    return compareSummary(packs, review, options, toKnown(reviews, review))
  }

  /** `keep` writes the review, or throws `Refused` when one that has to do with it was finished since. */
  return async (
    review: Review,
    { tenant, options }: { tenant: string; options: ReviewOptions },
    keep: (settled: Review, as: Settled | undefined) => Promise<void>,
  ): Promise<Review> => {
    if (review.summaries) {
      const settled = await compareSheets(review, tenant, options)
      await keep(settled, undefined)
      return settled
    }
    const traces = tracesOfReview(review)
    if (traces.length === 0) {
      await keep(review, undefined)
      return review
    }
    const keys = traces.map((trace) => `${tenant} ${trace}`)
    return turns.take(keys, async () => {
      for (let tried = 1; ; tried++) {
        const { reviews, version } = await store.traces.related(tenant, traces, review.id, MOST_RELATED)
        const settled = compareWithKnown(packs, review, options, toKnown(reviews, review))
        try {
          await keep(settled, { tenant, traces, version })
          return settled
        } catch (error) {
          // Another process was first.
          if (!(error instanceof Refused) || tried >= MOST_TRIES) throw error
        }
      }
    })
  }
}
