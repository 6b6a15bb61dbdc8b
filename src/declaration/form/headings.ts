import { textOfSlice } from '../text/passage.ts'
import { chineseNumber } from '../values/number.ts'
import type { Walk } from './field.ts'

/** `（三）教学设计`, `3. 教学设计`: short, and no sentence. */
const NUMBERED =
  /^\s*([（(]?)(?:第)?([一二三四五六七八九十]{1,3}|\d{1,2})([)）、.．])\s*(?=[^\d\s])[^。；，,;：:]{2,24}$/

const LONG = new Set(['long', 'opinion', 'history'])

type Numbered = { style: string; number: number }

function numberOf(line: string): Numbered | null {
  const [, open, digits = '', close = ''] = NUMBERED.exec(line) ?? []
  if (open === undefined) return null
  const number = /\d/.test(digits) ? Number(digits) : chineseNumber(digits)
  const style = `${open}${/\d/.test(digits) ? '1' : '一'}${close}`.normalize('NFKC')
  return number === null || number === undefined ? null : { style, number }
}

/**
 * Whether a line is the form's next heading by its number, known or not: behind `（二）` stands `（三）`. An item of a list
 * inside the open text, where the number before it stands too, is none. Headings met are kept in `walk`.
 */
export function isNextHeading(line: string, walk: Walk): boolean {
  const found = numberOf(line)
  if (!found) return false
  const { style, number } = found
  const isInText = LONG.has(walk.open?.match.label.type ?? '')
  const own = walk.open?.value ? textOfSlice(walk.open.value).split('\n') : []
  const isItem = own.some((text) => {
    const other = numberOf(text.slice(0, 20).replace(/[。；，,;：:].*$/s, ''))
    return other?.style === style && other.number < number
  })
  const isNext = walk.headings.get(style) === number - 1 && !isItem
  if (isNext || (number === 1 && !isInText)) walk.headings.set(style, number)
  return isNext
}
