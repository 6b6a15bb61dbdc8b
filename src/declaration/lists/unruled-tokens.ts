import type { Box } from '../../documents/model.ts'
import { boxOfRange, unite } from '../../documents/text.ts'
import type { Item } from '../layout/flow.ts'
import { rowCells } from '../layout/grid.ts'
import { type Passage, type Piece, type Place, passageOf } from '../text/passage.ts'

/** A text of an unruled table's line, set apart by white space. `text` without spaces. */
export type Token = { pieces: Piece[]; box: Box | null; text: string }
/** A line of an unruled table, or several that wrapped cells make. */
export type Row = { items: Item[]; tokens: Token[]; passage: Passage; box: Box | null }

/** Room between two spans that are two words, in line heights. */
const PARTED = 0.22

/** A free line, or a row without rulings whose cells wrap; null for another item. */
export function rowOf(item: Item | undefined): Row | null {
  if (item?.kind === 'line')
    return {
      items: [item],
      tokens: tokensOf(item.piece),
      passage: passageOf([item.piece]),
      box: item.piece.line.box,
    }
  if (item?.kind !== 'table' || !item.grid.unruled || item.grid.rows !== 1) return null
  const tokens = rowCells(item.grid, 0).flatMap(({ passage }) => tokenOf(passage.pieces) ?? [])
  return {
    items: [item],
    tokens,
    passage: passageOf(tokens.flatMap(({ pieces }) => pieces)),
    box: unite(tokens.map(({ box }) => box)),
  }
}

/** Where a row begins. */
export const placeOf = (row: Row): Place | undefined => row.passage.pieces[0]?.place

/** Pieces one under another as one token. */
export function tokenOf(pieces: Piece[]): Token | null {
  const text = pieces.map(({ flat }) => flat.text.replace(/\s/g, '')).join('')
  return text === '' ? null : { pieces, box: unite(pieces.map((piece) => piece.line.box)), text }
}

/** A token of one line as two, before and from character `at` of its text. */
export function splitToken(token: Token, at: number): [Token, Token] | null {
  const [piece, more] = token.pieces
  if (!piece || more) return null
  const { text, origins } = piece.flat
  const cut = (from: number, to: number): Token => {
    const box = boxOfRange(piece.flat, from, to)
    const flat = { text: text.slice(from, to), origins: origins.slice(from, to) }
    return { pieces: [{ ...piece, frame: box, flat }], box, text: flat.text.replace(/\s/g, '') }
  }
  return at > 0 && at < text.length ? [cut(0, at), cut(at, text.length)] : null
}

/** Words of a line that white space sets apart, `职　称` being one. */
function tokensOf(piece: Piece): Token[] {
  return wordsOf(piece).map(([from, to]) => {
    const box = boxOfRange(piece.flat, from, to)
    const text = piece.flat.text.slice(from, to)
    const origins = piece.flat.origins.slice(from, to)
    return { pieces: [{ ...piece, frame: box, flat: { text, origins } }], box, text: text.replace(/\s/g, '') }
  })
}

function wordsOf({ flat }: Piece): [number, number][] {
  const words: [number, number][] = []
  for (const match of flat.text.matchAll(/[^\s|｜]+/g)) {
    let from = match.index
    const to = from + match[0].length
    const last = words.at(-1)
    const isSpread =
      last && match[0].length === 1 && last[1] - last[0] === 1 && spanAt(flat, last[0]) === spanAt(flat, from)
    if (last && isSpread && /^[\u4e00-\u9fff]\s+[\u4e00-\u9fff]$/.test(flat.text.slice(last[0], to))) {
      last[1] = to
      continue
    }
    for (let at = from + 1; at < to; at++) {
      if (!isParted(flat, at)) continue
      words.push([from, at])
      from = at
    }
    words.push([from, to])
  }
  return words
}

const spanAt = (flat: Piece['flat'], at: number) => flat.origins[at]?.span

/** Spans with a little room between them, as text that fills its cell has before the next cell's. */
function isParted(flat: Piece['flat'], at: number): boolean {
  const [before, after] = [spanAt(flat, at - 1), spanAt(flat, at)]
  if (!before?.box || !after?.box || before === after) return false
  return after.box.x - (before.box.x + before.box.width) > PARTED * after.box.height
}
