import type { JobHandler } from '../../jobs/runner.ts'
import { tracesOfSheets } from '../../rules/across/traces.ts'
import type { Packs } from '../../rules/engine/load.ts'
import type { KnownDeclaration } from '../../rules/known.ts'
import type { Store } from '../../store/store.ts'
import { compareWithin, type Reviewed, toKnown, tracesOfReview } from '../across.ts'
import { parseReviewOptions } from '../request.ts'
import type { Review } from '../schema.ts'
import { MOST_NAMED, MOST_RELATED } from '../settling.ts'
import type { BatchingStore } from './batching.ts'
import { MOST_DECLARATIONS } from './unpack.ts'

export type BatchEndingDeps = BatchingStore & {
  packs: Packs
  store: Pick<Store, 'reviews' | 'traces' | 'decisions'>
  clock: () => Date
  /** A batch has ended. */
  ended: () => void
}

/**
 * Ends a batch of which all reviews have ended: compares them with each other and with what the store has beside them, and writes those
 * that are changed by it. Done again after a crash it finds the same, and nothing left to change of what was written.
 */
export function createBatchHandler(deps: BatchEndingDeps): JobHandler {
  const { packs, store, batches, clock, whenBatchFinished = () => [], ended } = deps

  async function load(id: string, options: Reviewed['options']): Promise<Reviewed[]> {
    const loaded: Reviewed[] = []
    for (const { review: own, name: label } of await batches.items(id, { limit: MOST_DECLARATIONS })) {
      const review = own === undefined ? null : await store.reviews.get(own)
      if (review?.status === 'done') loaded.push({ review, options, label })
    }
    return loaded
  }

  async function knownBeside(review: Review, tenant: string, batch: string): Promise<KnownDeclaration[]> {
    const [traces, most] = review.summaries
      ? [tracesOfSheets(review.summaries), MOST_NAMED]
      : [tracesOfReview(review), MOST_RELATED]
    if (traces.length === 0) return []
    const { reviews } = await store.traces.related(tenant, traces, review.id, most, batch)
    return toKnown(reviews, review)
  }

  return async (id, run) => {
    const [asked, batch] = [await batches.request(id), await batches.get(id)]
    // Cancelled, erased or opened again since its job was written; in the last case another follows.
    if (!asked || batch?.status !== 'running' || batch.counts.queued + batch.counts.running > 0) return 'done'
    const at = clock().toISOString()
    const reviewed = await load(id, parseReviewOptions(asked.request))
    const compare = compareWithin(packs, reviewed)
    for (const own of reviewed) {
      // A comparison takes its time, and a store may answer at once: others shall have their turn.
      await new Promise((resolve) => setTimeout(resolve))
      run.signal.throwIfAborted()
      const known = await knownBeside(own.review, asked.tenant, id)
      const changed = markChanged(own.review, compare(own, known), { batch: id, at })
      if (!changed) continue
      const ruled = (await store.decisions.of(changed.id)).length > 0
      const kept = ruled ? inTheirPlaces(own.review, changed) : changed
      if (await batches.compared(run.lease, kept, at, kept.compared?.rules ?? [])) continue
      // In other hands, or the review was erased or is done again.
      return { again: 1000, error: 'changed' }
    }
    const compared = (await batches.get(id)) ?? batch
    const finished = { ...compared, status: 'done' as const, finishedAt: at }
    const done = await batches.finish(run.lease, at, { also: whenBatchFinished(finished, at, asked) })
    if (!done) return 'done'
    ended()
    return 'ended'
  }
}

/** The review with a note of which rules now say something else; `null` when none does. */
function markChanged(before: Review, after: Review, { batch, at }: { batch: string; at: string }): Review | null {
  const said = (review: Review) => Map.groupBy(review.findings ?? [], ({ rule }) => rule)
  const [was, is] = [said(before), said(after)]
  const rules = [...is].flatMap(([rule, found]) =>
    JSON.stringify(found) === JSON.stringify(was.get(rule)) ? [] : [rule],
  )
  if (rules.length === 0 && before.verdict === after.verdict) return null
  return { ...after, compared: { batch, at, rules: [...new Set([...(before.compared?.rules ?? []), ...rules])] } }
}

/** People's rulings name findings by their place. */
function inTheirPlaces(before: Review, after: Review): Review {
  const same = new Set(before.findings)
  const anew = new Map((after.findings ?? []).filter((each) => !same.has(each)).map((each) => [each.rule, each]))
  return { ...after, findings: (before.findings ?? []).map((each) => anew.get(each.rule) ?? each) }
}
