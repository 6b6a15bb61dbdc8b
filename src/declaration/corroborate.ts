import { UNKNOWN } from '../documents/symbols.ts'
import type { FieldReading, Readings } from './schema.ts'
import { foldText } from './text/fold.ts'
import { isValidIdNumber } from './values/id-number.ts'
import { isListedDiscipline } from './values/listed-discipline.ts'
import { endsAsUnit, isAnyTitle } from './values/lists.ts'

/** A misreading hits upon a name that stands elsewhere on the form, read surely, once in many. */
const SURE = 0.9
const AGREED = 0.95
/** What a check sum over a whole number, or a sum over a table, leaves to doubt. */
const CHECKED = 0.98
/** A word of a closed list: most misreadings of it would be no word of the list. */
const LISTED = 0.35
const SHORTENED = 0.5
/** In names, what the recogniser gives for 旻, 珮 and 赟, which its dictionary lacks: read the same at every place. 肿, for 翀, is no name. */
const STAND_IN = { characters: /[晏佩赞]/, most: 0.9 }
const NO_NAME = /肿/

const NAMES = /^(?:leader\.name|unit\.contact|peerReview\.reviewer|teachers\[\d+\]\.name|schedule\[\d+\]\.teacher)$/
const UNITS = /^(?:unit\.name|leader\.unit|peerReview\.unit|teachers\[\d+\]\.unit)$/
const TITLES = /\.title$/
const DISCIPLINES = /^project\.(?:sub)?discipline$/

/**
 * Makes surer what other places of the form bear out: the same name elsewhere, a word of a closed list, an ID number's check
 * digit, hours that add up; and less sure a name of which another place shows one character more, or that is a part of the
 * unit's, and days that run backwards. `isPaper`: recognised; `isCopy`: a copy without colour, on which seals are as dark as print.
 * No value changes.
 */
export function corroborate(fields: Readings, { isPaper = false, isCopy = false } = {}): Readings {
  const raised = { ...fields }
  const raise = (path: string, confidence: number) => {
    const reading = raised[path]
    if (reading && reading.value != null && reading.confidence < confidence) raised[path] = { ...reading, confidence }
  }
  const lower = (path: string, most: number) => {
    const reading = raised[path]
    if (reading) raised[path] = { ...reading, confidence: Math.min(reading.confidence, most) }
  }
  // What was mended by other places is not borne out by them.
  for (const pattern of [NAMES, UNITS])
    for (const path of agreeing(fields, pattern)) if (!fields[path]?.repaired) raise(path, AGREED)
  for (const [path, { value, confidence }] of Object.entries(fields)) {
    const isListed =
      typeof value === 'string' &&
      ((TITLES.test(path) && isAnyTitle(value)) || (DISCIPLINES.test(path) && isListedDiscipline(value)))
    if (isListed) raise(path, 1 - (1 - confidence) * LISTED)
  }
  for (const path of [...checkedId(fields), ...addedUp(fields)]) raise(path, CHECKED)
  for (const path of [
    ...shortened(fields),
    ...partsOfUnit(fields),
    ...withMarks(fields),
    ...cutShort(fields),
    ...(isCopy ? beheaded(fields) : []),
    ...(isPaper ? [...backwards(fields), ...namesWith(NO_NAME, fields)] : []),
  ])
    lower(path, SHORTENED)
  if (isPaper) for (const path of namesWith(STAND_IN.characters, fields)) lower(path, STAND_IN.most)
  return raised
}

const namesWith = (characters: RegExp, fields: Readings): string[] =>
  Object.entries(fields).flatMap(([path, { value }]) =>
    NAMES.test(path) && typeof value === 'string' && characters.test(value) ? [path] : [],
  )

/** Names that stand elsewhere with a character that was not read: under a seal it is lost without a trace. */
function shortened(fields: Readings): string[] {
  const names = Object.entries(fields).filter(([path, { value }]) => NAMES.test(path) && typeof value === 'string')
  const whole = new Set(
    names.flatMap(([, { value }]) => (String(value).includes(UNKNOWN) ? [String(value).replace(UNKNOWN, '')] : [])),
  )
  return names.flatMap(([path, { value }]) => (whole.has(String(value)) ? [path] : []))
}

/** The days of a session that ends before it begins: a digit of one was misread, or the form is wrong. */
function backwards(fields: Readings): string[] {
  return Object.keys(fields).flatMap((path) => {
    const end = path.replace(/\.start$/, '.end')
    const [from, to] = [fields[path]?.value, fields[end]?.value]
    return end !== path && typeof from === 'string' && typeof to === 'string' && to < from ? [path, end] : []
  })
}

/** Paths whose text stands at another path too, there read surely. */
function agreeing(fields: Readings, pattern: RegExp): string[] {
  const places = Object.entries(fields).flatMap(([path, { value, confidence }]) =>
    pattern.test(path) && typeof value === 'string' && value !== ''
      ? [{ path, text: foldText(value), confidence }]
      : [],
  )
  return places
    .filter(({ path, text }) =>
      places.some((other) => other.path !== path && other.text === text && other.confidence >= SURE),
    )
    .map(({ path }) => path)
}

/** Units of which another place shows more: under a seal as dark as print the beginning of a name is lost without a trace. */
function beheaded(fields: Readings): string[] {
  const units = Object.entries(fields).flatMap(([path, { value, confidence }]) =>
    UNITS.test(path) && typeof value === 'string' && value !== '' ? [{ path, text: foldText(value), confidence }] : [],
  )
  const isRest = (text: string, whole: string) =>
    whole.endsWith(text) && /^\p{Script=Han}+$/u.test(whole.slice(0, -text.length))
  return units
    .filter(({ text }) => units.some((other) => other.confidence >= SURE && isRest(text, other.text)))
    .map(({ path }) => path)
}

/** Units read off paper that end as no unit does, of which another place shows the end: it may lie under a seal's star. */
function cutShort(fields: Readings): string[] {
  const units = Object.entries(fields).flatMap(([path, { value, confidence }]) =>
    UNITS.test(path) && typeof value === 'string' ? [{ path, text: foldText(value), confidence }] : [],
  )
  const wholes = units.filter(({ text, confidence }) => confidence >= SURE && endsAsUnit(text))
  return units
    .filter(({ text, confidence }) => text !== '' && confidence < 1 && !endsAsUnit(text))
    .filter(({ text }) => wholes.some((whole) => whole.text.startsWith(text)))
    .map(({ path }) => path)
}

/** Names with a box in them, which stands for a character that looks like one: places that agree were misread alike. */
function withMarks(fields: Readings): string[] {
  return Object.entries(fields).flatMap(([path, { value }]) =>
    (NAMES.test(path) || UNITS.test(path)) && typeof value === 'string' && /[☐☑√○]/.test(value) ? [path] : [],
  )
}

/** Names that are a part of the unit's: words on the rim of a black seal, read for what they cover. */
function partsOfUnit(fields: Readings): string[] {
  const unit = fields['unit.name']?.value
  return Object.entries(fields).flatMap(([path, { value }]) =>
    NAMES.test(path) && typeof value === 'string' && value !== '' && typeof unit === 'string' && unit.includes(value)
      ? [path]
      : [],
  )
}

function checkedId(fields: Readings): string[] {
  const { value: id } = fields['leader.idNumber'] ?? {}
  if (typeof id !== 'string' || !isValidIdNumber(id)) return []
  const born = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  const { value: birth } = fields['leader.birth'] ?? {}
  const agrees = typeof birth === 'string' && birth.length >= 7 && born.startsWith(birth)
  return agrees ? ['leader.idNumber', 'leader.birth'] : ['leader.idNumber']
}

/** The hours of all lectures, when they make up the project's; theory and practice, when they do. */
function addedUp(fields: Readings): string[] {
  const total = numberAt(fields, 'project.hours')
  if (total === null || total === 0) return []
  const lectures = Object.keys(fields).filter((path) => /^teachers\[\d+\]\.hours$/.test(path))
  const rows = new Set(Object.keys(fields).flatMap((path) => /^teachers\[\d+\]/.exec(path) ?? []))
  const parts = ['project.theoryHours', 'project.practiceHours']
  return [
    ...(lectures.length > 1 && lectures.length === rows.size && sumsTo(fields, lectures, total)
      ? ['project.hours', ...lectures]
      : []),
    ...(sumsTo(fields, parts, total) ? ['project.hours', ...parts] : []),
  ]
}

function sumsTo(fields: Readings, paths: string[], total: number): boolean {
  const values = paths.map((path) => numberAt(fields, path))
  const sum = values.reduce<number>((all, value) => all + (value ?? Number.NaN), 0)
  return Math.abs(sum - total) < 1e-6
}

const numberAt = (fields: Readings, path: string): number | null => {
  const value: FieldReading['value'] = fields[path]?.value
  return typeof value === 'number' ? value : null
}
