import type { Block, Box, Cell, Line, Page, Span } from '../../documents/model.ts'
import { textOf, unite } from '../../documents/text.ts'
import { matchWhole } from '../labels/lexicon.ts'
import { columnStarts, isStart } from '../text/column-starts.ts'
import { joinInterleaved } from './interleaved.ts'

/** In heights of a line: lines of one label are closer, texts side by side farther apart, and farther still a form's parts. */
const [LEADING, GUTTER, COLUMN, PART] = [0.75, 0.4, 0.4, 3]
/** The same before a column that other lines show. */
const NARROW = 0.2
/** A label takes up no more of the page's width. */
const LABEL_WIDTH = 0.32
/** A label and its text are set on one middle or one top, give or take this many line heights. */
const OFF_CENTRE = 0.85
const ON_LINE = 0.4

/** The first cell of a list's row. */
const OCCASION = /^第[一二三四五六七八九十\d]+[期次批]$/

type Row = { line: Line; box: Box; left: Span | null; rest: Span[] }
type Label = { rows: Row[]; spans: Span[]; box: Box }
/** Where labels begin, and where they end when they are set to the right. */
type Margin = { left: number; right: number | null }

/**
 * A form without rulings: labels down the left margin, each in the middle of the lines beside it. The lines of such a part of
 * the page become a table row a label, so that the text above and below a label's own line is not taken for its neighbour's.
 */
export function labelRows(blocks: Block[], page: Page): Block[] {
  const isRuled = blocks.some((block) => block.kind === 'table' && block.table.cells.length > 1)
  if (page.source === 'docx') return blocks
  return joinInterleaved(isRuled ? blocks : setBesideLabels(blocks, page), page)
}

function setBesideLabels(blocks: Block[], page: Page): Block[] {
  const rows = blocks.flatMap((block) => (block.kind === 'line' ? rowOf(block.line) : []))
  const margin = marginOf(rows)
  for (const row of rows) splitLeft(row, margin, page)
  const replaced = new Map<Line, Block[]>()
  const parts = partsOf(rows, margin)
  for (const [index, whole] of parts.entries()) {
    const at = { first: index === 0, last: index === parts.length - 1 }
    for (const { part, tables } of tablesIn(whole, margin, page, at)) {
      for (const { line } of part) replaced.set(line, [])
      const [first] = part
      if (first) replaced.set(first.line, tables)
    }
  }
  return blocks.flatMap((block) => (block.kind === 'line' ? (replaced.get(block.line) ?? [block]) : [block]))
}

/** So many labels end at one place, and begin at as many, when they are set to the right. */
const [ENDING, BEGINNING] = [4, 3]

function marginOf(rows: Row[]): Margin {
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

function rowOf(line: Line): Row[] {
  return line.box
    ? [{ line, box: line.box, left: null, rest: line.spans.filter((span) => span.text.trim() !== '') }]
    : []
}

/** A first span at the left margin, short, and with room after it, may be a label or a line of one. */
function splitLeft(row: Row, margin: Margin, page: Page): void {
  const [first, second] = row.rest
  if (!first?.box || !isAtMargin(first.box, margin) || first.box.width > LABEL_WIDTH * page.width) return
  const gutter = second?.box && isStart(second.box.x, columnStarts(page)) ? NARROW : GUTTER
  if (second?.box && second.box.x - (first.box.x + first.box.width) < gutter * first.box.height) return
  row.left = first
  row.rest = row.rest.slice(1)
}

/** Runs of lines between lines that stand by themselves or fill the page from its margin. */
function partsOf(rows: Row[], margin: Margin): Row[][] {
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

type Ends = { first: boolean; last: boolean }
type Rows = { part: Row[]; tables: Block[] }

/** The tables of a part; where it has other first texts than labels, as a list has, those of the runs of lines between them. */
function tablesIn(part: Row[], margin: Margin, page: Page, at: Ends): Rows[] {
  const tables = tablesOf(part, margin.left, page, at)
  if (tables) return [{ part, tables }]
  const lines = part.filter((_, index) => isLine(part, index, page))
  const odd = labelsOf(part).find(({ spans }) => !isKnownLabel(spans, page))
  const apart = new Set(lines.length > 0 ? lines : odd?.rows)
  if (apart.size === 0) return []
  return runsWithout(part, apart).flatMap((run) =>
    tablesIn(run, margin, page, {
      first: at.first && run[0] === part[0],
      last: at.last && run.at(-1) === part.at(-1),
    }),
  )
}

/** A label and its value on a line of their own, among other labels. */
function isLine(part: Row[], index: number, page: Page): boolean {
  const isLabel = (row: Row | undefined) =>
    row === undefined || (row.left !== null && row.rest.length > 0 && isKnownLabel([row.left], page))
  return [index - 1, index, index + 1].every((at) => isLabel(part[at]))
}

function runsWithout(part: Row[], apart: Set<Row>): Row[][] {
  const runs: Row[][] = [[]]
  for (const row of part) {
    if (apart.has(row)) runs.push([])
    else runs.at(-1)?.push(row)
  }
  return runs.filter((run) => run.length > 1)
}

const isKnownLabel = (spans: Span[], page: Page): boolean => {
  const text = textsOf(spans)
  const match = OCCASION.test(text) ? null : matchWhole(text, null, page.source === 'ocr')
  // A group of teachers stands beside the rows of a list.
  return match !== null && match.label.opens !== 'teachers'
}

function tablesOf(part: Row[], margin: number, page: Page, at: Ends): Block[] | null {
  const labels = labelsOf(part)
  const rows = part.filter((row) => row.rest.length > 0)
  if (labels.length === 0 || rows.length === 0) return null
  // A label of one line with one line beside it is no case for this: both stand on the same line.
  if (rows.length === 1 && (labels[0]?.spans.length ?? 0) < 2) return null
  // Labels line by line, each with its value beside it, are read as lines.
  const isWhole = (span: Span) => matchWhole(span.text, null, page.source === 'ocr') !== null
  if (labels.some(({ spans }) => spans.filter(isWhole).length >= 2)) return null
  const isKnown = labels.map(({ spans }) => isKnownLabel(spans, page))
  const isOdd = isKnown.some(
    (known, index) => !known && !(at.first && index === 0) && !(at.last && index === labels.length - 1),
  )
  const isBroken = labels.length === 1 && (labels[0]?.spans.length ?? 0) > 2 && columnsOf(rows).length === 1
  if (labels.some(({ spans }) => /[:：]/.test(textsOf(spans)))) return null
  if (isOdd || (!isKnown.includes(true) && !isBroken) || !part.every((row) => fitsColumns(row, part))) return null
  const groups = assign(labels, rows)
  return groups?.map((group, index) => tableOf(labels[index], group, margin, page)) ?? null
}

/** Beside labels and values in columns a line without a label goes on with one of the values: it begins or has its middle there. */
function fitsColumns(row: Row, part: Row[]): boolean {
  const values = part.flatMap(({ left, rest }) => (left && rest.length >= 3 ? rest : []))
  if (row.left || values.length === 0) return true
  return row.rest.every(({ box: own }) =>
    values.some(({ box }) => {
      if (!own || !box) return false
      const near = 0.6 * box.height
      return Math.abs(own.x - box.x) < near || Math.abs(own.x + own.width / 2 - box.x - box.width / 2) < near
    }),
  )
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
  label !== undefined && offset(label, rows) <= slackOf(label) * (label.spans[0]?.box?.height ?? 0)

/** A label of one line with text on that line stands on the text's middle line or its first. */
const slackOf = ({ rows: [row, more] }: Label): number => (row && !more && row.rest.length > 0 ? ON_LINE : OFF_CENTRE)

/** One row: the label, then the lines beside it in columns of their own; labels one over another there make further rows. */
function tableOf(label: Label | undefined, rows: Row[], margin: number, page: Page): Block {
  const columns = columnsOf(rows)
  const edges = [margin, ...columns.map((column) => column.from - 2), page.width - margin]
  const extent = unite([...(label ? [label.box] : []), ...rows.map(({ box }) => box)]) ?? page
  const [y, height] = 'y' in extent ? [extent.y, extent.height] : [0, page.height]
  const held = [(label?.spans ?? []).map((span): Line => ({ spans: [span], box: span.box }))]
  const texts = [...held, ...columns.map(({ lines }) => lines)].map((lines) => textsIn(lines, page))
  const stacked = texts.slice(1).find((own) => own.length > 1 && own.every((lines) => isLabelText(lines, page)))
  const tops = stacked ? stacked.map(([line], index) => (index === 0 ? y : (line?.box?.y ?? y))) : [y]
  const cells = texts.flatMap((own, column): Cell[] => {
    const x = edges[column] ?? margin
    const width = (edges[column + 1] ?? x) - x
    if (own.length !== tops.length || tops.length === 1)
      return [{ row: 0, column, rowSpan: tops.length, columnSpan: 1, box: { x, y, width, height }, lines: own.flat() }]
    return own.map((lines, row) => {
      const top = tops[row] ?? y
      const bottom = tops[row + 1] ?? y + height
      return { row, column, rowSpan: 1, columnSpan: 1, box: { x, y: top, width, height: bottom - top }, lines }
    })
  })
  const box = { x: margin, y, width: page.width - 2 * margin, height }
  return { kind: 'table', table: { rows: tops.length, columns: texts.length, cells, box, unruled: true } }
}

const isLabelText = (lines: Line[], page: Page): boolean =>
  matchWhole(lines.map(textOf).join('\n'), null, page.source === 'ocr') !== null

/** The texts one over another in a column: labels line by line, else what white space parts. */
function textsIn(lines: Line[], page: Page): Line[][] {
  if (lines.every((line) => isLabelText([line], page))) return lines.map((line) => [line])
  const texts: Line[][] = []
  for (const line of lines) {
    const last = texts.at(-1)?.at(-1)?.box
    if (last && line.box && line.box.y - (last.y + last.height) < LEADING * line.box.height) texts.at(-1)?.push(line)
    else texts.push([line])
  }
  return texts
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
