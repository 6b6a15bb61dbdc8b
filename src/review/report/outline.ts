import { labelOf } from '../../declaration/label-of.ts'
import { orderFindings } from '../order.ts'
import type { Decision, Finding, Review } from '../schema.ts'
import { isNotChecked } from '../verdict.ts'
import { maskPersonalNumbers } from './mask.ts'
import { describeModel, tellUngrounded } from './model.ts'
import { describePlaces } from './place.ts'
import { describeReadings } from './reading.ts'
import { decisionsOn, rulingsOn } from './rulings.ts'
import { beijingTime } from './time.ts'

/** One finding in words; the renderers only lay it out. */
export type ReportItem = {
  rule: string
  message: string
  suggestion: string | null
  clause: string | null
  /** Of a model's question: which model asked it by which prompt. */
  asker: string | null
  places: string[]
  readings: { label: string; value: string }[]
  /** What people ruled on it. */
  rulings: string[]
  /** The ruling that holds. */
  ruled: Decision | null
}

export type Tone = 'bad' | 'ask' | 'warn' | 'hint' | 'good'

export type ReportSection = { title: string; lead: string; tone: Tone; items: ReportItem[] }

export type Outline = {
  headline: string
  tone: Tone
  meaning: string
  counts: { label: string; count: number }[]
  facts: { label: string; value: string }[]
  sections: ReportSection[]
  passed: string[]
  skipped: string[]
  notChecked: { rule: string; message: string; reason: string }[]
  /** What people ruled on findings that are no items: passes, rules that do not apply or were not checked. */
  rulings: { rule: string; ruling: string }[]
  notes: string[]
}

const VERDICTS = {
  return: { headline: '退回修改', tone: 'bad', meaning: '存在不符合通知要求的错误，请一次性改正后重新提交。' },
  manual: { headline: '需人工核对', tone: 'ask', meaning: '没有发现必须退回的错误，但有事项须由人工核对后再定。' },
  pass: { headline: '形式审查通过', tone: 'good', meaning: '所检查的各项均符合通知要求。' },
} as const

const UNFINISHED = {
  queued: { headline: '排队中', tone: 'hint', meaning: '尚未开始审查，暂无结论。' },
  running: { headline: '审查中', tone: 'hint', meaning: '尚未审查完毕，暂无结论。' },
  done: { headline: '已完成', tone: 'hint', meaning: '' },
  failed: { headline: '未能审查', tone: 'bad', meaning: '' },
} as const

type SectionKind = Omit<ReportSection, 'items'> & { holds(finding: Finding): boolean }

const SECTIONS: SectionKind[] = [
  {
    title: '错误',
    lead: '不符合通知的硬性要求，改正后才能受理',
    tone: 'bad',
    holds: ({ status, severity }) => status === 'fail' && severity === 'error',
  },
  {
    title: '需核对',
    lead: '申报书上无法判定，请对照原件核对',
    tone: 'ask',
    holds: (finding) => finding.status === 'unknown' && !isLeftOpen(finding),
  },
  {
    title: '警告',
    lead: '可能不符合要求，请确认',
    tone: 'warn',
    holds: (finding) => finding.status === 'fail' && finding.severity === 'warning' && !isModels(finding),
  },
  {
    title: '模型疑问',
    lead: '由语言模型提出，未必成立，请对照原文判断',
    tone: 'ask',
    holds: (finding) => finding.status === 'fail' && isModels(finding),
  },
  {
    title: '提示',
    lead: '建议修改',
    tone: 'hint',
    holds: (finding) => finding.status === 'fail' && finding.severity === 'info' && !isModels(finding),
  },
]

/** Said by a model, not by a rule. */
const isModels = ({ source, data }: Finding): boolean => source === 'llm' && data !== undefined

/** Nobody could tell, and the verdict does not rest on it: a model that is not sure is as good as none. */
const isLeftOpen = (finding: Finding): boolean => isNotChecked(finding) || isModels(finding)

const REASONS: Partial<Record<NonNullable<Finding['cause']>, string>> = {
  context: '需要申报书以外的资料',
  'llm-unavailable': '需要语言模型，本次没有可用的意见',
}

const RULED = '程序的结论和各项判断保持原样；人工裁定另列，同一事项以最后一次为准。'

/** A review in the words of its report, whatever form it is rendered in. ID and telephone numbers are masked. */
export function outlineOf(review: Review): Outline {
  const findings = orderFindings(review.findings ?? [])
  const sections = SECTIONS.map(({ holds, ...section }) => ({
    ...section,
    items: findings.filter(holds).map((finding) => toItem(finding, review)),
  }))
  const passed = findings.filter(({ status }) => status === 'pass').map(({ rule }) => rule)
  const skipped = findings.filter(({ status }) => status === 'skipped').map(({ rule }) => rule)
  const open = findings.filter((finding) => finding.status === 'unknown' && isLeftOpen(finding))
  const notChecked = open.map(({ rule, message, cause }) => ({
    rule,
    message: maskPersonalNumbers(message),
    reason: (cause && REASONS[cause]) ?? '语言模型不能确定',
  }))
  const isItem = (finding: Finding) => SECTIONS.some(({ holds }) => holds(finding))
  const conclusion = review.verdict ? VERDICTS[review.verdict] : UNFINISHED[review.status]
  return {
    ...conclusion,
    meaning: review.problem ? `${review.problem.title}：${review.problem.detail}` : conclusion.meaning,
    counts: review.verdict
      ? [
          ...sections.map(({ title, items }) => ({ label: title, count: items.length })),
          { label: '通过', count: passed.length },
          { label: '不适用', count: skipped.length },
          { label: '未检查', count: notChecked.length },
        ]
      : [],
    facts: factsOf(review),
    sections: sections.filter(({ items }) => items.length > 0),
    passed,
    skipped,
    notChecked,
    rulings: findings
      .filter((finding) => !isItem(finding))
      .flatMap((finding) => rulingsOn(finding, review).map((ruling) => ({ rule: finding.rule, ruling }))),
    notes: [...(review.notes ?? []), ...tellUngrounded(review), ...(review.decisions?.length ? [RULED] : [])],
  }
}

function toItem(finding: Finding, review: Review): ReportItem {
  const { citation } = finding
  return {
    rule: finding.rule,
    message: maskPersonalNumbers(wordingOf(finding)),
    suggestion: finding.suggestion
      ? maskPersonalNumbers(isModels(finding) ? `如属实，${finding.suggestion}` : finding.suggestion)
      : null,
    clause: citation ? `${citation.document} ${citation.clause}` : null,
    asker: askerOf(finding),
    places: describePlaces(finding.evidence, review.documents),
    readings: [...(quotesOf(finding) ?? describeReadings(finding, review)), ...proposalsFor(finding, review)],
    rulings: rulingsOn(finding, review),
    ruled: decisionsOn(finding, review).at(-1) ?? null,
  }
}

/** A model only asks: whoever reads it decides. */
function wordingOf(finding: Finding): string {
  if (finding.status !== 'fail' || !isModels(finding)) return finding.message
  return `${finding.message.replace(/[。.！!？?\s]+$/u, '')}——是否如此？`
}

function askerOf({ status, data }: Finding): string | null {
  if (!data || status === 'pass') return null
  const { model, prompt, code, agreement } = data
  return [`模型 ${model}`, `提示词 ${prompt}`, code && `代码 ${code}`, agreement && `${agreement} 次回答一致`]
    .filter((part) => part)
    .join('，')
}

/** The form's own words that a model quotes. */
function quotesOf({ data }: Finding): ReportItem['readings'] | null {
  if (!data || data.quotes.length === 0) return null
  return data.quotes.map(({ field, text }) => ({ label: labelOf(field), value: `“${maskPersonalNumbers(text)}”` }))
}

/** What a model read where our reading found nothing: it helps whoever looks, and decides nothing. */
function proposalsFor({ fields, status }: Finding, { proposals = [] }: Review): ReportItem['readings'] {
  if (status !== 'unknown') return []
  return proposals
    .filter(({ path }) => fields.includes(path))
    .map(({ path, value, evidence: [place] }) => ({
      label: labelOf(path),
      value: `“${maskPersonalNumbers(value)}”（模型读自第 ${place?.page ?? '？'} 页，请核对）`,
    }))
}

const SHEETS = { application: '申报项目汇总表', execution: '办班情况汇总表' } as const

function factsOf(review: Review): Outline['facts'] {
  const { declaration, summaries, pack, documents } = review
  const facts: [string, string | null | undefined][] = [
    ['项目名称', declaration?.project?.name],
    ['汇总表', summaries?.map(({ title, kind }) => title ?? SHEETS[kind]).join('；')],
    ['申报单位', declaration?.unit?.name ?? summaries?.flatMap(({ unit }) => unit ?? [])[0]],
    ['项目负责人', declaration?.leader?.name],
    ['规则包', pack && `${pack.id} ${pack.version}`],
    ['依据', noticesOf(review).join('；')],
    ['文件', documents.map(({ name, pages }) => (pages > 0 ? `${name}（${pages} 页）` : name)).join('；')],
    ['语言模型', describeModel(review)],
    ['外部编号', review.externalId],
    ['审查编号', review.id],
    ['审查时间', review.finishedAt && beijingTime(review.finishedAt)],
  ]
  return facts.flatMap(([label, value]) => (value ? [{ label, value: maskPersonalNumbers(value) }] : []))
}

function noticesOf({ findings = [] }: Review): string[] {
  const notices = findings.flatMap(({ citation }) =>
    citation ? [`${citation.document}《${bare(citation.title)}》`] : [],
  )
  return [...new Set(notices)]
}

function bare(title: string): string {
  return title.replace(/^《(.*)》$/, '$1')
}
