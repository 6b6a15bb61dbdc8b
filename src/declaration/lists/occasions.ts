import { cellText } from '../layout/grid.ts'
import type { FieldReading } from '../schema.ts'
import { readDateOrMonth, readRange, readTimes } from '../values/date.ts'
import { readCell } from './reading.ts'
import type { List, ListRow } from './rows.ts'
import type { Item } from './teachers.ts'

/** Sessions of a table with a row a session; one cell may hold both dates. */
export function readSessionRows(list: List, year: number | undefined): Item[] {
  return list.rows
    .map((row) => sessionOf(row, list, year))
    .filter((item) => Object.values(item).some((reading) => reading.value !== null))
}

function sessionOf(row: ListRow, list: List, year: number | undefined): Item {
  const item: Item = {}
  const span = (['time', 'date'] as const).find((column) => list.columns.has(column))
  if (span) Object.assign(item, rangeItem(readCell(row.cell(span), 'text', '', row.heading(span)), year))
  for (const column of ['start', 'end'] as const) {
    const reading = list.columns.has(column) ? readCell(row.cell(column), 'birth', '', row.heading(column)) : undefined
    if (reading) item[column] = withYear(reading, year)
  }
  const place = readCell(row.cell('place'), 'text', '', row.heading('place'))
  if (place) item.place = place
  const enrollment = list.columns.has('enrollment')
    ? readCell(row.cell('enrollment'), 'integer', '', row.heading('enrollment'))
    : undefined
  if (enrollment) item.enrollment = enrollment
  return item
}

/** Start and end out of one reading. */
export function rangeItem(reading: FieldReading | undefined, year: number | undefined): Item {
  if (!reading) return {}
  if (reading.value === null) return { start: reading, end: reading }
  const range = readRange(reading.raw, year)
  const { value: _, ...rest } = reading
  return range
    ? { start: { ...rest, value: range.start }, end: { ...rest, value: range.end } }
    : { start: rest, end: rest }
}

function withYear(reading: FieldReading, year: number | undefined): FieldReading {
  if (reading.value !== undefined || year === undefined) return reading
  const range = readRange(reading.raw, year)
  return range ? { ...reading, value: range.start } : reading
}

/** Rows of a timetable: the date may stand once for several rows. */
export function readSchedule(list: List, year: number | undefined): Item[] {
  let day: FieldReading | undefined
  const items: Item[] = []
  for (const row of list.rows) {
    const item: Item = {}
    const date = list.columns.has('date') ? readCell(row.cell('date'), 'text', '', row.heading('date')) : undefined
    if (date && date.value !== null) {
      const { value: _, ...rest } = date
      const range = readRange(date.raw, year)
      day = range && range.start.length === 10 ? { ...rest, value: range.start } : rest
    }
    if (day) item.date = day
    Object.assign(item, timesOf(row, list, item))
    const topic = readCell(row.cell(list.columns.has('topic') ? 'topic' : 'content'), 'text', '', '内容')
    if (topic) item.topic = topic
    const teacher = list.columns.has('name') ? readCell(row.cell('name'), 'name', '', row.heading('name')) : undefined
    if (teacher) item.teacher = teacher
    if (topic?.value != null || teacher?.value != null) items.push(item)
  }
  return items
}

function timesOf(row: ListRow, list: List, item: Item): Item {
  const found: Item = {}
  const column = (['time', 'start', 'date'] as const).find((name) => list.columns.has(name))
  if (!column) return found
  const cell = row.cell(column)
  const ending = list.columns.has('end') ? row.cell('end') : undefined
  const [start, end] = readTimes(`${cellText(cell)} ${cellText(ending)}`)
  const reading = readCell(cell, 'text', '', row.heading(column))
  if (!reading || reading.value === null) return found
  const { value: _, ...rest } = reading
  if (start) found.start = { ...rest, value: start }
  if (end) found.end = { ...rest, value: end }
  const day = item.date === undefined ? readDateOrMonth(cellText(cell)) : undefined
  if (day && day.length === 10) found.date = { ...rest, value: day }
  return found
}
