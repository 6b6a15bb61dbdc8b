import { normaliseBoxes, textInFont } from '../symbols.ts'

/** Radicals and a slash that producers write in place of the characters they look like; NFKC knows only some of them. */
const PLAIN: Record<string, string> = Object.fromEntries(
  [
    ...'∕/⺁厂⺇几⺌小⺎尢⺏尣⺟母⺠民⺩王⺪疋⺫目⺬示⺮竹⺶羊⺷羊⺸羊⺻聿⺼月⻁虎⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟',
  ].flatMap((character, i, all) => (i % 2 === 0 ? [[character, all[i + 1] ?? character]] : [])),
)

/** Division slash, Kangxi radicals, CJK radicals, compatibility ideographs, Latin ligatures. */
const LOOK_ALIKES = /[\u2215\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]/g
/** Zero-width and direction marks are kept: a rule looks for text that hides behind them. These two draw nothing. */
/** Most of a form: nothing to look up. */
const HAN = /^[\u3000-\u9fff]$/
const SOFT_HYPHEN = '\u00ad'
const NUL = '\0'

/**
 * The character that a glyph shows: symbol fonts' codes as signs, look-alikes as the characters they stand for, boxes of
 * every style as ☐, ☑ and ✓ (a tick that a box may claim). `code` is the glyph's code in its font.
 */
export function characterOf(unicode: string, code: number | null, fontName: string): string {
  // Symbol codes outlive their font: a substitute shows them under another name.
  const family =
    symbolFamily(fontName) ?? (unicode > '\uf01f' && /^[\uf020-\uf0ff]$/.test(unicode) ? 'wingdings' : null)
  if (family) {
    const first = unicode.codePointAt(0) ?? 0
    const typed = first >= 0xf000 && first <= 0xf0ff ? first : code !== null && code <= 0xff ? code : first
    if (typed <= 0x20 || typed === 0xf020) return ' '
    return boxOrTick(textInFont(String.fromCodePoint(typed), family)) || unicode
  }
  if (unicode === SOFT_HYPHEN || unicode === NUL) return ''
  if (unicode < '\u2000' || HAN.test(unicode)) return unicode
  return boxOrTick(unicode.replace(LOOK_ALIKES, (character) => PLAIN[character] ?? character.normalize('NFKC')))
}

const FAMILIES = new Map<string, string | null>()
/** Subset fonts' names never end: those of long ago are forgotten. */
const MOST_FAMILIES = 500

function symbolFamily(fontName: string): string | null {
  let family = FAMILIES.get(fontName)
  if (family === undefined) {
    if (FAMILIES.size >= MOST_FAMILIES) FAMILIES.clear()
    family = familyOf(fontName)
    FAMILIES.set(fontName, family)
  }
  return family
}

function familyOf(fontName: string): string | null {
  const name = fontName.replace(/^[A-Z]{6}\+/, '').toLowerCase()
  if (/^wingdings[-_ ]?2/.test(name)) return 'wingdings 2'
  if (/^wingdings[-_ ]?3/.test(name)) return 'wingdings 3'
  if (/^wingdings/.test(name)) return 'wingdings'
  if (/^webdings/.test(name)) return 'webdings'
  return /^symbol(mt)?\b/.test(name) ? 'symbol' : null
}

const TICK = /^[√✓✔🗸]\ufe0f?$/u

function boxOrTick(text: string): string {
  return TICK.test(text) ? '✓' : normaliseBoxes(text)
}
