import type { Finding, Review } from '../../../src/review/schema.ts'
import { jobId, type Lease } from '../../../src/store/jobs.ts'
import type { Accepted } from '../../../src/store/reviews.ts'
import type { Blobs, Store } from '../../../src/store/store.ts'

/** A store without anything in it. */
export type OpenStore = () => Promise<{ store: Store; close(): Promise<void> }>

export type OpenStoreWithBlobs = () => Promise<{ store: Store; blobs: Blobs; close(): Promise<void> }>

export const AT = '2024-11-20T08:00:00.000Z'

/** Long enough for any test. */
export const LEASE = 60_000

export const idOf = (number: number) => `rev_${String(number).padStart(4, '0')}`

export function review(number: number, more: Partial<Review> = {}): Review {
  return {
    id: idOf(number),
    status: 'queued',
    createdAt: `2024-11-${String(number).padStart(2, '0')}T08:00:00.000Z`,
    documents: [],
    ...more,
  }
}

export function finding(rule: string, status: Finding['status']): Finding {
  return { rule, status, severity: 'error', source: 'rule', message: rule, fields: [], evidence: [], confidence: 1 }
}

export const done = (number: number, more: Partial<Review> = {}) =>
  review(number, { status: 'done', finishedAt: AT, verdict: 'pass', findings: [], notChecked: [], ...more })

export const failed = (number: number) => review(number, { status: 'failed', finishedAt: AT })

export const by = (more: Partial<Accepted> = {}): Accepted => ({
  tenant: 'default',
  request: {},
  uploads: [],
  ...more,
})

/** The review's job, which must be there to be taken. */
export async function take(store: Store, number: number, owner = 'worker-1', leaseMs = LEASE): Promise<Lease> {
  const lease = await store.jobs.claim(jobId('review', idOf(number)), owner, leaseMs)
  if (!lease) throw new Error('there is no such job to take')
  return lease
}

/** Accepted, taken and finished. */
export async function putDone(store: Store, review: Review, traces: string[] = [], more: Partial<Accepted> = {}) {
  const tenant = more.tenant ?? 'default'
  const { version } = await store.traces.related(tenant, traces, review.id, 1)
  await store.reviews.accept(review, by(more), { settled: { tenant, traces, version } })
}
