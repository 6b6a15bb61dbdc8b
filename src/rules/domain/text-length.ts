export type TextLength = {
  /** Characters without spaces, punctuation counted, as a word processor counts them. */
  characters: number
  /** Han characters only. */
  han: number
}

/** Share by which recognition may miscount a long text. */
const OCR_BAND = 0.03
/** What recognition may lose of a text that it reads with doubt, a line or two of a few: a share of it, and no less than a few characters. */
const LOST = { share: 0.4, characters: 10 }
/** Of a text whose least certain character is read no better, and of one that is hardly Chinese, the length tells nothing. */
const LEGIBLE = { certainty: 0.25, han: 0.5 }

export function measureText(text: string): TextLength {
  const plain = text.normalize('NFC')
  const length = { characters: 0, han: 0 }
  for (let at = 0; at < plain.length; at++) {
    const unit = plain.charCodeAt(at)
    const isCommon = unit >= 0x4e00 && unit <= 0x9fff
    if (!isCommon && /\s/.test(plain.charAt(at))) continue
    length.characters++
    if (isCommon || isRareHan(unit, plain, at)) length.han++
    if (unit >= 0xd800 && unit <= 0xdbff) at++
  }
  return length
}

/** Han beyond the common block, pairs of surrogates among them. */
const isRareHan = (unit: number, text: string, at: number): boolean =>
  unit >= 0x2e80 && unit < 0xff00 && /\p{Script=Han}/u.test(String.fromCodePoint(text.codePointAt(at) ?? 0))

/** Whether recognised text is too close to `required` characters for the count to decide. */
export const isWithinOcrBand = (characters: number, required: number): boolean =>
  characters > 0 && Math.abs(characters - required) <= required * OCR_BAND

/** Whether recognised text breaks off: what follows stands where recognition did not look for it, on the next page most often. */
export const breaksOff = (text: string): boolean =>
  text.trim() !== '' && (!/[\p{P}\p{S}]$/u.test(text.trim()) || endsInComma(text))

/** Whether a text ends in a sign that ends no sentence: a comma, a colon, an opening bracket. */
export const endsInComma = (text: string): boolean => /[，,、：:\p{Ps}\p{Pi}]\s*$/u.test(text)

/** Whether recognised text is so short of `required` that no characters misread or lost can make up for it. */
export function isShortForCertain({ characters, han }: TextLength, required: number, confidence: number): boolean {
  if (confidence < LEGIBLE.certainty || han < characters * LEGIBLE.han) return false
  return characters + Math.max(characters * LOST.share, LOST.characters) < required
}

/** Share (0–1) of a text's characters that stand in sentences said more than once. */
export function repeatedShare(text: string): number {
  const sentences = text
    .split(/[。！？!?;；\n]+/)
    .map(normaliseSentence)
    .filter((sentence) => sentence.length >= 8)
    .map((sentence) => ({ length: sentence.length, pairs: pairsOf(sentence) }))
  const total = sentences.reduce((sum, sentence) => sum + sentence.length, 0)
  const repeated = sentences.filter((sentence, at) =>
    sentences.some((other, i) => i !== at && isSameSentence(sentence, other)),
  )
  return total === 0 ? 0 : repeated.reduce((sum, sentence) => sum + sentence.length, 0) / total
}

const normaliseSentence = (sentence: string) => sentence.normalize('NFKC').replace(/[\s\p{P}]+/gu, '')

/** Equal but for a character or two that recognition or a swapped word changed: nine tenths of the pairs of characters agree. */
function isSameSentence({ pairs: a }: { pairs: Set<number> }, { pairs: b }: { pairs: Set<number> }): boolean {
  const enough = 0.45 * (a.size + b.size)
  if (Math.min(a.size, b.size) < enough) return false
  let missing = 0
  for (const pair of a) if (!b.has(pair) && a.size - ++missing < enough) return false
  return true
}

/** Two neighbouring units as one number. */
function pairsOf(text: string): Set<number> {
  const pairs = new Set<number>()
  for (let at = 0; at + 1 < text.length; at++) pairs.add(text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1))
  return pairs
}
