import { type Form, mayLackRows, SURE } from '../../engine/form.ts'
import { cellPath, rowPath } from '../../engine/paths.ts'
import { titleOf } from '../../engine/shape.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { remember, rememberOf } from '../../remember.ts'
import { wasSought } from './sought.ts'

/** What the form has at a place that it was asked for. */
type Asked = { at: Place; state: 'value' | 'blank' | 'unreadable' | 'missing' }

/** Where to look on the form, and what a message calls it. */
type Place = { path: string; title: () => string }

/** A path that a pack asks for: one value, one of several, or a column of a list. */
type Asking = { paths: Place[] } | { list: string; field: string; column: Place }

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
  const must = askFor(form, required)
  const asked = askFor(form, ifAsked).filter(isThere)
  const soft = askFor(form, minor).filter(isThere)
  const later = askFor(form, onPaper).filter(isThere)
  const isLate = !isSignedPaper(form) && !isRecord(form)
  const hard = isLate ? [...must, ...asked] : [...must, ...asked, ...later]
  const light = isLate ? [...soft, ...later] : soft

  const all = [...hard, ...light]
  const blank = all.filter(({ state }) => state === 'blank')
  const open = all.filter(({ state }) => state === 'unreadable')
  const missing = must.filter(({ state }) => state === 'missing')
  const facts = {
    blank: listTitles(blank),
    blankCount: blank.length,
    unreadable: listTitles(open),
    missing: listTitles(missing),
    checked: all.length,
  }
  if (hard.some(({ state }) => state === 'blank')) return fail(facts, pathsOf(blank), { confidence: 1 })
  if (open.length > 0) return unknown('unreadable', facts, pathsOf(open), { variant: 'unreadable' })
  if (missing.length > 0) return unknown('missing', facts, pathsOf(missing))
  if (blank.length > 0) {
    const severity = blank.some(({ at }) => onPaper.includes(at.path)) ? 'warning' : 'info'
    return fail(facts, pathsOf(blank), { severity, confidence: 1 })
  }
  return pass(facts, [], { confidence: 1 })
}

const isThere = ({ state }: Asked): boolean => state !== 'missing'

/** A pack's list of paths, taken apart once. */
const askingsOf = rememberOf((paths: string[]): Asking[] => paths.map(toAsking))

function toAsking(path: string): Asking {
  const [list, field] = path.split('[].')
  if (!list || !field) return { paths: path.split('|').map(placeAt) }
  const title = () => titleOf(`${list}[0].${field}`).replace('第1行', '')
  return { list, field, column: { path: list, title } }
}

const placeAt = remember(2000, (path: string): Place => ({ path, title: () => titleOf(path) }))

const askFor = (form: Form, paths: string[]): Asked[] =>
  askingsOf(paths).flatMap((asking) => ('paths' in asking ? askEither(form, asking.paths) : askRows(form, asking)))

function askEither(form: Form, paths: Place[]): Asked {
  const asked = paths.map((at) => ({ at, state: stateOf(form, at.path, form.at(at.path)) }))
  for (const state of ['value', 'unreadable', 'blank'] as const) {
    const found = asked.find((one) => one.state === state)
    if (found) return found
  }
  return {
    at: { path: paths[0]?.path ?? '', title: () => paths.map(({ title }) => title()).join('或') },
    state: 'missing',
  }
}

/** A box that recognition is not sure is empty may hold something: a person looks. */
function stateOf(form: Form, path: string, value: unknown): Asked['state'] {
  const state = form.stateOf(path, value)
  return state === 'blank' && form.confidence(path) < SURE ? 'unreadable' : state
}

/** A column that no row has is not on this form; in a row beside others that have it, the cell is blank. */
function askRows(form: Form, { list, field, column }: Extract<Asking, { list: string }>): Asked[] {
  const found = form.at(list)
  const rows: unknown[] = Array.isArray(found) ? found : []
  const cells = rows.map((row, index): Asked => {
    const at = placeAt(cellPath(rowPath(list, index), field))
    const value = typeof row === 'object' && row !== null ? Reflect.get(row, field) : undefined
    return { at, state: stateOf(form, at.path, value) }
  })
  if (!cells.some(isThere)) return rows.length === 0 ? [] : [{ at: column, state: 'missing' }]
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

const listTitles = (asked: Asked[]): string => [...new Set(asked.map(({ at }) => at.title()))].join('、')
const pathsOf = (asked: Asked[]): string[] => [...new Set(asked.map(({ at }) => at.path))]
