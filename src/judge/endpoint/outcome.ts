import { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { type FailureReason, ModelFailure } from './failure.ts'

/**
 * What became of one request. `invalid`: no usable answer; `declined`: the model or its filter would not; `refused`: the endpoint would
 * not (4xx); `failed`: it broke (5xx); `stopped`: the time for the document was over, or its review was cancelled.
 */
export type CallOutcome =
  | 'answered'
  | 'invalid'
  | 'declined'
  | 'refused'
  | 'busy'
  | 'failed'
  | 'timeout'
  | 'unreachable'
  | 'stopped'

const OF_REASONS: Partial<Record<FailureReason, CallOutcome>> = {
  refusal: 'declined',
  'content-filter': 'declined',
  length: 'invalid',
  invalid: 'invalid',
  'bad-response': 'invalid',
}

/** Of an answer that could not be used, or of a request that was not sent: then `null`. */
export const outcomeOfReason = (reason: FailureReason): CallOutcome | null => OF_REASONS[reason] ?? null

/** Of a request that threw; `null` when nothing was sent. */
export function outcomeOfError(error: unknown, signal: AbortSignal): CallOutcome | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ModelFailure) return outcomeOfReason(cause.reason)
  if (signal.aborted || error instanceof APIUserAbortError) return 'stopped'
  if (error instanceof APIConnectionTimeoutError) return 'timeout'
  if (error instanceof SyntaxError) return 'invalid'
  const status = error instanceof APIError ? error.status : undefined
  if (status === undefined) return 'unreachable'
  if (status === 429 || status === 503) return 'busy'
  return status >= 500 ? 'failed' : 'refused'
}
