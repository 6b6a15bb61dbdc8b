import { readThroughCache } from '../documents/page-cache.ts'
import type { PageCache, PageReader } from '../documents/ports.ts'
import type { JobHandler, JobRun } from '../jobs/runner.ts'
import { Problem } from '../problem.ts'
import { type Query, Refused } from '../store/database.ts'
import type { Accepted } from '../store/reviews.ts'
import type { Blobs, Store } from '../store/store.ts'
import type { Upload } from '../store/uploads.ts'
import { type LogFault, logFault } from './fault.ts'
import type { Observer } from './observe.ts'
import { parseReviewOptions } from './request.ts'
import { createResumableReader } from './resumable-reader.ts'
import type { Progress, Reviewer } from './reviewer.ts'
import type { Review } from './schema.ts'
import type { Settle } from './settling.ts'
import { createKeptAnswers, createReviewSteps, persist, READ } from './steps.ts'

/**
 * A review that was begun this often without anything being stored of it has ended its process each time. While its files are read, in
 * processes of their own, the end of ours is hardly its fault.
 */
const MOST_STARTS = { reading: 20, read: 5 }

/** A fault of ours that comes again each time a review is taken up, without anything being stored of it between, ends it. */
const MOST_FAULTS = 3

export type RunningDeps = {
  reviewer: Reviewer
  reader: PageReader
  store: Pick<Store, 'reviews' | 'steps' | 'answers'>
  blobs: Blobs
  pages?: PageCache | undefined
  clock: () => Date
  log: LogFault
  settle: Settle
  /** Queries to be carried out together with the end of a review. */
  whenFinished: (review: Review, accepted: Accepted) => Promise<Query[]>
  /** The review has changed. */
  notify: (id: string) => void
  /** The review has ended. */
  ended: (review: Review) => void
  observer: Observer
}

/** Runs the review of which a job is the job: reads, judges, compares and keeps it, each step once. */
export function createReviewHandler(deps: RunningDeps): JobHandler {
  const { reviewer, reader, store, blobs, pages, clock, log, settle, whenFinished, notify, ended, observer } = deps

  async function review(queued: Review, accepted: Accepted, run: JobRun): Promise<Review> {
    const { id, createdAt } = queued
    const { signal, lease } = run
    let progress: Progress | undefined
    const steps = createReviewSteps(store.steps, run, { observer, progress: () => progress })
    const most = (await store.steps.get(id, READ)) === null ? MOST_STARTS.reading : MOST_STARTS.read
    if (lease.starts > most) return failed(queued, givenUp(lease.starts - 1))
    const files = await fetchUploads(blobs, accepted.uploads)
    const cached = pages ? readThroughCache(reader, pages, id, signal) : reader
    const input = { ...parseReviewOptions(accepted.request), files }
    return steps.once('report', () =>
      reviewer.review(input, {
        id,
        createdAt,
        reader: createResumableReader(cached, steps, files),
        answers: createKeptAnswers(store.answers, accepted.tenant, id, run),
        steps,
        signal,
        onProgress(step) {
          progress = step
          run.report(step)
          notify(id)
        },
      }),
    )
  }

  async function attempt(queued: Review, accepted: Accepted, run: JobRun): Promise<Review> {
    try {
      return await review(queued, accepted, run)
    } catch (error) {
      if (run.signal.aborted) return failed(queued, stopped())
      // A store that is away, a disk that is full: it is tried again before it is given up.
      if (run.lease.starts < MOST_FAULTS) throw error
      return failed(queued, logFault(error, log, queued.id))
    }
  }

  async function keep(answer: Review, accepted: Accepted, run: JobRun): Promise<Review> {
    const { tenant, request } = accepted
    return settle(answer, { tenant, options: parseReviewOptions(request) }, async (settled, as) => {
      const more = { also: await whenFinished(settled, accepted), ...(as ? { settled: as } : {}) }
      const kept = await persist(() => store.reviews.finish(run.lease, settled, more), run)
      if (kept) return
      // Either it is in other hands, or another review was finished since this one was compared.
      if (!as || !(await run.isHeld())) run.lose()
      run.signal.throwIfAborted()
      throw new Refused(undefined)
    })
  }

  function failed(queued: Review, problem: Problem): Review {
    return { ...queued, status: 'failed', finishedAt: clock().toISOString(), problem: problem.toDetails() }
  }

  return async (id, run) => {
    const accepted = await store.reviews.start(run.lease, clock().toISOString())
    const queued = accepted && (await store.reviews.get(id))
    // Finished or erased since its job was taken.
    if (!queued) return 'done'
    notify(id)
    const { progress: _, ...base } = queued
    const answer = await attempt(base, accepted, run)
    // What a shutdown, a cancellation or an erasure cut short is not an answer.
    if (run.signal.aborted) return 'done'
    ended(await keep(answer, accepted, run))
    return 'ended'
  }
}

/** Throws when one is missing: that is a fault of ours. */
export async function fetchUploads(blobs: Blobs, uploads: Upload[]) {
  return Promise.all(
    uploads.map(async ({ name, sha256 }) => {
      const bytes = await blobs.get(sha256)
      if (!bytes) throw new Error('an upload is missing from the blob store')
      return { name, bytes }
    }),
  )
}

const stopped = () => new Problem('busy', '审查已中止。')

const givenUp = (starts: number) =>
  new Problem(
    'corrupt_document',
    `读取该文件时处理程序 ${starts} 次意外中断，已停止尝试。请把文件重新导出为 PDF 后再试。`,
  )
