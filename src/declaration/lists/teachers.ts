import type { Column } from '../labels/columns.ts'
import type { ValueType } from '../labels/label.ts'
import type { FieldReading } from '../schema.ts'
import { foldText } from '../text/fold.ts'
import { evidenceOf, wholeOf } from '../text/passage.ts'
import { isAnyTitle, judgeTeachingKind } from '../values/lists.ts'
import { cutOffIn } from './cut-off.ts'
import { readCell } from './reading.ts'
import type { List, ListRow } from './rows.ts'
import { nameOf, pairPeople } from './same-person.ts'
import { readSignedCell } from './signed.ts'

export type Item = Record<string, FieldReading>

const FIELDS: [string, Column, ValueType][] = [
  ['name', 'name', 'name'],
  ['title', 'title', 'text'],
  ['method', 'method', 'text'],
  ['unit', 'unit', 'unit'],
  ['topic', 'topic', 'text'],
  ['hours', 'hours', 'number'],
  ['speciality', 'speciality', 'speciality'],
  ['degree', 'degree', 'text'],
]

/** How sure it is of a row that rows beside it are not missing. */
const INCOMPLETE = 0.5

/** How sure it is of a text whose beginning may be lost: a title of the closed list is borne out by the list all the same. */
const CUT_OFF = 0.3

/** How sure it is of a text put together out of several cells. */
const JOINED = 0.7

/** Teachers in the order of their lectures: a course table and a table of people are joined by name. */
export function readTeachers(lists: List[], timetables: List[] = []): Item[] {
  const tables = lists.map((list) => ({ items: itemsOf(list), hasTopic: list.columns.has('topic') }))
  const courses = tables.filter((table) => table.hasTopic)
  const lectures = courses.length > 0 ? courses : timetables.filter(hasLectures).map(lecturesOf)
  const people = tables.filter((table) => !table.hasTopic).flatMap((table) => table.items)
  if (lectures.length === 0) return people
  const rows = lectures.flatMap((table) => table.items).flatMap((item) => splitNames(item, people))
  const pairs = pairPeople(rows, people)
  const met = new Set(pairs.values())
  return [
    ...rows.map((item) => complete(item, pairs.get(item))),
    ...people.filter((person) => !met.has(person) && !rows.some((item) => nameOf(item) === nameOf(person))),
  ]
}

/** A timetable with a teacher and hours for each topic is the course table of a form that has no other. */
const hasLectures = ({ columns }: List) => columns.has('name') && columns.has('hours')

const lecturesOf = (list: List) => ({
  items: list.rows
    .map((row) => itemOf(row, list))
    .filter((item) => item.name?.value != null && item.topic?.value != null),
})

/** Two names in one course cell become two rows only when both are in the table of people. */
function splitNames(item: Item, people: Item[]): Item[] {
  const name = item.name
  if (!name || people.length === 0 || people.some((person) => nameOf(person) === nameOf(item))) return [item]
  const names = String(name.value ?? '')
    .split(/[、,，;；/\s]+/)
    .filter(Boolean)
  if (names.length < 2 || !names.every((part) => people.some((person) => nameOf(person) === foldText(part))))
    return [item]
  return names.map((part) => ({ ...item, name: { ...name, value: part } }))
}

/** What the course table does not say of a teacher, from the table of people; of two readings of the name the surer one. */
function complete(item: Item, person: Item | undefined): Item {
  if (!person) return item
  const merged: Item = { ...item }
  for (const [key, reading] of Object.entries(person)) {
    if (key !== 'name' && (merged[key] === undefined || merged[key].value === null)) merged[key] = reading
  }
  const [own, other] = [item.name, person.name]
  if (own && other && nameOf(item) !== nameOf(person) && other.confidence > own.confidence)
    merged.name = { ...other, raw: own.raw, repaired: true }
  return merged
}

function itemsOf(list: List): Item[] {
  const items: Item[] = []
  const all = list.rows.map((row) => itemOf(row, list))
  doubtCutOff(list, all)
  const isUnread = all.some(isUnreadRow)
  for (const item of all) {
    if (isTimed(list)) {
      // 开班典礼 and the like have no teacher: they belong to the timetable alone.
      if (item.name?.value != null) items.push(item)
      continue
    }
    if (item.name?.value === null && item.topic && items.length > 0) inheritName(item, items)
    if (isReal(item)) items.push(item)
  }
  return isTorn(list) || isPatchy(list, items) || isUnread ? items.map(doubt) : items
}

const isTorn = ({ grid, end }: List) => grid.torn === true && end >= grid.rows

const CORE = ['name', 'title', 'unit', 'topic', 'hours']

/** Columns told by white space with holes in them were told wrongly as likely as left blank. */
const isPatchy = ({ grid }: List, items: Item[]) =>
  grid.unruled === true && items.some((item) => CORE.some((key) => item[key] && item[key].value == null))

/** A cell whose first characters may be lost: another title or unit stood there. */
function doubtCutOff(list: List, items: Item[]): void {
  for (const [key, column] of FIELDS) {
    for (const index of cutOffIn(list, column)) {
      const reading = items[index]?.[key]
      if (reading) reading.confidence = Math.min(reading.confidence, CUT_OFF)
    }
  }
}

/** With rows missing no sum or share can be trusted: rules ask instead of failing. */
const doubt = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([key, reading]) => [
      key,
      { ...reading, confidence: Math.min(reading.confidence, INCOMPLETE) },
    ]),
  )

/** A table of lectures that is a timetable as well. */
export const isTimed = ({ columns }: List): boolean => columns.has('time') || columns.has('date')

const isReal = (item: Item) => ['name', 'topic', 'title', 'unit'].some((key) => item[key]?.value != null)

/** Something stands in several of its cells, and nothing was read. */
const isUnreadRow = (item: Item) =>
  !isReal(item) && CORE.filter((key) => item[key] && item[key].value === undefined).length > 1

/** A page break inside a teacher's merged cell leaves the name on the page before. */
function inheritName(item: Item, items: Item[]): void {
  const previous = items.at(-1)
  if (!previous || item.topic?.value === null) return
  for (const key of ['name', 'title', 'unit', 'speciality', 'degree']) {
    const own = item[key]
    if (own && own.value === null && previous[key]) item[key] = previous[key]
  }
}

function itemOf(row: ListRow, list: List): Item {
  const item: Item = {}
  for (const [key, column, type] of FIELDS) {
    if (!list.columns.has(column)) continue
    const reading = readCell(row.cell(column), type, `teachers.${key}`, row.heading(column))
    if (!reading) continue
    item[key] = row.isJoined(column) ? { ...reading, confidence: Math.min(reading.confidence, JOINED) } : reading
  }
  if (!list.columns.has('topic') && list.columns.has('content')) {
    const reading = readCell(row.cell('content'), 'text', 'teachers.topic', row.heading('content'))
    if (reading) item.topic = reading
  }
  splitMethod(row, list, item)
  splitTitle(row, list, item)
  const signed = list.columns.has('signed') ? readSignedCell(row.cell('signed'), row.heading('signed')) : undefined
  if (signed) item.signed = signed
  const split = splitHours(row, list, item)
  const kind = kindOf(row, list, item, split)
  if (kind) item.kind = kind
  return item
}

/** `苏映晴（主任医师）` where the table has no column of titles. */
function splitTitle(row: ListRow, list: List, item: Item): void {
  const { name } = item
  if (!name || list.columns.has('title')) return
  const text = row.cell('name')?.passage.text.trim() ?? ''
  const [, own, title] = NAME_AND_TITLE.exec(text) ?? []
  if (!own || !title || !isAnyTitle(title)) return
  item.name = { ...name, value: own.replace(/\s/g, '') }
  item.title = { ...name, value: title.replace(/\s/g, '') }
}
const NAME_AND_TITLE =
  /^([\u4e00-\u9fff·][\u4e00-\u9fff· ]{0,5}[\u4e00-\u9fff])\s*[(（\n/／]\s*([\u4e00-\u9fff\s]+?)\s*[)）]?$/

/** A heading that names the method with the topics, and a column of kinds of lectures, tell the method. */
function splitMethod(row: ListRow, list: List, item: Item): void {
  if (list.columns.has('method')) return
  const { topic } = item
  const [, bare, method] = /^(.+?)[（(]([^（()）]{2,8})[)）]$/.exec(String(topic?.value ?? '')) ?? []
  if (
    topic &&
    bare &&
    method &&
    /[题目课内容]+.{0,5}(?:方法|方式|形式)/.test(row.heading('topic')) &&
    judgeTeachingKind(method)
  ) {
    item.topic = { ...topic, value: bare }
    item.method = { ...topic, value: method }
    return
  }
  if (!list.columns.has('group') || !/类型|授课类别|课程类别/.test(row.heading('group'))) return
  const kind = readCell(row.cell('group'), 'text', 'teachers.method', row.heading('group'))
  if (typeof kind?.value === 'string' && judgeTeachingKind(kind.value) && !/教师|师资|老师/.test(kind.value))
    item.method = kind
}

/** Columns of their own for hours of theory and of practice. */
function splitHours(row: ListRow, list: List, item: Item): 'theory' | 'practice' | null {
  if (!list.columns.has('theoryHours') && !list.columns.has('practiceHours')) return null
  const theory = readCell(row.cell('theoryHours'), 'number', 'teachers.hours', row.heading('theoryHours'))
  const practice = readCell(row.cell('practiceHours'), 'number', 'teachers.hours', row.heading('practiceHours'))
  const [t, p] = [Number(theory?.value ?? 0), Number(practice?.value ?? 0)]
  const filled = p > 0 && t === 0 ? practice : theory
  if (filled && (item.hours === undefined || item.hours.value === null)) item.hours = filled
  return t > 0 === p > 0 ? null : p > 0 ? 'practice' : 'theory'
}

function kindOf(row: ListRow, list: List, item: Item, split: 'theory' | 'practice' | null): FieldReading | undefined {
  if (row.kind && row.groupCell) {
    const slice = wholeOf(row.groupCell.passage)
    return {
      value: row.kind,
      raw: row.groupCell.passage.text.replace(/\s/g, ''),
      confidence: 1,
      evidence: evidenceOf([slice]),
    }
  }
  const method = item.method ?? (list.columns.has('group') ? readCell(row.cell('group'), 'text', '', '') : undefined)
  const judged = typeof method?.value === 'string' ? judgeTeachingKind(method.value) : split
  const source = judged && typeof method?.value === 'string' ? method : item.hours
  return judged && source
    ? { value: judged, raw: source.raw, confidence: source.confidence, evidence: source.evidence }
    : undefined
}
