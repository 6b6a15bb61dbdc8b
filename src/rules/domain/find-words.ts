import { rememberOf } from '../remember.ts'

/** Width and spaces do not change a word. */
export const tidy = (text: string): string => (PLAIN.test(text) ? text : text.normalize('NFKC').replace(/\s+/g, ''))

/** Han characters alone, of those that no normal form changes. */
const PLAIN = /^[\u4e00-\u9fff]*$/

/** Listed words in a text, each once, longest first; a word inside a longer hit or inside a harmless phrase does not count. */
export function findWords(text: string, words: readonly string[], harmless: readonly string[] = []): string[] {
  return findInTidy(tidy(text), words, harmless)
}

/** The same of a text that is tidy already. */
export function findInTidy(whole: string, words: readonly string[], harmless: readonly string[] = []): string[] {
  const present = presentIn(whole, words)
  if (present.length === 0) return present
  let rest = harmless.reduce((left, phrase) => left.replaceAll(phrase, '／'), whole)
  const found: string[] = []
  for (const word of present) {
    if (!rest.includes(word)) continue
    found.push(word)
    rest = rest.replaceAll(word, '／')
  }
  return found
}

/** A list of words by their first two characters: a text is looked through once, not once for every word. */
type Index = { byPair: Map<number, string[]>; single: string[]; rank: Map<string, number> }

const indexOf = rememberOf((words: readonly string[]): Index => {
  const unique = [...new Set(words)].filter((word) => word !== '')
  const byPair = new Map<number, string[]>()
  for (const word of unique.filter(({ length }) => length > 1)) {
    const pair = pairAt(word, 0)
    byPair.set(pair, [...(byPair.get(pair) ?? []), word])
  }
  const rank = new Map(longestFirst(unique).map((word, at) => [word, at]))
  return { byPair, single: unique.filter(({ length }) => length === 1), rank }
})

/** Two characters as one small number; that two pairs now and then share one does no harm. */
const pairAt = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 0x7fff) << 15) | (text.charCodeAt(at + 1) & 0x7fff)

export const longestFirst = (words: readonly string[]): string[] => [...words].sort((a, b) => b.length - a.length)

/** The words that stand in a text at all, longest first, then in the list's order. */
function presentIn(text: string, listed: readonly string[]): string[] {
  const { byPair, single, rank } = indexOf(listed)
  const present = single.length > 0 ? single.filter((word) => text.includes(word)) : []
  for (let at = 0; at + 1 < text.length; at++) {
    const words = byPair.get(pairAt(text, at))
    if (words === undefined) continue
    for (const word of words) if (text.startsWith(word, at) && !present.includes(word)) present.push(word)
  }
  return present.length < 2 ? present : present.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
}
