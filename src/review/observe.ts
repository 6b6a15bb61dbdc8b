import type { Review } from './schema.ts'

/** Told of the work as it goes on, for those who watch the service from outside. Nothing it is given may be personal data but a review. */
export type Observer = {
  /** Does the work, as a step of that kind: `open`, `ocr`, `extract`, `rules`, `judge`, `report`. */
  step<T>(kind: string, reviewId: string, work: () => Promise<T> | T): Promise<T>
  /** A review has ended and is kept. */
  ended(review: Review): void
}

export const nobody: Observer = { step: async (_kind, _id, work) => work(), ended: () => undefined }
