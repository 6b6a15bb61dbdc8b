import type { Form } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'

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

/** Led a national or provincial project that was held in the three years before the project's. Needs `leader.history`. */
export function ledRecently(form: Form, thisYear: { valueOf(): number }): Outcome {
  const year = form.declaration.project?.year ?? thisYear.valueOf()
  const recent = rowsOf(form).filter(
    ({ row }) => typeof row.year !== 'number' || (row.year < year && row.year >= year - 3),
  )
  const led = recent.filter(({ row }) => row.level && row.executed === true)
  const open = recent.filter(({ row }) => row.level && typeof row.executed !== 'boolean')
  const facts = { from: year - 3, until: year - 1, count: led.length }
  if (led.length > 0)
    return pass(
      facts,
      led.map(({ path }) => path),
    )
  if (open.length > 0)
    return unknown(
      'missing',
      facts,
      open.map(({ path }) => path),
    )
  return fail(facts, ['leader.history'])
}
