import { cellText } from '../layout/grid.ts'
import type { FieldReading } from '../schema.ts'
import { fold } from '../text/fold.ts'
import { confidenceOf, evidenceOf, isOcr, type Passage, type Slice, textOfSlice, trimSlice } from '../text/passage.ts'
import { certaintyOfMarks } from '../values/mark-certainty.ts'
import { readNumber } from '../values/number.ts'
import { readOptions, type Side, withMarks } from '../values/options.ts'
import { usualSide } from '../values/page-style.ts'
import { readCell } from './reading.ts'
import type { List } from './rows.ts'
import type { Item } from './teachers.ts'

/** How sure it is that no box is ticked where something else is filled in. */
const LOST_TICK = 0.5
/** A question such as `是否执行：是☑否☐` takes so many characters. */
const ANSWER = 14
const YEAR = /(20\d{2})年(?:度)?(?=.{0,24}?(?:国家级|省级|市级|是否执行))/g
const PART = /是否(?:已)?(?:执行|举办|完成)[:;]?/

/** Rows such as `2024年…申报情况：国家级☑ 省级☐，是否执行：是☑否☐。国家级项目编号：…、省级项目编号：…`; none for a year with nothing filled in. */
export function readHistoryText(passage: Passage): { rows: Item[]; years: number } {
  const folded = fold(passage.text)
  const starts = [...folded.text.matchAll(YEAR)]
  const items: Item[] = []
  let years = 0
  for (const [index, found] of starts.entries()) {
    const from = found.index
    const to = Math.min(starts[index + 1]?.index ?? folded.text.length, from + 260)
    const at = (unit: number) => folded.at[unit] ?? passage.text.length
    const slice = trimSlice({ passage, from: at(from), to: at(to) })
    const chunk = folded.text.slice(from, to)
    if (!/执行|[☐☑√○●□(]/.test(chunk) || /申报书|申报表/.test(chunk)) continue
    years++
    items.push(...rowsOf(slice, folded.text.slice(from, to), Number(found[1]), from, at))
  }
  return { rows: items, years }
}

function rowsOf(slice: Slice, text: string, year: number, offset: number, at: (unit: number) => number): Item[] {
  const parts = text.split(PART)
  const usual = usualSide(slice)
  const numbers = numbersOf(slice.passage, text, offset, at)
  const ticked = levelsOf(parts[0] ?? '', usual)
  // Two levels of one year have a number each; on paper a second tick without one is more likely a stroke.
  const isDoubtful = isOcr(slice) && ticked.length > 1 && !(numbers.national && numbers.provincial)
  const levels = isDoubtful ? [undefined] : ticked
  const executed = executedOf(parts[1], usual)
  if (levels.length === 0 && executed === null && !numbers.national && !numbers.provincial && !numbers.any) return []
  const reading = (value: unknown, part: Slice = slice, certainty = confidenceOf(part)): FieldReading => ({
    ...(value === undefined ? {} : { value }),
    raw: textOfSlice(part).replace(/\s+/g, ' '),
    confidence: certainty,
    evidence: evidenceOf([part]),
  })
  const question = PART.exec(text)?.index ?? text.length
  const levelPart = { ...slice, from: at(offset), to: at(offset + question) }
  const donePart = { ...slice, from: at(offset + question), to: at(offset + Math.min(text.length, question + ANSWER)) }
  const yearPart = { ...slice, from: at(offset), to: at(offset + 4) }
  const rows =
    levels.length > 0
      ? levels
      : [numbers.national && !numbers.provincial ? 'national' : numbers.provincial ? 'provincial' : null]
  // A number beside boxes that all look empty: on paper a tick was lost more likely than left out.
  const sure = isOcr(slice) && (levels.length === 0 || executed === null) ? LOST_TICK : 1
  return rows.map((level) => {
    const number =
      (level === 'national' ? numbers.national : numbers.provincial) ??
      (levels.length <= 1 ? (numbers.any ?? numbers.national ?? numbers.provincial) : null)
    return {
      year: reading(year, slice, confidenceOf(yearPart)),
      level: reading(level, slice, Math.min(certaintyOfMarks(levelPart), levels.length === 0 ? sure : 1)),
      executed: reading(executed, slice, Math.min(certaintyOfMarks(donePart), executed === null ? sure : 1)),
      number: number ? reading(numberOf(number), number) : { ...reading(null), raw: '' },
    }
  })
}

/** `undefined` for a tick of which cannot be told whose it is, such as one that spoilt its word: `☑家级`. */
function levelsOf(text: string, usual: Side | null): (string | undefined)[] {
  const body = text.slice(Math.max(text.lastIndexOf(':') + 1, 0)) || text
  const options = readOptions(/[☐☑]/.test(withMarks(body)) ? body : text, usual)
  if (!options)
    return /国家级/.test(body) !== /省级|市级/.test(body) && body.length < 30
      ? [/国家级/.test(body) ? 'national' : 'provincial']
      : []
  return options
    .filter((option) => option.ticked)
    .map(({ text }) => (/国/.test(text) ? 'national' : /[省市区县]/.test(text) ? 'provincial' : undefined))
}

function executedOf(text: string | undefined, usual: Side | null): boolean | null | undefined {
  if (text === undefined) return null
  const marked = withMarks(text).slice(0, ANSWER)
  const body = /^[^。;,国省编]*/.exec(marked)?.[0] ?? ''
  const options = readOptions(body, usual)
  if (!options) return /^是/.test(body) && !/否/.test(body) ? true : /^否/.test(body) && !/是/.test(body) ? false : null
  const ticked = options.filter((option) => option.ticked)
  if (ticked.length === 0) return null
  return ticked.length > 1 || ticked[0]?.text === '' ? undefined : /^是/.test(ticked[0]?.text ?? '')
}

/** A colon may have been read as a semicolon, or twice; 目 on a copy as 日 or 月. */
const NUMBER =
  /(国家级?|省级?|市级?|省市级)?(?:项[目日月])?(?:编号|批准号)[:;]{0,2}_*((?:(?!国家级|省级|市级|项目编号|编号)[^、,;。_☐☑])*)/g

const APPROVED = /^(\d{4}(?:-\d{2,3}){3})\s*[(（]\s*([国省])\s*[)）]$/

/** Behind a blank the form's next words: no part of a number. */
const WORDS = /[\u4e00-\u9fff]{4}/

/** As on the form; recognition does not tell the width of brackets, so a recognised number gets its usual form. */
function numberOf(number: Slice): string {
  const text = textOfSlice(number).replace(/\s+/g, ' ')
  return isOcr(number) ? text.replace(APPROVED, '$1 ($2)') : text
}

function numbersOf(passage: Passage, text: string, offset: number, at: (unit: number) => number) {
  const found: { national?: Slice; provincial?: Slice; any?: Slice } = {}
  for (const match of text.matchAll(NUMBER)) {
    const rest = match[2] ?? ''
    const value = rest.slice(0, WORDS.exec(rest)?.index)
    if (!/\d/.test(value)) continue
    const from = offset + match.index + match[0].length - rest.length
    const slice = trimSlice({ passage, from: at(from), to: at(from + value.length) })
    if (match[1]?.startsWith('国')) found.national = slice
    else if (match[1]) found.provincial = slice
    else found.any = slice
  }
  return found
}

/** History as a table with a row a year. */
export function readHistoryTable(list: List): Item[] {
  return list.rows.flatMap((row): Item[] => {
    const year = readCell(row.cell('year'), 'year', '', row.heading('year'))
    const level = list.columns.has('level') ? readCell(row.cell('level'), 'level', '', row.heading('level')) : undefined
    const executed = list.columns.has('executed')
      ? readCell(row.cell('executed'), 'flag', '', row.heading('executed'))
      : undefined
    const plain = readCell(row.cell('number'), 'text', '', row.heading('number'))
    const national = readCell(row.cell('nationalNumber'), 'text', '', row.heading('nationalNumber'))
    const provincial = readCell(row.cell('provincialNumber'), 'text', '', row.heading('provincialNumber'))
    const filled = [level, executed, plain, national, provincial].some((reading) => reading && reading.value !== null)
    if (!year || !filled || readNumber(cellText(row.cell('year'))) === undefined) return []
    const mended = level && level.value === 'city' ? { ...level, value: 'provincial' } : level
    const number = plain ?? (national?.value ? national : provincial)
    const inferred =
      level ??
      (national?.value
        ? { ...national, value: 'national' }
        : provincial?.value
          ? { ...provincial, value: 'provincial' }
          : undefined)
    return [
      {
        year,
        ...((mended ?? inferred) ? { level: (mended ?? inferred) as FieldReading } : {}),
        ...(executed ? { executed } : {}),
        ...(number ? { number } : {}),
      },
    ]
  })
}
