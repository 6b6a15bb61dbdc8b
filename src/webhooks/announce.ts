import type { Review } from '../review/schema.ts'
import type { BatchOverview } from '../store/batches.ts'
import type { Query } from '../store/database.ts'
import type { Announcement, Deliveries } from '../store/deliveries.ts'
import type { Accepted } from '../store/reviews.ts'
import { createMessageId } from './ids.ts'
import { messageOfBatch, messageOfReview, type WebhookMessage } from './message.ts'
import { createSecret } from './sign.ts'

/** The messages that a review's end sets off, to be written in the batch that ends it. */
export function announceReview(deliveries: Deliveries, review: Review, { tenant, request }: Accepted): Query[] {
  return announce(deliveries, tenant, messageOfReview(review), { reviewId: review.id, ...callbackOf(request) })
}

/** The message that a batch's end sets off, to be written in the batch that ends it. */
export function announceBatch(deliveries: Deliveries, batch: BatchOverview, at: string, asked: BatchAsked): Query[] {
  return announce(deliveries, asked.tenant, messageOfBatch(batch, at), callbackOf(asked.request))
}

export type BatchAsked = Pick<Accepted, 'tenant' | 'request'>

const callbackOf = ({ callbackUrl: url }: Accepted['request']) =>
  url === undefined ? {} : { callback: { url, secret: createSecret() } }

/** Any message, for all endpoints of a tenant that want it. */
export function announce(
  deliveries: Deliveries,
  tenant: string,
  message: WebhookMessage,
  more: Pick<Announcement, 'reviewId' | 'callback'> = {},
): Query[] {
  const { type, timestamp, data } = message
  return deliveries.announce({
    id: createMessageId(new Date(timestamp)),
    tenant,
    event: type,
    subject: data.id,
    body: JSON.stringify(message),
    at: timestamp,
    ...more,
  })
}
