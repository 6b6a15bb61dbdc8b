import { type Form, mayLackRows, SURE } from '../../engine/form.ts'
import { titleOf } from '../../engine/shape.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { wasSought } from './sought.ts'

type Asked = {
  /** What the message calls it, asked for only where it is lacking. */
  title: () => string
  /** Where to look on the form. */
  path: string
  state: 'value' | 'blank' | 'unreadable' | 'missing'
}

/**
 * Nothing that the form must have is blank. `required` must stand on the form; `ifAsked` only where the form has the label (a form
 * variant without it is no fault); `minor` likewise, and a blank one is only told. `a|b`: either will do. `teachers[].title`:
 * every row. `unitOpinion.text` and the like in `onPaper` are filled in by hand after printing: blank, they count fully where the
 * signed paper was seen, or where the record itself is reviewed; on an unsigned print they are a warning.
 */
export function requiredFields(
  form: Form,
  required: string[],
  ifAsked: string[],
  minor: string[],
  onPaper: string[],
): Outcome {
  const must = required.flatMap((path) => askFor(form, path))
  const asked = ifAsked.flatMap((path) => askFor(form, path)).filter(({ state }) => state !== 'missing')
  const soft = minor.flatMap((path) => askFor(form, path)).filter(({ state }) => state !== 'missing')
  const later = onPaper.flatMap((path) => askFor(form, path)).filter(({ state }) => state !== 'missing')
  const hard = isSignedPaper(form) || isRecord(form) ? [...must, ...asked, ...later] : [...must, ...asked]
  const light = isSignedPaper(form) || isRecord(form) ? soft : [...soft, ...later]

  const blank = [...hard, ...light].filter(({ state }) => state === 'blank')
  const open = [...hard, ...light].filter(({ state }) => state === 'unreadable')
  const missing = must.filter(({ state }) => state === 'missing')
  const facts = {
    blank: listTitles(blank),
    blankCount: blank.length,
    unreadable: listTitles(open),
    missing: listTitles(missing),
    checked: hard.length + light.length,
  }
  if (hard.some(({ state }) => state === 'blank')) return fail(facts, pathsOf(blank), { confidence: 1 })
  if (open.length > 0) return unknown('unreadable', facts, pathsOf(open), { variant: 'unreadable' })
  if (missing.length > 0) return unknown('missing', facts, pathsOf(missing))
  if (blank.length > 0) {
    const severity = light.some(({ state, path }) => state === 'blank' && onPaper.includes(path)) ? 'warning' : 'info'
    return fail(facts, pathsOf(blank), { severity, confidence: 1 })
  }
  return pass(facts, [], { confidence: 1 })
}

function askFor(form: Form, path: string): Asked[] {
  const [list, field] = path.split('[].')
  if (list && field) return askRows(form, list, field)
  return [askEither(form, path.split('|'))]
}

function askEither(form: Form, paths: string[]): Asked {
  const asked = paths.map((path) => ({ title: () => titleOf(path), path, state: stateOf(form, path, form.at(path)) }))
  for (const state of ['value', 'unreadable', 'blank'] as const) {
    const found = asked.find((one) => one.state === state)
    if (found) return found
  }
  return { title: () => asked.map(({ title }) => title()).join('或'), path: paths[0] ?? '', state: 'missing' }
}

/** A box that recognition is not sure is empty may hold something: a person looks. */
function stateOf(form: Form, path: string, value: unknown): Asked['state'] {
  const state = form.stateOf(path, value)
  return state === 'blank' && form.confidence(path) < SURE ? 'unreadable' : state
}

/** A column that no row has is not on this form; in a row beside others that have it, the cell is blank. */
function askRows(form: Form, list: string, field: string): Asked[] {
  const found = form.at(list)
  const rows: unknown[] = Array.isArray(found) ? found : []
  const cells = rows.map((row, index) => {
    const path = `${list}[${index}].${field}`
    const value = typeof row === 'object' && row !== null ? Reflect.get(row, field) : undefined
    return { title: () => titleOf(path), path, state: stateOf(form, path, value) }
  })
  if (cells.every(({ state }) => state === 'missing')) {
    return rows.length === 0
      ? []
      : [{ title: () => titleOf(`${list}[0].${field}`).replace('第1行', ''), path: list, state: 'missing' }]
  }
  return cells.map((cell, row) =>
    cell.state === 'missing' || cell.state === 'blank' ? { ...cell, state: emptyCell(form, list, row) } : cell,
  )
}

/**
 * An empty cell is blank; of a row or a table that was read with doubt, and of a row that holds a scrap of text and nothing else (the
 * end of a wrapped cell, a speck), a person says.
 */
function emptyCell(form: Form, list: string, row: number): Asked['state'] {
  const path = `${list}[${row}]`
  const isDoubtful = mayLackRows(form, list) || form.confidence(path) < SURE
  return isDoubtful || (!isRecord(form) && isScrap(form.at(path))) ? 'unreadable' : 'blank'
}

const SCRAP = 4

function isScrap(row: unknown): boolean {
  if (typeof row !== 'object' || row === null) return true
  const held = Object.values(row).filter((value) => value !== null && value !== undefined && value !== '')
  return held.length <= 1 && String(held[0] ?? '').length <= SCRAP
}

/** Somebody looked for seals and signatures: a scan, a photo, or a record that tells of them. */
export function isSignedPaper(form: Form): boolean {
  return ['cover.sealed', 'unitOpinion.sealed', 'leader.signed', 'commitment.signed'].some((path) =>
    wasSought(form, path),
  )
}

/** A declaration system's own record, not read from a document. */
export const isRecord = (form: Form): boolean => !form.wasRead

const listTitles = (asked: Asked[]): string => [...new Set(asked.map(({ title }) => title()))].join('、')
const pathsOf = (asked: Asked[]): string[] => [...new Set(asked.map(({ path }) => path))]
