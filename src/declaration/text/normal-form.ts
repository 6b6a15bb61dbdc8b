import titles from '../../../rules/lists/titles.json' with { type: 'json' }

const HAN = '\\p{Script=Han}'
/** Characters as wide as a Chinese one: beside them a space says nothing. */
const WIDE = `[${HAN}，。、；：？！“”‘’（）《》〈〉【】…—☐☑√]`
const FULL: Record<string, string> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' }
const BESIDE_HAN = new RegExp(`(?<=${WIDE} ?)[,;:?!]|[,;:?!](?= ?${WIDE})`, 'gu')
const SPACE_BESIDE_WIDE = new RegExp(`(?<=${WIDE})[^\\S\\n]+|[^\\S\\n]+(?=${WIDE})`, 'gu')
const WIDE_ONE = new RegExp(WIDE, 'u')
/** Letters, figures and their signs typed full-width. */
const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ％＋＝／．－]/g

/** Values that are no running text: spaces and signs of theirs are what they are. */
const EXACT =
  /(?:^|\.)(?:idNumber|phone|email|disciplineCode|level|kind|sex|delivery|year|birth|date|start|end)$|^seals/

const SCRAP = /^[\s；;：:，,、。·)）\]】]+(?=[^\s])/

const RANKS = ['正高级', '副高级', '正高', '副高', '高级', '中级', '初级']
const LISTED = new Set(Object.values(titles).flatMap((names) => (Array.isArray(names) ? names : [])))

/**
 * The one form in which a declaration's text stands, whatever it was read from: NFC; the signs , ; : ? ! and brackets are
 * full-width beside Chinese; no space beside a Chinese character or full-width sign; letters and figures are half-width.
 * A rank and a title in one value are two words with a space between them. A project's number is half-width without spaces; codes and
 * dates are left as they are. No value begins with a sign that follows words: that is a scrap of its label or of a ruling.
 */
export function normalForm(path: string, value: string): string {
  const field = path.replace(/\[\d+\]/g, '')
  const own = value.normalize('NFC').replace(SCRAP, '').trim()
  if (EXACT.test(field)) return own
  if (field.endsWith('.number')) return own.normalize('NFKC').replace(/\s/g, '')
  const text = normalText(own)
  return field.endsWith('.title') ? partRank(text) : text
}

/** The same for any running text. */
export function normalText(value: string): string {
  const plain = value
    .normalize('NFC')
    .replace(FULL_WIDTH, (character) => character.normalize('NFKC'))
    .replace(/(?<=\d)：(?=\d)/g, ':')
  return widenBrackets(plain)
    .replace(BESIDE_HAN, (sign) => FULL[sign] ?? sign)
    .replace(SPACE_BESIDE_WIDE, '')
    .trim()
}

/** The brackets of a pair are alike: full-width when either stands beside Chinese. */
function widenBrackets(text: string): string {
  const units = text.split('')
  const open: number[] = []
  for (const [i, unit] of units.entries()) {
    if (unit === '(' || unit === '（') open.push(i)
    if (unit !== ')' && unit !== '）') continue
    const partner = open.pop()
    if (partner !== undefined) widen(text, units, [partner, i])
    else widen(text, units, [i])
  }
  for (const lone of open) widen(text, units, [lone])
  return units.join('')
}

function widen(text: string, units: string[], pair: number[]): void {
  const beside = (at: number, step: number) => {
    const next = at + step
    return text[next] === ' ' ? text[next + step] : text[next]
  }
  const isWide = pair.some((at) => [-1, 1].some((step) => WIDE_ONE.test(beside(at, step) ?? '')))
  for (const at of pair) {
    const opens = text[at] === '(' || text[at] === '（'
    units[at] = isWide ? (opens ? '（' : '）') : opens ? '(' : ')'
  }
}

/** `正高级教授` is a rank and a title, `正高级教师` a title. */
function partRank(text: string): string {
  if (LISTED.has(text)) return text
  const rank = RANKS.find((word) => text.startsWith(word) && LISTED.has(text.slice(word.length)))
  return rank ? `${rank} ${text.slice(rank.length)}` : text
}
