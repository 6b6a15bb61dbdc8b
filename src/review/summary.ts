import { completeDeclaration } from '../declaration/complete.ts'
import { extractDeclaration } from '../declaration/extract.ts'
import { looksLikeDeclaration } from '../declaration/looks-like.ts'
import { extractSummaries, isSpreadsheet, type SummaryExtraction } from '../declaration/summary/extract.ts'
import type { Document } from '../documents/model.ts'
import { Problem } from '../problem.ts'
import { evaluateRule, evaluateSummary } from '../rules/engine/evaluate.ts'
import { Form } from '../rules/engine/form.ts'
import { hashPack } from '../rules/engine/hash.ts'
import type { Packs } from '../rules/engine/load.ts'
import { Variables } from '../rules/engine/views.ts'
import type { KnownDeclaration } from '../rules/known.ts'
import { textOfDocuments } from './documents.ts'
import { tieToEvidence } from './evidence.ts'
import { orderFindings } from './order.ts'
import { chooseSummaryPack, isInForce, outOfForce, packOf } from './packs.ts'
import type { ReviewOptions } from './request.ts'
import type { Review } from './schema.ts'
import { isNotChecked, listNotChecked, settleVerdict } from './verdict.ts'

/** A unit's summary sheets and the declarations in the files given beside them, each file one. */
export type SummaryInput = SummaryExtraction & { known: KnownDeclaration[] }

const UNSEEN_SEAL = '电子汇总表上看不到公章；盖章的纸质汇总表请另行核对。'

/**
 * The summary sheets among the files, `null` when there are none. A declaration form that has such a list in it is no summary sheet.
 * Throws `Problem('invalid_declaration')` when a file beside the sheets is no declaration.
 */
export function readSummaries(documents: Document[]): SummaryInput | null {
  const found = extractSummaries(documents)
  if (!found) return null
  const sheets = documents.filter((_, index) => !found.rest.includes(index))
  if (sheets.some((document) => !isSpreadsheet(document) && isForm(document))) return null
  return { ...found, known: found.rest.flatMap((index) => declarationOf(documents[index])) }
}

/** Of one project only, so on no list of many. */
const OWN_PARTS =
  /^(?:project\.(?:objective|content|assessment)|leader\.(?:sex|birth|idNumber|experience|achievements)|overview|peerReview|unitOpinion|commitment\.signed)/

/** A summary sheet has many of a declaration's labels too. */
function isForm(document: Document): boolean {
  const extraction = extractDeclaration([document])
  const own = Object.keys(extraction.fields).filter((path) => OWN_PARTS.test(path))
  return own.length >= 2 && looksLikeDeclaration([document], extraction)
}

function declarationOf(document: Document | undefined): KnownDeclaration[] {
  if (!document) return []
  const extraction = extractDeclaration([document])
  if (!looksLikeDeclaration([document], extraction)) {
    throw new Problem(
      'invalid_declaration',
      '与汇总表一同提交的文件中，有一份既不是汇总表，也不是申报书。请只随附汇总表所列项目的申报书，每个文件一份。',
    )
  }
  const { declaration, fields: readings } = extraction
  return [{ label: document.name, declaration: completeDeclaration(declaration), readings }]
}

/** A workbook in which no summary sheet was found. */
export const noSummary = (): Problem =>
  new Problem(
    'invalid_declaration',
    '这份工作簿中没有找到汇总表（应有标题“……汇总表”和含“项目名称”“项目负责人”的表头）。申报书请上传 PDF 或 DOCX。',
  )

type Options = Pick<ReviewOptions, 'pack' | 'context' | 'asOf'>

/** What a pack finds in summary sheets. Throws `Problem('unknown_pack')`. */
export async function reviewSummaries(packs: Packs, options: Options, documents: Document[], sheets: SummaryInput) {
  const { summaries, fields, known } = sheets
  const titles = summaries.flatMap(({ title }) => title ?? [])
  const pack = chooseSummaryPack(packs, options.pack, { titles, text: textOfDocuments(documents) }, options.asOf)
  const found = evaluateSummary(pack, { declaration: {}, readings: fields, summaries, known, ...contextOf(options) })
  const pages = documents.reduce((sum, document) => sum + document.pages.length, 0)
  const findings = orderFindings(tieToEvidence(found, fields, pages))
  const hidden = documents
    .flatMap(({ pages }) => pages.flatMap((page) => page.hidden))
    .filter(({ reason }) => reason !== 'property').length
  return {
    pack: { id: pack.id, version: pack.version, hash: await hashPack(pack) },
    summaries,
    fields,
    findings,
    verdict: settleVerdict(findings),
    notChecked: listNotChecked(findings),
    notes: [
      ...(documents.some(({ paper }) => paper) ? [] : [UNSEEN_SEAL]),
      ...(hidden > 0 ? [`汇总表有隐藏的工作表、行或列（${hidden} 处内容），未计入核对。`] : []),
      ...(options.asOf === undefined || isInForce(pack, options.asOf) ? [] : [outOfForce(pack, options.asOf)]),
    ],
    usage: { llmCalls: 0, inputTokens: 0, outputTokens: 0 },
  }
}

/**
 * The review of summary sheets with the rules asked again that were left open for want of the declarations. `all`: with all rules on
 * which the declarations bear, where these are more than the review has seen before.
 */
export function compareSummary(
  packs: Packs,
  review: Review,
  options: Options,
  known: KnownDeclaration[],
  which: 'open' | 'all' = 'open',
): Review {
  const { summaries, fields = {}, findings = [], documents } = review
  const pack = review.pack && packOf(packs, review.pack)
  if (!pack || !summaries || known.length === 0) return review
  const form = new Form({ declaration: {}, readings: fields, summaries, known, ...contextOf(options) })
  const variables = new Variables(form)
  const open = new Set(findings.filter(isNotChecked).map(({ rule }) => rule))
  const asked = pack.summaryRules.filter(
    ({ check }) => check.file.across && (which === 'all' || open.has(check.file.rule)),
  )
  const found = asked.map((rule) => evaluateRule(rule, form, variables))
  const pages = documents.reduce((sum, document) => sum + document.pages, 0)
  const again = new Map(tieToEvidence(found, fields, pages).map((finding) => [finding.rule, finding]))
  const all = orderFindings(findings.map((finding) => again.get(finding.rule) ?? finding))
  return { ...review, findings: all, verdict: settleVerdict(all), notChecked: listNotChecked(all) }
}

const contextOf = ({ context, asOf }: Options) => ({ ...(context ? { context } : {}), ...(asOf ? { asOf } : {}) })
