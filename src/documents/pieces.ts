/** Characters that are looked for together. */
const PIECE = 3

/** Overlapping runs of letters and digits, in one width and case: two readings of one text share most of them. A text of fewer has none. */
export function piecesOf(text: string): string[] {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  return Array.from({ length: Math.max(0, letters.length - PIECE + 1) }, (_, at) => letters.slice(at, at + PIECE))
}
