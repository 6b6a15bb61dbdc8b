import type { Box, Line, Page, Span } from '../../documents/model.ts'
import { columnStarts, isStart } from '../text/column-starts.ts'

/** In heights of a line: lines of one label are closer; texts side by side are farther apart, and farther still a form's parts. */
export const LEADING = 0.75
const [GUTTER, PART] = [0.4, 3]
/** A gutter before a column that other lines show. */
const NARROW = 0.2
/** A label takes up no more of the page's width. */
const LABEL_WIDTH = 0.32
/** A label and its text are set on one middle, give or take this many line heights. */
export const OFF_CENTRE = 0.85

/** A line of the page: `left` may be a label or a line of one, `rest` stands beside it. */
export type Row = { line: Line; box: Box; left: Span | null; rest: Span[] }
/** Where labels begin, and where they end when they are set to the right. */
export type Margin = { left: number; right: number | null }

/** So many labels end at one place, and begin at as many, when they are set to the right. */
const [ENDING, BEGINNING] = [4, 3]

/** The margin of a form's labels. */
export function marginOf(rows: Row[]): Margin {
  const left = Math.min(...rows.map(({ box }) => box.x))
  const firsts = rows.flatMap(({ rest }) => (rest.length > 1 && rest[0]?.box ? [rest[0].box] : []))
  let right: number | null = null
  let most = ENDING - 1
  for (const { x, width } of firsts) {
    const same = firsts.filter((box) => Math.abs(box.x + box.width - x - width) < 0.2 * box.height)
    const starts = new Set(same.map((box) => Math.round(box.x / box.height)))
    if (same.length > most && starts.size >= BEGINNING) [most, right] = [same.length, x + width]
  }
  return { left, right }
}

const isAtMargin = ({ x, width, height }: Box, { left, right }: Margin): boolean =>
  right === null ? x - left <= height : Math.abs(x + width - right) < 0.3 * height

/** A line with its place, not yet split; none where the place is not known. */
export function rowOf(line: Line): Row[] {
  return line.box
    ? [{ line, box: line.box, left: null, rest: line.spans.filter((span) => span.text.trim() !== '') }]
    : []
}

/** A first span at the left margin, short, and with room after it, may be a label or a line of one. */
export function splitLeft(row: Row, margin: Margin, page: Page): void {
  const [first, second] = row.rest
  if (!first?.box || !isAtMargin(first.box, margin) || first.box.width > LABEL_WIDTH * page.width) return
  const gutter = second?.box && isStart(second.box.x, columnStarts(page)) ? NARROW : GUTTER
  if (second?.box && second.box.x - (first.box.x + first.box.width) < gutter * first.box.height) return
  row.left = first
  row.rest = row.rest.slice(1)
}

/** Runs of lines between lines that stand by themselves or fill the page from its margin. */
export function partsOf(rows: Row[], margin: Margin): Row[][] {
  const parts: Row[][] = [[]]
  for (const [index, row] of rows.entries()) {
    const above = rows[index - 1]
    const below = rows[index + 1]
    const isAtLeft = margin.right === null ? row.box.x - margin.left <= row.box.height : row.box.x < margin.right
    const isAlone = !isNear(above, row) && !isNear(row, below)
    if (above && row.box.y - (above.box.y + above.box.height) > PART * Math.min(above.box.height, row.box.height))
      parts.push([])
    if ((isAtLeft && (row.left === null || isAlone)) || isBlank(above, row, below)) parts.push([])
    else parts.at(-1)?.push(row)
  }
  return parts.filter((part) => part.length > 1)
}

/** A label by itself between others that have their values on their own lines: its value is blank. */
function isBlank(above: Row | undefined, row: Row, below: Row | undefined): boolean {
  if (!row.left || row.rest.length > 0) return false
  const isLabelled = (other: Row | undefined) =>
    other === undefined ||
    (other.left !== null && other.rest.length > 0 && !isInterleaved(row, other) && !isNear(...inOrder(row, other)))
  return isLabelled(above) && isLabelled(below)
}

const inOrder = (one: Row, other: Row): [Row, Row] => (one.box.y < other.box.y ? [one, other] : [other, one])

const isInterleaved = (one: Row, other: Row): boolean =>
  Math.abs(one.box.y + one.box.height / 2 - other.box.y - other.box.height / 2) <
  OFF_CENTRE * Math.min(one.box.height, other.box.height)

const isNear = (above: Row | undefined, below: Row | undefined): boolean =>
  above !== undefined &&
  below !== undefined &&
  below.box.y - (above.box.y + above.box.height) < LEADING * below.box.height
