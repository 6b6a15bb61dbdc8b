import type { Answers } from './answers.ts'
import type { Audit } from './audit.ts'
import type { Batches } from './batches.ts'
import type { Decisions } from './decisions.ts'
import type { Deliveries } from './deliveries.ts'
import type { Endpoints } from './endpoints.ts'
import type { Expiry } from './expiry.ts'
import type { Idempotency } from './idempotency.ts'
import type { Jobs } from './jobs.ts'
import type { Keys } from './keys.ts'
import type { Reviews } from './reviews.ts'
import type { Steps } from './steps.ts'
import type { Traces } from './traces.ts'
import type { Uploads } from './uploads.ts'

/**
 * Where everything lives. Every method of every part is one atomic batch and stands alone: D1 has no transactions, so there is no
 * callback form. What must be written together is handed to a method as queries (`also`).
 */
export type Store = {
  reviews: Reviews
  steps: Steps
  answers: Answers
  traces: Traces
  audit: Audit
  uploads: Uploads
  jobs: Jobs
  keys: Keys
  decisions: Decisions
  expiry: Expiry
  batches: Batches
  idempotency: Idempotency
  endpoints: Endpoints
  deliveries: Deliveries
  /** Throws when the store cannot answer. */
  ping(): Promise<void>
}

/** What reviews alone need of it. */
export type ReviewStore = Pick<
  Store,
  'reviews' | 'steps' | 'answers' | 'traces' | 'uploads' | 'jobs' | 'decisions' | 'ping'
>

export { DEFAULT_TENANT, type Scope } from '../access/actor.ts'

/** Uploaded files by the SHA-256 of their bytes (lower-case hex). */
export interface Blobs {
  put(bytes: Uint8Array): Promise<string>
  /** `null` when there is no such blob. */
  get(sha256: string): Promise<Uint8Array | null>
  has(sha256: string): Promise<boolean>
  delete(sha256: string): Promise<void>
  list(): AsyncIterable<string>
}
