/** Text without spaces and punctuation, full-width forms folded: what two ways of writing the same have in common. */
export const bareText = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}]+/gu, '')

/** A bare text with its pairs of neighbouring characters as numbers, the least first: to be compared with many others. */
export type Wording = { text: string; pairs: Uint32Array }

export function toWording(text: string): Wording {
  const bare = bareText(text)
  const pairs = Uint32Array.from({ length: Math.max(bare.length - 1, 0) }, (_, at) => {
    return bare.charCodeAt(at) * 0x10000 + bare.charCodeAt(at + 1)
  })
  return { text: bare, pairs: pairs.sort() }
}

/** Share (0–1) of the pairs of neighbouring characters that two texts have in common (Dice); 1 for equal texts. */
export const likeness = (a: string, b: string): number => likenessOf(toWording(a), toWording(b))

/** `likeness` of texts that were prepared. */
export function likenessOf(left: Wording, right: Wording): number {
  if (left.text === right.text) return 1
  return (2 * countShared(left.pairs, right.pairs)) / Math.max(left.text.length + right.text.length - 2, 1)
}

/** Whether two texts are as like as `bound` (0–1); most pairs of texts are told apart by their lengths. */
export function isAsLike(left: Wording, right: Wording, bound: number): boolean {
  const most = 2 * Math.min(left.pairs.length, right.pairs.length)
  return most >= bound * (left.pairs.length + right.pairs.length) && likenessOf(left, right) >= bound
}

function countShared(left: Uint32Array, right: Uint32Array): number {
  let shared = 0
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const difference = (left[i] ?? 0) - (right[j] ?? 0)
    if (difference === 0) shared++
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return shared
}

/** As long as one another and different in at most two characters, and in no more than a quarter of them: a slip of recognition. */
export function isSlip(a: string, b: string): boolean {
  const [left, right] = [bareText(a), bareText(b)]
  if (left.length !== right.length) return false
  const wrong = [...left].filter((character, at) => character !== right[at]).length
  return wrong > 0 && wrong <= 2 && wrong * 4 <= left.length
}
