import type { SampleResult } from './evaluate.ts'
import { neverViolated, type Summary, summariseAll } from './summarise.ts'

const percent = (value: number): string => `${(value * 100).toFixed(1)}%`

const COLUMNS: [string, (line: Summary) => string][] = [
  ['kind, split', (line) => line.group],
  ['docs', (line) => `${line.documents}${line.failed ? ` (${line.failed} failed)` : ''}`],
  ['pack', (line) => `${line.packDetected}/${line.documents - line.readOnly}`],
  ['fields exact', (line) => percent(line.fields.exact)],
  [
    'right/wrong(width only)/missing/false',
    ({ fields }) => `${fields.right}/${fields.wrong}(${fields.nearly})/${fields.missing}/${fields.false}`,
  ],
  ['teacher cells', (line) => percent(line.teacherCells.exact)],
  ['fails right/expected', ({ fails }) => `${fails.right}/${fails.expected}`],
  ['unknown', (line) => String(line.fails.undecided)],
  ['precision', (line) => percent(line.fails.precision)],
  ['recall', (line) => percent(line.fails.recall)],
  ['seals', ({ seals }) => (seals.expected ? `${seals.right}/${seals.expected}, ${seals.named} read` : '–')],
  ['wrongly returned', ({ compliant }) => `${compliant.return}/${compliant.documents}`],
  ['returned', ({ faulty }) => `${faulty.return}/${faulty.documents}`],
  ['s/page', (line) => line.secondsPerPage.toFixed(2)],
]

/** The table by kind of document, as plain text. */
export function printTable(results: SampleResult[]): string {
  const rows = [
    COLUMNS.map(([title]) => title),
    ...summariseAll(results).map((line) => COLUMNS.map(([, write]) => write(line))),
  ]
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const idle = neverViolated(results)
  return [...lines, '', `Rules that no sample violates (${idle.length}): ${idle.join(' ') || '–'}`].join('\n')
}

/** What went wrong in one sample, a line each; values are of fictional people. */
export function printFaults(result: SampleResult): string {
  const { review } = result
  const lines = [
    `${result.name} [${result.truth.kind}, ${result.truth.split}] ${review.verdict ?? `${review.status} ${review.problem?.code ?? ''} ${review.problem?.detail ?? ''}`}`,
  ]
  if (result.detected !== result.truth.pack)
    lines.push(`  pack: ${result.truth.pack}, detected ${result.detected ?? 'none'}`)
  for (const field of result.fields.filter((each) => each.outcome !== 'right')) {
    const reading = review.fields?.[field.path]
    const raw = reading ? `, raw ${short(reading.raw)}, confidence ${reading.confidence.toFixed(2)}` : ''
    lines.push(
      `  ${field.outcome}${field.nearly ? ' (width only)' : ''} ${field.path}: truth ${short(field.truth)}, value ${short(field.value)}${raw}`,
    )
  }
  for (const rule of result.rules.filter((each) => each.outcome !== 'right'))
    lines.push(
      `  rule ${rule.rule}: expected ${rule.expected}, found ${rule.found} (${rule.severity ?? 'none'}) ${rule.message ?? ''}`,
    )
  const open = (review.findings ?? []).filter(
    ({ status, severity, cause }) =>
      status === 'unknown' && severity === 'error' && cause !== 'context' && cause !== 'llm-unavailable',
  )
  for (const { rule, message } of open) lines.push(`  open ${rule}: ${message}`)
  const { seals } = result
  if (seals.right !== seals.expected || seals.found !== seals.expected)
    lines.push(`  seals: ${seals.expected} expected, ${seals.found} found, ${seals.right} in place`)
  return lines.join('\n')
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent'
  return text.length > 160 ? `${text.slice(0, 100)}…${text.slice(-50)}` : text
}
