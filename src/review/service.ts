import { readThroughCache } from '../documents/page-cache.ts'
import type { PageCache, PageReader } from '../documents/ports.ts'
import type { Answers } from '../judge/answers.ts'
import { Problem } from '../problem.ts'
import type { Blobs, ReviewFilter, ReviewSummary, Store, StoredRequest, Upload } from '../store/store.ts'
import { compareWithKnown, toKnown, tracesOfReview } from './across.ts'
import { type LogFault, logFault } from './fault.ts'
import { createReviewId } from './ids.ts'
import { findPack } from './packs.ts'
import { parseReviewOptions, type ReviewOptions } from './request.ts'
import { createResumableReader } from './resumable-reader.ts'
import type { Progress, Reviewer, ReviewInput } from './reviewer.ts'
import type { Review } from './schema.ts'
import { createTurns } from './turns.ts'

/** A review that ended the process this often is given up: its file would do so again. */
const MOST_ATTEMPTS = 3

/** Earlier declarations that one is compared with: those that share most with it. */
const MOST_RELATED = 50

export type ReviewServiceDeps = {
  reviewer: Reviewer
  reader: PageReader
  store: Store
  blobs: Blobs
  /** Without, a page seen before is read again. */
  pages?: PageCache
  clock: () => Date
  log: LogFault
  /** Reviews at a time; their pages share the reader's processes. */
  concurrency?: number
  /** Reviews that may wait; more are refused with `busy`. */
  maxWaiting?: number
}

export type ReviewService = ReturnType<typeof createReviewService>

type Job = { done: Promise<void>; stop: AbortController }

/** Reviews over a store: documents wait in a queue in memory that is rebuilt from the store by `resume`. */
export function createReviewService(deps: ReviewServiceDeps) {
  const { reviewer, reader, store, blobs, pages, clock, log, concurrency = 2, maxWaiting = 100 } = deps
  const jobs = new Map<string, Job>()
  const progress = new Map<string, Progress>()
  const slots = createTurns(concurrency)
  // Blobs are shared by content: storing one and erasing its last owner must not overlap.
  const blobTurns = createTurns(1)
  // Of two reviews that are finished at once the later one must see the earlier.
  const settlingTurns = createTurns(1)
  let closing = false

  function enqueue(id: string): void {
    const stop = new AbortController()
    const done = slots
      .take(() => work(id, stop.signal))
      .finally(() => {
        jobs.delete(id)
        progress.delete(id)
      })
    jobs.set(id, { stop, done })
  }

  async function work(id: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    try {
      const started = await store.start(id, clock().toISOString())
      const queued = started && (await store.get(id))
      if (!queued) return
      const options = parseReviewOptions(started.request)
      const review = await run(queued, started, options, signal)
      // What a shutdown or a deletion cut short is not an answer.
      if (signal.aborted) return
      await settle(review, options, (settled, traces) => store.finish(settled, traces))
    } catch (error) {
      await fail(id, logFault(error, log, id)).catch((again: unknown) => logFault(again, log, id))
    }
  }

  async function fail(id: string, problem: Problem): Promise<void> {
    const review = await store.get(id)
    if (review)
      await store.finish({
        ...review,
        status: 'failed',
        finishedAt: clock().toISOString(),
        problem: problem.toDetails(),
      })
  }

  async function run(
    queued: Review,
    { uploads, attempts }: Started,
    options: ReviewOptions,
    signal: AbortSignal,
  ): Promise<Review> {
    const { id, createdAt } = queued
    if (attempts > MOST_ATTEMPTS) return giveUp(queued, attempts - 1)
    const files = await Promise.all(uploads.map(fetchUpload))
    const cached = pages ? readThroughCache(reader, pages, id, signal) : reader
    return reviewer.review(
      { ...options, files },
      {
        id,
        createdAt,
        reader: createResumableReader(cached, store, id, files),
        answers: answersOf(id, signal),
        signal,
        onProgress: (step) => progress.set(id, step),
      },
    )
  }

  /** Compares with what the store holds, and keeps the answer before the next one is compared. */
  async function settle(
    review: Review,
    options: ReviewOptions,
    keep: (settled: Review, traces: string[]) => Promise<unknown>,
  ): Promise<Review> {
    const traces = tracesOfReview(review)
    return settlingTurns.take(async () => {
      const related = traces.length > 0 ? await store.related(traces, review.id, MOST_RELATED) : []
      const settled = compareWithKnown(reviewer.packs, review, options, toKnown(related, review))
      await keep(settled, traces)
      return settled
    })
  }

  /** A crashed review resumes with them too. */
  function answersOf(id: string, signal?: AbortSignal): Answers {
    return {
      get: (key) => store.getAnswer(key),
      async put(key, answer) {
        if (!signal?.aborted) await store.putAnswer(id, key, answer, clock().toISOString())
      },
    }
  }

  async function fetchUpload({ name, sha256 }: Upload) {
    const bytes = await blobs.get(sha256)
    if (!bytes) throw new Error('an upload is missing from the blob store')
    return { name, bytes }
  }

  function giveUp(review: Review, attempts: number): Review {
    const problem = new Problem(
      'corrupt_document',
      `读取该文件时处理程序 ${attempts} 次意外中断，已停止尝试。请把文件重新导出为 PDF 后再试。`,
    )
    return { ...review, status: 'failed', finishedAt: clock().toISOString(), problem: problem.toDetails() }
  }

  async function current(id: string): Promise<Review | null> {
    const review = await store.get(id)
    const step = progress.get(id)
    return review?.status === 'running' && step ? { ...review, progress: step } : review
  }

  return {
    packs: reviewer.packs,

    /** Throws `Problem('busy')` when no further document can wait. */
    assertRoom(): void {
      if (closing) throw new Problem('busy', '服务正在关闭，请稍后重试。')
      if (jobs.size >= concurrency + maxWaiting) throw new Problem('busy', '排队的申报书太多，请稍后重试。')
    },

    /** Reviews a declaration given as JSON at once and keeps the answer. Throws its `Problem` when it cannot be reviewed. */
    async reviewJson(input: Omit<ReviewInput, 'files'>): Promise<Review> {
      const now = clock()
      const id = createReviewId(now)
      const run = { id, createdAt: now.toISOString(), answers: answersOf(id) }
      const review = await reviewer.review({ ...input, files: [] }, run)
      if (review.problem) throw new Problem(review.problem.code, review.problem.detail)
      return settle(review, input, (settled, traces) => store.accept(settled, toRequest(input), [], traces))
    },

    /**
     * Keeps the documents and queues their review. Once this has returned, the review survives a crash.
     * Throws `Problem('unknown_pack')` when the pack that is asked for does not exist.
     */
    async submit({ files, ...input }: ReviewInput): Promise<Review> {
      if (input.pack !== undefined) findPack(reviewer.packs, input.pack)
      const now = clock()
      const { externalId, rerunOf } = input
      const review: Review = {
        id: createReviewId(now),
        status: 'queued',
        createdAt: now.toISOString(),
        ...(externalId === undefined ? {} : { externalId }),
        ...(rerunOf === undefined ? {} : { rerunOf }),
        documents: [],
      }
      await blobTurns.take(async () => {
        const uploads: Upload[] = []
        for (const { name, bytes } of files) uploads.push({ name, sha256: await blobs.put(bytes) })
        await store.accept(review, toRequest(input), uploads)
      })
      enqueue(review.id)
      return review
    },

    /** The review as it stands after at most `seconds`, sooner when it is finished. Throws `Problem('not_found')`. */
    async get(id: string, seconds = 0): Promise<Review> {
      const job = jobs.get(id)
      if (job && seconds > 0) await Promise.race([job.done, sleep(seconds * 1000, job.done)])
      const review = await current(id)
      if (review) return review
      throw new Problem('not_found', '没有这份审查，或已被删除。')
    },

    /**
     * What a finished review was made from, to make it again. Throws `Problem('not_found')` when there is none, or not yet, and
     * `Problem('busy')` while it is under way.
     */
    async inputOf(id: string): Promise<ReviewInput> {
      const { status, rerunOf = id } = await this.get(id)
      if (status === 'queued' || status === 'running') throw new Problem('busy', '审查尚未完成，完成后才能重新审查。')
      const asked = await store.request(id)
      if (!asked) throw new Problem('not_found', '没有这份审查，或已被删除。')
      const files = await Promise.all(asked.uploads.map(fetchUpload))
      return { ...parseReviewOptions(asked.request), rerunOf, files }
    },

    async list(filter: ReviewFilter, limit: number, after?: string): Promise<ReviewSummary[]> {
      return store.list(filter, { limit, ...(after === undefined ? {} : { after }) })
    },

    /** Erases the review with its documents; only the audit line stays. Throws `Problem('not_found')`. */
    async erase(id: string): Promise<void> {
      jobs.get(id)?.stop.abort()
      const erased = await blobTurns.take(async () => {
        const gone = await store.erase(id, clock().toISOString())
        for (const sha256 of gone?.orphans ?? []) await blobs.delete(sha256)
        await pages?.forget(id)
        return gone
      })
      if (!erased) throw new Problem('not_found', '没有这份审查，或已被删除。')
    },

    /** At start: queues again what a stop or a crash left unfinished, and sweeps up blobs that belong to no review. */
    async resume(): Promise<number> {
      const stored = await Array.fromAsync(blobs.list())
      const needed = new Set(await store.neededBlobs(stored))
      for (const sha256 of stored) if (!needed.has(sha256)) await blobs.delete(sha256)
      const unfinished = await store.unfinished()
      for (const id of unfinished) enqueue(id)
      return unfinished.length
    },

    /** Throws when the store does not answer. */
    async assertReady(): Promise<void> {
      if (closing) throw new Problem('busy', '服务正在关闭。')
      await store.ping()
    },

    /** Takes nothing new, stops what runs (the next start resumes it) and waits for it to have stopped. */
    async close(): Promise<void> {
      closing = true
      for (const { stop } of jobs.values()) stop.abort()
      await Promise.all([...jobs.values()].map(({ done }) => done))
    },
  }
}

type Started = NonNullable<Awaited<ReturnType<Store['start']>>>

function toRequest(input: Omit<ReviewInput, 'files'>): StoredRequest {
  const { pack, declaration, context, asOf, externalId, rerunOf } = input
  return {
    ...(pack === undefined ? {} : { pack }),
    ...(declaration === undefined ? {} : { declaration }),
    ...(context === undefined ? {} : { context }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(rerunOf === undefined ? {} : { rerunOf }),
  }
}

/** Leaves no timer behind when `sooner` is settled first. */
function sleep(milliseconds: number, sooner: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    void sooner.finally(() => clearTimeout(timer))
  })
}
