import { type QuotaRule, quotaOf } from '../domain/quota.ts'
import { decimal, exact, showShare, sum } from '../engine/exact.ts'
import type { Form } from '../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { heldIn, sheetName, sheetsOf } from './figure.ts'

/** Years before the year of the application whose projects count (温继委办发〔2025〕1号, 三、1: 2023 and 2024 for 2025). */
const YEARS = 2

type Limit = { least: number; most: number; told: string; fields: string[] }

/**
 * The projects on the unit's application sheet are not more than its quota: that the caller states, else a share of the yearly average
 * that the sheets of the two years before say were held. Without an application sheet the quota alone is told.
 */
export function summaryWithinQuota(form: Form, level: string, rule: QuotaRule): Outcome {
  const sheets = sheetsOf(form, 'application').filter(
    ({ sheet }) => !sheet.level || level === 'all' || sheet.level === level,
  )
  const lists = sheets.flatMap(({ sheet, path }) =>
    sheet.lists.map((list, at) => ({ list, path: `${path}.lists[${at}]` })),
  )
  const total = lists.reduce((count, { list }) => count + list.rows.length, 0)
  const listed = lists.map(({ path }) => path)
  const limit = limitOf(form, level, rule)
  if (typeof limit === 'string') return unknown('context', { total, lacking: limit }, listed, { variant: 'summary' })
  const facts = { total, limit: limit.most, told: limit.told }
  const fields = [...listed, ...limit.fields]
  if (lists.length === 0) return unknown('context', facts, fields, { variant: 'summary-quota' })
  if (total > limit.most) return fail(facts, fields, { variant: 'summary' })
  if (total <= limit.least) return pass(facts, fields, { variant: 'summary' })
  return unknown('context', facts, fields, { variant: 'summary-rounding' })
}

/** The quota and how it is worked out, or what is lacking for it. */
function limitOf(form: Form, level: string, rule: QuotaRule): Limit | string {
  const { unitQuota, unitHeld } = form.context
  const stated = typeof unitQuota === 'object' ? Reflect.get(unitQuota, level) : unitQuota
  if (typeof stated === 'number') return { least: stated, most: stated, told: '核定限额', fields: [] }
  const held =
    unitHeld?.map((value) => ({ name: '', value, fields: [] })) ?? (rule.share.equals(0) ? [] : heldBefore(form))
  if (!rule.share.equals(0) && !unitHeld && held.length < YEARS) return '前两年的办班情况汇总表（首次申报的单位请说明）'
  const quota = quotaOf(
    held.map(({ value }) => value),
    rule,
  )
  if (!quota) return '管理部门核定的单位限额'
  return {
    ...quota,
    told: held.length > 0 ? workedOut(held, rule) : unitHeld ? '首次申报的单位' : '通知规定的项数',
    fields: held.flatMap(({ fields }) => fields),
  }
}

type Held = { name: string; value: number; fields: string[] }

function workedOut(held: Held[], { share }: QuotaRule): string {
  const average = sum(held.map(({ value }) => exact(value))).div(held.length)
  const years = held.map(({ name, value }) => `${name}完成${value}项`).join('、')
  return `${years}，年均${decimal(average)}项的${showShare(share)}为${decimal(average.mul(share))}，向上取整`
}

/** What the unit's sheets of the two years before say was held; `undefined` while one is lacking. */
export function heldOnSheets(form: Form): number[] | undefined {
  const held = heldBefore(form)
  return held.length < YEARS ? undefined : held.map(({ value }) => value)
}

function heldBefore(form: Form): Held[] {
  return yearsBefore(form).flatMap((each) => {
    const found = heldIn(form, each)
    return found ? [{ ...found, name: sheetName(each.sheet) }] : []
  })
}

/** The sheets of the two years before the application's; where no year of application is told, of the two latest years. */
function yearsBefore(form: Form) {
  const applied = sheetsOf(form, 'application').flatMap(({ sheet }) => sheet.year ?? [])[0]
  const own = applied ?? form.declaration.project?.year ?? undefined
  const byYear = new Map(
    sheetsOf(form, 'execution').flatMap((each) => (each.sheet.year ? [[each.sheet.year, each] as const] : [])),
  )
  const years = [...byYear.keys()]
    .filter((year) => own === undefined || (year < own && year >= own - YEARS))
    .sort((a, b) => b - a)
  return years
    .slice(0, YEARS)
    .reverse()
    .flatMap((year) => byYear.get(year) ?? [])
}
