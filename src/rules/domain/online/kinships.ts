import { bareText, likeness } from '../likeness.ts'
import { slipsBetween } from './agree.ts'
import type { Kinship } from './pair-rows.ts'

type Row = Record<string, unknown>

const text = (row: Row, key: string): string => (typeof row[key] === 'string' ? bareText(row[key]) : '')

const same =
  (...keys: string[]): Kinship<Row> =>
  (one, other) =>
    keys.every((key) => row(one, key) !== '' && row(one, key) === row(other, key)) ? 1 : 0

const row = (of: Row, key: string): string => (typeof of[key] === 'number' ? String(of[key]) : text(of, key))

const like =
  (key: string): Kinship<Row> =>
  (one, other) =>
    text(one, key) === '' ? 0 : likeness(text(one, key), text(other, key))

/** A name of which one character was misread or not read. */
const nearName: Kinship<Row> = (one, other) => {
  const [left, right] = [text(one, 'name'), text(other, 'name')]
  return left.length >= 2 && right.length >= 2 && slipsBetween(left, right) <= 1 ? 1 : 0
}

/** By what the rows of each list are known, the strictest first. */
export const KINSHIPS: Readonly<Record<string, Kinship<Row>[]>> = {
  teachers: [same('name', 'topic'), same('name', 'hours'), same('name'), nearName, like('topic')],
  'project.sessions': [same('start', 'place'), same('start'), same('place')],
  schedule: [same('date', 'start', 'topic'), same('date', 'start'), same('topic')],
  'leader.history': [same('year', 'level'), same('year')],
  'unit.partners': [same('text'), like('text')],
}

/** What tells a row apart, in words; empty for a row that says nothing (a printed year without a tick). */
export function nameOfRow(of: Row): string {
  const told = Object.entries(of).filter(([key, value]) => key !== 'year' && key !== 'kind' && saysSomething(value))
  if (told.length === 0) return ''
  const keys = ['year', 'name', 'topic', 'date', 'start', 'place', 'text', 'number']
  const named = keys.map((key) => of[key]).filter(saysSomething)
  return (named.length > 0 ? named : told.map(([, value]) => value)).join(' ')
}

/** Blank, 否 and 0 say nothing. */
export const saysSomething = (value: unknown): boolean => Boolean(value)
