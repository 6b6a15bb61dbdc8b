import type { Review } from './schema.ts'

/** Nothing more will come of it: it was reviewed, or could not be. */
export const isFinished = ({ status }: Pick<Review, 'status'>): boolean => status === 'done' || status === 'failed'
