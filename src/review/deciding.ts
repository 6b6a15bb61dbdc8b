import type { Actor } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import type { Store } from '../store/store.ts'
import { createId } from './ids.ts'
import { assertRulable, type RulingRequest } from './rulings.ts'
import type { Decision, Review } from './schema.ts'

/** What people rule on a review's findings; the review itself stays as the program made it. */
export function createDeciding({ store, clock }: { store: Pick<Store, 'decisions'>; clock: () => Date }) {
  return {
    /** The review with all rulings on it. */
    async withDecisions(review: Review): Promise<Review> {
      if (review.status !== 'done' && review.status !== 'failed') return review
      const decisions = await store.decisions.of(review.id)
      return decisions.length > 0 ? { ...review, decisions } : review
    },

    /** Throws `Problem`: `busy` while the review is under way, `invalid_declaration` when it has no such finding. */
    async decide(review: Review, asked: RulingRequest, actor: Actor): Promise<Decision> {
      assertRulable(review, asked)
      const now = clock()
      const { rule, finding, ruling, reason } = asked
      const id = createId('dec', now)
      const added = await store.decisions.add(review.id, {
        id,
        rule,
        ...(finding === undefined ? {} : { finding }),
        ruling,
        ...(reason === undefined ? {} : { reason }),
        at: now.toISOString(),
        by: { key: actor.keyId },
      })
      const decision = added && (await store.decisions.of(review.id)).find((each) => each.id === id)
      if (!decision) throw new Problem('not_found', '没有这份审查，或已被删除。')
      return decision
    },
  }
}
