import { type Actor, scopeOf } from '../access/actor.ts'
import type { PageCache, PageReader } from '../documents/ports.ts'
import { createLeaseQueue } from '../jobs/lease-queue.ts'
import type { Queue } from '../jobs/queue.ts'
import { createRunner, type JobHandlers } from '../jobs/runner.ts'
import { Problem } from '../problem.ts'
import type { Query } from '../store/database.ts'
import { jobId } from '../store/jobs.ts'
import type { Accepted, ReviewFilter, ReviewSummary } from '../store/reviews.ts'
import type { Blobs, ReviewStore } from '../store/store.ts'
import { createAccepting, jobOf } from './accepting.ts'
import { type BatchingStore, createBatching } from './batches/batching.ts'
import { createBatchHandler } from './batches/ending.ts'
import { createDeciding } from './deciding.ts'
import { createDrawing } from './drawing.ts'
import { type LogFault, logFault } from './fault.ts'
import { createFollowing } from './following.ts'
import { createKeepingUploads } from './keep-uploads.ts'
import { nobody, type Observer } from './observe.ts'
import type { Reviewer } from './reviewer.ts'
import type { RulingRequest } from './rulings.ts'
import { createReviewHandler } from './running.ts'
import type { Decision, Review } from './schema.ts'
import { createSettling } from './settling.ts'
import { createRunAgain } from './turns.ts'

export type ReviewServiceDeps = {
  reviewer: Reviewer
  reader: PageReader
  store: ReviewStore
  blobs: Blobs
  /** Without, a page seen before is read again. */
  pages?: PageCache
  clock: () => Date
  log: LogFault
  /** Without, nobody watches. */
  observer?: Observer
  /** Without, the queue of this process alone. */
  queue?: Queue
  /** Of other kinds of jobs. */
  handlers?: JobHandlers
  /** Queries to be carried out together with the end of a review, as of what is to be delivered to others. */
  whenFinished?: (review: Review, accepted: Accepted) => Promise<Query[]>
  /** Without, declarations are taken one at a time. */
  batching?: BatchingStore
  /** Reviews at a time in this process; their pages share the reader's processes. 0: it takes none. */
  concurrency?: number
  /** Reviews that may wait beside those that this process could have in hand; more are refused with `busy`. */
  maxWaiting?: number
  /** Declarations given as JSON that are reviewed at once; more are refused with `busy`. */
  maxAtOnce?: number
  /** Milliseconds after which another process takes up what one that does not answer has in hand. */
  leaseMs?: number
  /** Milliseconds after which a review is tried again that a fault of ours stopped. */
  againMs?: number
}

/** Kinds of jobs that may have been written together with the end of a review. */
const SET_OFF = ['delivery', 'batch'] as const

export type ReviewService = ReturnType<typeof createReviewService>

/** Reviews over a store: each is a job there, taken up by whatever process has a place free. */
export function createReviewService(deps: ReviewServiceDeps) {
  const { reviewer, store, clock, log, concurrency = 2, maxWaiting = 10_000, maxAtOnce, leaseMs, againMs } = deps
  const { queue = createLeaseQueue(store.jobs), batching } = deps
  const following = createFollowing(store.reviews)
  const settle = createSettling({ packs: reviewer.packs, store })
  const { reader, blobs, pages, observer = nobody } = deps
  const notify = following.notify
  const whenFinished = async (review: Review, accepted: Accepted): Promise<Query[]> => {
    const { batchId } = accepted
    const queries = (await deps.whenFinished?.(review, accepted)) ?? []
    return batching && batchId !== undefined
      ? [...queries, ...batching.batches.reviewEnded(batchId, review.id)]
      : queries
  }
  const ended = (review: Review) => {
    notify(review.id)
    observer.ended(review)
    look()
  }
  // Hundreds may end in a second.
  const look = createRunAgain(() => runner.look(SET_OFF))
  const handle = createReviewHandler({
    reviewer,
    reader,
    store,
    blobs,
    pages,
    clock,
    log,
    settle,
    whenFinished,
    notify,
    ended,
    observer,
  })
  const comparing: JobHandlers = batching
    ? {
        batch: {
          slots: 1,
          handle: createBatchHandler({ packs: reviewer.packs, store, clock, ...batching, ended: look }),
        },
      }
    : {}
  const runner = createRunner({
    jobs: store.jobs,
    queue,
    handlers: {
      ...deps.handlers,
      ...(concurrency > 0 ? { review: { slots: concurrency, handle }, ...comparing } : {}),
    },
    onError: (error, { subject }) => void logFault(error, log, subject),
    ...(leaseMs === undefined ? {} : { leaseMs }),
    ...(againMs === undefined ? {} : { againMs }),
  })
  const keeping = createKeepingUploads({ blobs, store })
  const wake = (id: string) => queue.wake('review', jobOf(id))
  const stop = (id: string) => {
    runner.stop(jobOf(id))
    notify(id)
  }
  const accepting = createAccepting({
    ...{ reviewer, store, blobs, keeping, pages, clock, settle, whenFinished, ended, wake, stop, maxAtOnce },
    batches: batching?.batches,
  })
  const deciding = createDeciding({ store, clock })
  let closing = false

  async function get(actor: Actor, id: string, seconds = 0): Promise<Review> {
    const review = await following.wait(id, seconds * 1000, scopeOf(actor))
    if (review) return deciding.withDecisions(review)
    throw new Problem('not_found', '没有这份审查，或已被删除。')
  }

  async function countUnfinished(): Promise<number> {
    const reviews = (await store.jobs.depth()).filter(({ kind }) => kind === 'review')
    return reviews.reduce((sum, { count }) => sum + count, 0)
  }

  return {
    packs: reviewer.packs,
    ...accepting,
    ...createDrawing({ reader, reviews: store.reviews, blobs, get }),
    batches:
      batching &&
      createBatching({
        reviewer,
        keeping,
        pages,
        clock,
        wake,
        stop,
        ...batching,
        ...{ get, cancelReview: accepting.cancel, stopBatch: (id) => runner.stop(jobId('batch', id)), look },
      }),

    /** Throws `Problem('busy')` when no further document can wait. */
    async assertRoom(): Promise<void> {
      if (closing) throw new Problem('busy', '服务正在关闭，请稍后重试。')
      if ((await countUnfinished()) >= concurrency + maxWaiting)
        throw new Problem('busy', '排队的申报书太多，请稍后重试。')
    },

    /** The review as it stands after at most `seconds`, sooner when it is finished. Throws `Problem('not_found')`. */
    get,

    /** A person's ruling on a finding. Throws `Problem`: `not_found`, `busy` before it is finished, `invalid_declaration`. */
    decide: async (actor: Actor, id: string, asked: RulingRequest): Promise<Decision> =>
      deciding.decide(await get(actor, id), asked, actor),

    /** The review now and at every change of its status or progress, until it is finished, erased, or `signal` is aborted. */
    changes: (actor: Actor, id: string, signal?: AbortSignal): AsyncGenerator<Review> =>
      following.changes(id, scopeOf(actor), signal),

    async list(actor: Actor, filter: ReviewFilter, limit: number, after?: string): Promise<ReviewSummary[]> {
      return store.reviews.list({ ...filter, ...scopeOf(actor) }, { limit, ...(after === undefined ? {} : { after }) })
    },

    /**
     * Begins to work on jobs, also on those that a stop or a crash left unfinished; gives back how many reviews wait. `alone`: no other
     * process uses this store, so blobs that belong to no review are swept up, and jobs and questions in nobody's hands any more go on at
     * once. `sweeping` as in the runner.
     */
    async start({ alone = false, sweeping = true } = {}): Promise<number> {
      if (alone) await Promise.all([keeping.sweep(), store.answers.freeAll()])
      const unfinished = await countUnfinished()
      await runner.start({ alone, sweeping })
      return unfinished
    },

    /** Puts back what processes that are gone have left behind; done by itself from time to time once started. */
    sweep: () => runner.sweep(),

    /** Deletes files that belong to no review, also while others hand some in. */
    sweepUploads: () => keeping.sweep(),

    /** Throws when the store does not answer. */
    async assertReady(): Promise<void> {
      if (closing) throw new Problem('busy', '服务正在关闭。')
      await store.ping()
    },

    /** Takes nothing new, stops what runs (it is put back for the next start) and waits for it to have stopped. */
    async close(): Promise<void> {
      closing = true
      following.close()
      await runner.close()
    },
  }
}
