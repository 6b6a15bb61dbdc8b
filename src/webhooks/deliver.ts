import type { JobHandler } from '../jobs/runner.ts'
import type { Attempt, Deliveries } from '../store/deliveries.ts'
import { judgeAnswer, type Post, type SendOutcome } from './outcome.ts'
import { signedHeaders } from './sign.ts'

export type DeliverDeps = { deliveries: Deliveries; post: Post; clock: () => Date; random?: () => number }

/** Sends the message of which a job is the job. One that was sent but not yet noted when the process ended is sent again, under its id. */
export function createDeliveryHandler({ deliveries, post, clock, random = Math.random }: DeliverDeps): JobHandler {
  return async (id, { lease }) => {
    const parcel = await deliveries.open(id)
    // Delivered, given up or erased since its job was taken.
    if (!parcel) return 'done'
    const { url, body, secret, attempts } = parcel
    const answer = await post({ url, headers: signedHeaders(secret, id, clock(), body), body })
    const now = clock()
    const outcome = judgeAnswer(answer, attempts + 1, now, random())
    await deliveries.record(lease, toAttempt(outcome, now))
    return outcome.state === 'waiting' ? { again: outcome.wait, error: outcome.error } : 'done'
  }
}

function toAttempt(outcome: SendOutcome, now: Date): Attempt {
  const at = now.toISOString()
  if (outcome.state === 'delivered') return { at, state: 'delivered' }
  if (outcome.state === 'dead') return { at, ...outcome }
  return { at, state: 'waiting', error: outcome.error, nextAt: new Date(now.getTime() + outcome.wait).toISOString() }
}
