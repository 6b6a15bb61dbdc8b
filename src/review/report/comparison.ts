import type { Change, Comparison } from '../compare.ts'
import type { Finding, Verdict } from '../schema.ts'
import { isNotChecked } from '../verdict.ts'
import { hang } from './lines.ts'
import { maskPersonalNumbers } from './mask.ts'

const VERDICTS: Record<Verdict, string> = { return: '退回修改', manual: '需人工核对', pass: '形式审查通过' }
const SEVERITIES = { error: '错误', warning: '警告', info: '提示' } as const

/** Two reviews of one form for a terminal: both verdicts, then every rule that is decided otherwise. `width` in columns. */
export function renderComparison({ before, after, changes, same }: Comparison, { width = 100 } = {}): string {
  const lines = [
    ...hang('甲  ', sideOf(before), width),
    ...hang('乙  ', sideOf(after), width),
    '',
    changes.length > 0 ? `不同之处（${changes.length}）` : '两者各项结论相同。',
    ...changes.flatMap((change, index) => ['', ...changeLines(change, index + 1, width)]),
    ...(changes.length > 0 ? ['', `其余 ${same} 项结论相同。`] : []),
  ]
  return `${lines.join('\n')}\n`
}

const sideOf = ({ pack, verdict, finishedAt }: Comparison['before']): string =>
  `${pack?.id ?? '未知规则包'} ${pack?.version ?? ''} ${pack?.hash ? `[${pack.hash.slice(0, 12)}] ` : ''}${finishedAt?.slice(0, 10) ?? ''}：${verdict ? VERDICTS[verdict] : '未能审查'}`

const changeLines = ({ rule, before, after }: Change, number: number, width: number): string[] => [
  `${String(number).padStart(2)}. ${rule}`,
  ...hang('    甲  ', saysOf(before), width),
  ...hang('    乙  ', saysOf(after), width),
]

const saysOf = (finding: Finding | undefined): string =>
  finding ? `${stateOf(finding)}  ${maskPersonalNumbers(finding.message)}` : '没有这条规则'

function stateOf(finding: Finding): string {
  if (finding.status === 'pass') return '通过'
  if (finding.status === 'skipped') return '不适用'
  if (finding.status === 'fail') return SEVERITIES[finding.severity]
  return isNotChecked(finding) ? '未检查' : '需核对'
}
