import type { Box } from '../../documents/model.ts'
import { boxOfRange } from '../../documents/text.ts'
import { matchWhole } from '../labels/lexicon.ts'
import { findPairs } from '../labels/pairs.ts'
import type { Item } from '../layout/flow.ts'
import { type Grid, type GridCell, makeGrid } from '../layout/grid.ts'
import { type Piece, passageOf, wholeOf } from '../text/passage.ts'
import { columnsOf } from './columns.ts'
import { type List, listsIn } from './rows.ts'

type Token = { piece: Piece; box: Box | null; text: string }
type LineItem = Extract<Item, { kind: 'line' }>

/** More line heights than this between two lines end an unruled table. */
const APART = 4
/** Room between two spans that are two words, in line heights. */
const PARTED = 0.22

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

/** Words of a line that white space sets apart, `职　称` being one. */
function tokensOf(piece: Piece): Token[] {
  return wordsOf(piece).map(([from, to]) => {
    const box = boxOfRange(piece.flat, from, to)
    const text = piece.flat.text.slice(from, to)
    const origins = piece.flat.origins.slice(from, to)
    return { piece: { ...piece, frame: box, flat: { text, origins } }, box, text: text.replace(/\s/g, '') }
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

type Row = { item: LineItem; tokens: Token[] }

function rowsUnder(items: Item[], start: number): Row[] {
  const rows: Row[] = []
  for (const item of items.slice(start)) {
    if (item.kind !== 'line') break
    const tokens = tokensOf(item.piece)
    const previous = rows.at(-1)?.item.piece
    if (previous) {
      if (rows.length > 1 && isHeaderLine(item.piece) && !isSameLine(item.piece, rows[0]?.item.piece)) break
      // A lone text at the head of the next page is no row: a row would have its cells.
      if (tokens.length === 1 && previous.place.page !== item.piece.place.page) break
      if (isFar(previous, item.piece) || item.piece.place.document !== previous.place.document) break
      const pairs = findPairs(wholeOf(passageOf([item.piece])), null, 'line')
      if (pairs.some((pair) => pair.colon || (pair.match.numbered && pair.label.from < 4)) || isSentence(tokens)) break
      if (tokens.length === 1 && item.piece.flat.text.trim().length >= 4 && matchWhole(item.piece.flat.text, null))
        break
      if (!item.piece.line.box && tokens.length !== rows[0]?.tokens.length) break
    }
    rows.push({ item, tokens })
  }
  return rows
}

const isSameLine = (one: Piece, other: Piece | undefined) =>
  one.flat.text.replace(/\s/g, '') === other?.flat.text.replace(/\s/g, '')

const isSentence = (tokens: Token[]) =>
  (tokens.length === 1 && ((tokens[0]?.text.length ?? 0) > 34 || /[。：:]$/.test(tokens[0]?.text ?? ''))) ||
  /^(?:第[一二三四五六七八九十]+(?:部分|章|项)|[一二三四五六七八九十]{1,3}、|附件)/.test(tokens[0]?.text ?? '')

function isFar(previous: Piece, piece: Piece): boolean {
  const [above, box] = [previous.line.box, piece.line.box]
  if (!above || !box || previous.place.page !== piece.place.page) return false
  return box.y - (above.y + above.height) > APART * above.height
}

/**
 * Every word goes under the heading that it overlaps, else the nearest. A line with few words and none in the column of
 * names is part of a cell that wraps: it goes to the full line nearest above or below.
 */
function gridOfRows(lines: Token[][]): Grid | null {
  const [header] = lines
  if (!header) return null
  const name = header.findIndex((token) => columnsOf(token.text).includes('name'))
  const laid = lines.map((tokens) => {
    const cells: Token[][] = header.map(() => [])
    for (const [index, token] of tokens.entries()) cells[columnOf(token, header, index)]?.push(token)
    return { tokens, cells }
  })
  const isFull = laid.map(({ cells }, index) => index === 0 || !isPart(cells, name))
  const owners = laid.map((_, index) => (isFull[index] ? index : ownerOf(laid, isFull, index)))
  const rows: Token[][][] = []
  for (const index of laid.keys()) {
    if (!isFull[index]) continue
    const own = laid.filter((_, other) => owners[other] === index)
    rows.push(header.map((_, column) => own.flatMap(({ cells }) => cells[column] ?? [])))
  }
  const cells = rows.flatMap((row, index) => row.map((tokens, column) => cellOf(tokens, index, column, header)))
  return { ...makeGrid(cells, rows.length, header.length, new Set(), null), unruled: true }
}

type Laid = { tokens: Token[]; cells: Token[][] }

/** The full line that a part of a wrapped cell is nearest to; the one above where places are not known. */
function ownerOf(laid: Laid[], isFull: boolean[], index: number): number {
  const above = isFull.lastIndexOf(true, index)
  const below = isFull.indexOf(true, index)
  if (below === -1 || above <= 0) return below === -1 ? above : below
  const [own, up, down] = [index, above, below].map((at) => middleOf(laid[at]))
  if (own == null || up == null || down == null) return above
  return own - up <= down - own ? above : below
}

function middleOf(line: Laid | undefined): number | null {
  const box = line?.tokens[0]?.box
  return box ? box.y + box.height / 2 : null
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

/** Few columns, and no name; a serial number or a date begins a row of its own. */
const isPart = (cells: Token[][], name: number) => {
  const filled = cells.flatMap((cell, column) => (cell.length > 0 ? [column] : []))
  return filled.length <= Math.max(1, cells.length / 2 - 1) && !filled.includes(name === -1 ? 0 : name)
}

function cellOf(tokens: Token[], row: number, column: number, header: Token[]): GridCell {
  const pieces = tokens.map((token) => token.piece)
  const place = (tokens[0] ?? header[column])?.piece.place
  const frames = place ? [{ place, box: tokens[0]?.box ?? null }] : []
  return { row, column, rowSpan: 1, columnSpan: 1, passage: passageOf(pieces), frames }
}
