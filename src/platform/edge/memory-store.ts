import type { Review } from '../../review/schema.ts'
import type { AuditLine, Blobs, ReviewFilter, ReviewSummary, Store, StoredRequest, Upload } from '../../store/store.ts'

type Kept = {
  review: Review
  request: StoredRequest
  uploads: Upload[]
  attempts: number
  steps: Map<string, string>
  traces: string[]
}

/**
 * Reviews for as long as this isolate lives, at most `limit` of them: on the edge a review is answered in the request that
 * asks for it. D1 and R2 take this place when the edge gets a store of its own.
 */
export function createMemoryStore(limit = 200): { store: Store; blobs: Blobs } {
  const reviews = new Map<string, Kept>()
  const lines = new Map<string, AuditLine[]>()
  const blobs = createMemoryBlobs()
  const answers = new Map<string, { reviewId: string; answer: string }>()

  const note = (reviewId: string, at: string, action: AuditLine['action']) => {
    lines.set(reviewId, [...(lines.get(reviewId) ?? []), { at, action, reviewId, detail: {} }])
  }
  const needed = (sha256: string) =>
    [...reviews.values()].some(({ uploads }) => uploads.some((u) => u.sha256 === sha256))

  async function forget(id: string): Promise<string[]> {
    const uploads = reviews.get(id)?.uploads ?? []
    reviews.delete(id)
    for (const [key, { reviewId }] of answers) if (reviewId === id) answers.delete(key)
    return uploads.map(({ sha256 }) => sha256).filter((sha256) => !needed(sha256))
  }

  async function forgetOldest(): Promise<void> {
    const finished = [...reviews.values()].find(({ review }) => isFinished(review))
    if (reviews.size <= limit || !finished) return
    for (const orphan of await forget(finished.review.id)) await blobs.delete(orphan)
    lines.delete(finished.review.id)
  }

  const store: Store = {
    async accept(review, request, uploads, traces = []) {
      reviews.set(review.id, { review, request, uploads, attempts: 0, steps: new Map(), traces })
      note(review.id, review.createdAt, 'accepted')
      await forgetOldest()
    },
    async start(id, at) {
      const kept = reviews.get(id)
      if (!kept || isFinished(kept.review)) return null
      kept.attempts += 1
      kept.review = { ...kept.review, status: 'running' }
      note(id, at, 'started')
      return { request: kept.request, uploads: kept.uploads, attempts: kept.attempts }
    },
    async finish(review, traces = []) {
      const kept = reviews.get(review.id)
      if (!kept || isFinished(kept.review)) return false
      kept.review = review
      kept.traces = traces
      kept.steps.clear()
      note(review.id, review.finishedAt ?? review.createdAt, 'finished')
      return true
    },
    async related(traces, except, most) {
      const asked = new Set(traces)
      return [...reviews.values()]
        .filter(({ review }) => review.id !== except && review.status === 'done')
        .map((kept) => ({ review: kept.review, shared: kept.traces.filter((trace) => asked.has(trace)).length }))
        .filter(({ shared }) => shared > 0)
        .sort((a, b) => b.shared - a.shared || (a.review.id < b.review.id ? 1 : -1))
        .slice(0, most)
        .map(({ review }) => review)
    },
    get: async (id) => reviews.get(id)?.review ?? null,
    async request(id) {
      const kept = reviews.get(id)
      return kept ? { request: kept.request, uploads: kept.uploads } : null
    },
    async list(filter, { limit: most, after }) {
      const newestFirst = [...reviews.values()].map(({ review }) => review).sort((a, b) => (a.id < b.id ? 1 : -1))
      return newestFirst
        .filter((review) => (after === undefined || review.id < after) && matches(review, filter))
        .slice(0, most)
        .map(summarise)
    },
    unfinished: async () => [...reviews.values()].flatMap(({ review }) => (isFinished(review) ? [] : [review.id])),
    async erase(id, at) {
      if (!reviews.has(id)) return null
      note(id, at, 'deleted')
      return { orphans: await forget(id) }
    },
    getStep: async (id, name) => reviews.get(id)?.steps.get(name) ?? null,
    async putStep(id, name, result) {
      const steps = reviews.get(id)?.steps
      const stored = steps?.get(name) ?? result
      steps?.set(name, stored)
      return stored
    },
    getAnswer: async (key) => answers.get(key)?.answer ?? null,
    async putAnswer(reviewId, key, answer) {
      if (!answers.has(key)) answers.set(key, { reviewId, answer })
    },
    audit: async (id) => lines.get(id) ?? [],
    neededBlobs: async (sha256s) => sha256s.filter(needed),
    ping: async () => {},
  }
  return { store, blobs }
}

function createMemoryBlobs(): Blobs {
  const kept = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice()))
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
      kept.set(sha256, bytes)
      return sha256
    },
    get: async (sha256) => kept.get(sha256) ?? null,
    delete: async (sha256) => void kept.delete(sha256),
    async *list() {
      yield* kept.keys()
    },
  }
}

function isFinished({ status }: Review): boolean {
  return status === 'done' || status === 'failed'
}

function matches(review: Review, { status, verdict, pack, rule, externalId, from, to }: ReviewFilter): boolean {
  return (
    (status === undefined || review.status === status) &&
    (verdict === undefined || review.verdict === verdict) &&
    (pack === undefined || review.pack?.id === pack) &&
    (externalId === undefined || review.externalId === externalId) &&
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
