import type { Box } from '../model.ts'
import type { Cell, Side } from './cells.ts'

/** Sides of neighbouring cells nearer to each other than this, in millimetres, are one ruling. */
const NEAR = 1

/**
 * Gives cells that share a ruling the same edge, however the ruling leans over the page (keystone of a photograph): edges
 * are joined from neighbour to neighbour only, where the two meet, never by their position alone.
 */
export function alignCells(given: Cell[], perMm: number): Box[] {
  const cells = straighten(given)
  const near = NEAR * perMm
  const sides = cells.flatMap((cell) => [cell.left, cell.right, cell.top, cell.bottom])
  const parent = sides.map((_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] ?? at
    return at
  }
  const join = (a: number, b: number) => {
    parent[root(a)] = root(b)
  }
  const isNear = (a: number, b: number) => Math.abs(a - b) <= near
  cells.forEach((a, i) => {
    cells.forEach((b, j) => {
      if (i === j) return
      const [ai, bi] = [i * 4, j * 4]
      const [fromY, toY] = [Math.max(a.y, b.y), Math.min(a.y + a.height, b.y + b.height)]
      const [fromX, toX] = [Math.max(a.x, b.x), Math.min(a.x + a.width, b.x + b.width)]
      const y = (fromY + toY) / 2
      const x = (fromX + toX) / 2
      if (toY - fromY > near && isNear(alongY(a.right, a, y), alongY(b.left, b, y))) {
        join(ai + 1, bi)
        if (isNear(a.top[1], b.top[0])) join(ai + 2, bi + 2)
        if (isNear(a.bottom[1], b.bottom[0])) join(ai + 3, bi + 3)
      }
      if (toX - fromX > near && isNear(alongX(a.bottom, a, x), alongX(b.top, b, x))) {
        join(ai + 3, bi + 2)
        if (isNear(a.left[1], b.left[0])) join(ai, bi)
        if (isNear(a.right[1], b.right[0])) join(ai + 1, bi + 1)
      }
    })
  })
  const clusters = new Map<number, number[]>()
  sides.forEach(([from, to], i) => {
    clusters.set(root(i), [...(clusters.get(root(i)) ?? []), (from + to) / 2])
  })
  const edge = (i: number) => {
    const values = clusters.get(root(i)) ?? [0]
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  return cells.map((_, i) => {
    const [x, right, y, bottom] = [edge(i * 4), edge(i * 4 + 1), edge(i * 4 + 2), edge(i * 4 + 3)]
    return { x, y, width: right - x, height: bottom - y }
  })
}

/**
 * The cells as they would lie had every ruling its true direction: how much rulings lean changes evenly from one side of a
 * photographed page to the other.
 */
function straighten(cells: Cell[]): Cell[] {
  const lean = leanOf(cells.flatMap((cell) => [levelOf(cell, cell.top), levelOf(cell, cell.bottom)]))
  const tilt = leanOf(cells.flatMap((cell) => [uprightOf(cell, cell.left), uprightOf(cell, cell.right)]))
  const [x, y] = [middleOf(cells, 'x', 'width'), middleOf(cells, 'y', 'height')]
  return cells.map((cell) => {
    const level = ([from, to]: Side): Side => [
      from - lean(from) * (cell.x - x),
      to - lean(to) * (cell.x + cell.width - x),
    ]
    const upright = ([from, to]: Side): Side => [
      from - tilt(from) * (cell.y - y),
      to - tilt(to) * (cell.y + cell.height - y),
    ]
    const [top, bottom, left, right] = [level(cell.top), level(cell.bottom), upright(cell.left), upright(cell.right)]
    const at = { x: middle(left), y: middle(top) }
    return { ...at, width: middle(right) - at.x, height: middle(bottom) - at.y, top, bottom, left, right }
  })
}

/** The middle between the first and the last of the cells. */
function middleOf(cells: Box[], at: 'x' | 'y', size: 'width' | 'height'): number {
  const ends = cells.flatMap((cell) => [cell[at], cell[at] + cell[size]])
  return (Math.min(...ends) + Math.max(...ends)) / 2
}

type Leaning = { at: number; length: number; lean: number }

const levelOf = (cell: Box, side: Side): Leaning => leaning(side, cell.width)
const uprightOf = (cell: Box, side: Side): Leaning => leaning(side, cell.height)
const leaning = (side: Side, length: number) => ({ at: middle(side), length, lean: (side[1] - side[0]) / length })
const middle = ([from, to]: Side): number => (from + to) / 2

/** The line of best fit through leans by where they lie, long sides counting more. */
function leanOf(sides: Leaning[]): (at: number) => number {
  const weights = sides.map(({ length }) => length * length)
  const sum = (value: (side: Leaning) => number) =>
    sides.reduce((all, side, i) => all + value(side) * (weights[i] ?? 0), 0)
  const weight = sum(() => 1)
  if (weight === 0) return () => 0
  const [at, lean] = [sum((side) => side.at) / weight, sum((side) => side.lean) / weight]
  const spread = sum((side) => (side.at - at) ** 2)
  const change = spread === 0 ? 0 : sum((side) => (side.at - at) * (side.lean - lean)) / spread
  return (place) => lean + change * (place - at)
}

/** The y of a level side at `x`, the x of an upright one at `y`. */
const alongX = ([from, to]: Side, cell: Box, x: number) => from + ((to - from) * (x - cell.x)) / cell.width
const alongY = ([from, to]: Side, cell: Box, y: number) => from + ((to - from) * (y - cell.y)) / cell.height
