import { z } from 'zod'
import { ProblemDetails } from '../../problem.ts'
import { Review, Verdict } from '../schema.ts'

const count = z.number().int()

/** A batch of declarations; `failed` counts files that were refused at once, too. */
export const Batch = z
  .object({
    id: z.string(),
    /** `done`: all reviews have ended, and those of one batch have been compared with each other. */
    status: z.enum(['running', 'done', 'cancelled']),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    externalId: z.string().optional(),
    counts: z.object({ items: count, queued: count, running: count, done: count, failed: count }),
    verdicts: z.object({ pass: count, return: count, manual: count }),
  })
  .meta({ id: 'Batch' })

/** One declaration of a batch. */
export const BatchItem = z
  .object({
    /** In the order in which they were handed in, from 0. */
    position: count,
    /** The file's name, or the folder's. */
    name: z.string(),
    /** Id of its review; none where the file was refused at once. */
    review: z.string().optional(),
    status: Review.shape.status,
    verdict: Verdict.optional(),
    /** Findings that are so. */
    fail: count,
    unknown: count,
    /** Comparing it with the others of the batch has changed it. */
    compared: z.boolean().optional(),
    problem: ProblemDetails.optional(),
  })
  .meta({ id: 'BatchItem' })
