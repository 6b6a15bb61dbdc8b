import type { Plane } from './raster.ts'

/** A set of touching pixels (8 neighbours): its bounds and number of pixels. `label` is its value in the label map. */
export type Component = { label: number; x: number; y: number; width: number; height: number; pixels: number }

export type Components = { labels: Int32Array; parts: Component[] }

/** Labels touching pixels of a mask that equal `value`; labels count from 1 and are the index in `parts` plus one. */
export function findComponents(mask: Plane, value: 0 | 1 = 1): Components {
  const { width, height, data } = mask
  const labels = new Int32Array(width * height)
  const parent: number[] = [0]
  const rootOf = (label: number): number => {
    let root = label
    while (parent[root] !== root) root = parent[root] ?? root
    while (parent[label] !== root) {
      const next = parent[label] ?? root
      parent[label] = root
      label = next
    }
    return root
  }
  // The holes of a mask must not leak through a diagonal line: they touch over 4 neighbours only.
  const reach = value === 1 ? 1 : 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if (data[i] !== value) continue
      let label = x > 0 ? (labels[i - 1] ?? 0) : 0
      if (y > 0) {
        for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
          const above = labels[i - width - x + u] ?? 0
          if (above === 0 || above === label) continue
          if (label === 0) label = above
          else {
            const a = rootOf(label)
            const b = rootOf(above)
            if (a < b) parent[b] = a
            else parent[a] = b
          }
        }
      }
      if (label === 0) {
        label = parent.length
        parent.push(label)
      }
      labels[i] = label
    }
  }
  return collectParts(
    labels,
    parent.map((_, label) => (label === 0 ? 0 : rootOf(label))),
    width,
    height,
  )
}

function collectParts(labels: Int32Array, roots: number[], width: number, height: number): Components {
  const numbers = new Int32Array(roots.length)
  const parts: (Component & { right: number; bottom: number })[] = []
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const label = labels[i] ?? 0
      if (label === 0) continue
      const root = roots[label] ?? 0
      let number = numbers[root] ?? 0
      if (number === 0) {
        parts.push({ label: parts.length + 1, x, y, width: 0, height: 0, pixels: 0, right: x, bottom: y })
        number = parts.length
        numbers[root] = number
      }
      labels[i] = number
      const part = parts[number - 1]
      if (!part) continue
      part.pixels++
      if (x < part.x) part.x = x
      if (x > part.right) part.right = x
      part.bottom = y
    }
  }
  return {
    labels,
    parts: parts.map(({ right, bottom, ...part }) => ({
      ...part,
      width: right - part.x + 1,
      height: bottom - part.y + 1,
    })),
  }
}
