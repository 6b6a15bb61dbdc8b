import type { Box, Cell, Document, Line, Page, Table } from '../../documents/model.ts'
import { textOf, unite } from '../../documents/text.ts'
import type { Evidence } from '../schema.ts'

export type SheetCell = {
  text: string
  column: number
  columnSpan: number
  /** Of a cell merged downwards: in which of its rows, from 0, and how many it has. */
  turn: number
  rowSpan: number
  confidence: number
  evidence: Evidence
}

/** A row of a table, or a line beside the tables as a row of one cell. `table`: which table of its file, from 0. */
export type SheetRow = { cells: SheetCell[]; document: number; page: number; table: number | null }

/** Everything on the pages as rows, in reading order; a cell merged downwards stands in each of its rows. */
export function rowsOf(document: Document, index: number): SheetRow[] {
  let tables = 0
  return document.pages.flatMap((page) =>
    page.blocks.flatMap((block) => {
      const place = { document: index, page: page.number }
      if (block.kind === 'table') return rowsOfTable(block.table, page, { ...place, table: tables++ })
      const text = textOf(block.line).trim()
      if (text === '') return []
      const evidence = evidenceOf([block.line], block.line.box, page, index, block.path)
      const cell = {
        text,
        column: 0,
        columnSpan: 1,
        turn: 0,
        rowSpan: 1,
        confidence: confidenceOf([block.line]),
        evidence,
      }
      return [{ ...place, table: null, cells: [cell] }]
    }),
  )
}

function rowsOfTable(table: Table, page: Page, place: Omit<SheetRow, 'cells'>): SheetRow[] {
  const rows: SheetRow[] = Array.from({ length: table.rows }, () => ({ ...place, cells: [] }))
  for (const cell of table.cells.toSorted((a, b) => a.column - b.column)) {
    for (let turn = 0; turn < cell.rowSpan; turn++) {
      rows[cell.row + turn]?.cells.push(cellOf(cell, turn, page, place.document))
    }
  }
  return rows
}

function cellOf(
  { lines, box, path, column, columnSpan, rowSpan }: Cell,
  turn: number,
  page: Page,
  document: number,
): SheetCell {
  return {
    text: lines
      .map((line) => textOf(line).trim())
      .join('\n')
      .trim(),
    column,
    columnSpan,
    turn,
    rowSpan,
    confidence: confidenceOf(lines),
    evidence: evidenceOf(lines, unite(lines.map((line) => line.box)) ?? box, page, document, path),
  }
}

const confidenceOf = (lines: Line[]): number =>
  Math.min(
    1,
    ...lines.flatMap(({ spans }) => spans.filter(({ text }) => text.trim() !== '').map(({ confidence }) => confidence)),
  )

function evidenceOf(lines: Line[], box: Box | null, page: Page, document: number, path: string | undefined): Evidence {
  const text = lines
    .map((line) => textOf(line))
    .join(' ')
    .trim()
  const share = box && page.width > 0 && page.height > 0
  return {
    document,
    page: page.number,
    box: share ? [box.x / page.width, box.y / page.height, box.width / page.width, box.height / page.height] : null,
    text: text.slice(0, 400),
    ...(path === undefined ? {} : { path }),
  }
}

/** As the labels are matched: NFKC, no spaces, 己 for 已 as scans and hurried typists have it. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/己(?=[举完执开])/g, '已')
    .replaceAll('：', ':')

/** The row's own words with a tab between cells, and the cell each character stands in. */
export function wordsOf({ cells }: SheetRow): { text: string; cellAt: (at: number) => SheetCell | undefined } {
  const own = cells.filter(({ turn }) => turn === 0)
  const parts = own.map(({ text }) => plain(text))
  const text = parts.join('\t')
  const cellAt = (at: number) => {
    let end = -1
    return own[
      parts.findIndex((part) => {
        end += part.length + 1
        return at <= end
      })
    ]
  }
  return { text, cellAt }
}
