import type { Queue } from '../jobs/queue.ts'
import type { JobHandlers } from '../jobs/runner.ts'
import type { Review } from '../review/schema.ts'
import type { BatchOverview } from '../store/batches.ts'
import type { Query } from '../store/database.ts'
import { jobId } from '../store/jobs.ts'
import type { Accepted } from '../store/reviews.ts'
import type { Store } from '../store/store.ts'
import { announceBatch, announceReview, type BatchAsked } from './announce.ts'
import { createDeliveryHandler } from './deliver.ts'
import type { Post } from './outcome.ts'
import { createWebhookService, type WebhookService } from './service.ts'
import type { AllowedTargets } from './targets.ts'

export type WebhookDeps = {
  store: Pick<Store, 'endpoints' | 'deliveries'>
  queue: Queue
  allowed: AllowedTargets
  post: Post
  clock: () => Date
  /** Messages at a time: a receiver that hangs holds up one place for some seconds. */
  slots?: number
}

export type Webhooks = {
  webhooks: WebhookService
  handlers: JobHandlers
  whenFinished: (review: Review, accepted: Accepted) => Promise<Query[]>
  whenBatchFinished: (batch: BatchOverview, at: string, asked: BatchAsked) => Query[]
}

/** What a service needs to send messages: its routes' part, the handler of its jobs, and what a review's end sets off. */
export function openWebhooks({ store, queue, allowed, post, clock, slots = 8 }: WebhookDeps): Webhooks {
  const { deliveries } = store
  const wake = (deliveryId: string) => queue.wake('delivery', jobId('delivery', deliveryId))
  return {
    webhooks: createWebhookService({ store, allowed, clock, wake }),
    handlers: { delivery: { slots, handle: createDeliveryHandler({ deliveries, post, clock }) } },
    whenFinished: async (review, accepted) => announceReview(deliveries, review, accepted),
    whenBatchFinished: (batch, at, asked) => announceBatch(deliveries, batch, at, asked),
  }
}
