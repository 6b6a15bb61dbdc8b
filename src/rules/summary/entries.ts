import { labelOf } from '../../declaration/label-of.ts'
import type { Summary, SummaryRow } from '../../declaration/summary/schema.ts'
import { bareText } from '../domain/likeness.ts'
import type { Form } from '../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { listName, sheetName, sheetsOf } from './figure.ts'

/** Columns that every project fills where the sheet has them. */
const ASKED: Record<Summary['kind'], (keyof SummaryRow)[]> = {
  execution: ['name', 'number', 'leader', 'learners', 'reason', 'delivery'],
  application: ['name', 'leader', 'title', 'unit', 'discipline', 'dates', 'place', 'hours', 'credits', 'enrollment'],
}
const MOST_TOLD = 8

/** Nothing is blank that a sheet asks: its unit, its day, its counts, and of every project what the heading names. */
export function summaryFilledIn(form: Form): Outcome {
  const asked = Object.keys(form.readings).filter((path) => isAsked(form, path))
  const blank = asked.filter((path) => form.readings[path]?.value === null)
  const lost = asked.filter((path) => form.readings[path] && form.readings[path].value === undefined)
  const facts = { blank: nameAll(form, blank), lost: nameAll(form, lost), count: blank.length }
  if (blank.length > 0) return fail(facts, blank)
  if (lost.length > 0) return unknown('unreadable', facts, lost)
  return pass(
    facts,
    sheetsOf(form).map(({ path }) => `${path}.unit`),
  )
}

function isAsked(form: Form, path: string): boolean {
  const [, index, rest] = /^summaries\[(\d+)\]\.(.+)$/.exec(path) ?? []
  const sheet = form.summaries[Number(index)]
  if (!sheet || rest === undefined) return false
  if (rest === 'unit' || rest === 'date' || rest.startsWith('totals.')) return true
  const column = /^lists\[\d+\]\.rows\[\d+\]\.(\w+)$/.exec(rest)?.[1]
  return ASKED[sheet.kind].some((key) => key === column)
}

function nameAll(form: Form, paths: string[]): string {
  const names = paths.slice(0, MOST_TOLD).map((path) => nameOf(form, path))
  return `${names.join('、')}${paths.length > MOST_TOLD ? `等 ${paths.length} 处` : ''}`
}

/** `2023年度办班汇总已举办项目（新立项）第2行“授予学分人数”`. */
function nameOf(form: Form, path: string): string {
  const [, index, list, row] = /^summaries\[(\d+)\](?:\.lists\[(\d+)\]\.rows\[(\d+)\])?/.exec(path) ?? []
  const sheet = form.summaries[Number(index)]
  if (!sheet) return labelOf(path)
  const own = list === undefined ? undefined : sheet.lists[Number(list)]
  const label = labelOf(path).split('·').at(-1) ?? ''
  return `${sheetName(sheet)}${own ? `${listName(own)}第${Number(row) + 1}行` : ''}“${label}”`
}

/** No project stands twice on a sheet, and the serial numbers run on. */
export function summaryRowsDistinct(form: Form): Outcome {
  const wrong: string[] = []
  const fields: string[] = []
  for (const { sheet, path } of sheetsOf(form)) {
    const rows = sheet.lists.flatMap((list, at) =>
      list.rows.map((row, index) => ({ row, at: `${path}.lists[${at}].rows[${index}]` })),
    )
    const named = rows.filter(({ row }) => row.name)
    for (const same of Map.groupBy(named, ({ row }) => bareText(row.name ?? '')).values()) {
      if (same.length < 2) continue
      wrong.push(`${sheetName(sheet)}：《${same[0]?.row.name}》列了${same.length}次`)
      fields.push(...same.map(({ at }) => `${at}.name`))
    }
    for (const [at, { rows: own }] of sheet.lists.entries()) {
      const serials = own.map(({ serial }) => serial)
      const breaks = serials.findIndex(
        (serial, index) =>
          typeof serial === 'number' &&
          typeof serials[index - 1] === 'number' &&
          serial !== Number(serials[index - 1]) + 1,
      )
      if (breaks < 0) continue
      wrong.push(`${sheetName(sheet)}：序号${serials[breaks - 1]}之后是${serials[breaks]}`)
      fields.push(`${path}.lists[${at}].rows[${breaks}].serial`)
    }
  }
  return wrong.length > 0
    ? fail({ wrong: wrong.join('；') }, fields)
    : pass(
        {},
        sheetsOf(form).map(({ path }) => `${path}.title`),
      )
}
