import type { Plane } from './raster.ts'

/** A set of touching pixels: its bounds and number of pixels. `label` is its value in the label map. */
export type Component = { label: number; x: number; y: number; width: number; height: number; pixels: number }

/** Labels count from 1, 0 is none; component `label` is `parts[label - 1]`. */
export type Components = { labels: Int32Array; parts: Component[] }

/** Stretches of pixels: row, first and last column (exclusive), and the index of another one of the same component. */
type Runs = { y: number[]; from: number[]; to: number[]; parent: number[] }

/** Labels touching pixels of a mask that equal `value`, run by run (ink touches over 8 neighbours, its holes over 4). */
export function findComponents(mask: Plane, value: 0 | 1 = 1): Components {
  const runs = joinRuns(mask, value)
  const labels = new Int32Array(mask.data.length)
  const numbers = new Int32Array(runs.y.length)
  const parts: Component[] = []
  for (let i = 0; i < runs.y.length; i++) {
    const root = rootOf(runs.parent, i)
    const [y = 0, from = 0, to = 0] = [runs.y[i], runs.from[i], runs.to[i]]
    let label = numbers[root] ?? 0
    let part = parts[label - 1]
    if (!part) {
      label = parts.length + 1
      numbers[root] = label
      part = { label, x: from, y, width: 0, height: 0, pixels: 0 }
      parts.push(part)
    }
    const right = Math.max(part.x + part.width, to)
    part.x = Math.min(part.x, from)
    part.width = right - part.x
    part.height = y - part.y + 1
    part.pixels += to - from
    labels.fill(label, y * mask.width + from, y * mask.width + to)
  }
  return { labels, parts }
}

function joinRuns({ width, height, data }: Plane, value: 0 | 1): Runs {
  const runs: Runs = { y: [], from: [], to: [], parent: [] }
  // The holes of a mask must not leak through a diagonal line.
  const reach = value === 1 ? 1 : 0
  let above = 0
  for (let y = 0; y < height; y++) {
    const first = runs.y.length
    const end = (y + 1) * width
    let candidate = above
    for (let i = y * width; i < end; i++) {
      if (data[i] !== value) continue
      const start = i
      while (i < end && data[i] === value) i++
      const from = start - y * width
      const to = i - y * width
      const index = runs.y.length
      runs.y.push(y)
      runs.from.push(from)
      runs.to.push(to)
      runs.parent.push(index)
      while (candidate < first && (runs.to[candidate] ?? 0) + reach <= from) candidate++
      for (let other = candidate; other < first && (runs.from[other] ?? 0) < to + reach; other++) {
        unite(runs.parent, index, other)
      }
    }
    above = first
  }
  return runs
}

function unite(parent: number[], a: number, b: number): void {
  const [rootA, rootB] = [rootOf(parent, a), rootOf(parent, b)]
  if (rootA < rootB) parent[rootB] = rootA
  else parent[rootA] = rootB
}

function rootOf(parent: number[], index: number): number {
  let root = index
  while (parent[root] !== root) root = parent[root] ?? root
  let at = index
  while (parent[at] !== root) {
    const next = parent[at] ?? root
    parent[at] = root
    at = next
  }
  return root
}
