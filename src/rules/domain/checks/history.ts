import type { Form } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { normaliseName } from '../people.ts'

type Row = {
  year?: number | null | undefined
  level?: string | null | undefined
  executed?: boolean | null | undefined
  number?: string | null | undefined
}

const NUMBER = /^(?:国|省|市|京)?\s*20\d\d\s*-\s*\d{1,2}\s*-\s*\d{1,2}\s*-\s*\d{1,4}/

const rowsOf = (form: Form): { row: Row; path: string }[] =>
  (form.declaration.leader?.history ?? []).map((row, at) => ({ row, path: `leader.history[${at}]` }))

/**
 * The last three years are answered: a ticked level says whether it was held, a held one has its number. A year without any tick
 * declares nothing. Needs `leader.history`.
 */
export function historyComplete(form: Form): Outcome {
  const faults: { fault: string; path: string }[] = []
  const open = rowsOf(form).flatMap(({ path }) =>
    ['level', 'executed', 'number'].map((key) => `${path}.${key}`).filter((at) => form.state(at) === 'unreadable'),
  )
  for (const { row, path } of rowsOf(form)) {
    if (open.some((at) => at.startsWith(`${path}.`))) continue
    const year = row.year ?? '某年'
    if (row.level && typeof row.executed !== 'boolean') faults.push({ fault: `${year}年未勾选是否执行`, path })
    else if (row.executed === true && !row.level) faults.push({ fault: `${year}年未勾选项目级别`, path })
    if (row.executed === true && !row.number?.trim()) faults.push({ fault: `${year}年已执行但缺项目编号`, path })
  }
  const facts = { faults: faults.map(({ fault }) => fault).join('；'), rows: rowsOf(form).length }
  if (faults.length > 0) return fail(facts, [...new Set(faults.map(({ path }) => path))])
  if (open.length > 0) return unknown('unreadable', facts, open)
  const odd = rowsOf(form).find(({ row }) => row.number && isOddNumber(row))
  if (odd) {
    const what = { ...facts, year: odd.row.year ?? '' }
    return fail(what, [`${odd.path}.number`], { variant: 'number', severity: 'warning' })
  }
  return pass(
    facts,
    rowsOf(form).map(({ path }) => path),
  )
}

/** Project numbers are written `2024-06-03-021（国）`; the year is that of the row. */
function isOddNumber(row: Row): boolean {
  const number = row.number?.normalize('NFKC').trim() ?? ''
  if (!NUMBER.test(number)) return true
  return typeof row.year === 'number' && !number.includes(String(row.year))
}

/**
 * Led a national or provincial project that was held in the three years before the project's. What the caller knows of approved
 * projects (`context.approvedBefore`) settles it; else the form's word counts, unless the caller's list of this leader's projects does
 * not have what it says.
 */
export function ledRecently(form: Form, thisYear: { valueOf(): number }): Outcome {
  const year = form.declaration.project?.year ?? thisYear.valueOf()
  const [from, until] = [year - 3, year - 1]
  const isRecent = (row: Row) => typeof row.year !== 'number' || (row.year >= from && row.year <= until)
  const approved = leadersApproved(form)?.filter(isRecent)
  const held = approved?.filter(({ executed }) => executed === true) ?? []
  if (held.length > 0) return pass({ from, until, count: held.length }, ['leader.name'], { confidence: 1 })
  const state = form.state('leader.history')
  if (state === 'blank') return fail({ from, until }, ['leader.history'], { variant: 'blank' })
  if (state !== 'value') return unknown(state, { from, until }, ['leader.history'], { variant: 'untold' })
  const recent = rowsOf(form).filter(({ row }) => isRecent(row) && row.level)
  const led = recent.filter(({ row }) => row.executed === true)
  const open = recent.filter(({ row }) => typeof row.executed !== 'boolean')
  const facts = { from, until, count: led.length }
  const pathsOf = (rows: typeof recent) => rows.map(({ path }) => path)
  if (led.length > 0) {
    const isDenied =
      approved !== undefined && !led.some(({ row }) => approved.some((project) => mayBeSame(row, project)))
    return isDenied ? unknown('context', facts, pathsOf(led), { variant: 'unproven' }) : pass(facts, pathsOf(led))
  }
  return open.length > 0 ? unknown('missing', facts, pathsOf(open)) : fail(facts, ['leader.history'])
}

type Approved = NonNullable<Form['context']['approvedBefore']>[number]

/** The leader's own among the approved projects above the city's; `undefined` where nobody told. */
function leadersApproved(form: Form): Approved[] | undefined {
  const name = normaliseName(form.declaration.leader?.name ?? '')
  return form.context.approvedBefore?.filter(
    ({ leader, level }) => name !== '' && leader !== undefined && normaliseName(leader) === name && level !== 'city',
  )
}

const bare = (number: string): string => number.normalize('NFKC').replace(/\s|\(.*\)/g, '')

/** Nothing that both tell speaks against it. */
function mayBeSame(row: Row, project: Approved): boolean {
  if (project.executed === false) return false
  if (row.number && project.number) return bare(row.number) === bare(project.number)
  return row.year == null || project.year === undefined || row.year === project.year
}
