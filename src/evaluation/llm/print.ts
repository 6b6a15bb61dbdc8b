import type { Judge } from '../../judge/judge.ts'
import type { LlmSettings } from '../../judge/settings.ts'
import type { CaseResult } from './ask-cases.ts'
import { costOf, type Figures, figuresByRule, figuresOf, passes, THRESHOLDS } from './figures.ts'

const percent = (value: number | null): string => (value === null ? '—' : `${(value * 100).toFixed(0)}%`)

/** The figures by check as a table, with the cost below. */
export function printFigures(results: CaseResult[], { settings, model }: Judge): string {
  const rows = Object.entries(figuresByRule(results)).map(([rule, figures]) => rowOf(rule, figures))
  const all = figuresOf(results)
  const table = [['检查', '用例', '一致', '检出', '准确', '存疑', '未答', '格式', '引文'], ...rows, rowOf('合计', all)]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => widthOf(row[column] ?? '')))) ?? []
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  )
  const rungs = Object.entries(all.rungs).map(([rung, count]) => `${rung} ${count}`)
  return [
    `模型 ${model.name}（${model.host}）`,
    '',
    ...lines,
    '',
    `输出方式：${rungs.join('，') || '—'}`,
    `用量：${all.calls} 次请求，输入 ${all.inputTokens}，输出 ${all.outputTokens} 个词元${costIn(all, settings.price)}`,
    verdictOf(all),
  ].join('\n')
}

const rowOf = (name: string, figures: Figures): string[] => [
  name,
  String(figures.cases),
  `${figures.right}/${figures.cases}`,
  percent(figures.recall),
  percent(figures.precision),
  String(figures.unsure),
  String(figures.unanswered),
  percent(figures.schemaRate),
  percent(figures.groundedRate),
]

function costIn(all: Figures, price: LlmSettings['price']): string {
  const cost = costOf(all, price)
  return cost === null ? '' : `，约 ${cost.toFixed(4)} 元`
}

function verdictOf(figures: Figures): string {
  const bar = `一致率不低于 ${percent(THRESHOLDS.agreement)}，引文属实不低于 ${percent(THRESHOLDS.groundedRate)}`
  return passes(figures)
    ? `达到要求（${bar}）：模型没有指出问题的项目显示为“未指出问题”。`
    : `未达到要求（${bar}）：只显示模型指出的疑问，不显示“未指出问题”。`
}

/** One line a case that was not answered as expected. */
export function printMisses(results: CaseResult[]): string {
  return results
    .filter(({ right }) => !right)
    .map(({ case: { rule, name, kind, expect }, answer, opinion }) => {
      const codes = opinion?.answer === 'issue' ? opinion.issues.map(({ code }) => code).join('、') : ''
      const reason = opinion?.answer === 'none' ? `（${opinion.reason}）` : codes && `（${codes}）`
      return `${rule} ${name} [${kind}]：应为 ${expect.join('/')}，得到 ${answer}${reason}`
    })
    .join('\n')
}

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (/[\u2e80-\uffef]/u.test(character) ? 2 : 1), 0)
}
