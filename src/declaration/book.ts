import type { Item } from './lists/teachers.ts'
import type { Declaration, FieldReading, Readings } from './schema.ts'
import { foldText } from './text/fold.ts'
import { normalForm } from './text/normal-form.ts'

/** Readings as they are found, several a path; `settle` takes one of each. */
export type Book = {
  found: Map<string, FieldReading[]>
  lists: Map<string, Item[] | null>
  listReadings: Map<string, FieldReading>
}

export const openBook = (): Book => ({ found: new Map(), lists: new Map(), listReadings: new Map() })

export function note(book: Book, path: string, reading: FieldReading): void {
  const known = book.found.get(path)
  if (known) known.push(reading)
  else book.found.set(path, [reading])
}

export const has = (book: Book, path: string): boolean =>
  book.found.get(path)?.some((reading) => reading.value != null) ?? false

type Settled = { declaration: Declaration; fields: Readings; others: Record<string, FieldReading[]> }

/**
 * One reading a path: a value before an unreadable text before a blank; among values the more certain, else the first on the
 * form. What another place says differently goes to `others`; places that agree add their evidence. Text `from` paper stands in its
 * one form, for paper does not tell the width of signs and spaces; typed text stands as it was typed.
 */
export function settle(book: Book, from: 'paper' | 'text'): Settled {
  const write = from === 'paper' ? normalValue : asTyped
  const declaration: Record<string, unknown> = {}
  const fields: Readings = {}
  const others: Record<string, FieldReading[]> = {}
  for (const [path, readings] of book.found) {
    const best = bestOf(readings)
    if (!best) continue
    const rest = readings.filter((reading) => reading !== best && reading.value != null)
    const agreeing = rest.filter((reading) => sameValue(reading.value, best.value))
    const disagreeing = rest.filter((reading) => !sameValue(reading.value, best.value))
    const value = write(path, best.value)
    const evidence = [...best.evidence, ...agreeing.flatMap((reading) => reading.evidence)]
    const doubt = from === 'paper' && isContested(best, disagreeing) ? { confidence: CONTESTED } : {}
    fields[path] = { ...best, ...(value === undefined ? {} : { value }), evidence, ...doubt }
    if (disagreeing.length > 0)
      others[path] = disagreeing.map((reading) => ({ ...reading, value: write(path, reading.value) }))
    if (value !== undefined) assign(declaration, path, value)
  }
  for (const [path, items] of book.lists)
    settleList({ declaration, fields, write }, path, items, book.listReadings.get(path))
  if (from === 'paper') doubtEmptyLists(fields, book)
  return { declaration: declaration as Declaration, fields, others }
}

/** Of two unsure readings of one value that differ, the surer one is no more than a guess. */
const CONTESTED = 0.7
const SURE = 0.9
const NEAR = 0.3

const isContested = ({ confidence }: FieldReading, others: FieldReading[]): boolean =>
  confidence > CONTESTED && confidence < SURE && others.some((other) => other.confidence > confidence - NEAR)

function bestOf(readings: FieldReading[]): FieldReading | undefined {
  const rank = (reading: FieldReading) => (reading.value === undefined ? 1 : reading.value === null ? 0 : 2)
  let best: FieldReading | undefined
  for (const reading of readings) {
    if (
      !best ||
      rank(reading) > rank(best) ||
      (rank(reading) === rank(best) && reading.confidence > best.confidence + 0.02)
    )
      best = reading
  }
  return best
}

const sameValue = (one: unknown, other: unknown): boolean =>
  typeof one === 'string' && typeof other === 'string'
    ? foldText(one) === foldText(other)
    : JSON.stringify(one) === JSON.stringify(other)

const asTyped = (_path: string, value: unknown): unknown => value

/** Text in its one form; lists of texts likewise. */
const normalValue = (path: string, value: unknown): unknown =>
  typeof value === 'string'
    ? normalForm(path, value)
    : Array.isArray(value)
      ? value.map((part) => normalValue(path, part))
      : value

/** How sure it is that a table is empty when its page is a picture: its rulings may not have been found. */
const EMPTY = 0.6

function doubtEmptyLists(fields: Readings, book: Book): void {
  for (const path of book.lists.keys()) {
    const reading = fields[path]
    if (reading?.value === null) fields[path] = { ...reading, confidence: Math.min(reading.confidence, EMPTY) }
  }
}

/** A list that stands on the form without a filled row is blank (`null`). */
function settleList(
  { declaration, fields, write }: { declaration: Record<string, unknown>; fields: Readings; write: typeof normalValue },
  path: string,
  items: Item[] | null,
  place: FieldReading | undefined,
): void {
  if (items === null || items.length === 0) {
    assign(declaration, path, null)
    fields[path] = place ?? { value: null, raw: '', confidence: 1, evidence: [] }
    return
  }
  const rows = items.map((item, index) => {
    const row: Record<string, unknown> = {}
    for (const [key, reading] of Object.entries(item)) {
      const value = write(`${path}.${key}`, reading.value)
      fields[`${path}[${index}].${key}`] = value === undefined ? reading : { ...reading, value }
      if (value !== undefined) row[key] = value
    }
    return row
  })
  assign(declaration, path, rows)
}

/** Puts a value at a path of one or two steps (`unit.name`). */
export function assign(target: Record<string, unknown>, path: string, value: unknown): void {
  const [first = '', second] = path.split('.')
  if (second === undefined) {
    target[first] = value
    return
  }
  const inner = (target[first] ?? {}) as Record<string, unknown>
  inner[second] = value
  target[first] = inner
}
