import type { Declaration, Readings } from '../declaration/schema.ts'
import { findNames } from './privacy/names.ts'
import type { KnownPersonal } from './privacy/redact.ts'

/** What a check looks at, by path: `project.name`, `teachers[3].topic`. */
export type Fields = Record<string, string>

/** More of one field than a form has room for. */
const LONGEST = 8000

const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Rows of a table that a check's inputs may name: `teachers[].topic`, or the leader's own `teachers[leader].topic`. */
const ROWS = /^(\w+)\[(leader)?\](?:\.(\w+))?$/

/**
 * The fields that a check asks for, and no others. `rows` narrows tables to some of their rows. Personal numbers are never among
 * them, whatever a prompt asks for.
 */
export function selectFields(declaration: Declaration, inputs: readonly string[], rows?: readonly number[]): Fields {
  const fields: Fields = {}
  for (const input of inputs) {
    for (const path of expand(declaration, input, rows)) {
      const value = valueAt(declaration, path)
      if (!isPersonalPath(path) && (typeof value === 'number' || (typeof value === 'string' && value.trim())))
        fields[path] = String(value).slice(0, LONGEST)
    }
  }
  return fields
}

/** How many rows the tables of `inputs` have at most. */
export function rowsOf(declaration: Declaration, inputs: readonly string[]): number {
  const tables = inputs.flatMap((input) => ROWS.exec(input)?.[1] ?? [])
  return Math.max(0, ...tables.map((table) => asArray(Reflect.get(declaration, table)).length))
}

/** What must be given for the check to make sense and is not, by path. */
export function lackingInputs(declaration: Declaration, needs: readonly string[]): string[] {
  return needs.filter((input) => Object.keys(selectFields(declaration, [input])).length === 0)
}

function expand(declaration: Declaration, input: string, rows?: readonly number[]): string[] {
  const row = ROWS.exec(input)
  if (!row) return Array.isArray(valueAt(declaration, input)) ? itemsOf(declaration, input) : [input]
  const [, table = '', whose, column] = row
  const items = asArray(Reflect.get(declaration, table))
  const leader = declaration.leader?.name
  return items.flatMap((item, index) => {
    if (rows && !rows.includes(index)) return []
    if (whose && (!leader || valueAt(item, 'name') !== leader)) return []
    return [`${table}[${index}]${column ? `.${column}` : ''}`]
  })
}

const itemsOf = (declaration: Declaration, path: string): string[] =>
  asArray(valueAt(declaration, path)).map((_, index) => `${path}[${index}]`)

function valueAt(from: unknown, path: string): unknown {
  let value = from
  for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

/** A field that holds personal data itself. */
export const isPersonalPath = (path: string): boolean =>
  /(?:^|\.)(?:idNumber|phone|email|address|contact|name|teacher|reviewer|birth)$/.test(path) &&
  path !== 'project.name' &&
  path !== 'unit.name'

/** Everything personal that the form names as such or shows in running text, wherever else it may occur. */
export function knownPersonal(declaration: Declaration): KnownPersonal[] {
  const { leader, unit, teachers, schedule, peerReview } = declaration
  const known: [KnownPersonal['kind'], (string | null | undefined)[]][] = [
    ['ID', [leader?.idNumber]],
    ['PHONE', [leader?.phone, unit?.phone]],
    ['EMAIL', [leader?.email]],
    ['ADDRESS', [leader?.address]],
    [
      'NAME',
      [
        leader?.name,
        unit?.contact,
        peerReview?.reviewer,
        ...(teachers ?? []).map(({ name }) => name),
        ...(schedule ?? []).flatMap(({ teacher }) => teacher?.split(/[、，,;；/\s]+/) ?? []),
        ...textsIn(declaration).flatMap(namesToldIn),
      ],
    ],
  ]
  return known.flatMap(([kind, values]) => values.flatMap((value) => (value ? [{ kind, value }] : [])))
}

/** Whether a value was read by OCR or otherwise with doubt: its words may be misread. */
export const isScanned = (readings: Readings, field: string): boolean => (readings[field]?.confidence ?? 1) < 1

/** Every text of the form but people's own names. */
function textsIn(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return isPersonalPath(path) ? [] : [value.slice(0, LONGEST)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, path ? `${path}.${key}` : key))
}

/** Who is named once as a person is known wherever the name stands alone. A surname by itself names nobody. */
const namesToldIn = (text: string): string[] =>
  findNames(text)
    .map(({ from, until }) => text.slice(from, until).replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, ''))
    .filter((name) => name.length > 1)
