import type { Block, Line, Page, Span } from '../../documents/model.ts'
import { unite } from '../../documents/text.ts'
import { matchWhole } from '../labels/lexicon.ts'
import { joinInterleaved } from './interleaved.ts'
import { assign, type Label } from './label-lines.ts'
import { LEADING, type Margin, marginOf, partsOf, type Row, rowOf, splitLeft } from './label-rows.ts'
import { columnsOf, tableOf } from './label-table.ts'

/** The first cell of a list's row. */
const OCCASION = /^第[一二三四五六七八九十\d]+[期次批]$/

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

const textsOf = (spans: Span[]): string => spans.map((span) => span.text).join('\n')
