import type { Box } from './model.ts'

/** Whether two boxes have more than a side in common. */
export const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** The area that two boxes have in common; 0 where they do not meet. */
export function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}

/** Whether the middle of `inner` lies in `outer`. A middle on a border belongs to the cell to its right or below. */
export function holdsMiddle(outer: Box, inner: Box): boolean {
  const x = inner.x + inner.width / 2
  const y = inner.y + inner.height / 2
  return x >= outer.x && x < outer.x + outer.width && y >= outer.y && y < outer.y + outer.height
}

/** The cell that holds the middle of a box. */
export const cellAt = (cells: Box[], box: Box): Box | undefined => cells.find((cell) => holdsMiddle(cell, box))
