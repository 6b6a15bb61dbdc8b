import { openDocx } from '../../../src/documents/docx/open-docx.ts'
import type { Line, Page, Table } from '../../../src/documents/model.ts'

export function textOf(line: Line): string {
  return line.spans.map((span) => span.text).join('')
}

/** The pages that were read, without those left for OCR. */
export async function pagesOf(bytes: Uint8Array): Promise<Page[]> {
  return (await openDocx(bytes)).pages.filter((page) => page !== null)
}

/** Free lines of all pages, as text. */
export function linesOf(pages: Page[]): string[] {
  return pages.flatMap((page) => page.blocks.flatMap((block) => (block.kind === 'line' ? [textOf(block.line)] : [])))
}

export function tablesOf(pages: Page[]): Table[] {
  return pages.flatMap((page) => page.blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : [])))
}

/** A table as a person sees it: rows of `text` or `text [rows×columns]` for merged cells. */
export function drawn(table: Table | undefined): string[][] {
  if (!table) return []
  return Array.from({ length: table.rows }, (_, row) =>
    table.cells
      .filter((cell) => cell.row === row)
      .map((cell) => {
        const text = cell.lines.map(textOf).join('/')
        return cell.rowSpan + cell.columnSpan > 2 ? `${text} [${cell.rowSpan}×${cell.columnSpan}]` : text
      }),
  )
}

/** How many cells cover each grid position; in a sound table every number is 1. */
export function coverage(table: Table): number[] {
  const counts = new Array<number>(table.rows * table.columns).fill(0)
  for (const cell of table.cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++) {
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++) {
        const at = row * table.columns + column
        counts[at] = (counts[at] ?? 0) + 1
      }
    }
  }
  return counts
}

export function hiddenOf(pages: Page[]): string[] {
  return pages.flatMap((page) => page.hidden.map(({ reason, text }) => `${reason}: ${text}`))
}
