import { unite } from '../../documents/text.ts'
import { matchWhole } from '../labels/lexicon.ts'
import { findPairs } from '../labels/pairs.ts'
import type { Item } from '../layout/flow.ts'
import { type Grid, type GridCell, makeGrid } from '../layout/grid.ts'
import { type Place, passageOf, wholeOf } from '../text/passage.ts'
import { columnsOf } from './columns.ts'
import { type Group, groupsBeside } from './group-labels.ts'
import { groupWord } from './group-word.ts'
import { type List, listsIn } from './rows.ts'
import { type Row, rowOf, type Token, tokenOf } from './unruled-tokens.ts'

/** More line heights than this between two lines end an unruled table; lines of one heading are closer. */
const [APART, LEADING] = [4, 0.75]
/** Headings wrap to so many lines at most. */
const HEADING_LINES = 3

/**
 * Lists set in columns without rulings: a line of column headings, then lines whose words stand under them. The lists by the
 * item that heads them, null for the further lines they take up.
 */
export function findUnruled(items: Item[]): Map<Item, List[] | null> {
  const found = new Map<Item, List[] | null>()
  for (let index = 0; index < items.length; index++) {
    const header = headerAt(items, index)
    const [first] = header?.items ?? []
    if (!header || !first) continue
    const rows = rowsUnder(items, index + header.items.length, header)
    const grid = rows.length > 0 ? gridOfRows([header, ...rows]) : null
    const { lists } = grid ? listsIn(grid, (_, count) => count > 0) : { lists: [] }
    if (lists.length === 0) continue
    for (const row of [header, ...rows]) for (const item of row.items) found.set(item, null)
    found.set(first, lists)
    index += header.items.length + rows.length - 1
  }
  return found
}

/** A row of headings, from one line or from several that wrap, none of which tells as much alone; of as many known headings the longer. */
function headerAt(items: Item[], index: number): Row | null {
  let best: Row | null = null
  let whole: Row | null = null
  for (let lines = 0; lines < HEADING_LINES; lines++) {
    const row = rowOf(items[index + lines])
    if (!row || (whole && !isNear(whole, row))) break
    const stacked: Row = whole ? stack(whole, row) : row
    if (whole && isHeader(row) && knownIn(stacked) <= knownIn(row)) break
    whole = stacked
    if (isHeader(whole) && (!best || knownIn(whole) >= knownIn(best))) best = whole
  }
  return best
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

const placeOf = (row: Row): Place | undefined => row.passage.pieces[0]?.place

function isNear(above: Row, below: Row): boolean {
  if (!above.box || !below.box || placeOf(above)?.page !== placeOf(below)?.page) return false
  const [piece] = below.passage.pieces
  const height = piece?.line.box?.height ?? below.box.height
  return below.box.y - (above.box.y + above.box.height) < LEADING * height
}

function rowsUnder(items: Item[], start: number, header: Row): Row[] {
  const rows: Row[] = []
  for (let index = start; index < items.length; index++) {
    const row = rowOf(items[index])
    const previous = rows.at(-1) ?? header
    if (!row || !goesOn(row, previous, header)) break
    if (rows.length > 0) {
      const again = headerAt(items, index)
      if (again && textOf(again) !== textOf(header)) break
    }
    rows.push(row)
  }
  return rows
}

const textOf = ({ tokens }: Row): string => tokens.map(({ text }) => text).join('')

function goesOn(row: Row, previous: Row, header: Row): boolean {
  const { tokens, passage } = row
  const isGroup = tokens.length === 1 && groupWord(textOf(row)) !== undefined
  // A lone text at the head of the next page is no row: a row would have its cells.
  if (tokens.length === 1 && placeOf(previous)?.page !== placeOf(row)?.page) return false
  if (isFar(previous, row) || placeOf(row)?.document !== placeOf(previous)?.document) return false
  const pairs = findPairs(wholeOf(passage), null, 'line')
  if (pairs.some((pair) => pair.colon || (pair.match.numbered && pair.label.from < 4)) || isSentence(tokens))
    return false
  const isLabel = tokens.length === 1 && passage.text.trim().length >= 4 && matchWhole(passage.text, null) !== null
  if ((isLabel && !isGroup) || isRowOfFields(tokens)) return false
  return row.box !== null || tokens.length === header.tokens.length
}

/** `教学对象　全科医师　拟招生人数　180`: labels before values. */
function isRowOfFields([first, , third]: Token[]): boolean {
  const isLabel = (token: Token | undefined) => token !== undefined && matchWhole(token.text, null) !== null
  return first !== undefined && !groupWord(first.text) && isLabel(first) && (third === undefined || isLabel(third))
}

const isSentence = (tokens: Token[]) =>
  (tokens.length === 1 && ((tokens[0]?.text.length ?? 0) > 34 || /[。：:]$/.test(tokens[0]?.text ?? ''))) ||
  /^(?:第[一二三四五六七八九十]+(?:部分|章|项)|[一二三四五六七八九十]{1,3}、|附件)/.test(tokens[0]?.text ?? '')

function isFar(previous: Row, row: Row): boolean {
  if (!previous.box || !row.box || placeOf(previous)?.page !== placeOf(row)?.page) return false
  const height = previous.passage.pieces.at(-1)?.line.box?.height ?? previous.box.height
  return row.box.y - (previous.box.y + previous.box.height) > APART * height
}

/**
 * Every word goes under the heading that it overlaps, else the nearest. A line with few words and none in the column of
 * names is part of a cell that wraps: it goes to the full line nearest above or below. Groups at the left get a column of their own.
 */
function gridOfRows(rows: Row[]): Grid | null {
  const [header] = rows
  if (!header) return null
  const name = header.tokens.findIndex((token) => means(token, 'name'))
  const layRows = (besides: Set<Token>) => {
    const laid = rows.map(({ tokens, passage }) => {
      const own = tokens.filter((token) => !besides.has(token))
      return layOut(own, header.tokens, passage.pieces[0]?.place)
    })
    return joinParts(
      laid.filter(({ tokens }) => tokens.length > 0),
      name,
    )
  }
  const beside = groupTokens(rows)
  const laid = layRows(new Set(beside))
  const boxes = laid.slice(1).map(({ cells }) => unite(cells.flat().map(({ box }) => box)))
  const groups = beside.length > 0 ? groupsBeside(beside, boxes) : null
  return groups ? gridOf(laid, groups) : gridOf(layRows(new Set()), [])
}

const means = (token: Token | undefined, column: 'group' | 'name'): boolean =>
  token !== undefined && columnsOf(token.text).includes(column)

/** Whether groups stand under a heading of their own: 类别, or 授课教师 beside 姓名. */
const headsGroups = ([first, ...others]: Token[]): boolean =>
  means(first, 'group') || (means(first, 'name') && others.some((token) => means(token, 'name')))

/** The texts at the left of the first column, or in a column that is headed as groups are. */
function groupTokens([header, ...rows]: Row[]): Token[] {
  const [first, second] = header?.tokens ?? []
  if (!first?.box || !header) return []
  const edge = headsGroups(header.tokens) ? (second?.box?.x ?? 0) : first.box.x
  return rows.flatMap(({ tokens }) => {
    const [token] = tokens
    return token?.box && token.box.x + token.box.width <= edge && /[\u4e00-\u9fff]/.test(token.text) ? [token] : []
  })
}

type Laid = { tokens: Token[]; cells: Token[][]; place: Place | undefined }

function layOut(tokens: Token[], header: Token[], place: Place | undefined): Laid {
  const cells: Token[][] = header.map(() => [])
  for (const [index, token] of tokens.entries()) cells[columnOf(token, header, index)]?.push(token)
  return { tokens, cells, place }
}

/** Rows of whole cells; the first is the header. */
function joinParts(laid: Laid[], name: number): Laid[] {
  const isFull = laid.map(({ cells }, index) => index === 0 || !isPart(cells, name))
  const owners = laid.map((_, index) => (isFull[index] ? index : ownerOf(laid, isFull, index)))
  return [...laid.keys()]
    .filter((index) => isFull[index])
    .map((index) => {
      const own = laid.filter((_, other) => owners[other] === index)
      const cells = (laid[index]?.cells ?? []).map((_, column) => own.flatMap((part) => part.cells[column] ?? []))
      return { tokens: cells.flat(), cells, place: laid[index]?.place }
    })
}

function gridOf(rows: Laid[], groups: Group[]): Grid {
  const shift = groups.length > 0 && !headsGroups(rows[0]?.tokens ?? []) ? 1 : 0
  const columns = (rows[0]?.cells.length ?? 0) + shift
  const cells = rows.flatMap(({ cells: own, place }, row) =>
    own.map((tokens, column) => cellOf(tokens, row, column + shift, tokens[0]?.pieces[0]?.place ?? place)),
  )
  const named = groups.map(({ token, from, rows: count }) => ({
    ...cellOf([token], from + 1, 0, token.pieces[0]?.place),
    rowSpan: count,
  }))
  return { ...makeGrid([...named, ...cells], rows.length, columns, new Set(), null), unruled: true }
}

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

function cellOf(tokens: Token[], row: number, column: number, place: Place | undefined): GridCell {
  const pieces = tokens.flatMap((token) => token.pieces)
  const frames = place ? [{ place, box: tokens[0]?.box ?? null }] : []
  return { row, column, rowSpan: 1, columnSpan: 1, passage: passageOf(pieces), frames }
}
