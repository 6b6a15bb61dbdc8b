import { unite } from '../../documents/text.ts'
import type { Item } from '../layout/flow.ts'
import { passageOf } from '../text/passage.ts'
import { columnsOf } from './columns.ts'
import { placeOf, type Row, rowOf, splitToken, type Token, tokenOf } from './unruled-tokens.ts'

/** Lines of one heading are closer, in heights of a line. */
const LEADING = 0.75
/** Headings wrap to so many lines at most. */
const HEADING_LINES = 3

/** A row of headings, from one line or from several that wrap, none of which tells as much alone; of as many known headings the longer. */
export function headerAt(items: Item[], index: number): Row | null {
  let best: Row | null = null
  let whole: Row | null = null
  for (let lines = 0; lines < HEADING_LINES; lines++) {
    const row = withHeadingsApart(rowOf(items[index + lines]))
    if (!row || (whole && !isNear(whole, row))) break
    const stacked: Row = whole ? stack(whole, row) : row
    if (whole && isHeader(row) && knownIn(stacked) <= knownIn(row)) break
    whole = stacked
    if (isHeader(whole) && (!best || knownIn(whole) >= knownIn(best))) best = whole
  }
  return best
}

/** `专业技术职称单位` on a scan: two headings with hardly any room between them. */
function withHeadingsApart(row: Row | null): Row | null {
  if (row?.passage.pieces[0]?.place.page.source !== 'ocr') return row
  return { ...row, tokens: row.tokens.flatMap(headingsIn) }
}

function headingsIn(token: Token): Token[] {
  const { text } = token
  if (columnsOf(text, true).length > 0) return [token]
  for (let at = 2; at <= text.length - 2; at++) {
    if (columnsOf(text.slice(0, at)).length === 0 || columnsOf(text.slice(at)).length === 0) continue
    return splitToken(token, at) ?? [token]
  }
  return [token]
}

function isHeader(row: Row): boolean {
  const { tokens } = row
  return tokens.length >= 3 && tokens.length <= 10 && knownIn(row) >= Math.max(3, tokens.length * 0.75)
}

const knownIn = ({ tokens, passage }: Row): number => {
  const scanned = passage.pieces[0]?.place.page.source === 'ocr'
  return tokens.filter((token) => columnsOf(token.text, scanned).length > 0).length
}

/** Texts that stand one over another are one heading. */
function stack(above: Row, below: Row): Row {
  const tokens = [...above.tokens]
  for (const token of below.tokens) {
    const at = tokens.findIndex((other) => isOver(other, token))
    const whole = tokens[at] && tokenOf([...tokens[at].pieces, ...token.pieces])
    if (whole) tokens[at] = { ...whole, box: unite([tokens[at]?.box ?? null, token.box]) }
    else tokens.push(token)
  }
  return {
    items: [...above.items, ...below.items],
    tokens: tokens.sort((a, b) => (a.box?.x ?? 0) - (b.box?.x ?? 0)),
    passage: passageOf([...above.passage.pieces, ...below.passage.pieces]),
    box: unite([above.box, below.box]),
  }
}

const isOver = ({ box: one }: Token, { box: other }: Token): boolean =>
  one !== null && other !== null && one.x < other.x + other.width && other.x < one.x + one.width

function isNear(above: Row, below: Row): boolean {
  if (!above.box || !below.box || placeOf(above)?.page !== placeOf(below)?.page) return false
  const [piece] = below.passage.pieces
  const height = piece?.line.box?.height ?? below.box.height
  return below.box.y - (above.box.y + above.box.height) < LEADING * height
}
