import type { Box } from '../../documents/model.ts'
import { boxOfRange } from '../../documents/text.ts'
import { findPairs } from '../labels/pairs.ts'
import type { Item } from '../layout/flow.ts'
import { type GridCell, makeGrid } from '../layout/grid.ts'
import { type Piece, passageOf, wholeOf } from '../text/passage.ts'
import { columnsOf } from './columns.ts'
import { type List, listsIn } from './rows.ts'

type Token = { piece: Piece; box: Box | null; text: string }
type LineItem = Extract<Item, { kind: 'line' }>

/** More line heights than this between two lines end an unruled table. */
const APART = 4

/**
 * Lists set in columns without rulings: a line of column headings, then lines whose words stand under them. The lists by the
 * item that heads them, null for the further lines they take up.
 */
export function findUnruled(items: Item[]): Map<Item, List[] | null> {
  const found = new Map<Item, List[] | null>()
  for (let index = 0; index < items.length; index++) {
    const item = items[index]
    if (item?.kind !== 'line' || !isHeaderLine(item.piece)) continue
    const rows = rowsUnder(items, index)
    if (rows.length < 2) continue
    const grid = gridOfRows(rows.map(({ tokens }) => tokens))
    const { lists } = grid ? listsIn(grid, (_, count) => count > 0) : { lists: [] }
    if (lists.length === 0) continue
    for (const row of rows) found.set(row.item, null)
    found.set(item, lists)
    index += rows.length - 1
  }
  return found
}

function isHeaderLine(piece: Piece): boolean {
  const tokens = tokensOf(piece)
  if (tokens.length < 3 || tokens.length > 10) return false
  const scanned = piece.place.page.source === 'ocr'
  return tokens.filter((token) => columnsOf(token.text, scanned).length > 0).length >= Math.max(3, tokens.length * 0.75)
}

/** Words of a line that white space sets apart. */
function tokensOf(piece: Piece): Token[] {
  return [...piece.flat.text.matchAll(/[^\s|｜]+/g)].map((match) => {
    const [from, to] = [match.index, match.index + match[0].length]
    const box = boxOfRange(piece.flat, from, to)
    const origins = piece.flat.origins.slice(from, to)
    return { piece: { ...piece, frame: box, flat: { text: match[0], origins } }, box, text: match[0] }
  })
}

type Row = { item: LineItem; tokens: Token[] }

function rowsUnder(items: Item[], start: number): Row[] {
  const rows: Row[] = []
  for (const item of items.slice(start)) {
    if (item.kind !== 'line') break
    const tokens = tokensOf(item.piece)
    const previous = rows.at(-1)?.item.piece
    if (previous) {
      if (isFar(previous, item.piece) || item.piece.place.document !== previous.place.document) break
      const pairs = findPairs(wholeOf(passageOf([item.piece])), null, 'line')
      if (pairs.some((pair) => pair.colon || (pair.match.numbered && pair.label.from < 4)) || isSentence(tokens)) break
      if (!item.piece.line.box && tokens.length !== rows[0]?.tokens.length) break
    }
    rows.push({ item, tokens })
  }
  return rows
}

const isSentence = (tokens: Token[]) =>
  (tokens.length === 1 && ((tokens[0]?.text.length ?? 0) > 34 || /[。：:]$/.test(tokens[0]?.text ?? ''))) ||
  /^(?:第[一二三四五六七八九十]+(?:部分|章|项)|[一二三四五六七八九十]{1,3}、|附件)/.test(tokens[0]?.text ?? '')

function isFar(previous: Piece, piece: Piece): boolean {
  const [above, box] = [previous.line.box, piece.line.box]
  if (!above || !box || previous.place.page !== piece.place.page) return false
  return box.y - (above.y + above.height) > APART * above.height
}

/** Every word goes under the heading that it overlaps, else the nearest; a line without a word in the first filled column goes on with the row above. */
function gridOfRows(lines: Token[][]) {
  const [header] = lines
  if (!header) return null
  const name = header.findIndex((token) => columnsOf(token.text).includes('name'))
  const rows: Token[][][] = []
  for (const tokens of lines) {
    const cells: Token[][] = header.map(() => [])
    for (const [index, token] of tokens.entries()) cells[columnOf(token, header, index)]?.push(token)
    const last = rows.at(-1)
    if (last && rows.length > 1 && isRest(cells, last, name))
      for (const [column, cell] of cells.entries()) last[column]?.push(...cell)
    else rows.push(cells)
  }
  const cells = rows.flatMap((row, index) => row.map((tokens, column) => cellOf(tokens, index, column, header)))
  return makeGrid(cells, rows.length, header.length, new Set(), null)
}

function columnOf(token: Token, header: Token[], index: number): number {
  const { box } = token
  if (!box) return index
  let best = 0
  let nearest = Number.POSITIVE_INFINITY
  for (const [column, { box: head }] of header.entries()) {
    if (!head) return index
    const gap = Math.max(head.x - (box.x + box.width), box.x - (head.x + head.width))
    const middle = Math.abs(head.x + head.width / 2 - (box.x + box.width / 2)) / 1000
    const left = Math.abs(head.x - box.x) / 1000
    const apart = Math.max(gap, 0) + Math.min(middle, left)
    if (apart < nearest) {
      nearest = apart
      best = column
    }
  }
  return best
}

/** Wrapped text: few columns, and each of them filled in the row above, but not the first. */
const isRest = (cells: Token[][], above: Token[][], name: number) => {
  const filled = cells.flatMap((cell, column) => (cell.length > 0 ? [column] : []))
  return (
    filled.length <= Math.max(1, cells.length / 2 - 1) &&
    !filled.includes(name) &&
    filled.every((column) => (above[column]?.length ?? 0) > 0)
  )
}

function cellOf(tokens: Token[], row: number, column: number, header: Token[]): GridCell {
  const pieces = tokens.map((token) => token.piece)
  const place = (tokens[0] ?? header[column])?.piece.place
  const frames = place ? [{ place, box: tokens[0]?.box ?? null }] : []
  return { row, column, rowSpan: 1, columnSpan: 1, passage: passageOf(pieces), frames }
}
