import type { Block, Box, Cell, Document, Line, Page, Span } from '../../src/documents/model.ts'

import { unite } from '../../src/documents/text.ts'

/** A cell: its text (lines by `\n`), or with spans over columns and rows. */
export type CellSpec = string | { t: string; c?: number; r?: number }
/** A free line, a table, or a page break (`null`). Two spaces or more in a line stand for a gap as wide. */
export type Spec = string | CellSpec[][] | null

const PAGE = { width: 595, height: 842 }
const [LEFT, RIGHT, SIZE, LEADING] = [60, 535, 12, 20]

type Options = { source?: Page['source']; confidence?: number; paper?: boolean; name?: string }

const wide = (character: string) => (/[\x20-\x7e]/.test(character) ? SIZE / 2 : SIZE)
const widthOf = (text: string) => [...text].reduce((sum, character) => sum + wide(character), 0)

/** A document laid out by hand: with geometry, or without (`source: 'docx'`). */
export function build(specs: Spec[], options: Options = {}): Document {
  const { source = 'text', confidence = 1, paper = false, name = 'form' } = options
  const hasGeometry = source !== 'docx'
  const pages: Page[] = []
  let blocks: Block[] = []
  let y = 60
  let tables = 0
  let paragraphs = 0
  const close = () => {
    const size = hasGeometry ? PAGE : { width: 0, height: 0 }
    pages.push({
      number: pages.length + 1,
      ...size,
      source,
      confidence,
      blocks,
      rulings: [],
      checkboxes: [],
      seals: [],
      handwriting: [],
      pictures: [],
      hidden: [],
    })
    blocks = []
    y = 60
  }
  const lineAt = (text: string, x: number, top: number): Line => {
    const spans: Span[] = []
    let at = x
    for (const part of hasGeometry ? text.split(/( {2,})/) : [text]) {
      const box: Box | null = hasGeometry ? { x: at, y: top, width: widthOf(part), height: SIZE } : null
      if (part.trim() !== '') spans.push({ text: part, box, confidence, size: SIZE })
      at += widthOf(part)
    }
    return { spans, box: unite(spans.map((span) => span.box)) }
  }
  for (const spec of specs) {
    if (spec === null) close()
    else if (typeof spec === 'string') {
      blocks.push({ kind: 'line', line: lineAt(spec, LEFT, y), path: `paragraph ${++paragraphs}` })
      y += LEADING
    } else {
      tables++
      const cells = place(spec)
      const columns = Math.max(...cells.map((cell) => cell.column + cell.columnSpan))
      const width = (RIGHT - LEFT) / columns
      const tops = [y]
      for (let row = 0; row < spec.length; row++) {
        const own = cells.filter((cell) => cell.row === row && cell.rowSpan === 1)
        const count = Math.max(1, ...own.map((cell) => cell.text.split('\n').length))
        tops.push((tops[row] ?? y) + count * LEADING + 6)
      }
      const top = y
      y = tops.at(-1) ?? y
      blocks.push({
        kind: 'table',
        table: {
          rows: spec.length,
          columns,
          box: hasGeometry ? { x: LEFT, y: top, width: RIGHT - LEFT, height: y - top } : null,
          cells: cells.map((cell): Cell => {
            const x = LEFT + cell.column * width
            const cellTop = tops[cell.row] ?? top
            const bottom = tops[cell.row + cell.rowSpan] ?? y
            const lines =
              cell.text === ''
                ? []
                : cell.text.split('\n').map((text, index) => lineAt(text, x + 4, cellTop + 4 + index * LEADING))
            const { row, column, rowSpan, columnSpan } = cell
            const box = hasGeometry ? { x, y: cellTop, width: columnSpan * width, height: bottom - cellTop } : null
            return {
              row,
              column,
              rowSpan,
              columnSpan,
              box,
              lines,
              path: `table ${tables}, row ${row + 1}, cell ${column + 1}`,
            }
          }),
        },
      })
      y += 10
    }
  }
  close()
  return { name, mediaType: 'application/pdf', sha256: '', bytes: 0, pages, margins: [], paper }
}

type Placed = { row: number; column: number; rowSpan: number; columnSpan: number; text: string }

/** Cells on the grid, later ones pushed aside by those that span rows. */
export function place(rows: CellSpec[][]): Placed[] {
  const taken = new Set<string>()
  return rows.flatMap((cells, row) => {
    let column = 0
    return cells.map((spec): Placed => {
      const { t, c = 1, r = 1 } = typeof spec === 'string' ? { t: spec } : spec
      while (taken.has(`${row},${column}`)) column++
      const placed = { row, column, rowSpan: r, columnSpan: c, text: t }
      for (let i = 0; i < r; i++) for (let j = 0; j < c; j++) taken.add(`${row + i},${column + j}`)
      column += c
      return placed
    })
  })
}
