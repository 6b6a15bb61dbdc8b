/** Characters without a shape: soft hyphens, zero-width and direction marks, tags. */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu
const TAGS = /[\u{e0020}-\u{e007e}]/gu

/** Text without characters that have no shape; line ends and tabs within a text node are spaces to Word. */
export function stripUnseen(text: string): string {
  return text.replace(UNSEEN, '').replace(/[\r\n]+/g, ' ')
}

/** What Unicode tag characters spell: ASCII that no font draws but a language model reads. Empty when there is none. */
export function revealTags(text: string): string {
  return [...text.matchAll(TAGS)].map(([tag]) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000)).join('')
}
