import { splitByRegion } from '../../documents/layout/split.ts'
import type { Box, Line, Page, Span } from '../../documents/model.ts'
import { textOf, unite } from '../../documents/text.ts'
import { type Place, passageOf, pieceOf } from '../text/passage.ts'
import { type Grid, type GridCell, makeGrid } from './grid.ts'

/** Lines closer than this share of their height belong to one row: rows have the padding of two cells between them. */
const LEADING = 0.6
/** A text cut with less room than this share of its height runs across a border. */
const APART = 0.15
/** A cell's text may stand out of it by this share of its height on a skewed scan. */
const SLACK = 0.35

/**
 * The rows that lines make in columns known from elsewhere: the first rows of a page whose upper rule is missing or was not
 * found. Null when the lines do not keep to the columns. `edges` in points of this page.
 */
export function rowsOfLines(lines: Line[], edges: number[], page: Page, document: number): Grid | null {
  if (edges.length < 4 || lines.length === 0 || lines.length > 40) return null
  const columns = edges.length - 1
  const place: Place = { document, page }
  const rows = groupRows(lines)
  const cells: GridCell[] = []
  for (const [row, own] of rows.entries()) {
    const held: Line[][] = Array.from({ length: columns }, () => [])
    for (const line of own) {
      const parts = splitLine(line, edges)
      if (!parts) return null
      for (const [column, spans] of parts) held[column]?.push({ spans, box: unite(spans.map((span) => span.box)) })
    }
    if (held.filter((column) => column.length > 0).length < 2) return null
    const extent = unite(own.map((line) => line.box))
    if (!extent) return null
    for (const [column, texts] of held.entries()) cells.push(cellOf(row, column, texts, edges, extent, place))
  }
  return makeGrid(cells, rows.length, columns, new Set(), edges)
}

/** Whether a line looks like a table's row: three texts or more set apart. */
export const isTabular = (line: Line): boolean => line.spans.filter((span) => span.text.trim() !== '').length >= 3

function groupRows(lines: Line[]): Line[][] {
  const rows: Line[][] = []
  let bottom = Number.NEGATIVE_INFINITY
  for (const line of lines.toSorted((a, b) => (a.box?.y ?? 0) - (b.box?.y ?? 0))) {
    const box = line.box ?? { x: 0, y: 0, width: 0, height: 0 }
    if (box.y - bottom > LEADING * box.height) rows.push([])
    rows.at(-1)?.push(line)
    bottom = Math.max(bottom, box.y + box.height)
  }
  return rows
}

/** A line's spans by column, cut at the columns' borders; null when a text runs across one or stands outside. */
function splitLine(line: Line, edges: number[]): Map<number, Span[]> | null {
  const parts = new Map<number, Span[]>()
  for (const span of line.spans) {
    if (span.text.trim() === '') continue
    const pieces = splitByRegion(span, (x) => columnAt(x, edges, (span.box?.height ?? 0) * SLACK))
    for (const [index, { span: piece, region }] of pieces.entries()) {
      if (region === null || touches(pieces[index - 1]?.span.box, piece.box)) return null
      parts.set(region, [...(parts.get(region) ?? []), piece])
    }
  }
  return parts
}

function columnAt(x: number, edges: number[], slack: number): number | null {
  const [left = 0, right = 0] = [edges[0], edges.at(-1)]
  if (x < left - slack || x > right + slack) return null
  const column = edges.findIndex((edge, index) => x >= edge && x < (edges[index + 1] ?? 0))
  return column >= 0 ? column : x < left ? 0 : edges.length - 2
}

const touches = (before: Box | null | undefined, box: Box | null): boolean =>
  before != null && box !== null && box.x - (before.x + before.width) < APART * box.height

function cellOf(row: number, column: number, texts: Line[], edges: number[], extent: Box, place: Place): GridCell {
  const [left = 0, right = 0] = [edges[column], edges[column + 1]]
  const box = { ...extent, x: left, width: right - left }
  const lines = texts.filter((line) => textOf(line) !== '')
  return {
    row,
    column,
    rowSpan: 1,
    columnSpan: 1,
    passage: passageOf(lines.map((line) => pieceOf(line, place, box))),
    frames: [{ place, box }],
  }
}
