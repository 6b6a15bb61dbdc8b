import { labelOf } from '../../declaration/label-of.ts'
import type { Declaration } from '../../declaration/schema.ts'
import type { SummaryRow } from '../../declaration/summary/schema.ts'
import { bareText, likeness } from '../domain/likeness.ts'
import { compareValue } from '../domain/online/agree.ts'
import { isRecognised, mayBeMisread } from '../domain/recognised.ts'
import type { Form } from '../engine/form.ts'
import type { KnownDeclaration } from '../known.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { sheetsOf } from './figure.ts'

/** Names this much alike are one project, written a little differently; with another leader only equal names are. */
const SAME_NAME = 0.75

/** What a line repeats of its declaration. */
const REPEATED: [column: keyof SummaryRow, path: string, of: (declaration: Declaration) => unknown][] = [
  ['name', 'project.name', ({ project }) => project?.name],
  ['leader', 'leader.name', ({ leader }) => leader?.name],
  ['title', 'leader.title', ({ leader }) => leader?.title],
  ['phone', 'leader.phone', ({ leader }) => leader?.phone],
  ['unit', 'unit.name', ({ unit }) => unit?.name],
  ['code', 'project.disciplineCode', ({ project }) => project?.disciplineCode],
  ['hours', 'project.hours', ({ project }) => project?.hours],
  ['credits', 'project.credits', ({ project }) => project?.credits],
  ['enrollment', 'project.enrollment', ({ project }) => project?.enrollment],
  ['days', 'project.days', ({ project }) => project?.days],
]
/** Not repeated in a message. */
const PERSONAL: (keyof SummaryRow)[] = ['phone']

type Line = { row: SummaryRow; path: string }

/**
 * Every line of an application sheet has its declaration among those given beside it, says what the declaration says, and every
 * declaration has its line. Those that the service reviewed earlier (`earlier`) serve the lines too, but they need be neither all nor on
 * the sheet: with them alone a line without a declaration stays open, and so do all without any.
 */
export function summaryMatchesDeclarations(form: Form): Outcome {
  const sheets = sheetsOf(form, 'application')
  const lines = sheets.flatMap(({ sheet, path }) =>
    sheet.lists.flatMap((list, at) =>
      list.rows.map((row, index) => ({ row, path: `${path}.lists[${at}].rows[${index}]` })),
    ),
  )
  const given = form.known.filter(({ earlier }) => !earlier)
  const facts = { lines: lines.length, declarations: given.length }
  if (form.known.length === 0) return unknown('context', facts, [], { variant: 'alone' })
  if (lines.length === 0)
    return unknown(
      'missing',
      facts,
      sheets.map(({ path }) => path),
      { variant: 'lines' },
    )
  const beside = pairUp(lines, given)
  const others = lines.filter((line) => !beside.some((pair) => pair.line === line))
  const pairs = [...beside, ...pairWithEarlier(form, others)]
  const found = new Set(beside.map(({ known }) => known))
  const unseen = lines.filter((line) => !pairs.some((pair) => pair.line === line))
  const lacking = given.length > 0 ? unseen : []
  const extra = given.filter((known) => !found.has(known))
  const differences = pairs.flatMap((pair) => differencesOf(form, pair))
  const wrong = [
    ...lacking.map(({ row }) => `《${row.name ?? ''}》列入汇总表而未见申报书`),
    ...extra.map(
      ({ label, declaration }) => `《${declaration.project?.name ?? '未具名项目'}》（${label}）有申报书而未列入汇总表`,
    ),
    ...differences.map(({ told }) => told),
  ]
  const fields = [...differences.map(({ path }) => path), ...lacking.map(({ path }) => `${path}.name`)]
  if (wrong.length > 0) return fail({ ...facts, wrong: wrong.join('；') }, fields)
  const named = pairs.map(({ line }) => `${line.path}.name`)
  const told = {
    ...facts,
    declarations: pairs.length,
    names: unseen.map(({ row }) => `《${row.name ?? ''}》`).join('、'),
  }
  if (unseen.length > 0)
    return unknown(
      'context',
      told,
      unseen.map(({ path }) => `${path}.name`),
      { variant: 'earlier' },
    )
  return pass(told, named)
}

/** Of several earlier reviews of a line's project the one that agrees with it best: the others were drafts. */
function pairWithEarlier(form: Form, lines: Line[]): Pair[] {
  const earlier = form.known.filter((known) => known.earlier)
  return lines.flatMap((line) => {
    const candidates = earlier
      .map((known) => ({ line, known, score: alikeness(line.row, known.declaration) }))
      .filter(({ score }) => score > 0)
      .map((pair) => ({ ...pair, wrong: differencesOf(form, pair).length }))
      .sort((a, b) => Math.floor(b.score) - Math.floor(a.score) || a.wrong - b.wrong)
    return candidates.slice(0, 1)
  })
}

type Pair = { line: Line; known: KnownDeclaration }

/** The likeliest first; each line and each declaration once. */
function pairUp(lines: Line[], known: KnownDeclaration[]): Pair[] {
  const candidates = lines
    .flatMap((line) => known.map((each) => ({ line, known: each, score: alikeness(line.row, each.declaration) })))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const pairs: Pair[] = []
  for (const { line, known: each } of candidates) {
    if (!pairs.some((pair) => pair.line === line || pair.known === each)) pairs.push({ line, known: each })
  }
  return pairs
}

function alikeness(row: SummaryRow, { project, leader }: Declaration): number {
  if (!row.name || !project?.name) return 0
  const name = bareText(row.name) === bareText(project.name) ? 1 : likeness(row.name, project.name)
  const isLeader = Boolean(row.leader && leader?.name && bareText(row.leader) === bareText(leader.name))
  if (name === 1) return isLeader ? 3 : 2
  return name >= SAME_NAME && isLeader ? name : 0
}

function differencesOf(form: Form, { line, known }: Pair): { path: string; told: string }[] {
  return REPEATED.flatMap(([column, path, of]) => {
    const [told, own] = [line.row[column], of(known.declaration)]
    if (told === null || told === undefined) return []
    if (typeof own !== 'string' && typeof own !== 'number') return []
    const at = `${line.path}.${column}`
    const reading = known.readings?.[path]
    const confidence = Math.min(form.confidence(at), reading?.confidence ?? 1)
    const recognised = isRecognised(form, at) || (reading !== undefined && mayBeMisread(form, reading))
    // What a misreading of the declaration would explain is told when the declaration itself is looked at.
    if (compareValue(path, own, told, { confidence, recognised }) !== 'differs') return []
    const label = labelOf(path).split('·').at(-1) ?? ''
    const values = PERSONAL.includes(column) ? '两处不同' : `汇总表为“${told}”，申报书为“${own}”`
    return [{ path: at, told: `《${line.row.name}》${label}：${values}` }]
  })
}
