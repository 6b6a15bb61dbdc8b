import type { Block, Document, Line, Page } from '../../documents/model.ts'
import { textOf } from '../../documents/text.ts'
import { foldText } from '../text/fold.ts'
import { type Piece, passageOf, pieceOf } from '../text/passage.ts'
import { isTabular, rowsOfLines } from './bridge.ts'
import { cutRows } from './cut-rows.ts'
import { type Grid, type GridCell, gridOf, rowCells } from './grid.ts'
import { canContinue, fitPhotograph, joinTables } from './join-tables.ts'
import { labelRows } from './label-columns.ts'
import { isAtMargin, runningLines } from './running-lines.ts'

/** The documents as one stream in reading order: free lines and tables, a table over several pages being one. */
export type Item = { kind: 'line'; piece: Piece } | { kind: 'table'; grid: Grid; lastPage: number; document: number }

/**
 * `order`: which page of the document, from 0; two pages scanned on one sheet have one number. `follows`: the page before it in
 * another document, when that one ends as this one begins: pages photographed one by one.
 */
type Where = { document: number; page: Page; order: number; follows: number | null }

const PAGE_NUMBER =
  /^(?:[-·.—]*第?(?:\d{1,3}|[一二三四五六七八九十]{1,3})页?[-·.—]*(?:[/,共]共?\d{1,3}页?)?|第?\d+页[,/]?共\d+页|\d{1,3}\/\d{1,3}|page\d+(?:of\d+)?)$/i

export function flowOf(documents: Document[]): Item[] {
  const items: Item[] = []
  for (const [document, { pages }] of documents.entries()) {
    const isRunning = runningLines(pages)
    const before = documents[document - 1]?.pages ?? []
    for (const [order, page] of pages.entries()) {
      const follows = order === 0 && page.source === 'ocr' && before.at(-1)?.source === 'ocr' ? before.length - 1 : null
      const where = { document, page, order, follows }
      const blocks = labelRows(contentOf(page, isRunning), page)
      const bridged = addBridge(items, blocks, where)
      for (const block of blocks.slice(bridged)) addBlock(items, block, where)
    }
  }
  return items
}

/** A label with its colon: no row of a list. */
const LABELLED = /[\u4e00-\u9fff）)]\s*[:：]/

/**
 * Lines at the head of a page in the columns of the table that filled the page before are rows of it: how many lines were
 * added so. Lines that look like rows and do not fit leave the table torn.
 */
function addBridge(items: Item[], blocks: Block[], where: Where): number {
  const { document, page, order } = where
  const table = items.at(-1)
  if (table?.kind !== 'table' || !endsBefore(table, where)) return 0
  if (!table.grid.edges || table.grid.columns < 3) return 0
  const end = blocks.findIndex((block) => block.kind === 'table')
  const lines = blocks.slice(0, end === -1 ? 0 : end).flatMap((block) => (block.kind === 'line' ? [block.line] : []))
  const next = blocks[end]
  if (next?.kind !== 'table' || !lines.some(isTabular) || lines.some((line) => LABELLED.test(textOf(line)))) return 0
  const own = gridOf(next.table, { document, page })
  const below = fitOn(table, own, document)
  const isSame = canContinue(table.grid, below)
  const rows = rowsOfLines(lines, isSame && own.edges ? own.edges : table.grid.edges, page, document)
  if (!rows) {
    table.grid.torn = true
    return 0
  }
  table.grid = joinTables(table.grid, fitOn(table, rows, document))
  if (isSame) {
    table.grid = joinTables(table.grid, below)
    Object.assign(table, { lastPage: order, document })
    return end + 1
  }
  return end
}

type TableItem = Extract<Item, { kind: 'table' }>

/** Whether a table ends on the page before this one. */
const endsBefore = (table: TableItem, { document, order, follows }: Where): boolean =>
  table.document === document
    ? table.lastPage === order - 1
    : table.document === document - 1 && follows !== null && table.lastPage === follows

const fitOn = (table: TableItem, grid: Grid, document: number): Grid =>
  table.document === document ? grid : fitPhotograph(table.grid, grid)

function addBlock(items: Item[], block: Block, where: Where): void {
  const { document, page, order } = where
  if (block.kind === 'line') {
    items.push({ kind: 'line', piece: pieceOf(block.line, { document, page, path: block.path }) })
    return
  }
  const grid = gridOf(block.table, { document, page })
  if (grid.rows === 0 || grid.columns === 0) return
  takeOverflow(items, where)
  const previous = items.at(-1)
  const isNext =
    previous?.kind === 'table' &&
    (endsBefore(previous, where) || (previous.document === document && previous.lastPage === order && !grid.edges))
  const fitted = previous?.kind === 'table' && isNext ? fitOn(previous, grid, document) : grid
  if (previous?.kind === 'table' && isNext && canContinue(previous.grid, fitted)) {
    previous.grid = joinTables(previous.grid, fitted)
    Object.assign(previous, { lastPage: order, document })
  } else items.push({ kind: 'table', grid, lastPage: order, document })
}

/** Lines of a narrow cell may run out of the last row at the foot of a page: they are the cell's. */
function takeOverflow(items: Item[], where: Where): void {
  const at = items.findLastIndex((item) => item.kind === 'table')
  const table = items[at]
  const lines = items.slice(at + 1)
  if (table?.kind !== 'table' || lines.length === 0 || lines.length > MOST || !endsBefore(table, where)) return
  const [first] = lines
  const cell = first?.kind === 'line' ? cellOver(table.grid, first.piece) : undefined
  if (!cell || !lines.every((line) => line.kind === 'line' && cellOver(table.grid, line.piece) === cell)) return
  cell.passage = passageOf([
    ...cell.passage.pieces,
    ...lines.flatMap((line) => (line.kind === 'line' ? [line.piece] : [])),
  ])
  items.splice(at + 1)
}

const MOST = 4

/** The cell of the last row whose narrow text goes on right below it. */
function cellOver(grid: Grid, { place, line }: Piece): GridCell | undefined {
  return rowCells(grid, grid.rows - 1).find((cell) => {
    const frame = cell.frames.at(-1)
    const last = cell.passage.pieces.at(-1)?.line.box
    if (!frame?.box || !last || !line.box || frame.place.page !== place.page) return false
    const { box } = frame
    return (
      box.width < NARROW * line.box.height &&
      line.box.x >= box.x &&
      line.box.x + line.box.width <= box.x + box.width &&
      line.box.y - (last.y + last.height) < MOST * line.box.height
    )
  })
}

/** A cell for a character a line, in heights of a line. */
const NARROW = 3

/** A page without its number and without what runs on at the head or foot of every page. */
function contentOf(page: Page, isRunning: (line: Line) => boolean): Block[] {
  const isNoise = (block: Block, index: number) => {
    if (block.kind === 'table') return false
    const text = foldText(textOf(block.line))
    if (text === '') return true
    const isAtEdge = index < 2 || index >= page.blocks.length - 2
    return (
      isRunning(block.line) ||
      (isAtEdge && PAGE_NUMBER.test(text) && (text.includes('页') || isAtMargin(block.line, page)))
    )
  }
  return page.blocks
    .filter((block, index) => !isNoise(block, index))
    .map((block) => (block.kind === 'table' ? { ...block, table: cutRows(block.table, page) } : block))
}
