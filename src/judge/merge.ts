import { labelOf } from '../declaration/label-of.ts'
import type { ModelData, RuleFinding, Severity } from '../rules/finding.ts'
import type { FailureReason } from './endpoint/failure.ts'
import type { Issue, Opinion } from './opinion.ts'

/** What may be made of a model's “nothing to point at”. */
export type Trust = {
  /** The model has passed its probe. */
  isProbed: boolean
  /** The form addresses automatic reviewers. */
  isAddressed: boolean
}

const LEVELS: Severity[] = ['info', 'warning', 'error']
const milder = (...severities: Severity[]): Severity =>
  LEVELS[Math.min(...severities.map((severity) => LEVELS.indexOf(severity)))] ?? 'info'

const WHY: Record<FailureReason, string> = {
  refusal: '模型拒绝回答',
  refused: '服务拒绝了请求',
  busy: '服务繁忙，要求等待的时间超过时限',
  'content-filter': '回答被服务方过滤',
  length: '回答过长',
  invalid: '回答不合格式',
  transport: '服务未能应答',
  'bad-response': '服务的应答无法理解',
  budget: '已达用量上限',
  deadline: '超过时限',
  'personal-data': '材料中可能仍有个人信息，未发送',
  host: '该主机不在允许之列',
}

/** Whoever runs the service sees a wrong key (401) or an unknown model (404) at once. */
export const reasonOf = ({ reason, status }: { reason: FailureReason; status?: number }): string =>
  status === undefined ? WHY[reason] : `${WHY[reason]}，HTTP ${status}`

/** Nobody has answered for this rule: the place of a model's opinion. */
export const awaitsModel = ({ source, status, cause }: RuleFinding): boolean =>
  source === 'llm' && status === 'unknown' && cause === 'llm-unavailable'

/**
 * Adds what a model says to what the rules found. A rule's finding stays as it is; where the rules left it to a model, the model's
 * opinion takes that place. None is an error.
 */
export function addOpinions(found: RuleFinding[], opinions: Opinion[], trust: Trust): RuleFinding[] {
  const byRule = new Map(opinions.map((opinion) => [opinion.rule, opinion]))
  return found.flatMap((finding) => {
    const opinion = byRule.get(finding.rule)
    if (!opinion) return [finding]
    const said = opinion.answer === 'issue' ? opinion.issues.map((issue) => toFinding(finding, opinion, issue)) : []
    if (!awaitsModel(finding)) return [finding, ...said]
    return said.length > 0 ? said : [without(finding, opinion, trust)]
  })
}

function toFinding({ suggestion: _, cause: __, ...finding }: RuleFinding, opinion: Opinion, issue: Issue): RuleFinding {
  return {
    ...finding,
    source: 'llm',
    status: 'fail',
    severity: milder(finding.severity, issue.severity, 'warning'),
    message: issue.statement,
    ...(issue.suggestion ? { suggestion: issue.suggestion } : {}),
    fields: [...new Set(issue.quotes.map(({ field }) => field))],
    confidence: issue.weak ? Math.min(finding.confidence, WEAK) : finding.confidence,
    data: { ...dataOf(opinion), code: issue.code, quotes: issue.quotes },
  }
}

/** A quote that does not stand quite so in the form, or in another field. */
const WEAK = 0.5

/** A model's finding without an issue: fine, unsure or no answer. */
function without(finding: RuleFinding, opinion: Opinion, { isProbed, isAddressed }: Trust): RuleFinding {
  const severity = milder(finding.severity, 'warning')
  const { rule } = finding
  if (opinion.answer === 'none') {
    return { ...finding, severity, message: `模型检查未完成（${reasonOf(opinion)}），请人工核对：${titleOf(finding)}` }
  }
  if (opinion.answer === 'lacking') {
    const labels = opinion.missing.map(columnLabel).join('、')
    return { ...finding, severity, message: `申报书上没有“${labels}”，没有询问模型，请人工核对：${titleOf(finding)}` }
  }
  const data = dataOf(opinion)
  if (opinion.answer === 'fine' && isProbed && !isAddressed) {
    const { cause: _, ...rest } = finding
    return { ...rest, severity, status: 'pass', message: `模型未指出问题：${titleOf(finding)}`, data }
  }
  if (opinion.answer === 'fine') {
    const reason = isAddressed ? '申报书含有针对自动审查的文字' : '该模型尚未通过自测'
    return { ...finding, severity, message: `模型未指出问题，但${reason}，请人工核对：${titleOf(finding)}`, data }
  }
  const missing = opinion.answer === 'unsure' ? opinion.missing : []
  return {
    ...finding,
    severity,
    cause: missing.length > 0 ? 'missing' : 'low-confidence',
    message:
      missing.length > 0
        ? `模型认为材料不足，无法判断（${rule}），请人工核对：${titleOf(finding)}`
        : `模型无法判断，请人工核对：${titleOf(finding)}`,
    data,
  }
}

/** The rules' own words for what a model was to judge. */
const titleOf = ({ message, rule }: RuleFinding): string =>
  /请人工核对：(.+)$/.exec(message)?.[1] ?? /^“(.+?)”/.exec(message)?.[1] ?? rule

/** `teachers[].speciality` → `授课教师·主要研究方向`. */
const columnLabel = (path: string): string => labelOf(path.replace('[]', '[0]')).replace('第1行', '')

function dataOf({ model, prompt, promptHash, agreement }: Opinion): ModelData {
  return { model, prompt, promptHash, ...(agreement === undefined ? {} : { agreement }), quotes: [] }
}
