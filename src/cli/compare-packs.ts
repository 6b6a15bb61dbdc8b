import { compareReviews } from '../review/compare.ts'
import { createReviewId } from '../review/ids.ts'
import { renderComparison } from '../review/report/comparison.ts'
import type { Reviewer, ReviewInput } from '../review/reviewer.ts'
import type { Review } from '../review/schema.ts'
import { showProgress } from './progress.ts'
import { UsageError } from './usage.ts'

/** The two packs to compare, or `null` where at most one is asked for. Throws `UsageError`. */
export function packsToCompare(packs: string[], paths: string[], format: string): [string, string] | null {
  const [first, second, third] = packs
  if (first === undefined || second === undefined) return null
  if (third !== undefined) throw new UsageError('--pack 最多写两个（比较两个规则包）。')
  if (paths.length > 1) throw new UsageError('比较两个规则包时，一次只能审查一份申报书。')
  if (format !== 'text' && format !== 'json') throw new UsageError('比较两个规则包时，--format 只能是 text 或 json。')
  return [first, second]
}

/** One form under two packs. The second review finds the pages that the first has read. */
export async function reviewUnderBoth(
  input: ReviewInput,
  packs: [string, string],
  reviewer: Reviewer,
  path: string,
): Promise<[Review, Review]> {
  const progress = showProgress(path)
  const review = async (pack: string): Promise<Review> => {
    const now = new Date()
    const run = { id: createReviewId(now), createdAt: now.toISOString(), onProgress: progress.report }
    const found = await reviewer.review({ ...input, pack }, run)
    progress.clear()
    return found
  }
  return [await review(packs[0]), await review(packs[1])]
}

/** `json`: one object with both reviews whole and what differs, on one line. */
export function showComparison([before, after]: [Review, Review], format: 'text' | 'json', width: number): string {
  const comparison = compareReviews(before, after)
  if (format === 'text') return renderComparison(comparison, { width })
  const { changes, same } = comparison
  return `${JSON.stringify({ before, after, changes, same })}\n`
}
