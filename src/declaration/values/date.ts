import { foldText } from '../text/fold.ts'
import { chineseNumber } from './number.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** Folded, with Chinese numerals of dates as digits: `二〇二四年十一月二十日` → `2024年11月20日`. */
function digitsOf(text: string): string {
  return foldText(text)
    .replace(/[―〜─‐‑‒−﹣ー]+/g, '-')
    .replace(/[二一][〇零○O0oＯ一二三四五六七八九]{3}(?=年)/g, (year) =>
      String(chineseNumber(year.replace(/[○O0oＯ]/g, '〇')) ?? year),
    )
    .replace(/[一二三四五六七八九十]{1,3}(?=[月日号])/g, (part) => String(chineseNumber(part) ?? part))
    .replaceAll('号', '日')
}

const isMonth = (month: number) => month >= 1 && month <= 12
const isDay = (year: number, month: number, day: number) =>
  day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()

/** A speck, or a corner of a seal's rim, behind a separator is read as a point. */
const FULL = /((?:19|20)\d{2})[-年./][.,·]?(\d{1,2})[-月./][.,·]?(\d{1,2})日?/
/** `202411/20`: the first separator was lost, the figures leave no doubt. */
const HALF = /(?<!\d)((?:19|20)\d{2})(\d{2})[-月./](\d{1,2})(?!\d)日?/
const COMPACT = /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/
const MONTH = /((?:19|20)\d{2})[-年./](\d{1,2})(?!\d)月?/

function isoOf(year: number, month: number, day?: number): string | undefined {
  if (!isMonth(month)) return undefined
  if (day === undefined) return `${year}-${two(month)}`
  return isDay(year, month, day) ? `${year}-${two(month)}-${two(day)}` : undefined
}

/** The first full date in a text as `YYYY-MM-DD`. */
export function readDate(text: string): string | undefined {
  const folded = digitsOf(text)
  const found = FULL.exec(folded) ?? COMPACT.exec(folded) ?? HALF.exec(folded)
  return found ? isoOf(Number(found[1]), Number(found[2]), Number(found[3])) : undefined
}

/** `2024-11 21`, `2024"11/20`: figures two by two, of whose separators a copy left a gap or another mark. */
const BROKEN = /(?<![\d.])((?:19|20)\d{2})\s?[^\d\s年月日\p{L}]\s?(\d{2})(?:\s?[^\d\s年月日\p{L}]\s?|\s)(\d{2})(?!\d)/u
/** `2024/1]/21`: a one of which a rim left a bracket. */
const ONE =
  /(?<=(?:19|20)\d{2}\s?[-./年:]\s?\d?)[\]|)!lI](?=\d?\s?[-./月])|(?<=[-./月]\s?\d?)[\]|)!lI](?=\d?日)|(?<=[-./月]\d?)[\]|!lI]$/g
const LOST = /\d\s?〓|〓\s?\d/
/** A date of whose month nothing or one figure is left. */
const MONTHLESS = /((?:19|20)\d{2})\s?[-./年:]([^\s\d月]{1,2}|\d?〓\d?)[-./月]\s?(\d{1,2})(?!\d|〓)/
/** How sure a date is of which a separator was guessed, and one beside whose separator there is room for a figure. */
const GUESSED = 0.7
const GAP = 0.5

export type ScannedDate = { value: string; certainty: number; repaired?: boolean }

/** A date on a scan, and how certain it is beyond its characters: a figure that a seal hides leaves no more than a gap. */
export function readScannedDate(text: string): ScannedDate | undefined {
  if (LOST.test(text)) return undefined
  const given = text.normalize('NFKC')
  const whole = given.replace(ONE, '1')
  const mended = whole === given ? undefined : readDate(whole)
  if (mended) return { value: mended, certainty: GUESSED, repaired: true }
  const plain = readDate(text)
  if (plain) return { value: plain, certainty: hasGap(text) ? GAP : 1 }
  const found = BROKEN.exec(given)
  const value = found ? isoOf(Number(found[1]), Number(found[2]), Number(found[3])) : undefined
  return value ? { value, certainty: GUESSED } : undefined
}

/** The dates that a date on a scan may be of which the month was lost under a seal; none where the month can be read. */
export function datesOfLostMonth(text: string): string[] {
  const [, year, month = '', day] = MONTHLESS.exec(text.normalize('NFKC')) ?? []
  if (!year) return []
  const pattern = /\d/.test(month) ? new RegExp(`^${month.replace('〓', '\\d')}$`) : /./
  return Array.from({ length: 12 }, (_, i) => i + 1)
    .filter((each) => pattern.test(two(each)) || pattern.test(String(each)))
    .flatMap((each) => isoOf(Number(year), each, Number(day)) ?? [])
}

/** `2024/1 /21`, `2024年11月2 日`: some of the separators have room beside them, others none. */
function hasGap(text: string): boolean {
  const parts = text.normalize('NFKC').match(/(?:19|20)\d{2}(\s*[-./年]\s*)\d{1,2}(\s*[-./月]\s*)\d{1,2}(\s*日)?/)
  const marks = parts?.slice(1).filter((part) => part !== undefined) ?? []
  const wide = marks.filter((mark) => /\s/.test(mark)).length
  return wide > 0 && wide < marks.length
}

/** The last full date in a text, which is where a signature block has it. */
export function readLastDate(text: string): string | undefined {
  const folded = digitsOf(text)
  const last = [...folded.matchAll(new RegExp(FULL, 'g'))].at(-1)
  return last ? isoOf(Number(last[1]), Number(last[2]), Number(last[3])) : undefined
}

/** A date or a month: `1970.03` → `1970-03`. */
export function readDateOrMonth(text: string): string | undefined {
  const date = readDate(text)
  if (date) return date
  const folded = digitsOf(text)
  if (FULL.test(folded)) return undefined
  const month = MONTH.exec(folded) ?? /(?<!\d)((?:19|20)\d{2})(\d{2})(?!\d)/.exec(folded)
  return month ? isoOf(Number(month[1]), Number(month[2])) : undefined
}

const TAIL =
  /^(?:\((?:周|星期)?[一二三四五六日天]\))?(?:\d{1,2}:\d{2})?(?:-|至|到|~|、|,|和)+(?:(20\d{2})[-年./])?(?:(\d{1,2})[-月./](?=\d))?(\d{1,2})(日|月)?/

/**
 * Start and end of a session: `2025年5月17日至18日`, `2025/5/17-5/18`, `2025年5月`, `2025年5月至6月`.
 * A single day starts and ends on it. `year` serves where the text names none.
 */
export function readRange(text: string, year?: number): { start: string; end: string } | undefined {
  let folded = digitsOf(text)
  if (!/(?:19|20)\d{2}[-年./]/.test(folded) && !COMPACT.test(folded)) {
    if (year === undefined || !/\d{1,2}月/.test(folded)) return undefined
    folded = folded.replace(/(\d{1,2})月/, `${year}年$1月`)
  }
  const full = FULL.exec(folded) ?? COMPACT.exec(folded)
  const month = MONTH.exec(folded)
  if (full && (!month || full.index <= month.index)) {
    const [y, m, d] = [Number(full[1]), Number(full[2]), Number(full[3])]
    const start = isoOf(y, m, d)
    if (!start) return undefined
    const rest = folded.slice(full.index + full[0].length)
    const later = FULL.exec(rest) ?? COMPACT.exec(rest)
    if (later) return { start, end: isoOf(Number(later[1]), Number(later[2]), Number(later[3])) ?? start }
    const tail = TAIL.exec(rest)
    const endMonth = tail?.[2] ? Number(tail[2]) : m
    const end = tail ? isoOf(Number(tail[1] ?? y), endMonth, Number(tail[3])) : undefined
    return { start, end: end && end >= start ? end : start }
  }
  if (!month) return undefined
  const start = isoOf(Number(month[1]), Number(month[2]))
  if (!start) return undefined
  const rest = folded.slice(month.index + month[0].length)
  const later = MONTH.exec(rest)
  const end = later
    ? isoOf(Number(later[1]), Number(later[2]))
    : isoOf(Number(month[1]), Number(/^(?:-|至|到)(\d{1,2})月/.exec(rest)?.[1] ?? month[2]))
  return { start, end: end && end >= start ? end : start }
}

/** Every session range of a text that lists several, each with where it begins in the folded text. */
export const countDates = (text: string): number => [...digitsOf(text).matchAll(new RegExp(FULL, 'g'))].length

/** Times of day in order: `8:30-10:00`, `8时30分` → `08:30`, `10:00`. */
export function readTimes(text: string): string[] {
  const folded = foldText(text)
    .replace(/(\d{1,2})[时点](\d{1,2})分?/g, '$1:$2')
    .replace(/(\d{1,2})[时点](?!\d)/g, '$1:00')
  return [...folded.matchAll(/(?<!\d)([01]?\d|2[0-4])[:.]([0-5]\d)(?!\d)/g)].map(
    ([, hour, minute]) => `${two(Number(hour))}:${minute}`,
  )
}
