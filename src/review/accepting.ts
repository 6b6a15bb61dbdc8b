import { type Actor, scopeOf } from '../access/actor.ts'
import type { PageCache } from '../documents/ports.ts'
import { Problem } from '../problem.ts'
import type { Batches } from '../store/batches.ts'
import type { Query } from '../store/database.ts'
import { jobId } from '../store/jobs.ts'
import type { Accepted, StoredRequest } from '../store/reviews.ts'
import type { Blobs, ReviewStore } from '../store/store.ts'
import { isFinished } from './finished.ts'
import { createReviewId } from './ids.ts'
import type { KeepingUploads } from './keep-uploads.ts'
import { findPack } from './packs.ts'
import { parseReviewOptions } from './request.ts'
import type { Reviewer, ReviewInput } from './reviewer.ts'
import { fetchUploads } from './running.ts'
import type { Review } from './schema.ts'
import type { Settle } from './settling.ts'
import { createKeptAnswers } from './steps.ts'

export type AcceptingDeps = {
  reviewer: Reviewer
  store: ReviewStore
  blobs: Blobs
  keeping: KeepingUploads
  pages?: PageCache | undefined
  batches?: Batches | undefined
  clock: () => Date
  settle: Settle
  whenFinished: (review: Review, accepted: Accepted) => Promise<Query[]>
  /** The review has ended. */
  ended: (review: Review) => void
  /** The review's job is due. */
  wake: (reviewId: string) => Promise<void>
  /** The review's job is to stop where it runs. */
  stop: (reviewId: string) => void
  /** Declarations given as JSON that are reviewed at once. */
  maxAtOnce?: number | undefined
}

/** Each is held in memory with its answer, also while a model is asked. */
const MOST_AT_ONCE = 500

/** `also`: what is to be written together with the review that it is about. */
export type Submission = { batchId?: string; also?: (review: Review) => Query[] }

/** Everything that a person asks for of reviews, but for looking at them. */
export function createAccepting(deps: AcceptingDeps) {
  const { reviewer, store, blobs, keeping, pages, batches, clock, settle, whenFinished, ended, wake, stop } = deps
  const { maxAtOnce = MOST_AT_ONCE } = deps
  let atOnce = 0

  async function find(actor: Actor, id: string): Promise<Review> {
    const review = await store.reviews.get(id, scopeOf(actor))
    if (review) return review
    throw new Problem('not_found', '没有这份审查，或已被删除。')
  }

  async function reviewNow(actor: Actor, input: Omit<ReviewInput, 'files'>, { batchId, also }: Submission) {
    const now = clock()
    const id = createReviewId(now)
    const answers = createKeptAnswers(store.answers, actor.tenant, id)
    const run = { id, createdAt: now.toISOString(), answers }
    const review = await reviewer.review({ ...input, files: [] }, run)
    if (review.problem) throw new Problem(review.problem.code, review.problem.detail)
    const accepted: Accepted = { ...ownedBy(actor, batchId), request: toRequest(input), uploads: [] }
    const kept = await settle(review, { tenant: actor.tenant, options: input }, async (settled, as) => {
      const together = [...(also?.(settled) ?? []), ...(await whenFinished(settled, accepted))]
      await store.reviews.accept(settled, accepted, { also: together, ...(as ? { settled: as } : {}) })
    })
    ended(kept)
    return kept
  }

  return {
    /**
     * Reviews a declaration given as JSON at once and keeps the answer. Throws its `Problem` when it cannot be reviewed, and
     * `Problem('busy')` while too many others are.
     */
    async reviewJson(actor: Actor, input: Omit<ReviewInput, 'files'>, more: Submission = {}): Promise<Review> {
      if (atOnce >= maxAtOnce) throw new Problem('busy', '同时提交的申报数据太多，请稍后重试。')
      atOnce++
      try {
        return await reviewNow(actor, input, more)
      } finally {
        atOnce--
      }
    },

    /**
     * Keeps the documents and queues their review. Once this has returned, the review survives a crash.
     * Throws `Problem('unknown_pack')` when the pack that is asked for does not exist.
     */
    async submit(actor: Actor, { files, ...input }: ReviewInput, { batchId, also }: Submission = {}): Promise<Review> {
      if (input.pack !== undefined) findPack(reviewer.packs, input.pack)
      const now = clock()
      const review = queued(createReviewId(now), now.toISOString(), input)
      await keeping.keep(files, (uploads) => {
        const accepted = { ...ownedBy(actor, batchId), request: toRequest(input), uploads }
        return store.reviews.accept(review, accepted, { also: also?.(review) ?? [] })
      })
      await wake(review.id)
      return review
    },

    /**
     * What a finished review was made from, to make it again. Throws `Problem('not_found')` when there is none, or not yet, and
     * `Problem('busy')` while it is under way.
     */
    async inputOf(actor: Actor, id: string): Promise<ReviewInput> {
      const review = await find(actor, id)
      if (!isFinished(review)) throw new Problem('busy', '审查尚未完成，完成后才能重新审查。')
      const asked = await store.reviews.request(id, scopeOf(actor))
      if (!asked) throw new Problem('not_found', '没有这份审查，或已被删除。')
      const files = await fetchUploads(blobs, asked.uploads)
      return { ...parseReviewOptions(asked.request), rerunOf: review.rerunOf ?? id, files }
    },

    /** Ends a review that is not finished, wherever it runs; one that is stays as it is. Throws `Problem('not_found')`. */
    async cancel(actor: Actor, id: string): Promise<Review> {
      const review = await find(actor, id)
      if (isFinished(review)) return review
      const { progress: _, ...base } = review
      const problem = new Problem('cancelled', '审查已被取消。如仍需审查，请重试或重新提交。')
      const cancelled: Review = {
        ...base,
        status: 'failed',
        finishedAt: clock().toISOString(),
        problem: problem.toDetails(),
      }
      const accepted = await store.reviews.request(id)
      const also = accepted ? await whenFinished(cancelled, accepted) : []
      const done = await store.reviews.cancel(cancelled, { also, actor: actor.keyId })
      stop(id)
      if (!done) return find(actor, id)
      ended(cancelled)
      return cancelled
    },

    /** Queues a failed review again; any other stays as it is. Throws `Problem('not_found')`. */
    async retry(actor: Actor, id: string): Promise<Review> {
      const review = await find(actor, id)
      if (review.status !== 'failed') return review
      const again = queued(id, review.createdAt, review)
      const batchId = (await store.reviews.request(id))?.batchId
      const also = batchId === undefined ? [] : (batches?.reopen(batchId) ?? [])
      const done = await store.reviews.retry(again, clock().toISOString(), { also, actor: actor.keyId })
      if (!done) return find(actor, id)
      await wake(id)
      return again
    },

    /** Erases the review with its documents; only the audit line stays. Throws `Problem('not_found')`. */
    async erase(actor: Actor, id: string): Promise<void> {
      const batchId = (await store.reviews.request(id))?.batchId
      const also = batchId === undefined ? [] : (batches?.reviewEnded(batchId, id) ?? [])
      const by = { also, actor: actor.keyId }
      const erased = await store.reviews.erase(id, clock().toISOString(), scopeOf(actor), by)
      if (!erased) throw new Problem('not_found', '没有这份审查，或已被删除。')
      stop(id)
      await keeping.drop(erased.orphans)
      await pages?.forget(id)
    },
  }
}

export const jobOf = (reviewId: string): string => jobId('review', reviewId)

function ownedBy({ tenant, keyId }: Actor, batchId: string | undefined) {
  return { tenant, owner: keyId, ...(batchId === undefined ? {} : { batchId }) }
}

function queued(
  id: string,
  createdAt: string,
  { externalId, rerunOf }: Pick<Review, 'externalId' | 'rerunOf'>,
): Review {
  return {
    id,
    status: 'queued',
    createdAt,
    ...(externalId === undefined ? {} : { externalId }),
    ...(rerunOf === undefined ? {} : { rerunOf }),
    documents: [],
  }
}

/** As it is kept. */
export function toRequest(input: Omit<ReviewInput, 'files'>): StoredRequest {
  const { pack, declaration, context, asOf, externalId, rerunOf, callbackUrl } = input
  return {
    ...(pack === undefined ? {} : { pack }),
    ...(declaration === undefined ? {} : { declaration }),
    ...(context === undefined ? {} : { context }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(rerunOf === undefined ? {} : { rerunOf }),
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
  }
}
