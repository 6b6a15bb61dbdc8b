import type { Document } from '../documents/model.ts'
import { type Book, has, note, openBook, settle } from './book.ts'
import { completeReadings } from './complete.ts'
import { corroborate } from './corroborate.ts'
import { fillFromTable, startWalk, type Walk } from './form/field.ts'
import { takeHeadedFields } from './form/headed-fields.ts'
import { readLooseKind } from './form/loose-kind.ts'
import { findPledge, type Pledge } from './form/pledge.ts'
import { readTitle, type Title } from './form/title.ts'
import { cutByPage, walkLine } from './form/walk-lines.ts'
import { walkTable } from './form/walk-table.ts'
import { flowOf, type Item } from './layout/flow.ts'
import { gridRows } from './layout/grid.ts'
import { readHistoryTable, readHistoryText } from './lists/history.ts'
import { readSchedule } from './lists/occasions.ts'
import { findRecords } from './lists/records.ts'
import { type List, listsIn } from './lists/rows.ts'
import { isTimed, type Item as Row, readTeachers } from './lists/teachers.ts'
import { isTrustedList } from './lists/trust.ts'
import { findUnruled } from './lists/unruled.ts'
import { mendDates } from './mend-dates.ts'
import { mendUnitName } from './mend-unit.ts'
import { hasColour, readPaper, sealReadings, sealsOf } from './paper.ts'
import type { Extraction } from './schema.ts'
import { settleLookAlikes } from './settle-look-alikes.ts'
import { blankOf, takeFields } from './take-fields.ts'
import { takeSessions } from './take-sessions.ts'
import { confidenceOf, evidenceOf, type Place, passageOf, type Slice, textOfSlice, wholeOf } from './text/passage.ts'
import { readDate, readLastDate } from './values/date.ts'

/** Reads the declaration off one or more documents that together are one form. Evidence names a document by its index. */
export function extractDeclaration(documents: Document[]): Extraction {
  const items = flowOf(documents)
  const title = readTitle(items)
  const pledge = findPledge(items)
  const { walk, lists } = readForm(items, pledge)
  const book = openBook()
  takeFields(walk.fields, book)
  takeTitle(title, book)
  const kind = has(book, 'project.kind') ? undefined : readLooseKind(items)
  if (kind) note(book, 'project.kind', kind)
  const year = Number(book.found.get('project.year')?.[0]?.value ?? NaN)
  takeLists(items, walk, lists, book, Number.isNaN(year) ? undefined : year)
  mendUnitName(book)
  takePledge(pledge, items, book)
  takeCoverDate(items, book)
  mendDates(book)
  readPaper(documents, { items, walk, lists, pledge, cover: coverOf(title, walk), book })
  const isPaper = documents.some(({ pages }) => pages.some(({ source }) => source === 'ocr'))
  if (isPaper) settleLookAlikes(book)
  const { declaration, fields, others } = completeReadings(settle(book, isPaper ? 'paper' : 'text'))
  const seals = sealsOf(documents)
  if (seals.length > 0 || documents.some((document) => document.paper)) declaration.seals = seals
  Object.assign(fields, sealReadings(documents))
  return {
    declaration,
    fields: corroborate(fields, { isPaper, isCopy: !hasColour(documents) }),
    ...(Object.keys(others).length > 0 ? { others } : {}),
  }
}

function readForm(items: Item[], pledge: Pledge | null): { walk: Walk; lists: List[] } {
  const walk = startWalk()
  const lists: List[] = []
  const own = items.filter((item) => !pledge?.items.has(item))
  const unruled = new Map([...findUnruled(own), ...findRecords(own)])
  for (const [index, item] of items.entries()) {
    if (pledge?.items.has(item)) continue
    const list = unruled.get(item)
    if (list !== undefined) {
      if (list) lists.push(...list)
      walk.open = null
      continue
    }
    if (item.kind === 'line') {
      walkLine(item.piece, walk)
      continue
    }
    const found = listsIn(item.grid, isTrustedList(item.grid, walk))
    lists.push(...found.lists)
    for (const list of found.lists) takeHeadedFields(list, walk)
    if (pledge?.cell && item.grid.cells.includes(pledge.cell))
      for (const row of gridRows(pledge.cell)) found.taken.add(row)
    fillFromTable(item.grid, walk)
    walk.open = null
    walkTable(item.grid, found.taken, walk)
    if (item.grid.unruled) walk.open = cutByPage(walk.fields.at(-1), items[index + 1])
  }
  return { walk, lists }
}

/** The page with the title, when it names the unit outside the opinions: only there a seal is asked for. */
function coverOf(title: Title | null, walk: Walk): Place | null {
  const place = title?.passage.pieces[0]?.place
  if (!place) return null
  const onPage = (path: string) =>
    walk.fields.some(
      (field) => field.match.label.path === path && field.label.passage.pieces[0]?.place.page === place.page,
    )
  return onPage('unit.name') && !onPage('unitOpinion.text') ? place : null
}

/** The title tells what the form's own boxes do not, and whose 市级 is meant. */
function takeTitle(title: Title | null, book: Book): void {
  if (title?.municipal)
    for (const reading of book.found.get('project.level') ?? [])
      if (reading.value === 'city') reading.value = 'provincial'
  for (const key of ['level', 'year', 'kind'] as const) {
    const reading = title?.[key]
    const path = `project.${key}`
    if (!reading || has(book, path)) continue
    const isUnread = book.found.get(path)?.some(({ value }) => value === undefined)
    note(book, path, isUnread ? { ...reading, confidence: Math.min(reading.confidence, IN_ITS_STEAD) } : reading)
  }
}

/** How sure the title is of what the form asks for itself, where the answer cannot be read. */
const IN_ITS_STEAD = 0.6

function takeLists(items: Item[], walk: Walk, lists: List[], book: Book, year: number | undefined): void {
  const ofKind = (kind: List['kind']) => lists.filter((list) => list.kind === kind)
  const teachers = readTeachers(ofKind('teachers'), ofKind('schedule'))
  if (ofKind('teachers').length > 0 || teachers.length > 0) book.lists.set('teachers', teachers)
  takeSessions(walk.fields, lists, book, year)
  const timetables = lists.filter((list) => list.kind === 'schedule' || (list.kind === 'teachers' && isTimed(list)))
  if (timetables.length > 0)
    book.lists.set(
      'schedule',
      timetables.flatMap((list) => readSchedule(list, year)),
    )
  takeHistory(items, walk, ofKind('history'), book)
}

function takeHistory(items: Item[], walk: Walk, tables: List[], book: Book): void {
  const rows: Row[] = tables.flatMap(readHistoryTable)
  const label = walk.fields.find((field) => field.match.label.type === 'history')
  let years = tables.length
  if (rows.length === 0) {
    const lines = passageOf(items.flatMap((item) => (item.kind === 'line' ? [item.piece] : [])))
    const cells = items.flatMap((item) => (item.kind === 'table' ? item.grid.cells.map((cell) => cell.passage) : []))
    for (const passage of [lines, ...cells]) {
      const found = readHistoryText(passage)
      rows.push(...found.rows)
      years += found.years
    }
  }
  if (rows.length > 0) book.lists.set('leader.history', rows)
  else if (years > 0 || label) {
    book.lists.set('leader.history', null)
    if (label) book.listReadings.set('leader.history', blankOf(label))
  }
}

function takePledge(pledge: Pledge | null, items: Item[], book: Book): void {
  if (!pledge) {
    if (items.length > 0) note(book, 'commitment.present', { value: false, raw: '', confidence: 0.9, evidence: [] })
    return
  }
  const heading = wholeOf(passageOf([pledge.heading]))
  note(book, 'commitment.present', {
    value: true,
    raw: textOfSlice(heading).trim(),
    confidence: confidenceOf(heading),
    evidence: evidenceOf([heading]),
  })
  const dated = pledge.passage.pieces.findLast((piece) =>
    /年[\s_]*\d*[\s_]*月|\d{4}[-./]\d{1,2}[-./]\d|日\s*期|二[〇○零]/.test(piece.flat.text),
  )
  if (!dated) return
  const slice: Slice = wholeOf(passageOf([dated]))
  const value = readLastDate(textOfSlice(slice))
  note(book, 'commitment.date', {
    value: value ?? null,
    raw: value ? textOfSlice(slice).trim() : '',
    confidence: confidenceOf(slice),
    evidence: evidenceOf([slice]),
  })
}

/** A cover that prints its date without a label. */
function takeCoverDate(items: Item[], book: Book): void {
  if (book.found.has('cover.date')) return
  for (const item of items) {
    if (item.kind === 'table' || item.piece.place.page.number > 1) return
    const value = readDate(item.piece.flat.text)
    if (!value || !/^[\s〇○零一二三四五六七八九十\d年月日./-]+$/.test(item.piece.flat.text)) continue
    const slice = wholeOf(passageOf([item.piece]))
    note(book, 'cover.date', {
      value,
      raw: textOfSlice(slice).trim(),
      confidence: 0.9 * confidenceOf(slice),
      evidence: evidenceOf([slice]),
    })
    return
  }
}
