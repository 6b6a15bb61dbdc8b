import type { Block } from '../labels/label.ts'
import { findPairs, type Pair } from '../labels/pairs.ts'
import { foldText } from '../text/fold.ts'
import { isOcr, type Slice, textOfSlice, trimSlice } from '../text/passage.ts'
import { readLastDate, readScannedDate } from '../values/date.ts'
import { endsAsUnit, isAnyTitle, isUnitName } from '../values/lists.ts'
import { isTemplate, skipPrompts } from '../values/template.ts'

/** An opinion taken apart: the text alone, and what its signature lines say. null: the place is there, blank. */
export type Opinion = {
  text: Slice | null
  date?: { slice: Slice; value: string | undefined; certainty: number; repaired?: boolean } | null
  signature: Slice
  reviewer?: Slice | null
  unit?: Slice | null
  title?: Slice | null
}

const PERSON =
  '(?:同行|推荐|评议|评审|审核|申报|申办|主办|单位|项目|主管|部门|本|第一|部|法定|机构)*(?:专家|评议人|评审人|推荐人|负责人|领导|经办人|法人|代表人|单位|主管|签发人|审核人|本人|同行)'
/** `单位（公章）`: whose seal it is. */
const UNIT = '(?:申报|申办|主办|举办|承办|推荐|备案)?(?:单位|部门|医院|机构)(?:名称)?'
const SIGN = '(?:签\\s*字|签\\s*名|签\\s*章|盖\\s*章|公\\s*章|手\\s*签)'
/** What begins the signature lines under an opinion. */
const MARKERS = [
  new RegExp(`${PERSON}\\s*(?:姓名|职称|单位|信息|职务)?\\s*[（(]?\\s*${SIGN}?\\s*[)）]?\\s*[:：∶]`, 'g'),
  new RegExp(
    `(?:项目|主管|单位|部门|领导|负责人|专家|评议人)*${SIGN}(?:\\s*[/／、或及和并]?\\s*[（(]?${SIGN}[)）]?)*\\s*(?:[:：∶]|处|[\\s_]|$)`,
    'gm',
  ),
  new RegExp(
    `(?:(?:^|(?<=[\\s。；！!]))${UNIT}[^\\S\\n]*)?[（(]\\s*(?:请|加盖|单.?|部门|盖)*\\s*(?:${SIGN}|印?\\s*章)\\s*(?:处)?[)）]`,
    'gm',
  ),
  /^\s*(?:专家)?(?:姓\s*名|专业技术职[称务]|职\s*称|工作单位|所在单位|单\s*位|职\s*务|日\s*期|时\s*间|联系电话|评议日期)\s*[:：∶]/gm,
  /(?:评议|评审|审核|审查|推荐|签字|签名|填写)?(?:日\s*期|时\s*间)\s*[:：∶]/g,
]
const DATE =
  /(?:(?:19|20)\s*\d\s*\d|二\s*[〇○零O0]\s*[〇零一二三四五六七八九]\s*[〇零一二三四五六七八九]|_{2,}|\s{2,})?\s*年[\s_]*[\d〓一二三四五六七八九十]*[\s_]*月[\s_]*[\d〓一二三四五六七八九十]*[\s_]*日|(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}(?!\s*[日\d])|(?:19|20)\d{2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2}/g

/** What a seal left of a date on a line of its own: whatever its figures were, it is no part of the text. */
const BROKEN_DATE =
  /(?<=^|\n)[^\n\d\p{Script=Han}]{0,4}(?:19|20)\d{1,2}\s*[-./"':：,，·年][^\n\p{Script=Han}]{0,10}(?=\n|$)|(?<=^|\n|[)）])\s*(?:19|20)\d{2}(?=[\d.\s]*[年月日])[\d年月日\s.,，·]{3,10}(?=\n|$)/gu

/** Takes an opinion's cell apart. The text ends where the signature lines begin. */
export function readOpinion(value: Slice, block: Block): Opinion {
  const whole = textOfSlice(value)
  const lead = leadOf(whole)
  const start = lead.length + skipPrompts(whole.slice(lead.length))
  const tailAt = tailStart(whole, start, isOcr(value))
  const at = (from: number, to: number) =>
    trimSlice({ passage: value.passage, from: value.from + from, to: value.from + to })
  const text = block === 'peer' ? at(start, tailAt) : withoutScraps(at(start, tailAt))
  const tail = at(tailAt, whole.length)
  const isBlank = isTemplate(textOfSlice(text)) || (isOcr(text) && isScrap(textOfSlice(text)))
  const opinion: Opinion = { text: isBlank ? null : text, signature: tail }
  const own = dateIn(tail)
  const date = own ?? (lead ? dateIn(at(0, lead.length)) : undefined) ?? own
  if (date !== undefined) opinion.date = date
  if (block === 'peer') Object.assign(opinion, readReviewer(tail, opinion))
  return opinion
}

/** What stands above the text: a date on a line of its own, or who examined it, up to `审核意见：`. */
const LEADS = [
  /^\s*(?:日\s*期\s*[:：]\s*)?(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?\s*\n/,
  /^(?=\s*\S{0,8}(?:人|者|专家|日期|姓名)\s*[:：])[^。]{0,60}?\n\s*\S{0,4}意见\s*[:：]/,
]
const leadOf = (text: string): string => LEADS.map((lead) => lead.exec(text)?.[0]).find(Boolean) ?? ''

/** `\ 年月 Я`: no two characters of a word beside one another, only signs, letters and an empty date around a seal. */
const isScrap = (text: string): boolean => {
  const left = foldText(text).replace(/[年月日]/g, '')
  return left.length <= 8 && !/\p{Script=Han}{2}/u.test(left) && !/\d/.test(left)
}

/** On scans a seal leaves scraps of letters beside the sentence: short lines without punctuation around a full one. */
function withoutScraps(slice: Slice): Slice {
  if (!isOcr(slice)) return slice
  const text = textOfSlice(slice)
  const lines = text.split('\n')
  if (!lines.some((line) => /\p{Script=Han}{4}[。，：；、．.]/u.test(line))) return slice
  const isShort = (line: string | undefined) => line !== undefined && isScrapLine(foldText(line))
  let [from, to] = [0, text.length]
  while (lines.length > 1 && isShort(lines[0])) from += (lines.shift()?.length ?? 0) + 1
  while (lines.length > 1 && isShort(lines.at(-1))) to -= (lines.pop()?.length ?? 0) + 1
  return trimSlice({ passage: slice.passage, from: slice.from + from, to: slice.from + to })
}

/** Short and without a sign that parts words; a bracket was one for a seal; without a word of Chinese signs say nothing. */
const isScrapLine = (folded: string): boolean =>
  folded.length <= (/[()]/.test(folded) ? 8 : 6) && (!/[。，；,;]/.test(folded) || !/\p{Script=Han}/u.test(folded))

function tailStart(text: string, start: number, scanned: boolean): number {
  let first = text.length
  for (const pattern of MARKERS) {
    for (const found of text.matchAll(pattern)) {
      const rest = text.length - found.index
      const isInSentence = /[^\s。；;！!.）)”」]$/.test(text.slice(0, found.index)) && rest > 120
      if (found.index >= start && rest <= 320 && !isInSentence && !/。[^。]{25,}/.test(text.slice(found.index)))
        first = Math.min(first, found.index)
    }
  }
  const broken = scanned ? brokenDate(text) : undefined
  if (broken && broken.index >= start && text.length - broken.index <= 60) first = Math.min(first, broken.index)
  for (const found of text.matchAll(DATE)) {
    const rest = text.slice(found.index + found[0].length)
    if (
      found.index >= start &&
      rest.length <= 60 &&
      !/[。，,]\s*\S/.test(rest) &&
      !/^[\s]*(?:起|前|后|至|以来|，|,|开展|举办)/.test(rest)
    ) {
      first = Math.min(first, found.index)
    }
  }
  return firstOfNameLine(text, start, first)
}

const brokenDate = (text: string): RegExpExecArray | undefined => [...text.matchAll(BROKEN_DATE)].at(-1)

/** `唐以宁 主任药师 北京云岭医院药学部` stands without a label on the line before the date or as the last line. */
function firstOfNameLine(text: string, start: number, tail: number): number {
  const before = text.slice(start, tail).trimEnd()
  const lineAt = before.lastIndexOf('\n')
  const line = before.slice(lineAt + 1).trim()
  const words = line.split(/[\s、，,（()）]+/).flatMap((word) => unglue(word).map((part) => part.text))
  const isNameLine = line.length <= 60 && words.length >= 2 && words.some(isTitleWord) && !/[。；]/.test(line)
  return isNameLine && lineAt !== -1 ? start + lineAt + 1 : tail
}

const isTitleWord = (word: string) => isAnyTitle(word)

function dateIn(tail: Slice): Opinion['date'] | undefined {
  const text = textOfSlice(tail)
  const whole = [...text.matchAll(DATE)].at(-1)
  const found = whole ?? (isOcr(tail) ? brokenDate(text) : undefined)
  if (!found) return undefined
  const from = tail.from + found.index
  const slice = trimSlice({ passage: tail.passage, from, to: from + found[0].length })
  if (isOcr(tail)) {
    const read = readScannedDate(found[0])
    return read ? { slice, ...read } : whole && !/\d/.test(whole[0]) ? null : { slice, value: undefined, certainty: 1 }
  }
  const value = readLastDate(found[0])
  return value ? { slice, value, certainty: 1 } : null
}

type Part = { text: string; at: number }

/** `北京云岭医院主任医师沈予安`, as scans give a line whose gaps are lost: unit, title and name in any order. */
function unglue(word: string, at = 0): Part[] {
  for (let length = Math.min(8, word.length - 2); length >= 2; length--) {
    for (let from = 0; from + length <= word.length; from++) {
      if (!isAnyTitle(word.slice(from, from + length))) continue
      const parts = [
        ...unitAndName(word.slice(0, from), at),
        { text: word.slice(from, from + length), at: at + from },
        ...unitAndName(word.slice(from + length), at + from + length),
      ]
      const isWho = parts.length > 1 && parts.every(({ text }) => isAnyTitle(text) || NAME.test(text) || isUnit(text))
      if (isWho && parts.some(({ text }) => isUnit(text))) return parts
    }
  }
  return [{ text: word, at }]
}

const isUnit = (text: string) => isUnitName(text) && endsAsUnit(text)

function unitAndName(text: string, at: number): Part[] {
  if (text === '') return []
  if (!isUnit(text)) {
    for (const length of [3, 2, 4]) {
      const cut = text.length - length
      if (isUnit(text.slice(0, cut)))
        return [
          { text: text.slice(0, cut), at },
          { text: text.slice(cut), at: at + cut },
        ]
      if (isUnit(text.slice(length)))
        return [
          { text: text.slice(0, length), at },
          { text: text.slice(length), at: at + length },
        ]
    }
  }
  return [{ text, at }]
}

type Reviewer = Pick<Opinion, 'reviewer' | 'unit' | 'title'>

/** Who recommends: by labels, or by what each word of a signature line is. */
function readReviewer(tail: Slice, opinion: Opinion): Reviewer {
  const found: Reviewer = {}
  const pairs = findPairs(tail, 'peer', 'line')
  for (const pair of pairs) takePair(pair, found)
  const loose =
    pairs.length === 0
      ? [tail]
      : [{ ...tail, to: pairs[0]?.label.from ?? tail.to }, ...pairs.filter(isNamed).map((pair) => pair.value)]
  for (const slice of loose) classify(slice, found, opinion)
  return found
}

const isNamed = (pair: Pair) => pair.match.label.path === 'peerReview.reviewer' || pair.match.label.type === 'sign'

function takePair(pair: Pair, found: Reviewer): void {
  const key = { 'peerReview.reviewer': 'reviewer', 'peerReview.unit': 'unit', 'peerReview.title': 'title' }[
    pair.match.label.path ?? ''
  ] as keyof Reviewer | undefined
  if (!key) return
  const text = textOfSlice(pair.value)
  if (key === 'reviewer') found.reviewer ??= null
  else found[key] ??= text === '' || isTemplate(text) ? null : withoutDate(pair.value)
}

/** A date at the end of a line belongs to no name. */
function withoutDate(slice: Slice): Slice {
  const found = [...textOfSlice(slice).matchAll(DATE)][0]
  return found ? trimSlice({ ...slice, to: slice.from + found.index }) : slice
}

const NAME = /^[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?$|^[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}$/

function classify(slice: Slice, found: Reviewer, opinion: Opinion): void {
  const text = textOfSlice(slice)
    .replace(DATE, (date) => ' '.repeat(date.length))
    .replace(/(?<=^|[\s:：])([\u4e00-\u9fff·]{2,4})[（(]([^（）()]{2,40})[)）]/g, '$1 $2 ')
  const rest: Slice[] = []
  const matches = [...joinSpreadNames(text).matchAll(/[^\s、，,；;|]+/g)]
  for (const match of matches.flatMap(({ 0: word, index }) => unglue(word, index))) {
    const word = match.text.replace(/^[（(]|[)）]$/g, '')
    const part = trimSlice({
      passage: slice.passage,
      from: slice.from + match.at,
      to: slice.from + match.at + match.text.length,
    })
    const plain = foldText(word)
    if (isTemplate(plain) || opinion.date?.slice.from === part.from) continue
    if (isTitleWord(plain)) found.title ??= part
    else if (isUnitName(plain)) found.unit ??= part
    else if (NAME.test(plain) && !found.reviewer) found.reviewer = part
    else rest.push(part)
  }
  const [first, last] = [rest[0], rest.at(-1)]
  if (first && last && found.reviewer && !found.title && found.title !== null) found.title = { ...first, to: last.to }
}

/** `周 牧 之` keeps its length, so that places stay right: the gaps of single characters become joiners. */
const joinSpreadNames = (text: string) =>
  text.replace(/(?<=(?:^|\s)[\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?:\s|$))/g, '\u2060')
