/** Text without spaces and punctuation, full-width forms folded: what two ways of writing the same have in common. */
export const bareText = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}]+/gu, '')

/** Share (0–1) of the pairs of neighbouring characters that two texts have in common (Dice); 1 for equal texts. */
export function likeness(a: string, b: string): number {
  const [left, right] = [bareText(a), bareText(b)]
  if (left === right) return 1
  const rest = pairsOf(right)
  const shared = pairsOf(left).filter((pair) => {
    const at = rest.indexOf(pair)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  }).length
  return (2 * shared) / Math.max(left.length + right.length - 2, 1)
}

const pairsOf = (text: string): string[] =>
  Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2))

/** As long as one another and different in at most two characters, and in no more than a quarter of them: a slip of recognition. */
export function isSlip(a: string, b: string): boolean {
  const [left, right] = [bareText(a), bareText(b)]
  if (left.length !== right.length) return false
  const wrong = [...left].filter((character, at) => character !== right[at]).length
  return wrong > 0 && wrong <= 2 && wrong * 4 <= left.length
}
