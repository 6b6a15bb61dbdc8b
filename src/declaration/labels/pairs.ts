import { fold } from '../text/fold.ts'
import { isOcr, type Slice, textOfSlice, trimSlice } from '../text/passage.ts'
import { bracketMark, startsWithMark } from './bracket-mark.ts'
import { type Block, FIRM, type ValueType } from './label.ts'
import { type Match, matchWhole, matchWord, wordsAt } from './lexicon.ts'

/** A label inside running text and what stands behind it up to the next one. `flag`: a box right before the label. */
export type Pair = { match: Match; label: Slice; value: Slice; colon: boolean; flag?: boolean }

/**
 * How freely labels are taken out of a text. `line`: a free line, a gap after a label is enough. `cell`: the same, for a cell
 * of a form. `value`: inside another label's value, a colon or a box is needed. `long`: only a heading of its own ends long text.
 */
export type Mode = 'line' | 'cell' | 'value' | 'long'

type Found = { match: Match; from: number; to: number; colon: boolean; flag?: boolean }

const EDGE = /[\s:,;。、，；()|/☐☑·]/

/** The labels of a text in order, each with its value; the text before the first label is left over. */
export function findPairs(slice: Slice, block: Block | null, mode: Mode): Pair[] {
  const text = textOfSlice(slice)
  const folded = fold(text)
  const loose = isOcr(slice)
  const lower = loose ? withColons(folded.text.toLowerCase()) : folded.text.toLowerCase()
  const founds: Found[] = []
  let current = block
  let position = 0
  while (position < lower.length) {
    const found =
      isEdge(text, lower, folded.at, position) || (loose && founds.length > 0 && isClosed(lower, position))
        ? labelAt(text, lower, folded.at, position, current, mode, loose, founds.length)
        : null
    if (!found) {
      position++
      continue
    }
    founds.push(found)
    current = found.match.label.opens ?? current
    position = found.to
    if (mode === 'long' || endsSearch(found, lower.length - position)) break
  }
  return founds.map((found, index) => {
    const next = founds[index + 1]
    const at = (unit: number) => slice.from + (folded.at[unit] ?? text.length)
    const end = next ? at(next.flag === undefined ? next.from : next.from - 1) : slice.to
    return {
      match: found.match,
      label: trimSlice({ passage: slice.passage, from: at(found.from), to: at(found.to) }),
      value: withoutSeparator(
        withoutNumber(trimSlice({ passage: slice.passage, from: Math.min(at(found.to), end), to: end }), !next),
        found.match.label.type,
      ),
      colon: found.colon,
      ...(found.flag === undefined ? {} : { flag: found.flag }),
    }
  })
}

/** `2.性别；男`: nothing but a label stands before it. */
function isLabelAtStart(folded: string, index: number): boolean {
  const head = folded.slice(numberingAt(folded, 0), index)
  return head.length <= LONGEST && !/[,;。:]/.test(head) && matchWhole(head, null, true) !== null
}
const LONGEST = 20

/** Short labels that end no value: right before the semicolon that parts two values none of them stands. */
const CLOSED = /(?:职称|姓名|日期|签字|签名|电话|[师员授]单位)$/

/** A scan's colon may be read as a semicolon: right behind a known longer label it is one. */
const withColons = (folded: string): string =>
  folded.replace(/;/g, (mark, index: number) =>
    [4, 5, 6].some((length) => index >= length && matchWord(folded.slice(index - length, index), null)) ||
    CLOSED.test(folded.slice(0, index)) ||
    isLabelAtStart(folded, index)
      ? ':'
      : mark,
  )

/** `姓名：苏映晴；性别：女；`: what parts one value from the next is no part of it. */
function withoutSeparator(value: Slice, type: ValueType): Slice {
  const mark = type === 'long' || type === 'opinion' ? null : /\s*[；;，,]$/.exec(textOfSlice(value))
  return mark ? trimSlice({ ...value, to: value.to - mark[0].length }) : value
}

/** `临床内科学  3. 三级学科：…`: the number at the end of a value is the next label's. */
function withoutNumber(value: Slice, isLast: boolean): Slice {
  const number = isLast ? null : /\s[（(]?\d{1,2}[.、．)）]$/.exec(textOfSlice(value))
  return number ? trimSlice({ ...value, to: value.to - number[0].length }) : value
}

/** Long text and opinions take the rest of a longer text: words in it that look like labels are its own. */
const endsSearch = ({ match }: Found, rest: number): boolean =>
  match.label.type === 'opinion' || match.label.type === 'history' || (match.label.type === 'long' && rest > 60)

/** Scans lose the gap before a label: a known word right before a colon is one all the same. */
const isClosed = (folded: string, position: number): boolean =>
  wordsAt(folded, position).some((word) => folded[position + word.length] === ':')

function isEdge(text: string, folded: string, at: number[], position: number): boolean {
  if (position === 0) return true
  if (EDGE.test(folded[position - 1] ?? '')) return true
  const origin = at[position] ?? 0
  return /[\s_]/.test(text[origin - 1] ?? '')
}

/** `否□ 手机`, `是√否□手机`: the box belongs to the option before it, not to the label behind it. */
function closesOption(text: string, box: number): boolean {
  const isGapBehind = /\s/.test(text[box + 1] ?? '')
  const isGapBefore = /\s/.test(text[box - 1] ?? ' ')
  if (isGapBehind !== isGapBefore) return isGapBehind
  return /(?:是|有|男)\s*[☐☑□■√]\s*(?:否|无|女)\s*$/.test(text.slice(0, box))
}

/** 教学时数为实际授课时间，每3学时授予1学分: an instruction speaks of the label, and its figures are no values. */
const OF_A_SENTENCE = /^(?:为(?!\d)|应|须|均|按(?!\d)|是指|系指|不得|不包括)/
const NUMERIC = new Set<ValueType>(['number', 'integer', 'percent'])

function labelAt(
  text: string,
  folded: string,
  at: number[],
  start: number,
  block: Block | null,
  mode: Mode,
  loose: boolean,
  before: number,
): Found | null {
  if (startsWithMark(folded.slice(start, start + 3))) return null
  const number = start === 0 || text[(at[start] ?? 0) - 1] === '\n' ? numberingAt(folded, start) : 0
  const from = start + number
  const pattern = patternAt(text, folded, at, start, from, block, mode, loose)
  for (const word of wordsAt(folded, from)) {
    if (pattern && pattern.to > from + word.length + 1 && pattern.match.word !== word) break
    const label = matchWord(word, block)
    if (!label) continue
    const isClaim = label.type === 'flag' && label.path?.startsWith('project.')
    const bracket = isClaim ? bracketMark(text, folded, at, start, from + word.length) : null
    const end = bracket === null ? behindBrackets(folded, from + word.length) : from + word.length
    const colon = folded[end] === ':'
    const hasBox = (folded[start - 1] === '☐' || folded[start - 1] === '☑') && !closesOption(text, at[start - 1] ?? 0)
    const ahead = bracket === null || bracket === 'behind' ? undefined : bracket === 'ticked'
    const flag = hasBox ? folded[start - 1] === '☑' : ahead
    const marked = bracket === 'behind' || /^(?:[☐☑]|\((?:是|否)\))/.test(folded.slice(end, end + 3))
    const match = { label, certainty: 1, ...marksOf(folded.slice(from, end)), numbered: number > 0, word }
    if (flag !== undefined && label.type === 'flag' && !colon && !marked)
      return { match, from, to: end, colon: false, flag }
    if (flag !== undefined) continue
    if (colon) return { match, from, to: end + 1, colon: true }
    if (mode === 'value') {
      if (marked && label.type === 'flag') return { match, from, to: end, colon: false }
      continue
    }
    if (label.type === 'group' || label.type === 'sign') {
      if (end >= folded.length && start === 0) return { match, from, to: end, colon: false }
      if (label.type === 'group') continue
    }
    const isWhole = end >= folded.length && start === 0
    if (mode === 'long') {
      if (isWhole && (number > 0 || word.length >= 4)) return { match, from, to: end, colon: false }
      continue
    }
    if (isWhole || marked) return { match, from, to: end, colon: false }
    if (NUMERIC.has(label.type) && OF_A_SENTENCE.test(folded.slice(end))) continue
    const origin = at[end] ?? text.length
    const isGap = end >= folded.length || folded[end] === '_' || /[\s_]/.test(text[origin - 1] ?? '')
    const bracketed = end > from + word.length
    if ((isGap || bracketed) && (start === 0 || before > 0 || mode === 'line')) {
      return { match: { ...match, certainty: 0.97 }, from, to: end, colon: false }
    }
    if (loose && start === 0 && word.length >= 4 && mode !== 'cell') {
      return { match: { ...match, certainty: 0.85 }, from, to: end, colon: false }
    }
  }
  return pattern ?? flagAt(text, folded, at, start, from, block)
}

/** `☑ 申请京津冀互认项目`: a box, then a wording of a flag up to the next gap or box. */
function flagAt(
  text: string,
  folded: string,
  at: number[],
  start: number,
  from: number,
  block: Block | null,
): Found | null {
  const mark = folded[start - 1]
  if (mark !== '☐' && mark !== '☑') return null
  let to = from + 1
  while (to < folded.length && !EDGE.test(folded[to] ?? '') && !/[^\S\n]|_/.test(text[(at[to] ?? 0) - 1] ?? '')) to++
  const match = matchWhole(folded.slice(from, to), block)
  return match?.label.type === 'flag' && match.certainty >= FIRM
    ? { match, from, to, colon: false, flag: mark === '☑' }
    : null
}

/** A label known only by its pattern, or misread: it ends with a colon, or begins the text and ends with a line or a bracket. */
function patternAt(
  text: string,
  folded: string,
  at: number[],
  start: number,
  from: number,
  block: Block | null,
  mode: Mode,
  loose: boolean,
): Found | null {
  if (start > 0 && /\d/.test(folded[from] ?? '')) return null
  const colon = colonBehind(folded, from)
  const ends = colon === -1 ? [] : [colon]
  if (start === 0 && mode !== 'value') ends.push(...lineAndBracketEnds(text, folded, at, from, mode === 'long'))
  for (const to of ends) {
    const match = matchWhole(folded.slice(from, to), block, loose)
    if (!match) continue
    const isColon = to === colon
    if (!isColon && ((match.certainty < 0.95 && !loose) || match.word.length < 4)) continue
    if (match.label.type === 'group' && to < folded.length) continue
    const end = isColon ? to + 1 : behindBrackets(folded, balanced(folded, from, to))
    return { match: { ...match, numbered: from > start }, from, to: end, colon: isColon }
  }
  return null
}

/** The end of a label whose bracket runs on to the next line. */
function balanced(folded: string, from: number, to: number): number {
  const text = folded.slice(from, to)
  const open = text.split('(').length - text.split(')').length
  const close = open > 0 ? folded.indexOf(')', to) : -1
  return close === -1 || close - to > 120 ? to : close + 1
}

const REACH = 130

function lineAndBracketEnds(text: string, folded: string, at: number[], from: number, onlyWhole: boolean): number[] {
  const ends: number[] = []
  for (let index = from + 2; index <= Math.min(folded.length, from + REACH); index++) {
    const behind = text.slice((at[index - 1] ?? 0) + 1, at[index] ?? text.length)
    const isLineEnd = index === folded.length || behind.includes('\n')
    if (onlyWhole ? index === folded.length : isLineEnd || folded[index - 1] === ')') ends.push(index)
  }
  return ends
}

const STOP = /[,;。，；☐☑_]/

function colonBehind(folded: string, from: number): number {
  let depth = 0
  for (let index = from; index < folded.length && index - from < 110; index++) {
    const character = folded[index] ?? ''
    if (character === '(') depth++
    else if (character === ')') depth = Math.max(0, depth - 1)
    else if (depth > 0) continue
    else if (character === ':') return index > from + 1 ? index : -1
    else if (STOP.test(character)) return -1
  }
  return -1
}

function behindBrackets(folded: string, from: number): number {
  let end = from
  while (folded[end] === '(') {
    const close = closing(folded, end)
    if (close === -1 || close - end > 90 || /[☐☑]|^\((?:是|否)$/.test(folded.slice(end, close))) return end
    end = close + 1
  }
  return end
}

function closing(folded: string, open: number): number {
  let depth = 0
  for (let index = open; index < folded.length; index++) {
    if (folded[index] === '(') depth++
    else if (folded[index] === ')' && --depth === 0) return index
  }
  return -1
}

const NUMBERING =
  /^[*★●•·☆※#◆▲]*(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)[、.]?|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)]|\d{1,2}(?=[\u4e00-\u9fff]{4})|[*★●•·☆※#◆▲]+)/

const numberingAt = (folded: string, start: number): number =>
  NUMBERING.exec(folded.slice(start, start + 8))?.[0].length ?? 0

const marksOf = (folded: string) => ({ sign: /签字|签名|签章/.test(folded), seal: /盖章|公章|签章|印章/.test(folded) })
