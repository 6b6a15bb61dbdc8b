import { boxOfRange, unite } from '../../documents/text.ts'
import { type Grid, type GridCell, makeGrid } from '../layout/grid.ts'
import { type Place, passageOf } from '../text/passage.ts'
import { columnsOf } from './columns.ts'
import { type Group, groupsBeside } from './group-labels.ts'
import { placeOf, type Row, splitToken, type Token } from './unruled-tokens.ts'

/**
 * Every word goes under the heading that it overlaps, else the nearest. A line with few words and none in the column of
 * names is part of a cell that wraps: it goes to the full line nearest above or below. Groups at the left get a column of their own.
 */
export function gridOfRows(rows: Row[]): Grid | null {
  const [header] = rows
  if (!header) return null
  const name = header.tokens.findIndex((token) => means(token, 'name'))
  const layRows = (besides: Set<Token>) => {
    const laid = rows.map((row) => {
      const own = row.tokens.filter((token) => !besides.has(token))
      return layOut(own, header.tokens, placeOf(row))
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

function layOut(given: Token[], header: Token[], place: Place | undefined): Laid {
  const tokens = place?.page.source === 'ocr' ? given.flatMap((token) => cutAtHeading(token, header)) : given
  const cells: Token[][] = header.map(() => [])
  for (const [index, token] of tokens.entries()) cells[columnOf(token, header, index)]?.push(token)
  return { tokens, cells, place }
}

/** How far a text may begin from its heading, in heights of a line. */
const UNDER = 0.8

/** `北京澄湖医院讲座` under 单位 and 教学方法: where the next heading begins, what stands under it does. */
function cutAtHeading(token: Token, header: Token[]): Token[] {
  const { box, pieces } = token
  const flat = pieces[0]?.flat
  const own = header.findIndex((head) => box && head.box && Math.abs(head.box.x - box.x) < UNDER * box.height)
  const next = own < 0 ? undefined : header[own + 1]?.box
  if (!box || !flat || !next || next.x < box.x + box.height || next.x > box.x + box.width - UNDER * box.height)
    return [token]
  const starts = [...flat.text].map((_, at) => Math.abs((boxOfRange(flat, at, at + 1)?.x ?? 0) - next.x))
  const at = starts.indexOf(Math.min(...starts))
  return splitToken(token, at) ?? [token]
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
