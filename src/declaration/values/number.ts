import { foldText } from '../text/fold.ts'

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
}
const TENS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000, 万: 10_000 }
const CHINESE = /[零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟万]+/

/** `一百二十` → 120, `二〇二四` → 2024; null when the characters are no number. */
export function chineseNumber(text: string): number | null {
  if (text === '') return null
  if (![...text].some((character) => TENS[character])) {
    const digits = [...text].map((character) => DIGITS[character])
    return digits.includes(undefined) ? null : Number(digits.join(''))
  }
  let total = 0
  let section = 0
  for (const character of text) {
    const unit = TENS[character]
    if (unit === 10_000) {
      total = (total + section) * unit
      section = 0
    } else if (unit) {
      total += (section || (total === 0 || unit === 10 ? 1 : 0)) * unit
      section = 0
    } else section = DIGITS[character] ?? 0
  }
  return total + section
}

/** How long one lesson is says nothing of how many there are. */
const PER_LESSON =
  /每(?:个|一)?(?:学时|课时|节课?|小时)(?:为|按|以|=)?\d+分钟|\d+分钟(?:\/|为|=|计|算)(?:每|一|1)?(?:个)?(?:学时|课时|节课?)/g

const RANGE = /\d(?:人|名|学时|小时|元|%|天)?(?:-|至|到)\d/
const MISREAD: Record<string, string> = {
  O: '0',
  o: '0',
  D: '0',
  l: '1',
  I: '1',
  '|': '1',
  i: '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  B: '8',
}

/**
 * The one number a text states (`约100人`, `60元/人`, `三天`, `２０`, `一天半`): the first when a breakdown follows it.
 * undefined for none and for a range. `repaired` where letters of a scan were read as digits.
 */
export function readNumber(text: string, scanned = false): { value: number; repaired?: boolean } | undefined {
  const folded = foldText(text)
    .replace(/(\d),(\d{3})(?!\d)/g, '$1$2')
    .replace(PER_LESSON, '')
  if (RANGE.test(folded)) return undefined
  const digits = /\d+(?:\.\d+)?/.exec(folded)
  const halves = /^(.*?)(天|日|小时|学时)半/.exec(folded)
  if (
    scanned &&
    /^[\dOoDlI|iZzSsB.]+(?:人|名|学时|小时|元|天|分|%|期|岁)?$/.test(folded) &&
    /[OoDlI|iZzSsB]/.test(folded)
  ) {
    const mended = folded.replace(/[OoDlI|iZzSsB]/g, (character) => MISREAD[character] ?? character)
    const value = Number.parseFloat(mended)
    if (!Number.isNaN(value)) return { value, repaired: true }
  }
  if (digits) return { value: Number(digits[0]) + (halves && /\d/.test(halves[1] ?? '') ? 0.5 : 0) }
  if (/^半[天日]/.test(folded)) return { value: 0.5 }
  const chinese = chineseNumber(
    folded.includes('百分之')
      ? (CHINESE.exec(folded.split('百分之')[1] ?? '')?.[0] ?? '')
      : (CHINESE.exec(folded)?.[0] ?? ''),
  )
  return chinese === null ? undefined : { value: chinese + (halves ? 0.5 : 0) }
}

/** `90分钟` → 90; null for any other text, `每学时50分钟` included. */
export const minutesOf = (text: string): number | null => {
  const found = /^(?:共|约|合计)?(\d+(?:\.\d+)?)分钟?$/.exec(foldText(text))
  return found ? Number(found[1]) : null
}

/** Minutes as hours, to the hundredth. */
export const hoursOf = (minutes: number): number => Math.round((minutes / 60) * 100) / 100

/** `三成` → 30 (percent). */
export const tenthsOf = (text: string): ReturnType<typeof readNumber> => {
  const found = /^约?(\d+|[一二两三四五六七八九十])成(半)?/.exec(foldText(text))
  const tenths = found?.[1] ? (chineseNumber(found[1]) ?? Number(found[1])) : undefined
  return tenths === undefined ? undefined : { value: tenths * 10 + (found?.[2] ? 5 : 0) }
}
