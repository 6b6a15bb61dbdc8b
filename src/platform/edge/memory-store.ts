import { isFinished } from '../../review/finished.ts'
import type { Decision, Review } from '../../review/schema.ts'
import { Refused } from '../../store/database.ts'
import type { Accepted, ReviewFilter, ReviewSummary } from '../../store/reviews.ts'
import type { Blobs, ReviewStore, Scope } from '../../store/store.ts'
import { createMemoryAnswers } from './memory-answers.ts'
import { createMemoryJobs } from './memory-jobs.ts'

type Kept = {
  review: Review
  accepted: Accepted
  steps: Map<string, string>
  traces: string[]
  decisions: Decision[]
}

/**
 * Reviews for as long as this isolate lives, at most `limit` of them: on the edge a review is answered in the request that
 * asks for it. Where a D1 database is bound, that takes this place.
 */
export function createMemoryStore(limit = 200): { store: ReviewStore; blobs: Blobs } {
  const reviews = new Map<string, Kept>()
  const blobs = createMemoryBlobs()
  const { answers, forgetThoseOf } = createMemoryAnswers()
  const { jobs, isHeld, add, remove, progressOf } = createMemoryJobs()
  let settled = 0

  const needed = (sha256: string) =>
    [...reviews.values()].some(({ accepted }) => accepted.uploads.some((upload) => upload.sha256 === sha256))
  const find = (id: string, scope?: Partial<Scope>) => {
    const kept = reviews.get(id)
    return kept && isWithin(kept, scope) ? kept : undefined
  }

  function forget(id: string): string[] {
    const uploads = reviews.get(id)?.accepted.uploads ?? []
    reviews.delete(id)
    remove(id)
    forgetThoseOf(id)
    return uploads.map(({ sha256 }) => sha256).filter((sha256) => !needed(sha256))
  }

  async function forgetOldest(): Promise<void> {
    const finished = [...reviews.values()].find(({ review }) => isFinished(review))
    if (reviews.size <= limit || !finished) return
    for (const orphan of forget(finished.review.id)) await blobs.delete(orphan)
  }

  /** False when another review was finished since. */
  function settle(version: string | undefined): boolean {
    if (version !== undefined && version !== String(settled)) return false
    if (version !== undefined) settled += 1
    return true
  }

  const store: ReviewStore = {
    reviews: {
      async accept(review, accepted, more = {}) {
        if (!settle(more.settled?.version)) throw new Refused(undefined)
        reviews.set(review.id, {
          review,
          accepted,
          steps: new Map(),
          traces: more.settled?.traces ?? [],
          decisions: [],
        })
        if (!isFinished(review)) add(review.id)
        await forgetOldest()
      },
      async start({ subject }) {
        const kept = find(subject)
        if (!kept || isFinished(kept.review)) return null
        kept.review = { ...kept.review, status: 'running' }
        return kept.accepted
      },
      async finish(lease, review, more = {}) {
        const kept = find(review.id)
        if (!kept || !isHeld(lease) || isFinished(kept.review) || !settle(more.settled?.version)) return false
        Object.assign(kept, { review, traces: more.settled?.traces ?? [], steps: new Map() })
        remove(review.id)
        return true
      },
      async cancel(review) {
        const kept = find(review.id)
        if (!kept || isFinished(kept.review)) return false
        kept.review = review
        remove(review.id)
        return true
      },
      async retry(review) {
        const kept = find(review.id)
        if (kept?.review.status !== 'failed') return false
        kept.review = review
        add(review.id)
        return true
      },
      async get(id, scope) {
        const review = find(id, scope)?.review
        const progress = review?.status === 'running' ? progressOf(id) : undefined
        return review ? { ...review, ...(progress ? { progress } : {}) } : null
      },
      request: async (id, scope) => find(id, scope)?.accepted ?? null,
      async list(filter, { limit: most, after }) {
        const found = [...reviews.values()].filter((kept) => isWithin(kept, filter) && matches(kept, filter))
        const newestFirst = found.map(({ review }) => review).sort((a, b) => (a.id < b.id ? 1 : -1))
        return newestFirst
          .filter((review) => after === undefined || review.id < after)
          .slice(0, most)
          .map(summarise)
      },
      async erase(id, _, scope) {
        return find(id, scope) ? { orphans: forget(id) } : null
      },
    },
    steps: {
      get: async (id, name) => reviews.get(id)?.steps.get(name) ?? null,
      async put(lease, name, result) {
        if (!isHeld(lease)) throw new Refused(undefined)
        const steps = reviews.get(lease.subject)?.steps
        const stored = steps?.get(name) ?? result
        steps?.set(name, stored)
        return stored
      },
    },
    answers,
    traces: {
      async related(tenant, traces, except, most) {
        const asked = new Set(traces)
        const found = [...reviews.values()]
          .filter(({ review, accepted }) => review.id !== except && accepted.tenant === tenant)
          .filter(({ review }) => review.status === 'done')
          .map((kept) => ({ review: kept.review, shared: kept.traces.filter((trace) => asked.has(trace)).length }))
          .filter(({ shared }) => shared > 0)
          .sort((a, b) => b.shared - a.shared || (a.review.id < b.review.id ? 1 : -1))
        return { reviews: found.slice(0, most).map(({ review }) => review), version: String(settled) }
      },
    },
    uploads: { needed: async (sha256s) => sha256s.filter(needed) },
    jobs,
    decisions: {
      async add(reviewId, decision) {
        const kept = reviews.get(reviewId)
        if (!kept || !isFinished(kept.review)) return false
        kept.decisions.push(decision)
        return true
      },
      of: async (reviewId) => [...(reviews.get(reviewId)?.decisions ?? [])],
    },
    ping: async () => {},
  }
  return { store, blobs }
}

export function createMemoryBlobs(): Blobs {
  const kept = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice()))
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
      kept.set(sha256, bytes)
      return sha256
    },
    get: async (sha256) => kept.get(sha256) ?? null,
    has: async (sha256) => kept.has(sha256),
    delete: async (sha256) => void kept.delete(sha256),
    async *list() {
      yield* kept.keys()
    },
  }
}

const isWithin = ({ accepted }: Kept, { tenant, owner }: Partial<Scope> = {}): boolean =>
  (tenant === undefined || accepted.tenant === tenant) && (owner === undefined || accepted.owner === owner)

function matches({ review, accepted }: Kept, filter: ReviewFilter): boolean {
  const { status, verdict, pack, rule, externalId, batchId, from, to } = filter
  return (
    (status === undefined || review.status === status) &&
    (verdict === undefined || review.verdict === verdict) &&
    (pack === undefined || review.pack?.id === pack) &&
    (externalId === undefined || review.externalId === externalId) &&
    (batchId === undefined || accepted.batchId === batchId) &&
    (from === undefined || review.createdAt >= from) &&
    (to === undefined || review.createdAt < to) &&
    (rule === undefined ||
      (review.findings ?? []).some((f) => f.rule === rule && (f.status === 'fail' || f.status === 'unknown')))
  )
}

function summarise({
  declaration: _declaration,
  fields: _fields,
  findings: _findings,
  ...rest
}: Review): ReviewSummary {
  return rest
}
