/** Codes of symbol fonts, as in `w:sym` or in text set in that font: which stand for a box, a ticked box, a tick or a sign. */
type Codes = { empty: number[]; ticked: number[]; ticks: number[]; signs: Record<number, string> }

const FONTS: Record<string, Codes> = {
  wingdings: {
    empty: [0x6f, 0x70, 0x71, 0x72, 0xa8],
    ticked: [0x6e, 0x78, 0xfd, 0xfe],
    ticks: [0xfb, 0xfc],
    signs: { 108: '●', 109: '○', 159: '•', 161: '○', 164: '◉', 167: '▪' },
  },
  'wingdings 2': {
    empty: [0x2a, 0xa3, 0xa4, 0xa5],
    ticked: [0x51, 0x52, 0x53, 0x54, 0xa2],
    ticks: [0x4f, 0x50],
    signs: { 152: '●', 153: '○' },
  },
  'wingdings 3': { empty: [], ticked: [], ticks: [], signs: {} },
  webdings: { empty: [0x63], ticked: [0x67], ticks: [0x61, 0x72], signs: {} },
  symbol: {
    empty: [0x7f],
    ticked: [],
    ticks: [0xd6],
    signs: {
      97: 'α',
      98: 'β',
      103: 'γ',
      108: 'λ',
      109: 'μ',
      163: '≤',
      165: '∞',
      174: '→',
      176: '°',
      177: '±',
      179: '≥',
      180: '×',
      183: '•',
      184: '÷',
      185: '≠',
      187: '≈',
    },
  },
}

/** Fonts with a Unicode encoding of their own: a `w:sym` in them is the character itself. */
const PRIVATE_USE = 0xf000

/** The text of a symbol; ☐, ☑ and ✓ for boxes and ticks, nothing for an ornament that says nothing. */
export function symbol(font: string, code: number): string {
  if (!(code > 0 && code <= 0x10ffff)) return ''
  const table = FONTS[font.toLowerCase()]
  if (!table) return code >= 0xe000 && code <= 0xf8ff ? '' : String.fromCodePoint(code)
  const low = code >= PRIVATE_USE ? code - PRIVATE_USE : code
  if (table.empty.includes(low)) return '☐'
  if (table.ticked.includes(low)) return '☑'
  if (table.ticks.includes(low)) return '✓'
  return table.signs[low] ?? ''
}

/** Text typed in a symbol font: its characters are codes of that font. Any other font's text stays. */
export function textInFont(text: string, font: string | undefined): string {
  if (!font || !FONTS[font.toLowerCase()]) return text
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0
      // Chinese characters have no place in a symbol font: Word shows them in the fallback font.
      return code <= 0x20 || (code > 0xff && (code < PRIVATE_USE || code > 0xf0ff)) ? character : symbol(font, code)
    })
    .join('')
}

const EMPTY_BOXES = /[□☐▢◻⬜❏❐❑❒🗆]\ufe0f?/gu
const TICKED_BOXES = /[■☑☒▣◼⬛✅❎🗷🗹🗵]\ufe0f?/gu
const TICKS = /[√✓✔🗸]\ufe0f?/gu

/**
 * One spelling for every style of checkbox: ☐ empty, ☑ ticked, crossed or filled. A tick typed right behind a box, or right
 * before one where a word cannot claim it, is one ticked box; a tick alone stands for a ticked box.
 */
export function normaliseBoxes(text: string): string {
  return text
    .replace(EMPTY_BOXES, '☐')
    .replace(TICKED_BOXES, '☑')
    .replace(TICKS, '✓')
    .replace(/[☐☑]✓/g, '☑')
    .replace(/(^|[\s，,、；;：:（(])✓[☐☑]/g, '$1☑')
    .replace(/✓/g, '☑')
}

/** Stands for a character that is on the page and is not in the OCR engine's dictionary; □ would be a checkbox. */
export const UNKNOWN = '〓'
