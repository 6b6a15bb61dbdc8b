import { Problem } from '../../problem.ts'
import type { Block, Line, Table } from '../model.ts'
import { chooseAlternative } from './alternatives.ts'
import type { Context, Scope, TextBox } from './context.ts'
import { isPlaceholder, readParagraph } from './paragraph.ts'
import { type CellContent, readTable } from './table.ts'
import { attribute, characters, child, elements, isOn, type Xml } from './xml.ts'

/** A nested table of at least this many rows and columns is a list of its own, whatever stands beside it. */
const LIST = 3

export type PlacedBlock = { block: Block; page: number }

/** Numbers that name places, counted over the whole body. */
type Counts = { paragraphs: number; tables: number; boxes: number }

/**
 * Reads block content (paragraphs, tables, content controls, text boxes) in reading order. `sectionBreaks` tells, section by
 * section, whether the next one begins on a new page.
 */
export function readFlow(body: Xml, context: Context, scope: Scope, sectionBreaks: boolean[] = []): PlacedBlock[] {
  const counts: Counts = { paragraphs: 0, tables: 0, boxes: 0 }
  const sections = sectionBreaks.values()
  const placed: PlacedBlock[] = []

  const addParagraph = (element: Xml, path: string, place: Scope) => {
    const { lines, boxes } = readParagraph(element, context, place)
    for (const { line, page } of lines) placed.push({ block: { kind: 'line', line, path }, page })
    for (const box of boxes) addTextBox(box)
    if (child(child(element, 'w:pPr'), 'w:sectPr') && sections.next().value) context.pages.turn()
  }
  const addTextBox = ({ content, scope: place }: TextBox) => {
    const path = `text box ${++counts.boxes}`
    walk(content, context, {
      paragraph: (element) => addParagraph(element, path, place),
      table: (element) => addTable(element, place),
    })
  }
  const addTable = (element: Xml, place: Scope) => {
    const start = context.pages.current()
    const firstPage = !context.pages.isFresh() && startsAfterBreak(element) ? start + 1 : start
    for (const table of readNumberedTable(element, context, place, counts)) {
      const page = Math.min(firstPage, context.pages.current())
      placed.push({ block: { kind: 'table', table }, page })
    }
    context.pages.touch()
  }
  walk(body, context, {
    paragraph: (element) => addParagraph(element, `paragraph ${++counts.paragraphs}`, scope),
    table: (element) => addTable(element, scope),
  })
  return placed
}

type Visitor = { paragraph(element: Xml): void; table(element: Xml): void }

const WRAPPERS = new Set(['w:customXml', 'w:smartTag', 'w:ins', 'w:moveTo', 'w:sdtContent'])

function walk(parent: Xml, context: Context, visitor: Visitor): void {
  for (const element of elements(parent)) {
    if (element.name === 'w:p') visitor.paragraph(element)
    else if (element.name === 'w:tbl') visitor.table(element)
    else if (WRAPPERS.has(element.name)) walk(element, context, visitor)
    else if (element.name === 'w:sdt') {
      const content = child(element, 'w:sdtContent')
      if (!content) continue
      if (isPlaceholder(child(element, 'w:sdtPr'), content, context)) context.meet(characters(content))
      else walk(content, context, visitor)
    } else if (element.name === 'mc:AlternateContent') {
      const chosen = chooseAlternative(element, context)
      if (chosen) walk(chosen, context, visitor)
    } else if (element.name === 'w:del' || element.name === 'w:moveFrom') {
      const text = characters(element).trim()
      context.meet(text)
      if (text) context.hide(text, 'deleted')
    } else if (element.name === 'w:altChunk') {
      throw new Problem(
        'unsupported_media_type',
        '文档正文是嵌入的网页（由网站直接导出），无法读取。请用 Word 打开后另存为 DOCX 或 PDF，再上传。',
      )
    }
  }
}

function readNumberedTable(element: Xml, context: Context, scope: Scope, counts: Counts): Table[] {
  const number = ++counts.tables
  return readTable(element, number, context, scope, (content, place, besideText) =>
    readCellContent(content, context, place, besideText, counts),
  )
}

/**
 * A nested table stands for itself when nothing stands beside its cell (the outer table is only a frame) or when it is a list;
 * else it is part of the value that the cell holds, as an opinion with its signature lines is, and its rows become lines.
 */
function readCellContent(cell: Xml, context: Context, scope: Scope, besideText: boolean, counts: Counts): CellContent {
  const lines: Line[] = []
  const ownTables: Table[] = []
  const addParagraph = (element: Xml, place: Scope) => {
    const paragraph = readParagraph(element, context, place)
    lines.push(...paragraph.lines.map(({ line }) => line))
    for (const box of paragraph.boxes) {
      walk(box.content, context, {
        paragraph: (inner) => addParagraph(inner, box.scope),
        table: (inner) => addTable(inner, box.scope),
      })
    }
  }
  const addTable = (element: Xml, place: Scope) => {
    const [table, ...deeper] = readNumberedTable(element, context, place, counts)
    if (!table) return
    if (!besideText || (table.rows >= LIST && table.columns >= LIST)) ownTables.push(table)
    else lines.push(...linesOf(table))
    ownTables.push(...deeper)
  }
  walk(cell, context, {
    paragraph: (element) => addParagraph(element, scope),
    table: (element) => addTable(element, scope),
  })
  return { lines, ownTables }
}

/** One line a row, the cells' texts side by side; a cell of several lines keeps them. */
function linesOf(table: Table): Line[] {
  return Array.from({ length: table.rows }, (_, row) => table.cells.filter((cell) => cell.row === row)).flatMap(
    (cells) => {
      const filled = cells.filter((cell) => cell.lines.length > 0)
      if (filled.some((cell) => cell.lines.length > 1)) return filled.flatMap((cell) => cell.lines)
      const spans = filled.flatMap((cell, i) => [
        ...(i > 0 ? [{ text: '\t', box: null, confidence: 1 }] : []),
        ...cell.lines.flatMap((line) => line.spans),
      ])
      return spans.length > 0 ? [{ spans, box: null }] : []
    },
  )
}

/** The page break that Word noted before the table's first character, or asked for by its first paragraph. */
function startsAfterBreak(table: Xml): boolean {
  let found = false
  const visit = (element: Xml): boolean => {
    if (element.name === 'w:t' || element.name === 'w:drawing') return true
    if (element.name === 'w:lastRenderedPageBreak') found = true
    if (element.name === 'w:pageBreakBefore' && isOn(element)) found = true
    return found || elements(element).some(visit)
  }
  visit(table)
  return found
}

/** For every section but the last, whether the one after it begins on a new page (ECMA-376 part 1, 17.6.22). */
export function sectionBreaksOf(body: Xml): boolean[] {
  const sections: Xml[] = []
  const collect = (element: Xml) => {
    for (const part of elements(element)) {
      if (part.name === 'w:sectPr') sections.push(part)
      else if (part.name !== 'w:sectPrChange') collect(part)
    }
  }
  collect(body)
  return sections.slice(1).map((section) => {
    const type = attribute(child(section, 'w:type'), 'val') ?? 'nextPage'
    return type !== 'continuous' && type !== 'nextColumn'
  })
}
