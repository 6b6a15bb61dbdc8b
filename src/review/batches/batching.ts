import { type Actor, scopeOf } from '../../access/actor.ts'
import type { File, PageCache } from '../../documents/ports.ts'
import { Problem } from '../../problem.ts'
import type { Audit } from '../../store/audit.ts'
import type { Batches, BatchItem, BatchOverview, NewItem } from '../../store/batches.ts'
import type { Query } from '../../store/database.ts'
import type { Accepted } from '../../store/reviews.ts'
import type { Upload } from '../../store/uploads.ts'
import { toRequest } from '../accepting.ts'
import { createBatchId, createReviewId } from '../ids.ts'
import type { KeepingUploads } from '../keep-uploads.ts'
import { findPack } from '../packs.ts'
import type { ReviewOptions } from '../request.ts'
import type { Reviewer } from '../reviewer.ts'
import type { Review } from '../schema.ts'
import { unpackDeclarations } from './unpack.ts'

/** What batches need beside what reviews do. */
export type BatchingStore = {
  batches: Batches
  audit: Pick<Audit, 'note'>
  /** Queries to be carried out together with the end of a batch. */
  whenBatchFinished?: (batch: BatchOverview, at: string, asked: Pick<Accepted, 'tenant' | 'request'>) => Query[]
}

export type BatchingDeps = BatchingStore & {
  reviewer: Pick<Reviewer, 'packs'>
  keeping: KeepingUploads
  pages?: PageCache | undefined
  clock: () => Date
  wake: (reviewId: string) => Promise<void>
  stop: (reviewId: string) => void
  /** The batch's job is to stop where it runs. */
  stopBatch: (id: string) => void
  /** Something may have become due. */
  look: () => void
  get: (actor: Actor, reviewId: string) => Promise<Review>
  cancelReview: (actor: Actor, reviewId: string) => Promise<Review>
}

export type BatchOptions = Pick<ReviewOptions, 'pack' | 'asOf' | 'context' | 'callbackUrl' | 'externalId'>

/** A declaration of a batch with its review as it stands; none where the file was refused, or it was erased just now. */
export type BatchResult = { item: BatchItem; review?: Review }

export type Batching = ReturnType<typeof createBatching>

/** Items looked up at a time: their reviews are held in memory one by one. */
const PAGE = 100

/** Everything that a person asks for of batches. */
export function createBatching(deps: BatchingDeps) {
  const { batches, audit, reviewer, keeping, pages, clock, wake, stop, stopBatch, look, get, cancelReview } = deps

  async function find(actor: Actor, id: string): Promise<BatchOverview> {
    const batch = await batches.get(id, scopeOf(actor))
    if (batch) return batch
    throw noBatch()
  }

  /** Rows are the truth: a call that is lost is made up for. */
  async function wakeAll(ids: string[]): Promise<void> {
    for (const id of ids) await wake(id)
    look()
  }

  return {
    /**
     * Keeps the files and queues a review for each declaration among them. Once this has returned, the batch survives a crash.
     * Throws `Problem`: `unknown_pack`, `too_large`, `invalid_declaration`.
     */
    async submit(actor: Actor, files: File[], options: BatchOptions, also: (id: string) => Query[]) {
      const { externalId, ...asked } = options
      if (options.pack !== undefined) findPack(reviewer.packs, options.pack)
      const handed = await unpackDeclarations(files)
      const now = clock()
      const [id, createdAt] = [createBatchId(now), now.toISOString()]
      const kept = handed.flatMap((each) => ('files' in each ? each.files : []))
      const ids: string[] = []
      await keeping.keep(kept, async (uploads) => {
        let used = 0
        const items = handed.map((each): NewItem => {
          if ('problem' in each) return { name: each.name, problem: each.problem.toDetails() }
          const own: Upload[] = uploads.slice(used, used + each.files.length)
          used += each.files.length
          const review = queued(createReviewId(now), createdAt)
          ids.push(review.id)
          return { name: each.name, review, uploads: own }
        })
        const of = { tenant: actor.tenant, owner: actor.keyId, ...(externalId === undefined ? {} : { externalId }) }
        await batches.accept({ id, createdAt, ...of, request: toRequest(asked), items }, { also: also(id) })
      })
      void wakeAll(ids).catch(() => {})
      return find(actor, id)
    },

    /** Throws `Problem('not_found')`. */
    get: find,

    /** At most `limit` declarations after a position. */
    items: (id: string, limit: number, after?: number): Promise<BatchItem[]> =>
      batches.items(id, { limit, ...(after === undefined ? {} : { after }) }),

    list: (actor: Actor, limit: number, after?: string): Promise<BatchOverview[]> =>
      batches.list(scopeOf(actor), { limit, ...(after === undefined ? {} : { after }) }),

    /** Ends all reviews that are not finished, without comparing any; a batch that is done stays as it is. Throws `Problem('not_found')`. */
    async cancel(actor: Actor, id: string): Promise<BatchOverview> {
      const rest = await batches.cancel(id, clock().toISOString(), scopeOf(actor), actor.keyId)
      stopBatch(id)
      for (const review of rest ?? []) await unlessGone(cancelReview(actor, review))
      return find(actor, id)
    },

    /** Erases the batch with all its reviews and documents; only audit lines stay. Throws `Problem('not_found')`. */
    async erase(actor: Actor, id: string): Promise<void> {
      const erased = await batches.erase(id, clock().toISOString(), scopeOf(actor), actor.keyId)
      if (!erased) throw noBatch()
      stopBatch(id)
      for (const review of erased.reviews) stop(review)
      await keeping.drop(erased.orphans)
      for (const review of erased.reviews) await pages?.forget(review)
    },

    /** Notes in the audit trail that somebody took the results with them. */
    async noteExport({ tenant, keyId }: Actor, id: string, format: string): Promise<void> {
      const line = { at: clock().toISOString(), tenant, actor: keyId, action: 'exported' as const, subject: id }
      await audit.note({ ...line, detail: { format } })
    },

    /** Every declaration with its review, in their order. */
    async *results(actor: Actor, id: string): AsyncGenerator<BatchResult> {
      let after: number | undefined
      for (;;) {
        const items = await batches.items(id, { limit: PAGE, ...(after === undefined ? {} : { after }) })
        for (const item of items) {
          const review = item.review === undefined ? null : await unlessGone(get(actor, item.review))
          if (review || item.review === undefined) yield { item, ...(review ? { review } : {}) }
        }
        after = items.at(-1)?.position
        if (items.length < PAGE) return
      }
    },
  }
}

const queued = (id: string, createdAt: string): Review => ({ id, status: 'queued', createdAt, documents: [] })

async function unlessGone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return null
    throw error
  }
}

const noBatch = () => new Problem('not_found', '没有这批申报书，或已被删除。')
