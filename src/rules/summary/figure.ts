import type { Summary } from '../../declaration/summary/schema.ts'
import type { FieldState, Form } from '../engine/form.ts'

/** A number on a summary sheet: what it is called, where it stands, and whether it is there. */
export type Figure = { label: string; path: string; state: FieldState; value: number }

/** The number at a path such as `summaries[0].totals.new.held`. */
export function figureAt(form: Form, path: string, label: string): Figure {
  let value: unknown = { summaries: form.summaries }
  for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  }
  const state = form.stateOf(path, value)
  return { label, path, state, value: typeof value === 'number' ? value : 0 }
}

/** What messages call a sheet: `2023年度`, `申报汇总表`. */
export function sheetName({ kind, year, level }: Summary): string {
  if (kind === 'execution') return year ? `${year}年度办班汇总` : '办班情况汇总'
  return `${level === 'national' ? '国家级' : level === 'provincial' ? '省级' : ''}申报汇总表`
}

/** What messages call a list: `已举办（新立项）`. */
export function listName({ status, kind }: Summary['lists'][number]): string {
  const held = status === 'held' ? '已举办项目' : status === 'unheld' ? '未举办项目' : '项目'
  return `${held}${kind === 'new' ? '（新立项）' : kind === 'filing' ? '（备案）' : ''}`
}

/** Sheets with their paths. */
export const sheetsOf = (form: Form, kind?: Summary['kind']): { sheet: Summary; path: string }[] =>
  form.summaries
    .map((sheet, index) => ({ sheet, path: `summaries[${index}]` }))
    .filter(({ sheet }) => kind === undefined || sheet.kind === kind)

/** How many projects a sheet says were held: the total, else its parts, else the rows of its lists. `null`: it does not tell. */
export function heldIn(
  form: Form,
  { sheet, path }: { sheet: Summary; path: string },
): { value: number; fields: string[] } | null {
  const at = (key: string) => figureAt(form, `${path}.totals.${key}`, '')
  const total = at('held')
  if (total.state === 'value') return { value: total.value, fields: [total.path] }
  const parts = [at('new.held'), at('filing.held')].filter(({ state }) => state === 'value')
  if (parts.length === 2)
    return { value: parts.reduce((sum, part) => sum + part.value, 0), fields: parts.map((part) => part.path) }
  if (total.state === 'unreadable') return null
  const lists = sheet.lists.flatMap((list, index) =>
    list.status === 'held' ? [{ list, at: `${path}.lists[${index}]` }] : [],
  )
  if (lists.length === 0) return null
  return { value: lists.reduce((sum, { list }) => sum + list.rows.length, 0), fields: lists.map((list) => list.at) }
}
