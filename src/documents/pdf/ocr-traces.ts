/** What an old reading machine leaves in a text layer: digits as look-alikes. */
const LOOK_ALIKES: RegExp[] = [
  // ⒛25, ⒛⒛: a numbered-list sign for the first digits of a year.
  /[⒑-⒛](?=\s?[\d⒈-⒛年])/g,
  // zO25, 2O25, z025 before what follows a year.
  /(?<![A-Za-z\d])(?=[zo\d]{0,3}[zolsb])[z2][o0][\dzolisb]{2}(?=\s?[年.\-/)）]|\s?$)/gim,
  // sS周岁, l0学时, 3O人.
  /(?<![A-Za-z\d])(?=\d*[lIoOzZsSbB])[\dlIoOzZsSbB]{2,4}(?=\s?(?:周岁|岁|年|月|日|天|学时|学分|课时|人|元|名|分钟|小时|%))/g,
  // l/2
  /(?<![A-Za-z\d])[lI]\/\d/g,
]
/** Words of every form, torn: a producer spaces out labels, a reading machine tears words in running text. */
const TORN = /(?<=[\p{Script=Han},，、]{3})[\p{Script=Han}] [\p{Script=Han}](?=[\p{Script=Han},，、]{3})/gu
const MANY_TORN = 4

const ENOUGH_HAN = 30
/** In print of today nearly all characters are of the 3,755 commonest; in codes that say nothing a fifth is. */
const COMMON_SHARE = 0.75

/**
 * What makes a text layer doubtful: the look-alikes found in its lines, none when it looks written; `strange`: its characters
 * are not those that Chinese is written in.
 */
export function tracesOf(lines: string[]): { words: string[]; strange: boolean } {
  const text = lines.join('\n')
  const words = LOOK_ALIKES.flatMap((sign) => [...text.matchAll(sign)].map(([word]) => word))
  const torn = [...text.matchAll(TORN)].map(([word]) => word)
  return { words: [...words, ...(torn.length >= MANY_TORN ? torn : [])], strange: isStrange(text) }
}

function isStrange(text: string): boolean {
  const common = commonHan()
  const han = text.match(/\p{Script=Han}/gu) ?? []
  if (!common || han.length < ENOUGH_HAN) return false
  return han.filter((character) => common.has(character)).length < COMMON_SHARE * han.length
}

let known: Set<string> | null | undefined

/** Level 1 of GB/T 2312, rows 16 to 55; null where the platform does not decode it. */
function commonHan(): Set<string> | null {
  if (known !== undefined) return known
  try {
    const decoder = new TextDecoder('gbk')
    const bytes = new Uint8Array(40 * 94 * 2)
    for (let i = 0; i < 40 * 94; i++) bytes.set([0xb0 + Math.floor(i / 94), 0xa1 + (i % 94)], i * 2)
    known = new Set(decoder.decode(bytes))
  } catch {
    known = null
  }
  return known
}

/** Of its pairs of characters so many (0–1) must be in the page's own OCR for a doubted layer to stand. */
const AGREEING = 0.9

/** Whether the page, read by OCR, says what its text layer says, the doubtful words too. */
export function agrees(layer: string[], read: string[]): boolean {
  const pairs = (lines: string[]) =>
    lines.map(fold).flatMap((line) => [...line].slice(1).map((_, i) => [...line].slice(i, i + 2).join('')))
  const counts = new Map<string, number>()
  for (const pair of pairs(read)) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  const wanted = pairs(layer)
  let found = 0
  for (const pair of wanted) {
    const count = counts.get(pair) ?? 0
    if (count > 0) found++
    counts.set(pair, count - 1)
  }
  const seen = read.join('\n')
  const { words } = tracesOf(layer)
  const confirmed = words.filter((word) => seen.includes(word)).length
  return found >= AGREEING * wanted.length && confirmed * 2 >= words.length
}

function fold(line: string): string {
  return line.normalize('NFKC').replace(/[\s☐☑]/g, '')
}
