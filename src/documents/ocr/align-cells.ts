import type { Box } from '../model.ts'

/** Sides of neighbouring cells nearer to each other than this, in millimetres, are one ruling. */
const NEAR = 1

type Side = 'left' | 'right' | 'top' | 'bottom'

/**
 * Gives cells that share a ruling the same edge, however the ruling leans over the page (keystone of a photograph): edges
 * are joined from neighbour to neighbour only, never by their position alone.
 */
export function alignCells(cells: Box[], perMm: number): Box[] {
  const near = NEAR * perMm
  const sides = cells.flatMap((cell) => [
    { side: 'left' as Side, at: cell.x },
    { side: 'right' as Side, at: cell.x + cell.width },
    { side: 'top' as Side, at: cell.y },
    { side: 'bottom' as Side, at: cell.y + cell.height },
  ])
  const parent = sides.map((_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] ?? at
    return at
  }
  const join = (a: number, b: number) => {
    if (Math.abs((sides[a]?.at ?? 0) - (sides[b]?.at ?? 0)) <= near) parent[root(a)] = root(b)
  }
  cells.forEach((a, i) => {
    cells.forEach((b, j) => {
      if (i === j) return
      const [ai, bi] = [i * 4, j * 4]
      const sharedX = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
      const sharedY = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
      const beside = Math.abs(sharedX) <= near && sharedY > near
      const below = Math.abs(sharedY) <= near && sharedX > near
      if (beside) {
        if (a.x < b.x) join(ai + 1, bi)
        for (const side of [2, 3]) join(ai + side, bi + side)
      }
      if (below) {
        if (a.y < b.y) join(ai + 3, bi + 2)
        for (const side of [0, 1]) join(ai + side, bi + side)
      }
    })
  })
  const clusters = new Map<number, number[]>()
  sides.forEach(({ at }, i) => {
    clusters.set(root(i), [...(clusters.get(root(i)) ?? []), at])
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
