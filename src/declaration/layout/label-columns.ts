import type { Block, Box, Cell, Line, Page, Span } from '../../documents/model.ts'
import { textOf, unite } from '../../documents/text.ts'
import { matchWhole } from '../labels/lexicon.ts'

/** In heights of a line: lines of one label are closer, texts side by side farther apart, and farther still a form's parts. */
const [LEADING, GUTTER, COLUMN, PART] = [0.75, 0.4, 0.4, 3]
/** A label takes up no more of the page's width. */
const LABEL_WIDTH = 0.32
/** A label and its text are set on one middle or one top, give or take this many line heights. */
const OFF_CENTRE = 0.85

/** The first cell of a list's row. */
const OCCASION = /^第[一二三四五六七八九十\d]+[期次批]$/

type Row = { line: Line; box: Box; left: Span | null; rest: Span[] }
type Label = { rows: Row[]; spans: Span[]; box: Box }

/**
 * A form without rulings: labels down the left margin, each in the middle of the lines beside it. The lines of such a part of
 * the page become a table row a label, so that the text above and below a label's own line is not taken for its neighbour's.
 */
export function labelRows(blocks: Block[], page: Page): Block[] {
  if (page.source === 'docx' || blocks.some((block) => block.kind === 'table' && block.table.cells.length > 1))
    return blocks
  const rows = blocks.flatMap((block) => (block.kind === 'line' ? rowOf(block.line) : []))
  const margin = Math.min(...rows.map(({ box }) => box.x))
  for (const row of rows) splitLeft(row, margin, page.width)
  const replaced = new Map<Line, Block[]>()
  const parts = partsOf(rows, margin)
  for (const [index, part] of parts.entries()) {
    const tables = tablesOf(part, margin, page, { first: index === 0, last: index === parts.length - 1 })
    if (!tables) continue
    for (const { line } of part) replaced.set(line, [])
    const [first] = part
    if (first) replaced.set(first.line, tables)
  }
  return blocks.flatMap((block) => (block.kind === 'line' ? (replaced.get(block.line) ?? [block]) : [block]))
}

function rowOf(line: Line): Row[] {
  return line.box
    ? [{ line, box: line.box, left: null, rest: line.spans.filter((span) => span.text.trim() !== '') }]
    : []
}

/** A first span at the left margin, short, and with room after it, may be a label or a line of one. */
function splitLeft(row: Row, margin: number, width: number): void {
  const [first, second] = row.rest
  if (!first?.box || first.box.x - margin > first.box.height || first.box.width > LABEL_WIDTH * width) return
  if (second?.box && second.box.x - (first.box.x + first.box.width) < GUTTER * first.box.height) return
  row.left = first
  row.rest = row.rest.slice(1)
}

/** Runs of lines between lines that stand by themselves or fill the page from its margin. */
function partsOf(rows: Row[], margin: number): Row[][] {
  const parts: Row[][] = [[]]
  for (const [index, row] of rows.entries()) {
    const above = rows[index - 1]
    const below = rows[index + 1]
    const isAtMargin = row.box.x - margin <= row.box.height
    const isAlone = !isNear(above, row) && !isNear(row, below)
    if (above && row.box.y - (above.box.y + above.box.height) > PART * Math.min(above.box.height, row.box.height))
      parts.push([])
    if (isAtMargin && (row.left === null || isAlone)) parts.push([])
    else parts.at(-1)?.push(row)
  }
  return parts.filter((part) => part.length > 1)
}

const isNear = (above: Row | undefined, below: Row | undefined): boolean =>
  above !== undefined &&
  below !== undefined &&
  below.box.y - (above.box.y + above.box.height) < LEADING * below.box.height

function tablesOf(part: Row[], margin: number, page: Page, at: { first: boolean; last: boolean }): Block[] | null {
  const labels = labelsOf(part)
  const rows = part.filter((row) => row.rest.length > 0)
  if (labels.length === 0 || rows.length === 0) return null
  // A label of one line with one line beside it is no case for this: both stand on the same line.
  if (rows.length === 1 && (labels[0]?.spans.length ?? 0) < 2) return null
  // Labels line by line, each with its value beside it, are read as lines.
  const isWhole = (span: Span) => matchWhole(span.text, null, page.source === 'ocr') !== null
  if (labels.some(({ spans }) => spans.filter(isWhole).length >= 2)) return null
  const isKnown = labels.map(({ spans }) => {
    const text = textsOf(spans)
    return !OCCASION.test(text) && matchWhole(text, null, page.source === 'ocr') !== null
  })
  const isOdd = isKnown.some(
    (known, index) => !known && !(at.first && index === 0) && !(at.last && index === labels.length - 1),
  )
  const isBroken = labels.length === 1 && (labels[0]?.spans.length ?? 0) > 2 && columnsOf(rows).length === 1
  if (labels.some(({ spans }) => /[:：]/.test(textsOf(spans)))) return null
  if (isOdd || (!isKnown.includes(true) && !isBroken)) return null
  const groups = assign(labels, rows)
  return groups?.map((group, index) => tableOf(labels[index], group, margin, page)) ?? null
}

function labelsOf(part: Row[]): Label[] {
  const labels: Label[] = []
  for (const row of part) {
    const box = row.left?.box
    if (!row.left || !box) continue
    const last = labels.at(-1)
    if (last && box.y - (last.box.y + last.box.height) < LEADING * box.height) {
      last.rows.push(row)
      last.spans.push(row.left)
      last.box = unite([last.box, box]) ?? box
    } else labels.push({ rows: [row], spans: [row.left], box })
  }
  return labels
}

/** The lines in as many runs as there are labels, so that each run is set evenly about its label; null when some is not. */
function assign(labels: Label[], rows: Row[]): Row[][] | null {
  let best: { cost: number; ends: number[] }[] = [{ cost: 0, ends: [] }]
  const starts: number[] = [0]
  for (const label of labels) {
    const next: { cost: number; ends: number[] }[] = []
    const ends: number[] = []
    for (let end = 1; end <= rows.length; end++) {
      for (const [index, start] of starts.entries()) {
        const before = best[index]
        if (!before || start >= end) continue
        const cost = before.cost + offset(label, rows.slice(start, end))
        const at = ends.indexOf(end)
        if (at === -1) {
          ends.push(end)
          next.push({ cost, ends: [...before.ends, end] })
        } else if (cost < (next[at]?.cost ?? 0)) next[at] = { cost, ends: [...before.ends, end] }
      }
    }
    best = next
    starts.splice(0, starts.length, ...ends)
  }
  const whole = best[starts.indexOf(rows.length)]
  if (!whole) return null
  const groups = whole.ends.map((end, index) => rows.slice(whole.ends[index - 1] ?? 0, end))
  return groups.every((group, index) => isEven(labels[index], group)) ? groups : null
}

function offset(label: Label, rows: Row[]): number {
  const box = unite(rows.flatMap(({ rest }) => rest.map((span) => span.box)))
  if (!box) return Number.POSITIVE_INFINITY
  const middle = Math.abs(box.y + box.height / 2 - (label.box.y + label.box.height / 2))
  const top = Math.abs(box.y - label.box.y)
  return Math.min(middle, top)
}

const isEven = (label: Label | undefined, rows: Row[]): boolean =>
  label !== undefined && offset(label, rows) <= OFF_CENTRE * (label.spans[0]?.box?.height ?? 0)

/** One row: the label, then the lines beside it in columns of their own; labels one over another there make further rows. */
function tableOf(label: Label | undefined, rows: Row[], margin: number, page: Page): Block {
  const columns = columnsOf(rows)
  const edges = [margin, ...columns.map((column) => column.from - 2), page.width - margin]
  const extent = unite([...(label ? [label.box] : []), ...rows.map(({ box }) => box)]) ?? page
  const [y, height] = 'y' in extent ? [extent.y, extent.height] : [0, page.height]
  const stacked = columns.find(
    ({ lines }) => lines.length > 1 && lines.every((line) => matchWhole(textOf(line), null, page.source === 'ocr')),
  )
  const tops = stacked ? stacked.lines.map((line, index) => (index === 0 ? y : (line.box?.y ?? y))) : [y]
  const lineCells = columns.map((column) => column.lines)
  const held = [(label?.spans ?? []).map((span): Line => ({ spans: [span], box: span.box })), ...lineCells]
  const cells = held.flatMap((lines, column): Cell[] => {
    const x = edges[column] ?? margin
    const width = (edges[column + 1] ?? x) - x
    if (lines.length !== tops.length || tops.length === 1)
      return [{ row: 0, column, rowSpan: tops.length, columnSpan: 1, box: { x, y, width, height }, lines }]
    return lines.map((line, row) => {
      const top = tops[row] ?? y
      const bottom = tops[row + 1] ?? y + height
      return {
        row,
        column,
        rowSpan: 1,
        columnSpan: 1,
        box: { x, y: top, width, height: bottom - top },
        lines: [line],
      }
    })
  })
  const box = { x: margin, y, width: page.width - 2 * margin, height }
  return { kind: 'table', table: { rows: tops.length, columns: held.length, cells, box } }
}

/** Texts side by side with a gutter of white space down all lines. */
function columnsOf(rows: Row[]): { from: number; to: number; lines: Line[] }[] {
  const spans = rows.flatMap(({ rest }) => rest).filter((span) => span.box !== null)
  const runs: { from: number; to: number }[] = []
  for (const { box } of spans.toSorted((a, b) => (a.box?.x ?? 0) - (b.box?.x ?? 0))) {
    if (!box) continue
    const last = runs.at(-1)
    if (last && box.x - last.to < COLUMN * box.height) last.to = Math.max(last.to, box.x + box.width)
    else runs.push({ from: box.x, to: box.x + box.width })
  }
  return runs.map((run) => ({
    ...run,
    lines: rows.flatMap(({ rest }): Line[] => {
      const own = rest.filter(({ box }) => box && box.x >= run.from && box.x < run.to)
      return own.length > 0 ? [{ spans: own, box: unite(own.map((span) => span.box)) }] : []
    }),
  }))
}

const textsOf = (spans: Span[]): string => spans.map((span) => span.text).join('\n')
