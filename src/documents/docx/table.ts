import type { Cell, Line, Table } from '../model.ts'
import type { Context, Scope } from './context.ts'
import { blankCell, closeGrid } from './grid.ts'
import { shadeOf } from './styles.ts'
import { attribute, characters, child, elements, isOn, type Xml } from './xml.ts'

/** Word itself allows 63 columns; a file that claims many more is broken. */
const MAX_COLUMNS = 256

/** A nested table that stands for itself, to be placed after the outer one. */
export type CellContent = { lines: Line[]; ownTables: Table[] }

/** How a cell's paragraphs and nested tables are read; `besideText`: other cells of the row hold text. */
export type ReadCell = (content: Xml, scope: Scope, besideText: boolean, page: number) => CellContent

type Row = { cells: Xml[]; before: number }

/**
 * Reads a `w:tbl` into a grid in which every position is covered by exactly one cell. Merges are those that a person sees:
 * `gridSpan`, `vMerge` and the old `hMerge`. A row that ends early is closed by widening its last cell.
 * Gives the table and those nested in it that stand for themselves.
 */
export function readTable(table: Xml, number: number, context: Context, scope: Scope, readCell: ReadCell): Table[] {
  const properties = child(table, 'w:tblPr')
  const style = attribute(child(properties, 'w:tblStyle'), 'val')
  const shade = shadeOf(child(properties, 'w:shd'))
  const behind = context.styles.shadesCells(style) ? null : shade === undefined ? scope.behind : shade

  const rows = visibleRows(table, context)
  const cells: Cell[] = []
  const nested: Table[] = []
  /** The cell that covers each column of the row above. */
  let above: (Cell | undefined)[] = []
  rows.forEach((row, rowIndex) => {
    const covering: (Cell | undefined)[] = []
    const firstPage = context.pages.current()
    let lastPage = firstPage
    let column = 0
    if (row.before > 0) {
      column = row.before
      const blank = blankCell(rowIndex, 0, column)
      cells.push(blank)
      for (let i = 0; i < column; i++) covering[i] = blank
    }
    const filled = row.cells.map((element) => characters(element).trim() !== '')
    const filledInAll = filled.filter(Boolean).length
    row.cells.forEach((element, index) => {
      context.pages.rewind(firstPage)
      const cellProperties = child(element, 'w:tcPr')
      const span = Math.min(spanOf(cellProperties), MAX_COLUMNS - column)
      if (span < 1) return
      const besideText = filledInAll > (filled[index] ? 1 : 0)
      const shadeOfCell = shadeOf(child(cellProperties, 'w:shd'))
      const content = readCell(
        element,
        { ...scope, behind: shadeOfCell === undefined ? behind : shadeOfCell },
        besideText,
        firstPage,
      )
      nested.push(...content.ownTables)
      lastPage = Math.max(lastPage, context.pages.current())

      const upper = above[column]
      const left = covering[column - 1]
      if (continues(cellProperties, 'w:vMerge') && upper && upper.column === column && upper.columnSpan === span) {
        if (upper.row + upper.rowSpan === rowIndex) upper.rowSpan++
        // Word shows only the first cell's content of a merged column.
        hideLines(content.lines, context)
        for (let i = 0; i < span; i++) covering[column + i] = upper
      } else if (continues(cellProperties, 'w:hMerge') && left && left.row === rowIndex) {
        left.columnSpan += span
        left.lines.push(...content.lines)
        for (let i = 0; i < span; i++) covering[column + i] = left
      } else {
        const path = `table ${number}, row ${rowIndex + 1}, cell ${index + 1}`
        const cell = { row: rowIndex, column, rowSpan: 1, columnSpan: span, box: null, lines: content.lines, path }
        cells.push(cell)
        for (let i = 0; i < span; i++) covering[column + i] = cell
      }
      column += span
    })
    context.pages.rewind(lastPage)
    above = covering
  })
  return [closeGrid(cells, rows.length), ...nested]
}

/** Rows and cells may be wrapped in content controls and revisions; deleted and hidden rows are not seen. */
function visibleRows(table: Xml, context: Context): Row[] {
  return unwrap(table, 'w:tr').flatMap((row) => {
    const properties = child(row, 'w:trPr')
    const reason = child(properties, 'w:del') ? 'deleted' : isOn(child(properties, 'w:hidden')) ? 'vanished' : null
    if (reason) {
      const text = characters(row).trim()
      // A second reading knows no hidden rows.
      context.meet(text)
      if (text) context.hide(text, reason)
      return []
    }
    const before = Number(attribute(child(properties, 'w:gridBefore'), 'val') ?? 0)
    return [{ cells: unwrap(row, 'w:tc'), before: before > 0 && before < MAX_COLUMNS ? before : 0 }]
  })
}

const WRAPPERS = new Set(['w:sdt', 'w:sdtContent', 'w:customXml', 'w:ins', 'w:moveTo'])

function unwrap(parent: Xml, name: string): Xml[] {
  return elements(parent).flatMap((element) => {
    if (element.name === name) return [element]
    return WRAPPERS.has(element.name) ? unwrap(element, name) : []
  })
}

function spanOf(properties: Xml | undefined): number {
  const span = Number(attribute(child(properties, 'w:gridSpan'), 'val') ?? 1)
  return Number.isInteger(span) && span > 0 ? span : 1
}

/** A merge mark without a value continues the merge (ECMA-376 part 1, 17.4.84). */
function continues(properties: Xml | undefined, mark: string): boolean {
  const merge = child(properties, mark)
  return merge !== undefined && (attribute(merge, 'val') ?? 'continue') === 'continue'
}

function hideLines(lines: Line[], context: Context): void {
  const text = lines.map((line) => line.spans.map((span) => span.text).join('')).join(' ')
  if (text.trim() !== '') context.hide(text.trim(), 'covered')
}
