/** A text without white space, in one width and one spelling of brackets and colons; `at[i]` is where unit `i` stood. */
export type Folded = { text: string; at: number[] }

const SAME: Record<string, string> = {
  '∶': ':',
  '︰': ':',
  '꞉': ':',
  '﹕': ':',
  '〔': '(',
  '【': '(',
  '［': '(',
  '[': '(',
  '{': '(',
  '〈': '(',
  '〕': ')',
  '】': ')',
  '］': ')',
  ']': ')',
  '}': ')',
  '〉': ')',
  '╱': '/',
  '—': '-',
  '–': '-',
  '－': '-',
  '~': '-',
  '～': '-',
  '☒': '☑',
  '□': '☐',
  '■': '☑',
}

const cache = new Map<string, string>()

function foldCharacter(character: string): string {
  const known = cache.get(character)
  if (known !== undefined) return known
  const plain = (SAME[character] ?? character).normalize('NFKC')
  const folded = [...plain]
    .map((unit) => SAME[unit] ?? unit)
    .join('')
    .replace(/[\s\u200b-\u200f\ufeff]/gu, '')
  if (cache.size < 20_000) cache.set(character, folded)
  return folded
}

export function fold(text: string): Folded {
  let folded = ''
  const at: number[] = []
  let index = 0
  for (const character of text) {
    const plain = foldCharacter(character)
    for (let unit = 0; unit < plain.length; unit++) at.push(index)
    folded += plain
    index += character.length
  }
  at.push(text.length)
  return { text: folded, at }
}

export function foldText(text: string): string {
  let folded = ''
  for (const character of text) folded += foldCharacter(character)
  return folded
}

/** Bracketed passages cut out: `从事专业(二、三级学科)` → `从事专业`. */
export const withoutBrackets = (folded: string): string => {
  let depth = 0
  let kept = ''
  for (const character of folded) {
    if (character === '(') depth++
    else if (character === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) kept += character
  }
  return kept
}

/** Levenshtein distance, but never more than `limit + 1`. */
export function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    let least = i
    for (let j = 1; j <= right.length; j++) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1
      const value = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost)
      next.push(value)
      if (value < least) least = value
    }
    if (least > limit) return limit + 1
    row = next
  }
  return row[right.length] ?? limit + 1
}
