import type { ValueType } from '../labels/label.ts'
import { foldText, withoutBrackets } from '../text/fold.ts'
import { isOcr, type Slice, textOfSlice } from '../text/passage.ts'
import {
  readContentClass,
  readDelivery,
  readEmployed,
  readFlag,
  readKind,
  readLevel,
  readSex,
  readTicked,
  readUnitKind,
  unticked,
} from './choices.ts'
import { readDate, readDateOrMonth, readScannedDate } from './date.ts'
import { readDiscipline, readSubdiscipline } from './discipline.ts'
import { readAddress } from './email.ts'
import { partsOfHours } from './hours-parts.ts'
import { repairIdNumber } from './id-number.ts'
import { endsAsUnit, isAnyTitle, isUnitName, repairTitle } from './lists.ts'
import { hoursOf, minutesOf, readNumber, tenthsOf } from './number.ts'
import { readOptions, tickedOf, withMarks } from './options.ts'
import { BLANK, type Read, type Reader, UNREADABLE } from './reading.ts'
import { mendSentences, mendSlips } from './sentences.ts'
import { isTemplate, skipPrompts, withoutSealWords, withoutTrailingPrompt } from './template.ts'
import { longText, narrow, shortText } from './text.ts'

type PathReader = (slice: Slice, scanned: boolean, path: string) => Read

/** Reads a label's value by its type. */
export function readValue(type: ValueType, path: string, slice: Slice): Read {
  const text = textOfSlice(slice)
  const options = readOptions(text)
  if (type === 'name' && isOcr(slice) && LEFT_OF_NAME.test(text)) return { value: text.trim(), certainty: NAMELESS }
  if (!options && isTemplate(text) && !(type === 'year' && /\d{4}年/.test(foldText(text)))) return BLANK
  return (READERS[type] ?? readText)(slice, isOcr(slice), path)
}

/** Longer texts may end in the middle of a bracket for other reasons. */
const UNCLOSED = 40

const readText = (slice: Slice, scanned: boolean, path: string): Read => {
  const options = readOptions(textOfSlice(slice))
  if (options) return readTicked(options, slice)
  const whole = withoutSealWords(shortText(slice))
  const text = withoutScraps(whole.slice(skipPrompts(whole)), scanned)
  if (isTemplate(text)) return BLANK
  const slip = scanned ? mendSlips(text) : text
  const title = scanned && path.endsWith('.title') ? repairTitle(slip) : null
  const mended = title ?? (scanned ? closeBracket(slip) : null) ?? (slip === text ? null : slip)
  return mended ? { value: mended, repaired: true } : { value: text }
}

/** A short text whose last bracket was opened and not closed lost the closing one at the end of its line. */
const closeBracket = (text: string): string | null =>
  text.length <= UNCLOSED && /^[^()（）]*[（(][^()（）]+$/.test(text) ? `${text}）` : null

/** Specks and the ends of rulings behind a short value read as small signs. */
const SCRAPS = /[\s·.．、，,:：;；'"‘’“”`´_|丨\\-]+$/
const withoutScraps = (text: string, scanned: boolean): string => (scanned ? text.replace(SCRAPS, '') : text)

const readName: PathReader = (slice, scanned, path) => {
  const text = withoutScraps(withoutSealWords(shortText(slice, true)).replace(/[：:]$/, ''), scanned)
  const [, name, title] = /^(.{2,8})[（(](.{2,8})[)）]$/.exec(text) ?? []
  if (name && title && isAnyTitle(title))
    return { value: name, ...(path === 'leader.name' ? { also: { 'leader.title': title } } : {}) }
  const person = path === 'leader.name' ? PERSON.exec(text) : null
  if (person?.[1]) return { value: person[1], also: personIn(person[2] ?? '') }
  const contact = path === 'unit.contact' ? CONTACT.exec(text) : null
  if (contact?.[1]) return { value: contact[1], also: { 'unit.phone': contact[2] } }
  if (isTemplate(text)) return BLANK
  return { value: text, ...(scanned && !NAME.test(text) ? { certainty: NAMELESS } : {}) }
}

/** What a seal or a pen left of a name is no name. */
const NAME = /^(?:[\p{Script=Han}〓·、，,；;/\s]{2,}|[\p{Script=Latin}][\p{Script=Latin}\s.·'-]+)$/u
const NAMELESS = 0.5
/** No form prints these behind a name: strokes of a pen across a name left them of it. */
const LEFT_OF_NAME = /^\s*[人名元分天期次岁]\s*$/
const BOXED = 0.8

/** `林知远（男，1970年3月出生）`, `苏映晴 010-55501234`. */
const PERSON = /^([^（(]{2,8})[（(]([男女][,，、].+?)[)）]$/
const CONTACT = /^([\u4e00-\u9fff·]{2,6})[\s/／,，、:：(（]*(0\d{2,3}[-—–]?\d{7,8}(?:[-—–转]\d{1,5})?|1\d{10})[)）]?$/

function personIn(text: string): Record<string, unknown> {
  const birth = /(\d{4}\s*[年.-].*?)(?:出)?生/.exec(text)?.[1]
  const born = birth && readDateOrMonth(birth)
  return { 'leader.sex': text[0], ...(born ? { 'leader.birth': born } : {}) }
}

const UNIT_SEPARATOR = /[、；;，,]|\s{2,}/

const readUnit: Reader = (slice, scanned) => {
  const text = withoutScraps(withoutSealWords(shortText(slice, true)).replace(/^[（(]盖章[)）]/, ''), scanned)
  if (isTemplate(text)) return BLANK
  // 石口医科大学: within a name no box stands.
  const name = scanned ? mendSlips(text.replace(/(?<=\p{Script=Han})☐(?=\p{Script=Han})/gu, '口')) : text
  return name === text ? { value: text } : { value: name, repaired: true, certainty: BOXED }
}

/** A line that does not close a unit's name goes on with the next one, which is no name of its own. */
function joinWrapped(lines: string[]): string[] {
  const joined: string[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    const isNext = last === undefined || /[、；;，,]\s*$/.test(last) || (endsAsUnit(last) && isUnitName(line))
    if (isNext) joined.push(line)
    else joined[joined.length - 1] = last.trimEnd() + line.trimStart()
  }
  return joined
}

const readPartners: Reader = (slice) => {
  const text = textOfSlice(slice)
  if (/^(?:无|没有|\/|-+)$/.test(foldText(text))) return { value: [] }
  const names = joinWrapped(text.split('\n'))
    .flatMap((line) => line.split(UNIT_SEPARATOR))
    .map((name) =>
      withoutSealWords(
        name
          .normalize('NFC')
          .replace(/\s+/g, '')
          .replace(/^(?:\d+[.、)]|[（(]\d+[)）])/, ''),
      ),
    )
    .filter((name) => name !== '' && !isTemplate(name))
  return names.length > 0 ? { value: names } : BLANK
}

const number =
  (integer: boolean): PathReader =>
  (slice, scanned, path) => {
    const text = withoutBrackets(foldText(textOfSlice(slice))) || textOfSlice(slice)
    const minutes = /hours$/i.test(path) ? minutesOf(text) : null
    if (minutes !== null) return { value: hoursOf(minutes) }
    const found = path.endsWith('Share') ? (tenthsOf(text) ?? readNumber(text, scanned)) : readNumber(text, scanned)
    if (!found || (integer && !Number.isInteger(found.value))) return UNREADABLE
    const also = path === 'project.hours' ? partsOfHours(foldText(textOfSlice(slice)), found.value) : null
    return { value: found.value, ...(found.repaired ? { repaired: true } : {}), ...(also ? { also } : {}) }
  }

/** An empty box behind the name of a claim: the claim is not made. */
const readClaim: PathReader = (slice, scanned, path) =>
  path.startsWith('project.') && !scanned && withMarks(textOfSlice(slice)) === '☐'
    ? { value: false }
    : readFlag(slice, scanned)

const readFee: Reader = (slice, scanned) => {
  const text = foldText(textOfSlice(slice))
  const found = readNumber(text.replace(/[☐☑]/g, ''), scanned)
  const options = readOptions(text)
  const ticked = options
    ? tickedOf(options)
        .map((option) => option.text)
        .join()
    : text
  if (/免费|不收费|免收|不收取|^免$|^无$|^否$/.test(ticked)) return { value: 0 }
  if (found) return found.repaired ? { value: found.value, repaired: true } : { value: found.value }
  return options && ticked === '' ? unticked(slice) : UNREADABLE
}

const readDay: Reader = (slice, scanned) => {
  const text = textOfSlice(slice)
  if (scanned) return readScannedDate(text) ?? UNREADABLE
  const value = readDate(text)
  return value ? { value } : UNREADABLE
}

const readBirth: Reader = (slice) => {
  const value = readDateOrMonth(textOfSlice(slice))
  return value ? { value } : UNREADABLE
}

const readId: Reader = (slice, scanned) => {
  const text = foldText(textOfSlice(slice))
    .toUpperCase()
    .replace(/[-_.|]/g, '')
  const mended = scanned ? repairIdNumber(text) : null
  return mended ? { value: mended, repaired: true } : { value: text }
}

const readPhone: Reader = (slice, scanned) => {
  const text = withoutScraps(narrow(shortText(slice)).replace(/(?<=[\d-])\s+(?=[\d-])/g, ''), scanned)
  const mended = scanned ? text.replace(/(?<=\d-?)[OoQD](?=-?\d)/g, '0').replace(/(?<=\d-?)[lI|](?=-?\d)/g, '1') : text
  return /\d{3}/.test(text) ? { value: mended, ...(mended === text ? {} : { repaired: true }) } : UNREADABLE
}

const readEmail: Reader = (slice, scanned) => readAddress(textOfSlice(slice), scanned)

const readYear: Reader = (slice) => {
  const year = /(?:19|20)\d{2}/.exec(foldText(textOfSlice(slice)))?.[0]
  return year ? { value: Number(year) } : UNREADABLE
}

const readCode: Reader = (slice) => {
  const value = shortText(slice)
  return /\d/.test(value.normalize('NFKC')) ? { value } : UNREADABLE
}

const readLong: Reader = (slice, scanned) => {
  const options = readOptions(textOfSlice(slice))
  const ticked = options && options.length > 1 ? tickedOf(options).map((option) => option.text) : null
  if (ticked && textOfSlice(slice).length < 120)
    return ticked.length > 0 ? { value: ticked.join('、') } : unticked(slice)
  const text = longText(slice)
  const value = withoutTrailingPrompt(text.slice(skipPrompts(text)).trim())
  if (isTemplate(value)) return BLANK
  const mended = scanned ? mendSentences(value) : value
  return { value: mended, ...(mended === value ? {} : { repaired: true }) }
}

const READERS: Partial<Record<ValueType, PathReader>> = {
  text: readText,
  name: readName,
  unit: readUnit,
  partners: readPartners,
  integer: number(true),
  number: number(false),
  percent: number(false),
  fee: readFee,
  date: readDay,
  birth: readBirth,
  id: readId,
  phone: readPhone,
  email: readEmail,
  sex: readSex,
  flag: readClaim,
  employed: readEmployed,
  level: readLevel,
  kind: readKind,
  delivery: readDelivery,
  'content-class': readContentClass,
  'unit-kind': readUnitKind,
  year: readYear,
  discipline: readDiscipline,
  subdiscipline: readSubdiscipline,
  speciality: readSubdiscipline,
  code: readCode,
  long: readLong,
}
