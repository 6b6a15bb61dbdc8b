/** Marks that no form prints as text where a square stands: readings of empty, ticked and filled boxes. */
const MARKS = new Set('□■☐☑☒▢◻囗ロVvⅤ√✓✔/\\[]【】|丨DO0oQUuZzC凵冂匚区凶巳図叵匝因囚团困'.split(''))

/**
 * Characters that are squares themselves. They are text inside of a word; standing alone before or after an option they are
 * how a box is read, or typed.
 */
const WORDS: Record<string, { before: string; after: string }> = {
  口: {
    before: '出入人进窗伤接切瘘造创门户路港胃裂缺漏端虎张闭颈宫喉牲漱突哨浦海河江汉关可家糊拗渡道井胸火改开一两亲名住',
    after: '腔服岸径述头语罩感才号供令味气水碑吻角唇臭咽鼻周蹄试袋诀香外内译干径疮粮音红哨型化',
  },
  回: { before: '收返撤召来挽退驳巡迂轮脑每一', after: '顾答收复访归流报避应执弹肠盲声国家族馈信执落暖旋路' },
  日: {
    before: '0123456789年月今明昨节假生即当逐工整周休次同近一二三四五六七八九十',
    after: '期常前后程内间起止报语本夜记益用',
  },
  曰: { before: '', after: '' },
}

/**
 * Whether a character that the recogniser read where a square stands is that square, a checkbox. `crisp`: the square is
 * drawn as no character's strokes are; `certainty`: the recogniser's.
 */
export function isBoxReading(
  character: string,
  before: string,
  after: string,
  crisp: boolean,
  certainty: number,
): boolean {
  const words = WORDS[character]
  if (words) {
    const inWord = (before !== '' && words.before.includes(before)) || (after !== '' && words.after.includes(after))
    const alone = !isHan(before) && !isHan(after) && before + after !== ''
    if (character === '口') return crisp ? true : !inWord || alone
    return !inWord && (crisp || character === '曰')
  }
  // A cell's only character, round as 0 is, is the number nought.
  if (!crisp && /[0oO]/.test(character) && before + after === '') return false
  // The round sides of 0 and D look straight on a coarse scan.
  if (/\w/.test(character) && /[\w.,:/-]/.test(before + after)) return false
  if (MARKS.has(character)) return crisp || !isHan(character) || certainty < 0.9
  return crisp && certainty < 0.8
}

/** Signs that a box's side is read as, and that no option ends with. */
export const isEdgeReading = (character: string): boolean => /^[[\]【】|丨]$/.test(character)

/** What the sides of a square are taken for where one or two are lost. */
const SIDES = new Set('二一匚凵冂厂广门丁ニ工I丨|l[](（){「」『』:：;；，。,.-—_=口'.split(''))

/** Whether the character at `at` may be how a box without some of its sides was read, and is none of the text around it. */
export function isPartialReading(text: string, at: number, certainty: number): boolean {
  const [before = '', character = '', after = ''] = [text[at - 1], text[at], text[at + 1]]
  if (!SIDES.has(character) && certainty >= 0.5) return false
  if (isHan(character) && certainty > 0.9 && (isHan(before) || isHan(after))) return false
  if (/\d/.test(before) && /[\dA-Z]/.test(after)) return false
  return !(/[(（]/.test(character) && /^[^(（]*[)）]/.test(text.slice(at + 1)) && (isHan(before) || isHan(after)))
}

/** Whether a character was read so unsurely that it may be a square with a tick. */
export const isUnsureReading = (character: string, certainty: number): boolean =>
  certainty < (isHan(character) ? 0.5 : 0.8)

/** Whether what was read between and including two square brackets says that they are a checkbox; `[1]` and `[注]` do not. */
export function isBracketReading(text: string): boolean {
  return !/[0-9\p{Script=Han}]/u.test(text.replace(/[口囗]/g, '')) && !/[a-zA-Z]{2}/.test(text.replace(/[Il]/g, ''))
}

function isHan(character: string): boolean {
  return /\p{Script=Han}/u.test(character)
}
