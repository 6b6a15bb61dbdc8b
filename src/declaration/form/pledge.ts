import { matchWhole } from '../labels/lexicon.ts'
import type { Item } from '../layout/flow.ts'
import { cellText, type GridCell } from '../layout/grid.ts'
import { foldText } from '../text/fold.ts'
import { type Passage, type Piece, passageOf } from '../text/passage.ts'

/** The leader's pledge: its heading and everything under it. `items` are the free lines it is made of, `cell` the cell it fills. */
export type Pledge = { heading: Piece; passage: Passage; items: Set<Item>; cell?: GridCell }

const HEADING = /(?:承诺书|廉洁自律承诺|廉洁承诺|(?:负责人|廉洁)承诺.?)$/
const isHeading = (text: string) =>
  HEADING.test(text) && text.length <= 34 && !/签名|签字|附|[、,;。]/.test(text.replace(/^附件\d*[:.]?/, ''))

/** Finds the pledge by its heading, on a page of its own, among other lines, or in one cell. */
export function findPledge(items: Item[]): Pledge | null {
  for (const [index, item] of items.entries()) {
    if (item.kind === 'line') {
      const text = foldText(item.piece.flat.text)
      if (!isHeading(text)) continue
      const pledge = gather(items, index)
      if (pledge) return pledge
    } else {
      const cell = item.grid.cells.find((candidate) => isPledgeCell(candidate))
      const heading = cell?.passage.pieces[0]
      if (cell && heading) return { heading, passage: cell.passage, items: new Set(), cell }
    }
  }
  return null
}

function isPledgeCell(cell: GridCell): boolean {
  const text = cellText(cell)
  const line = foldText(text.split('\n')[0] ?? '')
  return isHeading(line.replace(/[:]$/, '')) && text.length > 60
}

/** The lines under the heading, up to the end of the page, the next table of the form, or a heading of the form. */
function gather(items: Item[], start: number): Pledge | null {
  const first = items[start]
  if (first?.kind !== 'line') return null
  const own = new Set<Item>([first])
  const pieces: Piece[] = [first.piece]
  for (const item of items.slice(start + 1)) {
    if (item.kind === 'table') break
    const { place, flat } = item.piece
    const text = foldText(flat.text)
    if (place.document !== first.piece.place.document) break
    if (place.page !== first.piece.place.page && (hasEnd(pieces) || pieces.length > 60)) break
    if (own.size > 2 && isFormHeading(text)) break
    own.add(item)
    pieces.push(item.piece)
  }
  const passage = passageOf(pieces)
  return pieces.length > 2 || passage.text.length > 60 ? { heading: first.piece, passage, items: own } : null
}

const hasEnd = (pieces: Piece[]) => pieces.slice(1).some((piece) => /签\s*[名字]|承\s*诺\s*人/.test(piece.flat.text))

const isFormHeading = (text: string) =>
  /(?:申报|备案|申请)(?:书|表)$/.test(text) ||
  (/^[一二三四五六七八九十]+[、.]/.test(text) && text.length < 24 && matchWhole(text, null) !== null) ||
  /^附件\d/.test(text)
