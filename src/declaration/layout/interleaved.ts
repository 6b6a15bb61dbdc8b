import type { Block, Box, Cell, Line, Page, Span } from '../../documents/model.ts'
import { unite } from '../../documents/text.ts'

/** In heights of the type: lines of cells set about one middle lie closer than the lines of one text; columns are farther apart. */
const [CLOSE, GUTTER] = [0.85, 0.2]
/** Two texts share a column when they overlap by this part of the narrower one. */
const SHARED = 0.3
/** Lines of one cell are no further apart than the closest of them, give or take this. */
const LEADING = 1.12

type Column = { from: number; to: number }

/**
 * Rows of a table without rulings whose cells wrap to different numbers of lines, each cell in the middle of its row: their lines
 * fall between one another. Each such row becomes a table of one row.
 */
export function joinInterleaved(blocks: Block[], page: Page): Block[] {
  if (page.source === 'docx') return blocks
  const result: Block[] = []
  for (let index = 0; index < blocks.length; ) {
    const band = bandAt(blocks, index)
    const columns = columnsOf(band)
    if (columns.length < 2) {
      const block = blocks[index]
      if (block) result.push(block)
      index++
      continue
    }
    const leading = leadingOf(band, columns)
    index += band.length
    while (belongs(result.at(-1), band, columns, leading, 'above')) {
      const above = lineOf(result.pop())
      if (above) band.unshift(above)
    }
    while (belongs(blocks[index], band, columns, leading, 'below')) {
      const below = lineOf(blocks[index])
      if (below) band.push(below)
      index++
    }
    result.push(rowOf(band, columns))
  }
  return result
}

const lineOf = (block: Block | undefined): Line | null => (block?.kind === 'line' ? block.line : null)

/** The lines from `index` on that fall between one another. */
function bandAt(blocks: Block[], index: number): Line[] {
  const band: Line[] = []
  for (const block of blocks.slice(index)) {
    const line = lineOf(block)
    const last = band.at(-1)
    if (!line || (last && !fallsBetween(last, line))) break
    band.push(line)
  }
  return band.length > 1 ? band : []
}

function fallsBetween(above: Line, below: Line): boolean {
  if (!above.box || !below.box) return false
  const apart = middleOf(below.box) - middleOf(above.box)
  if (apart > CLOSE * Math.min(sizeOf(above), sizeOf(below))) return false
  return above.spans.every((span) => below.spans.every((other) => !overlap(span.box, other.box)))
}

const middleOf = (box: Box): number => box.y + box.height / 2

const sizeOf = (line: Line): number =>
  Math.min(...line.spans.map((span) => span.size ?? span.box?.height ?? Number.POSITIVE_INFINITY))

function overlap(one: Box | null, other: Box | null): boolean {
  if (!one || !other) return true
  const shared = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  return shared > SHARED * Math.min(one.width, other.width)
}

/** Runs of white space down all lines part the columns. */
function columnsOf(band: Line[]): Column[] {
  const spans = band.flatMap((line) => filled(line)).toSorted((a, b) => (a.box?.x ?? 0) - (b.box?.x ?? 0))
  const columns: Column[] = []
  for (const { box, size } of spans) {
    if (!box) continue
    const last = columns.at(-1)
    if (last && box.x - last.to < GUTTER * (size ?? box.height)) last.to = Math.max(last.to, box.x + box.width)
    else columns.push({ from: box.x, to: box.x + box.width })
  }
  return columns
}

const filled = (line: Line): Span[] => line.spans.filter((span) => span.box && span.text.trim() !== '')

const inColumn = (line: Line, { from, to }: Column): Line => {
  const spans = filled(line).filter(({ box }) => box && box.x >= from - 1 && box.x < to)
  return { spans, box: unite(spans.map((span) => span.box)) }
}

/**
 * How far apart the lines of one cell are; where every cell has one line yet, two lines apart from a cell in their middle; 0 where
 * that is not the case either.
 */
function leadingOf(band: Line[], columns: Column[]): number {
  const steps = columns.flatMap((column) => {
    const middles = band.flatMap((line) => inColumn(line, column).box ?? []).map(middleOf)
    return middles.slice(1).map((middle, index) => middle - (middles[index] ?? 0))
  })
  if (steps.length > 0) return Math.min(...steps)
  const [first, second, more] = band.flatMap(({ box }) => (box ? [middleOf(box)] : []))
  return first !== undefined && second !== undefined && more === undefined ? 2 * (second - first) : 0
}

/** A further line of the one cell that has most of them. */
function belongs(
  block: Block | undefined,
  band: Line[],
  columns: Column[],
  leading: number,
  side: 'above' | 'below',
): boolean {
  const line = lineOf(block)
  if (!line?.box || leading === 0) return false
  // The last column has room up to the page's margin.
  const endOf = (at: number, to: number) => (at === columns.length - 1 ? Number.POSITIVE_INFINITY : to)
  const column = columns.findIndex(({ from, to }, at) =>
    filled(line).every(
      ({ box }) => box && box.x >= from - 1 && box.x + box.width <= endOf(at, to) + GUTTER * box.height,
    ),
  )
  const own = columns[column]
  if (!own) return false
  const near = (side === 'above' ? band : band.toReversed()).find((other) => inColumn(other, own).box)
  const box = near && inColumn(near, own).box
  const outer = side === 'above' ? band[0] : band.at(-1)
  // The cell in the middle of two lines stands between them.
  const isNext = near === outer || (band.length === 2 && columns.length === 2)
  return box != null && isNext && Math.abs(middleOf(box) - middleOf(line.box)) <= LEADING * leading
}

function rowOf(band: Line[], columns: Column[]): Block {
  const extent = unite(band.map((line) => line.box)) ?? { x: 0, y: 0, width: 0, height: 0 }
  const right = extent.x + extent.width
  const cells = columns.map((column, index): Cell => {
    const x = column.from
    const box = { ...extent, x, width: (columns[index + 1]?.from ?? right) - x }
    const lines = band.map((line) => inColumn(line, column)).filter(({ spans }) => spans.length > 0)
    return { row: 0, column: index, rowSpan: 1, columnSpan: 1, box, lines }
  })
  return { kind: 'table', table: { rows: 1, columns: columns.length, cells, box: extent, unruled: true } }
}
