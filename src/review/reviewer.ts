import { completeDeclaration } from '../declaration/complete.ts'
import { extractDeclaration } from '../declaration/extract.ts'
import { looksLikeDeclaration } from '../declaration/looks-like.ts'
import type { Declaration, Extraction, Readings } from '../declaration/schema.ts'
import { isSpreadsheet } from '../declaration/summary/extract.ts'
import type { Document } from '../documents/model.ts'
import type { File, PageReader } from '../documents/ports.ts'
import { DEFAULT_LIMITS, type Limits, readDocument } from '../documents/read.ts'
import type { Answers } from '../judge/answers.ts'
import type { Judge, Judgement } from '../judge/judge.ts'
import { Problem } from '../problem.ts'
import { evaluatePack } from '../rules/engine/evaluate.ts'
import { hashPack } from '../rules/engine/hash.ts'
import type { Packs } from '../rules/engine/load.ts'
import type { Pack } from '../rules/engine/pack.ts'
import type { RuleFinding } from '../rules/finding.ts'
import { summarise, textOfDocuments, textsOfDocuments, wordsOfPages } from './documents.ts'
import { tieToEvidence } from './evidence.ts'
import { type LogFault, logFault } from './fault.ts'
import { orderFindings } from './order.ts'
import { choosePack, findPack, isInForce, outOfForce } from './packs.ts'
import { placeProposals, showQuotes } from './quote-places.ts'
import type { ReviewOptions } from './request.ts'
import type { Review } from './schema.ts'
import { noSteps, READ, type ReviewSteps } from './steps.ts'
import { startStopwatch } from './stopwatch.ts'
import { noSummary, readSummaries, reviewSummaries, type SummaryInput } from './summary.ts'
import { createTurns } from './turns.ts'
import { graver, listNotChecked, settleVerdict } from './verdict.ts'

/** With `files`, `declaration` is what was filled in online; without, it is what is reviewed. */
export type ReviewInput = ReviewOptions & { files: File[] }

export type Progress = NonNullable<Review['progress']>

export type ReviewRun = {
  id: string
  createdAt: string
  /** Reads this review's files instead of the reviewer's own reader. */
  reader?: PageReader
  /** Where a model's answers are kept for the next review of the same words. */
  answers?: Answers
  /** What was worked out before the process that began the review ended. */
  steps?: ReviewSteps
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

export type Reviewer = {
  readonly packs: Packs
  /** Never throws: what cannot be reviewed is a `failed` review with its `problem`. */
  review(input: ReviewInput, run: ReviewRun): Promise<Review>
}

export type ReviewerDeps = {
  packs: Packs
  reader: PageReader
  clock: () => Date
  log: LogFault
  /** Without one, what only a model can tell stays unknown. */
  judge?: Pick<Judge, 'judge'> | undefined
  limits?: Limits
  /** Pages of one document read by OCR at the same time. */
  concurrency?: number
}

const UNSEEN_COPY = '未见签字盖章的纸质申报书或其扫描件，涉及公章和签名的各项未审查；请另行核对签字盖章件。'

/** Runs the stages: files → documents → declaration → pack → findings with their places → verdict. */
export function createReviewer(deps: ReviewerDeps): Reviewer {
  const { packs, reader, clock, log, judge, limits = DEFAULT_LIMITS, concurrency = 2 } = deps
  return {
    packs,
    async review(input, run) {
      const watch = startStopwatch()
      const { steps = noSteps } = run
      const { externalId, rerunOf } = input
      const base = {
        id: run.id,
        createdAt: run.createdAt,
        ...(externalId === undefined ? {} : { externalId }),
        ...(rerunOf === undefined ? {} : { rerunOf }),
      }
      const closing = () => ({ finishedAt: clock().toISOString(), timings: watch.timings() })
      let documents: Document[] = []
      let form: Extraction | undefined
      let sheets: SummaryInput | null = null
      try {
        if (input.pack !== undefined) findPack(packs, input.pack)
        const reading = { ...run, reader: watch.watch(run.reader ?? reader), limits, concurrency }
        documents = await readDocuments(input.files, reading)
        if (documents.length > 0) await steps.once(READ, () => true)
        const begin = (step: string) => run.onProgress?.({ step, done: 0, total: 1 })
        begin('提取内容')
        sheets = await watch.time('parse', () => readSummaries(documents))
        if (sheets) {
          const read = sheets
          const answer = await watch.time('rules', () => reviewSummaries(packs, input, documents, read))
          return { ...base, status: 'done', documents: documents.map(summarise), ...answer, ...closing() }
        }
        const read = await steps.once('extract', () => watch.time('parse', () => readForm(input, documents)))
        form = read
        begin('对照规则')
        const ruled = await watch.time('rules', () => applyPack(packs, input, documents, read, steps))
        if (judge) begin('语言模型复核')
        const looked =
          judge &&
          (await steps.once('judge', () => watch.time('llm', () => lookAgain(judge, documents, read, ruled, run, log))))
        const answer = await watch.time('rules', () => conclude(input, documents, read, ruled, looked))
        return { ...base, status: 'done', documents: documents.map(summarise), ...answer, ...closing() }
      } catch (error) {
        const problem = toProblem(error, run, log)
        return {
          ...base,
          status: 'failed',
          documents: documents.map(summarise),
          // What was read is of use even where no pack can judge it.
          ...(form ? { declaration: form.declaration, fields: form.fields } : {}),
          ...(sheets ? { summaries: sheets.summaries, fields: sheets.fields } : {}),
          problem: problem.toDetails(),
          ...closing(),
        }
      }
    },
  }
}

function toProblem(error: unknown, { id, signal }: ReviewRun, log: LogFault): Problem {
  if (error instanceof Problem) return error
  // Whatever a review that is being stopped stumbles over is no fault.
  if (signal?.aborted) return new Problem('busy', '审查已中止。')
  return logFault(error, log, id)
}

type Reading = Required<Pick<ReviewerDeps, 'reader' | 'limits' | 'concurrency'>> & ReviewRun

/** Photos of single pages are files of their own: files are read side by side like the pages of one. */
async function readDocuments(files: File[], { reader, limits, concurrency, ...run }: Reading): Promise<Document[]> {
  const turns = createTurns(concurrency)
  const failed = new AbortController()
  const pages = new Map<File, { done: number; total: number }>()
  const report = (file: File, done: number, total: number) => {
    pages.set(file, { done, total })
    const sum = (key: 'done' | 'total') => [...pages.values()].reduce((all, each) => all + each[key], 0)
    run.onProgress?.({ step: '读取文件', done: sum('done'), total: sum('total') })
  }
  const read = (file: File) =>
    readDocument(file, reader, limits, {
      concurrency,
      onProgress: (done, total) => report(file, done, total),
      signal: AbortSignal.any([failed.signal, ...(run.signal ? [run.signal] : [])]),
    })
  try {
    return await Promise.all(files.map((file) => turns.take(() => read(file))))
  } catch (error) {
    failed.abort()
    throw error
  }
}

type Ruled = { pack: Pack; found: RuleFinding[] }

/** What the pack finds in the form. */
async function applyPack(
  packs: Packs,
  input: ReviewInput,
  documents: Document[],
  form: Extraction,
  steps: ReviewSteps,
): Promise<Ruled> {
  const { declaration, fields, others = {} } = form
  const pack = choosePack(packs, input.pack, { text: textOfDocuments(documents), declaration }, input.asOf)
  const facts = {
    declaration,
    readings: fields,
    others,
    elsewhere: textsOfDocuments(documents),
    scanned: documents.flatMap(({ pages }, document) =>
      pages.flatMap(({ number, source }) => (source === 'ocr' ? [{ document, page: number }] : [])),
    ),
    ...(documents.length > 0 && input.declaration ? { online: input.declaration } : {}),
    ...(input.context ? { context: input.context } : {}),
    ...(input.asOf ? { asOf: input.asOf } : {}),
  }
  // Another release may go on with the review: what other rules found is not its answer.
  const found = await steps.once(`rules/${await hashPack(pack)}`, () => evaluatePack(pack, facts))
  return { pack, found }
}

/** The model's second look. The review stands without it, whatever goes wrong. */
async function lookAgain(
  judge: Pick<Judge, 'judge'>,
  documents: Document[],
  { declaration, fields }: Extraction,
  { found }: Ruled,
  { id, answers, signal }: ReviewRun,
  log: LogFault,
): Promise<Judgement | null> {
  try {
    return await judge.judge(
      { declaration, readings: fields, found, pages: wordsOfPages(documents) },
      { ...(answers ? { answers } : {}), ...(signal ? { signal } : {}) },
    )
  } catch (error) {
    logFault(error, log, id)
    return null
  }
}

async function conclude(
  { asOf }: ReviewInput,
  documents: Document[],
  form: Extraction,
  { pack, found }: Ruled,
  looked?: Judgement | null,
) {
  const { declaration, fields, others = {} } = form
  const pages = documents.reduce((sum, document) => sum + document.pages.length, 0)
  const readings = withOthers(fields, others)
  const all = looked?.findings ?? found
  const findings = orderFindings(showQuotes(tieToEvidence(all, readings, pages), readings, documents))
  return {
    pack: { id: pack.id, version: pack.version, hash: await hashPack(pack) },
    declaration,
    fields,
    findings,
    // Whatever a model says, the form never fares better than by the rules alone.
    verdict: graver(settleVerdict(found), settleVerdict(findings)),
    ...(looked?.proposals.length ? { proposals: placeProposals(looked.proposals, documents) } : {}),
    notChecked: listNotChecked(findings),
    notes: [
      ...(hasSignedCopy(declaration, documents) ? [] : [UNSEEN_COPY]),
      ...(asOf === undefined || isInForce(pack, asOf) ? [] : [outOfForce(pack, asOf)]),
    ],
    usage: looked?.usage ?? { llmCalls: 0, inputTokens: 0, outputTokens: 0 },
  }
}

/** Where a further place of the form says something else, a finding shows both. */
function withOthers(fields: Readings, others: NonNullable<Extraction['others']>): Readings {
  const all = { ...fields }
  for (const [path, readings] of Object.entries(others)) {
    const own = all[path]
    if (own) all[path] = { ...own, evidence: [...own.evidence, ...readings.flatMap(({ evidence }) => evidence)] }
  }
  return all
}

function readForm(input: ReviewInput, documents: Document[]): Extraction {
  if (documents.length === 0) return { declaration: completeDeclaration(input.declaration ?? {}), fields: {} }
  const extraction = extractDeclaration(documents)
  if (looksLikeDeclaration(documents, extraction)) {
    return { ...extraction, declaration: completeDeclaration(extraction.declaration) }
  }
  if (documents.some(isSpreadsheet)) throw noSummary()
  throw new Problem(
    'invalid_declaration',
    '这份文件不像继续医学教育项目申报书（申报表、备案表）。请确认上传的是填写好的申报书。',
  )
}

/** Paper shows seals and signatures itself; a declaration system may have stated them. */
function hasSignedCopy(declaration: Declaration, documents: Document[]): boolean {
  const { cover, unitOpinion, higherOpinion, commitment, peerReview, leader, seals } = declaration
  const stated = [
    cover?.sealed,
    unitOpinion?.sealed,
    higherOpinion?.sealed,
    commitment?.signed,
    peerReview?.signed,
    leader?.signed,
    seals,
  ]
  return documents.some(({ paper }) => paper) || stated.some((value) => value !== undefined && value !== null)
}
