import type { Summary } from '../../declaration/summary/schema.ts'
import { decimal, exact, sum } from '../engine/exact.ts'
import type { Form } from '../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { type Figure, figureAt, listName, sheetName, sheetsOf } from './figure.ts'

/** `parts` add up to `whole`; `told` words what stands for the parts where they are many. */
type Equation = { where: string; parts: Figure[]; whole: Figure; told?: string }

/** Sums that the sheet's counts must keep, by path below `totals` (Wenzhou 附件3 and 4). */
const TOTALS: [parts: string[], whole: string][] = [
  [['new.approved', 'filing.approved'], 'approved'],
  [['new.held', 'new.unheld'], 'new.approved'],
  [['filing.held', 'filing.unheld'], 'filing.approved'],
  [['new.held', 'filing.held'], 'held'],
  [['new.unheld', 'filing.unheld'], 'unheld'],
  [['held', 'unheld'], 'approved'],
]

const LABELS: Record<string, string> = {
  approved: '共获批',
  held: '共计完成',
  unheld: '共计未举办',
  learners: '授予学分人数共计',
  'new.approved': '新立项获批',
  'new.held': '新立项已举办',
  'new.unheld': '新立项未举办',
  'filing.approved': '备案获批',
  'filing.held': '备案已举办',
  'filing.unheld': '备案未举办',
  sessions: '期数',
  hours: '学时',
  credits: '学分',
  enrollment: '拟招生人数',
  count: '项目数',
}
const COLUMNS = ['sessions', 'hours', 'credits', 'enrollment', 'learners'] as const

/** All counts of the sheets agree: totals with their parts, with the rows listed, and rows of sums with what stands above them. */
export function summaryCountsAgree(form: Form): Outcome {
  const equations = sheetsOf(form).flatMap(({ sheet, path }) => [
    ...totalsOf(form, sheet, path),
    ...listedOf(form, sheet, path),
    ...sheet.lists.flatMap((list, index) => sumsOf(form, sheet, list, `${path}.lists[${index}]`)),
  ])
  const decided = equations.filter(({ parts, whole }) => [...parts, whole].every(({ state }) => state === 'value'))
  const wrong = decided.filter(
    ({ parts, whole }) => !sum(parts.map(({ value }) => exact(value))).equals(exact(whole.value)),
  )
  const facts = { checked: decided.length, wrong: wrong.map(describe).join('；'), count: wrong.length }
  if (wrong.length > 0)
    return fail(
      facts,
      wrong.flatMap(({ parts, whole }) => [whole.path, ...parts.map(({ path }) => path)]),
    )
  const lost = equations.flatMap(({ parts, whole }) => [whole, ...parts]).filter(({ state }) => state === 'unreadable')
  if (lost.length > 0)
    return unknown(
      'unreadable',
      { ...facts, values: lost.length },
      lost.map(({ path }) => path),
    )
  if (decided.length === 0)
    return unknown(
      'missing',
      facts,
      sheetsOf(form).map(({ path }) => path),
      { variant: 'none' },
    )
  return pass(
    facts,
    decided.map(({ whole }) => whole.path),
  )
}

function describe({ where, parts, whole, told }: Equation): string {
  const total = decimal(sum(parts.map(({ value }) => exact(value))))
  const sides = told ?? parts.map(({ label, value }) => `${label}${decimal(exact(value))}`).join(' + ')
  const left = parts.length === 1 && !told ? sides : `${sides} = ${total}`
  return `${where}：${left}，而${whole.label}填${decimal(exact(whole.value))}`
}

function totalsOf(form: Form, sheet: Summary, path: string): Equation[] {
  const at = (key: string) => figureAt(form, `${path}.totals.${key}`, LABELS[key] ?? key)
  return TOTALS.map(([parts, whole]) => ({ where: sheetName(sheet), parts: parts.map(at), whole: at(whole) }))
}

/** What is counted in words against what is listed below. */
function listedOf(form: Form, sheet: Summary, path: string): Equation[] {
  const where = sheetName(sheet)
  const counted = (['held', 'unheld'] as const).flatMap((status) => {
    const lists = sheet.lists
      .map((list, index) => ({ list, at: `${path}.lists[${index}]` }))
      .filter(({ list }) => list.status === status)
    const one = (key: string, of: typeof lists): Equation[] => {
      const rows = of.map(({ list, at }) => ({
        label: `所列${listName(list)}`,
        path: at,
        state: 'value' as const,
        value: list.rows.length,
      }))
      const whole = figureAt(form, `${path}.totals.${key}`, LABELS[key] ?? key)
      return of.length > 0 ? [{ where, parts: rows, whole }] : []
    }
    const byKind = (['new', 'filing'] as const).flatMap((kind) =>
      one(
        `${kind}.${status}`,
        lists.filter(({ list }) => list.kind === kind),
      ),
    )
    const kinds = new Set(lists.map(({ list }) => list.kind))
    // Where one of the two lists was not found, the other does not tell the total.
    const isWhole = kinds.size !== 1 || kinds.has(undefined)
    return [...byKind, ...(isWhole ? one(status, lists) : [])]
  })
  const learners = sheet.lists.flatMap(({ status, rows }, index) =>
    status === 'held' ? rows.map((_, at) => figureAt(form, `${path}.lists[${index}].rows[${at}].learners`, '')) : [],
  )
  const whole = figureAt(form, `${path}.totals.learners`, '授予学分人数共计')
  return [
    ...counted,
    ...(sheet.lists.some(({ status }) => status === 'held')
      ? [{ where, parts: learners, whole, told: '各项目授予学分人数之和' }]
      : []),
  ]
}

/** Rows of sums. Rows merged together share a figure, so a column that not every row fills is left alone. */
function sumsOf(form: Form, sheet: Summary, list: Summary['lists'][number], path: string): Equation[] {
  const where = sheetName(sheet)
  return list.sums.flatMap(({ from, to }, index) => {
    const rows = Array.from({ length: to - from }, (_, at) => from + at)
    const columns = COLUMNS.map((column) => ({
      where,
      parts: rows.map((row) => figureAt(form, `${path}.rows[${row}].${column}`, '')),
      whole: figureAt(form, `${path}.sums[${index}].${column}`, `合计行${LABELS[column] ?? '人数'}`),
      told: `各行${column === 'learners' ? '授予学分人数' : LABELS[column]}之和`,
    }))
    const listed = { label: '所列项目', path, state: 'value' as const, value: rows.length }
    return [
      ...columns,
      { where, parts: [listed], whole: figureAt(form, `${path}.sums[${index}].count`, '合计行项目数') },
    ]
  })
}
