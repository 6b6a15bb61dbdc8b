import type { Box, Cell, Table } from '../model.ts'

/** Edges nearer to each other than this (points) are one. */
const NEAR = 3

/** A gap between two cells narrower than this (points) has no room for a character: a double ruling, the rim of a seal beside one. */
const SLIVER = 16

/**
 * Groups touching cells into tables and gives every cell its place in the grid, merged cells their spans. Positions that
 * no cell covers get an empty cell, or go to the next one where they are too narrow for any, so that each is covered exactly once. Boxes
 * in points; cells come without lines.
 */
export function tablesFromCells(cells: Box[]): Table[] {
  return groupsOf(cells)
    .map(tableOf)
    .sort((a, b) => (a.box?.y ?? 0) - (b.box?.y ?? 0) || (a.box?.x ?? 0) - (b.box?.x ?? 0))
}

function groupsOf(cells: Box[]): Box[][] {
  const groups: Box[][] = []
  const pending = new Set(cells)
  for (const seed of cells) {
    if (!pending.delete(seed)) continue
    const group = [seed]
    for (const member of group) {
      for (const other of pending) {
        if (!touch(member, other)) continue
        pending.delete(other)
        group.push(other)
      }
    }
    groups.push(group)
  }
  return groups
}

/** Two cells share a side, or a part of one; one inside the other does not count. */
function touch(a: Box, b: Box): boolean {
  const sharedX = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const sharedY = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return (Math.abs(sharedX) <= NEAR && sharedY > NEAR) || (Math.abs(sharedY) <= NEAR && sharedX > NEAR)
}

function tableOf(boxes: Box[]): Table {
  const xs = edgesOf(boxes.flatMap((box) => [box.x, box.x + box.width]))
  const ys = edgesOf(boxes.flatMap((box) => [box.y, box.y + box.height]))
  const rows = ys.length - 1
  const columns = xs.length - 1
  const taken = Array.from({ length: rows }, () => new Array<boolean>(columns).fill(false))
  const cells: Cell[] = []
  const place = (row: number, column: number, rowSpan: number, columnSpan: number, box: Box) => {
    for (let r = row; r < row + rowSpan; r++) taken[r]?.fill(true, column, column + columnSpan)
    cells.push({ row, column, rowSpan, columnSpan, box, lines: [] })
  }
  for (const box of boxes.toSorted((a, b) => a.width * a.height - b.width * b.height)) {
    const column = nearest(xs, box.x)
    const row = nearest(ys, box.y)
    const columnSpan = nearest(xs, box.x + box.width) - column
    const rowSpan = nearest(ys, box.y + box.height) - row
    const isFree = taken
      .slice(row, row + rowSpan)
      .every((line) => !line.slice(column, column + columnSpan).includes(true))
    if (columnSpan > 0 && rowSpan > 0 && isFree) place(row, column, rowSpan, columnSpan, box)
  }
  /** Gives a gap that is too narrow for a cell to the one to its right. */
  const reachLeft = (row: number, column: number, end: number): boolean => {
    const next = cells.find((cell) => cell.column === end && cell.row === row)
    if (!next?.box || (xs[end] ?? 0) - (xs[column] ?? 0) >= SLIVER) return false
    const beside = taken.slice(row, row + next.rowSpan)
    if (beside.some((line) => line.slice(column, end).includes(true))) return false
    for (const line of beside) line.fill(true, column, end)
    const x = xs[column] ?? next.box.x
    const box = { ...next.box, x, width: next.box.x + next.box.width - x }
    Object.assign(next, { column, columnSpan: next.columnSpan + end - column, box })
    return true
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (taken[row]?.[column]) continue
      const next = taken[row]?.indexOf(true, column) ?? -1
      const end = next < 0 ? columns : next
      if (reachLeft(row, column, end)) continue
      const x = xs[column] ?? 0
      const y = ys[row] ?? 0
      place(row, column, 1, end - column, { x, y, width: (xs[end] ?? x) - x, height: (ys[row + 1] ?? y) - y })
    }
  }
  cells.sort((a, b) => a.row - b.row || a.column - b.column)
  const x = xs[0] ?? 0
  const y = ys[0] ?? 0
  return { rows, columns, cells, box: { x, y, width: (xs.at(-1) ?? x) - x, height: (ys.at(-1) ?? y) - y } }
}

function edgesOf(values: number[]): number[] {
  const clusters: number[][] = []
  for (const value of values.toSorted((a, b) => a - b)) {
    const last = clusters.at(-1)
    if (last && value - (last[0] ?? value) <= NEAR) last.push(value)
    else clusters.push([value])
  }
  return clusters.map((cluster) => cluster.reduce((sum, value) => sum + value, 0) / cluster.length)
}

function nearest(edges: number[], value: number): number {
  let best = 0
  edges.forEach((edge, i) => {
    if (Math.abs(edge - value) < Math.abs((edges[best] ?? 0) - value)) best = i
  })
  return best
}
