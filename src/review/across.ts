import type { Summary } from '../declaration/summary/schema.ts'
import { tracesOf } from '../rules/across/traces.ts'
import { compareUnits } from '../rules/domain/unit-name.ts'
import { evaluateRule } from '../rules/engine/evaluate.ts'
import { Form } from '../rules/engine/form.ts'
import type { Packs } from '../rules/engine/load.ts'
import { Variables } from '../rules/engine/views.ts'
import type { KnownDeclaration } from '../rules/known.ts'
import type { RelatedReview } from '../store/traces.ts'
import { tieToEvidence } from './evidence.ts'
import { orderFindings } from './order.ts'
import { packOf } from './packs.ts'
import type { ReviewOptions } from './request.ts'
import type { Review } from './schema.ts'
import { compareSummary } from './summary.ts'
import { graver, listNotChecked, settleVerdict } from './verdict.ts'

/** A finished review with what the caller knew; `label` is what others call it. */
export type Reviewed = { review: Review; options: Pick<ReviewOptions, 'context' | 'asOf'>; label: string }

/**
 * Compares the declarations of one batch with each other: every review is given back with the rules asked again on which the others
 * bear. None is of the store, so the same form twice is told.
 */
export function compareTogether(packs: Packs, batch: Reviewed[]): Review[] {
  const compare = compareWithin(packs, batch)
  return batch.map((reviewed) => compare(reviewed))
}

/** As `compareTogether`, one by one; `stored` is what a store has beside the batch that may have to do with the review. */
export function compareWithin(packs: Packs, batch: Reviewed[]): (own: Reviewed, stored?: KnownDeclaration[]) => Review {
  const traces = new Map(batch.map((reviewed) => [reviewed, new Set(tracesOfReview(reviewed.review))]))
  const sharing = Map.groupBy(
    batch.flatMap((reviewed) => [...(traces.get(reviewed) ?? [])].map((key) => ({ key, reviewed }))),
    ({ key }) => key,
  )
  return (own, stored = []) => {
    const { review, options } = own
    if (review.summaries) return compareSummary(packs, review, options, [...batch.flatMap(toPeer), ...stored], 'all')
    const summaries = sheetsOf(batch, review)
    const near = new Set([...(traces.get(own) ?? [])].flatMap((key) => sharing.get(key) ?? []).map((at) => at.reviewed))
    const peers = batch.filter((other) => other !== own && near.has(other)).flatMap(toPeer)
    return compareWithKnown(packs, review, options, [...peers, ...stored], summaries)
  }
}

function toPeer({ review: { declaration, fields: readings = {} }, label }: Reviewed): KnownDeclaration[] {
  return declaration ? [{ label, declaration, readings }] : []
}

/** The summary sheets of a batch that are the declaration's own unit's; one that names no unit is. */
function sheetsOf(batch: Reviewed[], { declaration }: Review): Summary[] {
  const own = declaration?.unit?.name
  const sheets = batch.flatMap(({ review }) => review.summaries ?? [])
  return sheets.filter(({ unit }) => !unit || !own || compareUnits(unit, own) !== 'different')
}

/** The keys by which later reviews find this one; none of a review that failed. */
export const tracesOfReview = ({ status, declaration }: Review): string[] =>
  status === 'done' && declaration ? tracesOf(declaration) : []

/**
 * Earlier reviews of the store as another review sees them. One of the same external id is this declaration's own earlier state, and so
 * is another run of the same review.
 */
export function toKnown(related: RelatedReview[], { externalId, rerunOf }: Review): KnownDeclaration[] {
  const isOwn = (other: RelatedReview) =>
    (externalId !== undefined && other.externalId === externalId) ||
    (rerunOf !== undefined && (other.id === rerunOf || other.rerunOf === rerunOf))
  const others = related.filter((other) => !isOwn(other))
  return others.flatMap(({ id, declaration, fields, verdict }) =>
    declaration
      ? [{ label: `审查 ${id}`, declaration, readings: fields ?? {}, earlier: true, returned: verdict === 'return' }]
      : [],
  )
}

/** The review with the rules asked again on which other declarations bear, or its unit's summary sheets. It never fares better than alone. */
export function compareWithKnown(
  packs: Packs,
  review: Review,
  { context, asOf }: Reviewed['options'],
  known: KnownDeclaration[],
  summaries: Summary[] = [],
): Review {
  const { declaration, fields = {}, findings = [], documents } = review
  const pack = review.pack && packOf(packs, review.pack)
  if (!pack || !declaration || known.length + summaries.length === 0) return review
  const form = new Form({
    declaration,
    readings: fields,
    known,
    summaries,
    ...(context ? { context } : {}),
    ...(asOf ? { asOf } : {}),
  })
  const variables = new Variables(form)
  const asked = pack.rules.filter(({ check }) => check.file.across).map((rule) => evaluateRule(rule, form, variables))
  const pages = documents.reduce((sum, document) => sum + document.pages, 0)
  const again = new Map(tieToEvidence(asked, fields, pages).map((finding) => [finding.rule, finding]))
  const all = orderFindings(findings.map((finding) => again.get(finding.rule) ?? finding))
  return {
    ...review,
    findings: all,
    verdict: graver(review.verdict ?? 'pass', settleVerdict(all)),
    notChecked: listNotChecked(all),
  }
}
