import type { Review } from '../review/schema.ts'
import type { BatchOverview } from '../store/batches.ts'

export const EVENTS = ['review.done', 'review.failed', 'batch.done'] as const
export type WebhookEvent = (typeof EVENTS)[number]

/** The body of every message: type, time and data, as Standard Webhooks has it. */
export type WebhookMessage = { type: WebhookEvent; timestamp: string; data: { id: string } & Record<string, unknown> }

/**
 * What became of a review, in a few words: a message may be read by whoever runs the receiver, so it holds nothing that the form says.
 * The receiver asks for the rest.
 */
export function messageOfReview(review: Review): WebhookMessage {
  const { id, status, verdict, externalId, rerunOf, pack, problem, findings = [], notChecked = [] } = review
  const count = (wanted: string) => findings.filter((finding) => finding.status === wanted).length
  return {
    type: status === 'done' ? 'review.done' : 'review.failed',
    timestamp: review.finishedAt ?? review.createdAt,
    data: {
      id,
      status,
      ...(verdict === undefined ? {} : { verdict }),
      ...(externalId === undefined ? {} : { externalId }),
      ...(rerunOf === undefined ? {} : { rerunOf }),
      ...(pack === undefined ? {} : { pack: { id: pack.id, version: pack.version } }),
      ...(problem === undefined ? {} : { problem: { code: problem.code, title: problem.title } }),
      counts: {
        fail: count('fail'),
        unknown: count('unknown'),
        pass: count('pass'),
        skipped: count('skipped'),
        notChecked: notChecked.length,
      },
      url: `/v1/reviews/${id}`,
    },
  }
}

/** The same of a batch. */
export function messageOfBatch({ id, externalId, counts, verdicts }: BatchOverview, at: string): WebhookMessage {
  return {
    type: 'batch.done',
    timestamp: at,
    data: {
      id,
      status: 'done',
      ...(externalId === undefined ? {} : { externalId }),
      counts: { ...counts, ...verdicts },
      url: `/v1/batches/${id}`,
    },
  }
}
