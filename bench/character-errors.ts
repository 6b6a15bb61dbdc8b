/** A piece of text and where it stands on the page, in shares of the page. */
export type Piece = { text: string; x: number; y: number; width: number; height: number }

/** Boxes are scored apart from text: every engine has its own character for them. */
const fold = (text: string): string => text.normalize('NFKC').replace(/[\s□☐☑☒■○●◉]/g, '')

/** One piece a character, evenly over the piece's width. */
export const characters = (piece: Piece): Piece[] => {
  const all = [...piece.text]
  const width = piece.width / all.length
  return all.map((text, index) => ({ ...piece, text, x: piece.x + index * width, width }))
}

/**
 * Character error rate against the page's true lines: every recognised character goes to the true line its
 * middle lies on, and each line is compared by edit distance after NFKC without spaces. Order of lines does not count.
 */
export function characterErrorRate(truth: Piece[], read: Piece[]): number {
  const groups = truth.map((line) => ({ line, pieces: [] as Piece[] }))
  let stray = 0
  for (const piece of read.flatMap(characters)) {
    const group = groups.find(({ line }) => contains(line, piece))
    if (group) group.pieces.push(piece)
    else stray += fold(piece.text).length
  }
  const errors = groups.reduce((sum, { line, pieces }) => {
    const text = pieces.toSorted((a, b) => a.x - b.x).map((piece) => piece.text)
    return sum + editDistance(fold(line.text), fold(text.join('')))
  }, stray)
  return errors / truth.reduce((sum, line) => sum + fold(line.text).length, 0)
}

function contains(line: Piece, piece: Piece): boolean {
  const [x, y] = [piece.x + piece.width / 2, piece.y + piece.height / 2]
  const slack = 0.004
  return x > line.x - slack && x < line.x + line.width + slack && y > line.y - slack && y < line.y + line.height + slack
}

export function editDistance(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  let row = right.map((_, index) => index + 1)
  let corner = 0
  for (const [i, character] of left.entries()) {
    const next: number[] = []
    corner = i
    let before = i + 1
    for (const [j, other] of right.entries()) {
      before = Math.min(before + 1, (row[j] ?? 0) + 1, corner + (character === other ? 0 : 1))
      corner = row[j] ?? 0
      next.push(before)
    }
    row = next
  }
  return right.length === 0 ? left.length : (row.at(-1) ?? 0)
}
