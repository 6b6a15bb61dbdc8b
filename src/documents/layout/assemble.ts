import type { Block, Box, Cell, Span } from '../model.ts'
import { tablesFromCells } from './grid.ts'
import { linesOf } from './lines.ts'
import { splitByRegion } from './split.ts'

/** A lone cell that takes up more than this share of the page both ways is an ornamental border. */
const PAGE_BORDER = 0.93

/**
 * Spans and cells in points, as seen on the page. `shapes`: where on the page each of the cells lies, when the cells were moved
 * to share edges on a page whose rulings lean.
 */
export type Pieces = { spans: Span[]; cells: Box[]; shapes?: Box[]; width: number; height: number }

/**
 * Puts spans into the cells that hold them, cutting a span that runs over a cell's border, and the rest into free lines;
 * blocks in reading order. A table inside a cell of another becomes a block of its own after it.
 */
export function assembleBlocks({ spans, cells, shapes = cells, width, height }: Pieces): { blocks: Block[] } {
  const shapeOf = new Map(cells.map((cell, i) => [cell, shapes[i] ?? cell]))
  const tables = tablesFromCells(cells.filter((cell) => !isFrame(cell, cells, width, height)))
  const byArea = tables
    .flatMap((table) => table.cells)
    .flatMap((cell) => (cell.box ? [{ cell, shape: shapeOf.get(cell.box) ?? cell.box }] : []))
    .sort((a, b) => areaOf(a.shape) - areaOf(b.shape))
  const cellAt = (x: number, y: number) => byArea.find(({ shape }) => contains(shape, x, y))?.cell ?? null

  const inCells = new Map<Cell, Span[]>()
  const free: Span[] = []
  for (const { span, region } of spans.flatMap((span) => splitByRegion(span, cellAt))) {
    if (!region) {
      free.push(span)
      continue
    }
    const held = inCells.get(region)
    if (held) held.push(span)
    else inCells.set(region, [span])
  }
  for (const [cell, held] of inCells) cell.lines = linesOf(held)

  const placed: { block: Block; y: number }[] = [
    ...tables.map((table) => ({ block: { kind: 'table' as const, table }, y: table.box?.y ?? 0 })),
    ...linesOf(free).map((line) => ({
      block: { kind: 'line' as const, line },
      y: line.box ? line.box.y + line.box.height / 2 : 0,
    })),
  ]
  return { blocks: placed.sort((a, b) => a.y - b.y).map(({ block }) => block) }
}

/** A cell around other cells with which it shares no side, or around the whole page: a border, not a place for text. */
function isFrame(cell: Box, cells: Box[], width: number, height: number): boolean {
  if (cell.width > PAGE_BORDER * width && cell.height > PAGE_BORDER * height) return true
  const isLone = !cells.some((other) => other !== cell && sharesCorner(cell, other))
  return isLone && cells.some((other) => other !== cell && contains(cell, ...middleOf(other)))
}

function sharesCorner(a: Box, b: Box): boolean {
  const near = (p: number, q: number) => Math.abs(p - q) <= 3
  const sideX = [a.x, a.x + a.width].some((p) => near(p, b.x) || near(p, b.x + b.width))
  const sideY = [a.y, a.y + a.height].some((p) => near(p, b.y) || near(p, b.y + b.height))
  return sideX && sideY
}

function middleOf(box: Box): [number, number] {
  return [box.x + box.width / 2, box.y + box.height / 2]
}

function contains(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
}

function areaOf(box: Box): number {
  return box.width * box.height
}
