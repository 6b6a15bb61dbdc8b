import { basename } from 'node:path'
import { createNodeDeps, type NodeDeps, OCR_ENGINES } from '../node.ts'
import { Problem } from '../problem.ts'
import { compareTogether, type Reviewed } from '../review/across.ts'
import { createReviewId } from '../review/ids.ts'
import { renderHtml } from '../review/report/html.ts'
import { renderSarif } from '../review/report/sarif.ts'
import { renderText } from '../review/report/text.ts'
import { parseReviewOptions, type ReviewOptions } from '../review/request.ts'
import type { Review } from '../review/schema.ts'
import { packsToCompare, reviewUnderBoth, showComparison } from './compare-packs.ts'
import { readInput, readJson } from './input.ts'
import { assertVision, configuredLlm } from './llm-settings.ts'
import { showProgress } from './progress.ts'
import { oneOf, parseArguments, UsageError } from './usage.ts'
import { VERSION } from './version.ts'

const FORMATS = ['text', 'json', 'sarif', 'html'] as const

const OPTIONS = {
  pack: { type: 'string', multiple: true },
  declaration: { type: 'string' },
  context: { type: 'string' },
  'as-of': { type: 'string' },
  format: { type: 'string', default: 'text' },
  ocr: { type: 'string', default: 'auto' },
  'no-llm': { type: 'boolean' },
} as const

const WIDEST = 110

/** `xingshen review`: prints the reviews, several compared with each other; the exit status is that of the gravest. */
export async function runReview(args: string[]): Promise<number> {
  const { values, positionals: paths } = parseArguments(args, OPTIONS)
  if (paths.length === 0) throw new UsageError('请写明要审查的文件。')
  const format = oneOf('--format', values.format, FORMATS)
  const ocr = oneOf('--ocr', values.ocr, OCR_ENGINES)
  const compared = packsToCompare(values.pack ?? [], paths, format)
  assertVision(ocr)
  const llm = values['no-llm'] ? null : await configuredLlm()
  const deps = createNodeDeps({ ocr, log: logToStandardError, rulesFolder: process.env.XINGSHEN_RULES, llm })
  let reviews: Review[] = []
  try {
    const options = await readOptions({ ...values, pack: values.pack?.[0] })
    if (compared) return await compareOne(paths[0] ?? '', options, compared, format === 'json' ? 'json' : 'text', deps)
    const reviewed: Reviewed[] = []
    for (const path of paths) reviewed.push(await reviewOne(path, options, deps))
    reviews = compareTogether(deps.reviewer.packs, reviewed)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tell(error)
    return 3
  } finally {
    await deps.close()
  }
  for (const [index, review] of reviews.entries()) {
    if (format === 'json') process.stdout.write(`${JSON.stringify(review)}\n`)
    if (format === 'text' && !review.problem) process.stdout.write(asText(review, paths[index] ?? '', paths))
  }
  if (format === 'sarif') process.stdout.write(renderSarif(reviews, VERSION))
  if (format === 'html') process.stdout.write(await renderHtml(...reviews))
  return exitStatus(reviews)
}

async function compareOne(
  path: string,
  options: ReviewOptions,
  packs: [string, string],
  format: 'text' | 'json',
  { reviewer }: NodeDeps,
): Promise<number> {
  const reviews = await reviewUnderBoth(await readInput(path, options), packs, reviewer, path)
  const failed = reviews.find(({ problem }) => problem)
  if (failed?.problem) tell(failed.problem, path)
  else process.stdout.write(showComparison(reviews, format, Math.min(process.stdout.columns ?? 100, WIDEST)))
  return exitStatus(reviews)
}

async function readOptions(
  values: {
    [K in 'pack' | 'declaration' | 'context' | 'as-of']?: string | undefined
  },
): Promise<ReviewOptions> {
  return parseReviewOptions({
    ...(values.pack === undefined ? {} : { pack: values.pack }),
    ...(values['as-of'] === undefined ? {} : { asOf: values['as-of'] }),
    ...(values.context === undefined ? {} : { context: await readJson(values.context) }),
    ...(values.declaration === undefined ? {} : { declaration: await readJson(values.declaration) }),
  })
}

async function reviewOne(path: string, options: ReviewOptions, { reviewer }: NodeDeps): Promise<Reviewed> {
  const now = new Date()
  const run = { id: createReviewId(now), createdAt: now.toISOString() }
  const progress = showProgress(path)
  try {
    const input = await readInput(path, options)
    const review = await reviewer.review(input, { ...run, onProgress: progress.report })
    progress.clear()
    if (review.problem) tell(review.problem, path)
    return { review, options: input, label: basename(path) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tell(error, path)
    const finishedAt = new Date().toISOString()
    const review: Review = { ...run, status: 'failed', finishedAt, documents: [], problem: error.toDetails() }
    return { review, options, label: basename(path) }
  }
}

function asText(review: Review, path: string, paths: string[]): string {
  const { isTTY, columns = 100 } = process.stdout
  const text = renderText(review, { colour: isTTY && !process.env.NO_COLOR, width: Math.min(columns, WIDEST) })
  return paths.length > 1 ? `── ${path} ──\n${text}\n` : text
}

/** Plain words on standard error: what cannot be reviewed, and at which places the input is wrong. */
function tell(
  { detail, message, errors }: { detail?: string; message?: string; errors?: Problem['errors'] },
  path = '',
) {
  process.stderr.write(`xingshen: ${path && `${path}：`}${detail ?? message}\n`)
  for (const { pointer, detail: what } of errors ?? []) process.stderr.write(`  ${pointer || '/'}  ${what}\n`)
}

const STATUS = { failed: 3, return: 1, manual: 2, pass: 0 } as const

/** The gravest of several: not reviewed, then returned, then manual, then passed. */
function exitStatus(reviews: Review[]): number {
  const outcomes = reviews.map(({ verdict }) => verdict ?? 'failed')
  const gravest = (['failed', 'return', 'manual'] as const).find((outcome) => outcomes.includes(outcome))
  return STATUS[gravest ?? 'pass']
}

function logToStandardError(fault: object): void {
  process.stderr.write(`${JSON.stringify(fault)}\n`)
}
