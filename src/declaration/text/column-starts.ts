import type { Page } from '../../documents/model.ts'

/** Points; a text layer places the texts of one column to a hair. */
const SAME = 0.6
/** So many lines have a text beginning there. */
const LINES = 3

const known = new WeakMap<Page, number[]>()

/**
 * Where the columns of a page without rulings begin: the x at which texts begin on several free lines. None on a scan, whose
 * places are not that exact.
 */
export function columnStarts(page: Page): number[] {
  const found = known.get(page)
  if (found) return found
  const starts = page.source === 'text' ? findStarts(page) : []
  known.set(page, starts)
  return starts
}

export const isStart = (x: number, starts: number[]): boolean => starts.some((start) => Math.abs(start - x) <= SAME)

function findStarts(page: Page): number[] {
  const xs = page.blocks
    .flatMap((block) => (block.kind === 'line' ? block.line.spans : []))
    .flatMap(({ box, text }) => (box && text.trim() !== '' ? [box.x] : []))
    .sort((a, b) => a - b)
  return xs.filter((x, index) => (xs[index + LINES - 1] ?? Number.POSITIVE_INFINITY) - x <= SAME)
}
