import { z } from 'zod'
import { Problem } from '../problem.ts'
import { BATCH_ID, REVIEW_ID } from '../review/ids.ts'
import { plainly, toError } from '../review/issues.ts'
import { Review, Verdict } from '../review/schema.ts'

/** Longer waits are cut by proxies on the way. */
const LONGEST_WAIT = 300

const Wait = z.coerce
  .number()
  .nonnegative()
  .transform((seconds) => Math.min(seconds, LONGEST_WAIT))
const DAY = /^\d{4}-\d{2}-\d{2}$/

const NO_MOMENT = '起止时间应为日期（如 2025-03-01）或时刻（如 2025-03-01T08:00:00+08:00）'

/** A day (the offices count in Beijing time) or a moment. */
const Moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], NO_MOMENT)
  .transform((text) => new Date(DAY.test(text) ? `${text}T00:00:00+08:00` : text))

export const WaitQuery = z.object({ findings: z.enum(['open', 'all']).default('all'), wait: Wait.optional() })

/** `with`: the review to compare with; left out, the one of which this is another run. */
export const ComparisonQuery = z.object({ with: z.string().regex(REVIEW_ID).optional() })

/** A page, from 1, of one of the documents, from 0: as in a finding's evidence. */
export const SpotQuery = z.object({
  page: z.coerce.number().int().min(1),
  document: z.coerce.number().int().nonnegative().default(0),
})

/** Of every list: a filter with a slip in its name would list too much. */
export const PageQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) })

export const BatchListQuery = PageQuery.extend({ cursor: z.string().regex(BATCH_ID).optional() })

/** Of a batch's declarations; the cursor is the last one's position. */
export const BatchQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.coerce.number().int().nonnegative().optional(),
})

export const ListQuery = PageQuery.extend({
  status: Review.shape.status.optional(),
  verdict: Verdict.optional(),
  pack: z.string().min(1).optional(),
  rule: z.string().min(1).optional(),
  externalId: z.string().min(1).optional(),
  batch: z.string().min(1).optional(),
  from: Moment.transform((moment) => moment.toISOString()).optional(),
  to: z
    .union(
      [
        // A day as the end means the whole day.
        z.iso.date().transform((day) => new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000)),
        Moment,
      ],
      NO_MOMENT,
    )
    .transform((moment) => moment.toISOString())
    .optional(),
  cursor: z.string().regex(REVIEW_ID).optional(),
})

/** Throws `Problem('invalid_declaration')` with a pointer for every wrong parameter. */
export function parseQuery<T extends z.ZodType>(schema: T, query: Record<string, string>): z.output<T> {
  const parsed = schema.safeParse(query, plainly)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(toError)
  throw new Problem('invalid_declaration', `查询参数有误：${errors.map(({ detail }) => detail).join('；')}`, { errors })
}

/** Seconds of `Prefer: wait=10` (RFC 7240); undefined when there is none. */
export function preferredWait(header: string | undefined): number | undefined {
  const seconds = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?=[,;]|$)/i.exec(header ?? '')?.[1]
  return seconds === undefined ? undefined : Math.min(Number(seconds), LONGEST_WAIT)
}
