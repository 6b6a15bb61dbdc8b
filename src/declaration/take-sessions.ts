import { type Book, note } from './book.ts'
import type { Field } from './form/field.ts'
import { rangeItem, readSessionRows } from './lists/occasions.ts'
import type { List } from './lists/rows.ts'
import type { Item } from './lists/teachers.ts'
import { blankOf, readingOf } from './take-fields.ts'
import { foldText } from './text/fold.ts'
import { type Slice, textOfSlice, trimSlice } from './text/passage.ts'
import { countDates, readDateOrMonth, readRange } from './values/date.ts'
import { isTemplate } from './values/template.ts'
import { shortText } from './values/text.ts'

/** Sessions out of tables; else out of the labels for time and place. */
export function takeSessions(fields: Field[], lists: List[], book: Book, year: number | undefined): void {
  const tables = lists.filter((list) => list.kind === 'sessions')
  const labels = fields.filter((field) => field.match.label.path === 'project.sessions')
  const rows = tables.flatMap((list) => readSessionRows(list, year))
  const items = rows.length > 0 ? rows : fromLabels(labels, year)
  // Of a single session the people are the project's.
  const [only, more] = items
  if (only?.enrollment && !more && !book.found.has('project.enrollment'))
    note(book, 'project.enrollment', only.enrollment)
  if (items.length > 0) book.lists.set('project.sessions', items)
  else if (tables.length > 0 || labels.some((field) => field.match.label.type !== 'session-count')) {
    book.lists.set('project.sessions', null)
    const [place] = labels
    if (place) book.listReadings.set('project.sessions', blankOf(place))
  }
}

function fromLabels(labels: Field[], year: number | undefined): Item[] {
  const items: Item[] = []
  const ofType = (type: string) => labels.filter((field) => field.match.label.type === type)
  for (const field of [...ofType('session-date'), ...ofType('session-count')]) {
    if (field.value) items.push(...occasionsIn(field, field.value, year))
  }
  const starts = ofType('session-start')
  const ends = ofType('session-end')
  for (const [index, field] of starts.entries()) {
    const item: Item = { start: dayOf(field, year) }
    const end = ends[index]
    if (end) item.end = dayOf(end, year)
    items.push(item)
  }
  const places = ofType('session-place')
  const withDates = items.length > 0
  for (const [index, field] of places.entries()) {
    const item = items[index]
    if (field.value && isLongList(field.value)) continue
    const reading = field.value ? readingOf(field, { value: shortText(field.value) }) : blankOf(field)
    if (item) item.place ??= reading
    else if (field.value && !withDates) items.push({ place: reading })
  }
  return items.filter((item) => Object.values(item).some((reading) => reading.value !== null))
}

const isLongList = (slice: Slice) => countDates(textOfSlice(slice)) > 1

const dayOf = (field: Field, year: number | undefined) => {
  if (!field.value) return blankOf(field)
  const text = textOfSlice(field.value)
  return readingOf(field, { value: readDateOrMonth(text) ?? readRange(text, year)?.start })
}

/** `第1期：2025年5月17日至18日，北京澄湖医院学术报告厅，120人`: an occasion a line, or a 期. */
function occasionsIn(field: Field, value: Slice, year: number | undefined): Item[] {
  const chunks = chunksOf(value).filter((slice) => readRange(textOfSlice(slice), year))
  if (chunks.length === 0) {
    const text = textOfSlice(value)
    if (field.match.label.type === 'session-count' || isTemplate(text) || COUNT.test(foldText(text))) return []
    return [rangeItem(readingOf(field, { value: shortText(value) }), year)]
  }
  return chunks.map((slice): Item => {
    const item = rangeItem({ ...readingOf(field, { value: '' }, slice), raw: textOfSlice(slice) }, year)
    const place = placeIn(slice)
    if (place) item.place = readingOf(field, { value: shortText(place) }, place)
    const people = /(\d+)(?:人|名)/.exec(foldText(textOfSlice(slice)))
    if (people) item.enrollment = readingOf(field, { value: Number(people[1]) }, slice)
    return item
  })
}

/** `共2期` in the place of dates. */
const COUNT = /^(?:共|合计|计)?[\d一二两三四五六七八九十]+(?:期|次|批|场)?$/

function chunksOf(value: Slice): Slice[] {
  const text = textOfSlice(value)
  const cuts = [0]
  const lines = text.split('\n')
  const separators =
    lines.length > 1 && lines.every((line) => /\d\s*[月./-]\s*\d/.test(line)) && !RANGE_OVER_LINES.test(text)
      ? /[；;\n]|(?=第\s*[\d一二三四五六七八九十]+\s*[期次批])/g
      : /[；;]|(?=第\s*[\d一二三四五六七八九十]+\s*[期次批])/g
  for (const found of text.matchAll(separators)) {
    cuts.push(found.index + found[0].length)
  }
  cuts.push(text.length)
  return cuts
    .slice(0, -1)
    .map((from, index) =>
      trimSlice({ passage: value.passage, from: value.from + from, to: value.from + (cuts[index + 1] ?? text.length) }),
    )
}

/** `2025-05-23 至` on one line, `2025-05-25` on the next; a date that is itself broken over lines. */
const RANGE_OVER_LINES = /(?:[-－—–―〜~～至到]\s*\n|\n\s*[-－—–―〜~～至到年月日])/

/** `2025年5月18日北京澄湖医院学术报告厅`: a copy shows no gap before the place. */
const GLUED =
  /\d\s*日\u2060?((?![年月日天期至到])[\u4e00-\u9fff][^，,；;\n（()]*(?:医院|中心|厅|室|楼|酒店|宾馆|饭店|大学|学院|校区|院区|礼堂|基地))$/

/** What follows the date in an occasion, after 地点 or a separator. */
function placeIn(slice: Slice): Slice | null {
  const text = textOfSlice(slice)
    .replaceAll('\n', '\u2060')
    .replace(/[；;，,。\s]+$/, '')
  const labelled = /(?:地\s*点|地\s*址)\s*[:：]?\s*([^，,；;\n（(]+)/.exec(text)
  const loose =
    /[日\d）)]\s*[,，、\s]\s*(?:在|于)?((?![年月日天期至到－—–―〜~-])[^\d，,；;\n（()）]*[\u4e00-\u9fff][^，,；;\n]*)$/.exec(
      text.replace(/[,，、\s]*(?:约|拟招生)?\d+\s*(?:人|名).*$/, ''),
    )
  const found = labelled ?? loose ?? GLUED.exec(text)
  if (!found?.[1] || found[1].trim().length < 2) return null
  const from = slice.from + text.indexOf(found[1], found.index)
  return trimSlice({ passage: slice.passage, from, to: from + found[1].length })
}
