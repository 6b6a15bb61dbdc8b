import type { Review, Verdict } from '../review/schema.ts'

/** What was asked for; together with the uploads it is enough to run the review again. */
export type StoredRequest = {
  pack?: string
  declaration?: unknown
  context?: unknown
  asOf?: string
  externalId?: string
  rerunOf?: string
}

export type Upload = { name: string; sha256: string }

export type AuditAction = 'accepted' | 'started' | 'finished' | 'deleted'

/** `detail` holds no personal data: the line outlives the review. */
export type AuditLine = { at: string; action: AuditAction; reviewId: string; detail: Record<string, unknown> }

export type ReviewFilter = {
  status?: Review['status']
  verdict?: Verdict
  pack?: string
  /** Reviews in which this rule failed or is unknown. */
  rule?: string
  externalId?: string
  /** Created at or after, ISO 8601. */
  from?: string
  /** Created before, ISO 8601. */
  to?: string
}

/** A review without the declaration, its readings and findings. */
export type ReviewSummary = Omit<Review, 'declaration' | 'fields' | 'findings'>

/** What other reviews need to know of a finished one. */
export type RelatedReview = Pick<Review, 'id' | 'verdict' | 'externalId' | 'rerunOf' | 'declaration' | 'fields'>

/**
 * Where reviews live. Every method is atomic and stands alone: D1 has no transactions, so there is no callback form.
 * Review ids sort by time of creation.
 */
export interface Store {
  /** A new review with what is needed to run it. `review` may be finished already (a JSON declaration), with its traces. */
  accept(review: Review, request: StoredRequest, uploads: Upload[], traces?: string[]): Promise<void>
  /** Marks the review as running and counts the attempt; `null` when it was deleted or is finished. */
  start(id: string, at: string): Promise<{ request: StoredRequest; uploads: Upload[]; attempts: number } | null>
  /**
   * Replaces a review that was `queued` or `running` and drops its steps. False when it was deleted meanwhile. `traces`: the keys by
   * which later reviews find this one; they go with it.
   */
  finish(review: Review, traces?: string[]): Promise<boolean>
  /** Finished reviews that share any of these traces, those with most of them first, then the newest; not that of `except`. */
  related(traces: string[], except: string, limit: number): Promise<RelatedReview[]>
  get(id: string): Promise<Review | null>
  /** What was asked for and uploaded, whatever became of it. */
  request(id: string): Promise<{ request: StoredRequest; uploads: Upload[] } | null>
  /** Newest first; `after` is the last id of the page before. */
  list(filter: ReviewFilter, page: { limit: number; after?: string }): Promise<ReviewSummary[]>
  /** Ids of reviews that are not finished, oldest first. */
  unfinished(): Promise<string[]>
  /** Erases the review and leaves the audit line. `orphans`: blobs that no review needs any more. `null` when unknown. */
  erase(id: string, at: string): Promise<{ orphans: string[] } | null>
  getStep(reviewId: string, name: string): Promise<string | null>
  /** The first writer wins; gives back what is stored. */
  putStep(reviewId: string, name: string, result: string): Promise<string>
  /** A model's answer by the digest of what was asked; `null` when it was never asked. */
  getAnswer(key: string): Promise<string | null>
  /** Kept as long as the review that asked; the first writer wins. */
  putAnswer(reviewId: string, key: string, answer: string, at: string): Promise<void>
  audit(reviewId: string): Promise<AuditLine[]>
  /** Which of these blobs some review needs. */
  neededBlobs(sha256s: string[]): Promise<string[]>
  /** Throws when the store cannot answer. */
  ping(): Promise<void>
}

/** Uploaded files by the SHA-256 of their bytes (lower-case hex). */
export interface Blobs {
  put(bytes: Uint8Array): Promise<string>
  /** `null` when there is no such blob. */
  get(sha256: string): Promise<Uint8Array | null>
  delete(sha256: string): Promise<void>
  list(): AsyncIterable<string>
}
