import { cellAt } from '../boxes.ts'
import type { Box, Checkbox } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import type { Plane } from './raster.ts'

/** A line that was read, and how to read it again from a page where some boxes are painted over. */
export type ReadLine = { line: OcrLine; again: ((painted: Box[]) => Promise<OcrLine | null>) | null }

/** What looks like a box, and the line it belongs to. `inner`: the share of ink in it. */
export type Owned = { box: Box; inner: number; owner: ReadLine; line: OcrLine }

/** A box, and the line to write it into; null for one alone in its cell. */
export type Found = { owner: ReadLine | null; checkbox: Checkbox }

/** A page's lines, the ink without rulings, and the cells. */
export type Sheet = { read: ReadLine[]; ink: Plane; cells: Box[] }

/** A box belongs to a line at most this many of its heights away. */
const REACH = 1.6

/** The line a box belongs to: level with it, in the same cell, and next to it. */
export function nearestLine({ read, cells }: Pick<Sheet, 'read' | 'cells'>, box: Box): ReadLine | null {
  const cell = cellAt(cells, box)
  const middle = box.y + box.height / 2
  let best: ReadLine | null = null
  let nearest = Number.POSITIVE_INFINITY
  for (const each of read) {
    const { line } = each
    if (Math.abs(line.box.y + line.box.height / 2 - middle) > 0.5 * line.box.height) continue
    if (cellAt(cells, line.box) !== cell) continue
    const right = line.box.x + line.box.width
    const gap = Math.max(line.box.x - (box.x + box.width), box.x - right, 0)
    if (gap > REACH * line.box.height || gap >= nearest) continue
    nearest = gap
    best = each
  }
  return best
}

/** No other box stands in its line or cell. */
export function isOnly({ owner, box }: Pick<Owned, 'owner' | 'box'>, all: Owned[], cells: Box[]): boolean {
  const cell = cellAt(cells, box)
  return all.filter((other) => other.owner === owner || (cell && cellAt(cells, other.box) === cell)).length === 1
}
