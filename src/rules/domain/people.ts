import type { Declaration } from '../../declaration/schema.ts'
import { remember } from '../remember.ts'
import { compareUnits } from './unit-name.ts'

export type DistinctTeacher = {
  /** As on the form, without spaces; empty where the row has no name. */
  name: string
  /** Indexes into `declaration.teachers`. */
  rows: number[]
  /** `null` when not told, or when the rows name units that are not certainly one (two people of one name, or one person twice). */
  unit: string | null
  /** Every unit named, as on the form. */
  units: string[]
  /** The first title named; `null` when none is. */
  title: string | null
  titles: string[]
}

/** The people in the teachers' table: a person with several lectures counts once (name and unit). */
export function distinctTeachers(teachers: Declaration['teachers']): DistinctTeacher[] {
  const people = new Map<string, DistinctTeacher>()
  for (const [row, teacher] of (teachers ?? []).entries()) {
    const name = normaliseName(teacher.name ?? '')
    const key = name || `row ${row}`
    const person = people.get(key) ?? { name, rows: [], unit: null, units: [], title: null, titles: [] }
    person.rows.push(row)
    addOnce(person.units, teacher.unit)
    addOnce(person.titles, teacher.title)
    people.set(key, person)
  }
  return [...people.values()].map((person) => ({
    ...person,
    unit: oneUnit(person.units),
    title: person.titles[0] ?? null,
  }))
}

/** Names are compared without spaces and the dot of minority names. */
export const normaliseName = remember(500, (name: string) => name.normalize('NFKC').replace(/[\s·•.・]+/g, ''))

function addOnce(list: string[], value: string | null | undefined): void {
  if (value && !list.includes(value)) list.push(value)
}

function oneUnit(units: string[]): string | null {
  const [first, ...rest] = units
  if (!first) return null
  return rest.every((unit) => compareUnits(unit, first) === 'same') ? first : null
}
