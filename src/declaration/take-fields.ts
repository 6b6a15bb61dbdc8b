import { type Book, note } from './book.ts'
import type { Field } from './form/field.ts'
import { type Opinion, readOpinion } from './form/opinion.ts'
import { type Block, FIRM } from './labels/label.ts'
import type { FieldReading } from './schema.ts'
import { foldText } from './text/fold.ts'
import { confidenceOf, evidenceOf, evidenceOfBox, hidesPrint, isOcr, type Slice, textOfSlice } from './text/passage.ts'
import { countDates } from './values/date.ts'
import { isUnitName } from './values/lists.ts'
import { readNumber } from './values/number.ts'
import { readOptions, tickedOf } from './values/options.ts'
import { readValue } from './values/read.ts'
import type { Read } from './values/reading.ts'
import { mendSentences } from './values/sentences.ts'
import { longText, shortText } from './values/text.ts'

const SPECIAL = new Set([
  'none',
  'group',
  'sign',
  'history',
  'session-date',
  'session-start',
  'session-end',
  'session-place',
  'session-count',
])

/** Reads every label's value into the book. Sessions and history, which make up lists, are taken elsewhere. */
export function takeFields(fields: Field[], book: Book): void {
  for (const [index, field] of fields.entries()) {
    const { path, type } = field.match.label
    if (path === null || SPECIAL.has(type)) continue
    // 项目类别 over nothing but boxes with labels of their own is a heading, not a blank.
    if (type === 'content-class' && !field.value && fields[index + 1]?.match.label.type === 'flag') continue
    if (type === 'opinion') takeOpinion(field, book)
    else takeValue(field, path, book)
  }
  if (!book.found.has('project.days')) takeDays(fields, book)
}

const DAYS = /(?:[(,;](?:共|共计|为期|会期)|\()([\d.]+|[一二两三四五六七八九十]+)(?:个)?天\)?$/

/** `2025.10.18～10.19（共2天）`, where no box asks for the days. */
function takeDays(fields: Field[], book: Book): void {
  const told = fields.filter(({ match, value }) => {
    const text = match.label.type === 'session-date' && value ? foldText(textOfSlice(value)) : ''
    return DAYS.test(text) && countDates(text) <= 2
  })
  const [field] = told
  const days = field?.value && readNumber(DAYS.exec(foldText(textOfSlice(field.value)))?.[1] ?? '')
  if (field && told.length === 1 && days) note(book, 'project.days', readingOf(field, { value: days.value }))
}

/** `2020-14-02-009（省）`: year, disciplines, serial number and level. */
const APPROVED = /^(?:19|20)\d{2}-\d{2}-\d{2}-\d{1,4}\([国省市]级?\)$/

function takeValue(field: Field, path: string, book: Book): void {
  const { type } = field.match.label
  // The number under which a filed project was approved before is no code of its discipline.
  if (type === 'code' && field.value && APPROVED.test(foldText(textOfSlice(field.value)))) return
  if (field.flag !== undefined) {
    note(book, path, readingOf(field, { value: field.flag }))
    return
  }
  if (!field.value) {
    note(book, path, blankOf(field))
    return
  }
  const read = readValue(type, path, field.value)
  const reading = readingOf(field, read)
  for (const [also, value] of Object.entries(read.also ?? {})) note(book, also, { ...reading, value })
  if (type === 'content-class' && read.value === undefined && read.also) return
  if (path === 'unit.name' && typeof read.value === 'string') takeUnits(read.value, reading, book)
  else note(book, path, reading)
}

/** Several units behind one label: the first applies, the others are partners. */
function takeUnits(text: string, reading: FieldReading, book: Book): void {
  const names = text
    .split(/[、；;,，]/)
    .map((name) => name.trim())
    .filter(Boolean)
  if (names.length < 2 || !names.every(isUnitName)) {
    note(book, 'unit.name', reading)
    return
  }
  note(book, 'unit.name', { ...reading, value: names[0] })
  note(book, 'unit.partners', { ...reading, value: names.slice(1) })
}

const certaintyOf = ({ match }: Field): number => (match.certainty >= FIRM ? 1 : match.certainty)

export function readingOf(field: Field, read: Read, slice: Slice | null = field.value): FieldReading {
  const type = field.match.label.type
  return {
    ...(read.value === undefined ? {} : { value: read.value }),
    raw: slice
      ? type === 'long' || type === 'opinion'
        ? longText(slice)
        : shortText(slice)
      : textOfSlice(field.label),
    confidence:
      (read.certainty ?? 1) *
      certaintyOf(field) *
      Math.min(
        read.rests ?? (slice ? confidenceOf(slice) : 1),
        field.flag === undefined ? 1 : confidenceOf(field.label),
      ),
    evidence: evidenceOf(slice ? [field.label, slice] : [field.label]),
    ...(read.repaired ? { repaired: true } : {}),
  }
}

/** A blank shows its label and the place where the value would stand. */
export function blankOf(field: Field): FieldReading {
  const evidence = evidenceOf([field.label])
  const [frame] = field.frames
  const isSame = frame && evidence[0] && frame.place.page.number === evidence[0].page
  const shown = evidence.length === 0 && frame ? [evidenceOfBox(frame.place, frame.box, '')] : evidence
  const isUnread = field.frames.some(({ place, box }) => hidesPrint(place, box))
  return {
    ...(isUnread ? {} : { value: null }),
    raw: '',
    confidence: certaintyOf(field) * confidenceOf(field.label) * (isUnread || isEasilyMissed(field) ? MISSED : 1),
    evidence: isSame && frame.box ? [mergeBox(shown[0], evidenceOfBox(frame.place, frame.box, ''))] : shown,
  }
}

/** A blank within a cell that holds more. */
const blankPartOf = (field: Field): FieldReading => {
  const blank = blankOf(field)
  return isOcr(field.label) ? { ...blank, confidence: Math.min(blank.confidence, MISSED) } : blank
}

/** Recognition may have lost a value that stands in the same line or cell as its label; an empty cell of its own is seen. */
const MISSED = 0.7

function isEasilyMissed({ label, frames }: Field): boolean {
  const labelFrames = label.passage.pieces.map((piece) => piece.frame)
  return isOcr(label) && !frames.some(({ box }) => box && !labelFrames.includes(box))
}

type Shown = FieldReading['evidence'][number]

function mergeBox(label: Shown | undefined, frame: Shown): Shown {
  if (!label?.box || !frame.box) return label ?? frame
  const [x, y] = [Math.min(label.box[0], frame.box[0]), Math.min(label.box[1], frame.box[1])]
  const right = Math.max(label.box[0] + label.box[2], frame.box[0] + frame.box[2])
  const bottom = Math.max(label.box[1] + label.box[3], frame.box[1] + frame.box[3])
  return { ...label, box: [x, y, right - x, bottom - y] }
}

const SECTION: Record<string, Block> = {
  'peerReview.text': 'peer',
  'unitOpinion.text': 'unitOpinion',
  'higherOpinion.text': 'higherOpinion',
}

function takeOpinion(field: Field, book: Book): void {
  const path = field.match.label.path ?? ''
  const block = SECTION[path]
  if (!block) return
  if (!field.value) {
    note(book, path, blankOf(field))
    return
  }
  const opinion = readOpinion(field.value, block)
  note(book, path, opinion.text ? opinionOf(field, opinion.text) : blankOf(field))
  const section = path.split('.')[0] ?? ''
  if (opinion.date !== undefined) {
    note(
      book,
      `${section}.date`,
      opinion.date
        ? {
            ...partOf(field, opinion.date.slice, opinion.date.value, opinion.date.certainty),
            ...(opinion.date.repaired ? { repaired: true } : {}),
          }
        : blankPartOf(field),
    )
  }
  if (block === 'peer') takeReviewer(field, opinion, book)
}

function opinionOf(field: Field, slice: Slice): FieldReading {
  const text = longText(slice)
  const mended = isOcr(slice) ? mendSentences(text) : text
  return { ...partOf(field, slice, tickedIn(mended)), ...(mended === text ? {} : { repaired: true }) }
}

/** `☐不同意 ☑同意申报` says what is ticked. */
function tickedIn(text: string): string | null {
  const options = text.length < 60 ? readOptions(text) : null
  if (!options || options.length < 2) return text
  return (
    tickedOf(options)
      .map((option) => option.text)
      .join('、') || null
  )
}

function takeReviewer(field: Field, opinion: Opinion, book: Book): void {
  for (const [key, type] of [
    ['reviewer', 'name'],
    ['unit', 'unit'],
    ['title', 'text'],
  ] as const) {
    const slice = opinion[key]
    if (slice === undefined) continue
    const read = slice ? readValue(type, `peerReview.${key}`, slice) : null
    note(
      book,
      `peerReview.${key}`,
      slice && read
        ? { ...partOf(field, slice, read.value), ...(read.repaired ? { repaired: true } : {}) }
        : blankPartOf(field),
    )
  }
}

/** A part of an opinion's cell; the label is shown with the text, not with the signature lines. */
function partOf(field: Field, slice: Slice, value: unknown, certainty = 1): FieldReading {
  return {
    ...(value === undefined ? {} : { value }),
    raw: textOfSlice(slice).replace(/\s+/g, ' '),
    confidence: certainty * certaintyOf(field) * confidenceOf(slice),
    evidence: evidenceOf([slice]),
  }
}
