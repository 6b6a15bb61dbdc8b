/**
 * Why a model gave no usable answer. `refusal`: the model would not; `refused`: the endpoint would not; `busy`: it asks to be left alone
 * for longer than there is time. `personal-data` and `host`: we refused to send.
 */
export type FailureReason =
  | 'refusal'
  | 'refused'
  | 'busy'
  | 'content-filter'
  | 'length'
  | 'invalid'
  | 'transport'
  | 'bad-response'
  | 'budget'
  | 'deadline'
  | 'personal-data'
  | 'host'

/** Never holds what was sent or answered: it may be logged. */
export class ModelFailure extends Error {
  readonly reason: FailureReason
  /** The HTTP status, where there was one. */
  readonly status: number | undefined

  constructor(reason: FailureReason, status?: number) {
    super(status === undefined ? reason : `${reason} (${status})`)
    this.name = 'ModelFailure'
    this.reason = reason
    this.status = status
  }
}
