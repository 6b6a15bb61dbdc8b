import { z } from 'zod'
import type { ClauseLine, Pack, PackRule } from '../src/rules/engine/pack.ts'

/** `readings.yaml` beside a pack: what a person wrote for its page. */
export const ReadingsFile = z.strictObject({
  /** What the pack reviews, in a sentence or two. */
  about: z.string(),
  /** Where the notice leaves room. The pack that is extended hands its readings down, except those whose question is answered anew. */
  readings: z.array(
    z.strictObject({ question: z.string(), reading: z.string(), rules: z.array(z.string()).default([]) }),
  ),
  /** How the caller's context answers what the form cannot tell. */
  outside: z.string().optional(),
  /** What the notice, or the copy at hand, does not say. */
  unknown: z.string().optional(),
})
export type ReadingsFile = z.infer<typeof ReadingsFile>
type Reading = ReadingsFile['readings'][number]

const MARKS = { error: 'error', warning: 'warning', info: 'info' } as const
const STRENGTHS: Record<string, string> = { must: 'must', soft: 'soft', none: '–' }

/** The readings of a pack: its own, before them those of the pack it extends that speak of rules it runs and that it does not answer anew. */
export function readingsOf(pack: Pack, own: ReadingsFile, inherited: Reading[]): Reading[] {
  const running = new Set([...pack.rules, ...pack.summaryRules].map(({ check }) => check.file.rule))
  const answered = new Set(own.readings.map(({ question }) => question))
  const kept = inherited
    .map((reading) => ({ ...reading, running: reading.rules.filter((rule) => running.has(rule)) }))
    .filter(({ question, rules, running }) => !answered.has(question) && (rules.length === 0 || running.length > 0))
    .map(({ question, reading, running: rules }) => ({ question, reading, rules }))
  return [...kept, ...own.readings]
}

/** Rules that a pack's readings name and that it does not run. */
export function strayRules(pack: Pack, { readings }: ReadingsFile): string[] {
  const running = new Set([...pack.rules, ...pack.summaryRules].map(({ check }) => check.file.rule))
  return readings.flatMap(({ rules }) => rules).filter((rule) => !running.has(rule))
}

/** The pack's page in Markdown. */
export function renderPage(pack: Pack, own: ReadingsFile, readings: Reading[]): string {
  const { id, version, title, notice, validity } = pack
  const parts = [
    `<!-- Written by npm run pack-pages from rules/packs/${id}/. Change pack.yaml, ledger.yaml or readings.yaml, not this page. -->`,
    `# Pack \`${id}\``,
    `${title['zh-CN']} · ${title.en}`,
    own.about.trim(),
    [
      `- Notice: ${notice.number} 《${notice.title}》, ${notice.issuer}`,
      `- Version ${version}, for applications ${validity.until ? `from ${validity.from} to ${validity.until}` : `from ${validity.from} on`}`,
      ...(pack.extends ? [`- Extends [\`${pack.extends}\`](${pack.extends.split('@')[0]}.md)`] : []),
      `- ${pack.rules.length} rules, ${pack.ledger.length} clauses`,
    ].join('\n'),
    'A clause that says 须, 应, 不得 or 不予受理 gives an `error`; 原则上, 一般, 鼓励 and 建议 give a `warning` or `info`. What no clause asks is never an `error`, unless the form contradicts itself.',
    '## Where the notice leaves room, and how it is read',
    table(
      ['question', 'reading', 'rules'],
      readings.map(({ question, reading, rules }) => [question, reading, rules.map(code).join(', ')]),
    ),
    '## Rules',
    table(['rule', 'asks', 'gives', 'clauses', 'parameters'], pack.rules.map(ruleRow)),
    ...(pack.summaryRules.length > 0
      ? [
          '## Summary sheets',
          "What is asked of the unit's summary sheets (汇总表: XLSX, XLS, DOCX, PDF or scan), which go in beside the declarations.",
          table(['rule', 'asks', 'gives', 'clauses', 'parameters'], pack.summaryRules.map(ruleRow)),
        ]
      : []),
    '## What the form cannot tell',
    outside(pack),
    ...(own.outside ? [own.outside.trim()] : []),
    '## Every clause',
    counts(pack.ledger),
    table(['clause', 'asks', 'place in the notice', 'strength', 'decided by'], pack.ledger.map(clauseRow)),
    ...(own.unknown ? ['## Not known', own.unknown.trim()] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function ruleRow({ check, severity, clauses, given, params, reason }: PackRule): string[] {
  const { rule, title, source } = check.file
  const told = Object.keys(given).map((name) => `${name}: ${shown(params.shown[name] ?? '')}`)
  const from = source === 'llm' ? ' (model)' : source === 'registry' ? ' (outside data)' : ''
  const grounds = clauses.length > 0 ? clauses.map((clause) => clause.id).join(', ') : '–'
  return [
    code(rule),
    title['zh-CN'],
    `${MARKS[severity]}${from}`,
    grounds,
    [...told, ...(reason ? [reason] : [])].join('; '),
  ]
}

function clauseRow({ id, clause, source, strength, checkedBy, needs, person, process, reason }: ClauseLine): string[] {
  const decided = [
    ...(checkedBy ?? []).map(code),
    ...(needs ? [`needs ${needs}`] : []),
    ...(person ? [`person: ${person}`] : []),
    ...(process ? [`not on the form: ${process}`] : []),
  ].join(', ')
  return [id, clause, source ?? '', STRENGTHS[strength ?? ''] ?? '', reason ? `${decided} — ${reason}` : decided]
}

function outside(pack: Pack): string {
  const asked = pack.rules
    .filter(({ check }) => check.file.source === 'registry')
    .map(({ check }) => code(check.file.rule))
  return `${asked.join(', ')} need the caller's \`context\` or the service's own reviews; without them they are \`unknown\` with cause \`context\` and say where to look.`
}

function counts(ledger: ClauseLine[]): string {
  const count = (test: (line: ClauseLine) => boolean) => ledger.filter(test).length
  const isChecked = (line: ClauseLine) => (line.checkedBy ?? []).length > 0
  return [
    `Of ${ledger.length} clauses ${count(isChecked)} are checked by rules,`,
    `${count((line) => !isChecked(line) && Boolean(line.needs))} need data from outside,`,
    `${count((line) => !isChecked(line) && Boolean(line.person))} are left to a person`,
    `and ${count((line) => !isChecked(line) && Boolean(line.process))} ask nothing that a form could show.`,
  ].join(' ')
}

const code = (text: string): string => `\`${text}\``

/** A list of twenty words has no place in a table's cell. */
const shown = (value: string): string => {
  const words = value.split('、')
  return words.length > 16 ? `${words.slice(0, 16).join('、')} … (${words.length})` : value
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}
