import type { Reviewer } from '../review/reviewer.ts'
import type { Review } from '../review/schema.ts'
import { compareFields, type FieldResult } from './compare-fields.ts'
import { compareFindings, compareSeals, type RuleResult, type SealResult } from './compare-findings.ts'
import { readSamples, type Sample } from './read-samples.ts'
import type { Truth } from './truth.ts'

export type EvaluateOptions = {
  /** Only samples whose name, kind, layout or split contains one of these. */
  only?: string[]
  /** Called after every sample, for a progress line. */
  onSample?: (result: SampleResult, done: number, total: number) => void
}

export type SampleResult = {
  name: string
  truth: Truth
  review: Review
  fields: FieldResult[]
  rules: RuleResult[]
  seals: SealResult
  /** No pack for this form exists yet: what was read is judged, rules and verdict are not. */
  readOnly: boolean
  /** The pack that the service chose by itself; absent when it could not. */
  detected?: string
  seconds: number
  pages: number
}

/** Runs every document with a known truth through the reviewer and compares what comes back. */
export async function evaluate(
  folder: string,
  reviewer: Pick<Reviewer, 'review'>,
  options: EvaluateOptions = {},
): Promise<SampleResult[]> {
  const samples = (await readSamples(folder)).filter((sample) => isWanted(sample, options.only ?? []))
  const results: SampleResult[] = []
  for (const sample of samples) {
    const result = await evaluateSample(sample, reviewer)
    results.push(result)
    options.onSample?.(result, results.length, samples.length)
  }
  return results
}

function isWanted({ name, truth }: Sample, only: string[]): boolean {
  const words = [name, truth.kind, truth.layout ?? '', truth.split]
  return only.length === 0 || only.some((part) => words.some((word) => word.includes(part)))
}

async function evaluateSample(sample: Sample, reviewer: Pick<Reviewer, 'review'>): Promise<SampleResult> {
  const { truth, name } = sample
  const files = await sample.readFiles()
  const input = {
    files,
    ...(truth.context ? { context: truth.context } : {}),
    ...(truth.asOf ? { asOf: truth.asOf } : {}),
    ...(truth.online ? { declaration: truth.online } : {}),
  }
  const run = { id: `eval-${name}`, createdAt: new Date().toISOString() }
  const started = performance.now()
  const free = await reviewer.review(input, run)
  const seconds = (performance.now() - started) / 1000
  // A wrongly detected pack is counted once; everything else is judged under the right one.
  const review =
    free.pack?.id === truth.pack ? free : await again(free, () => reviewer.review({ ...input, pack: truth.pack }, run))
  return {
    name,
    truth,
    review,
    fields: compareFields(truth, review.declaration ?? {}),
    rules: review.status === 'done' ? compareFindings(truth, review) : [],
    seals: compareSeals(truth, review),
    readOnly: review.problem?.code === 'unknown_pack' && review.declaration !== undefined,
    ...(free.pack ? { detected: free.pack.id } : {}),
    seconds,
    pages: review.documents.reduce((sum, document) => sum + document.pages, 0),
  }
}

/** Only what the pack can change is worth a second run; a pack that does not exist changes nothing. */
async function again(free: Review, run: () => Promise<Review>): Promise<Review> {
  if (free.status === 'failed' && free.problem?.code !== 'unknown_pack') return free
  const judged = await run()
  return judged.problem?.code === 'unknown_pack' ? free : judged
}
