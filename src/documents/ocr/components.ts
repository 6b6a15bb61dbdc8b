import type { Plane } from './raster.ts'
import { ALL, doubled, wordsOf } from './words.ts'

/** A set of touching pixels: its bounds and number of pixels. `label` is its value in the label map. */
export type Component = { label: number; x: number; y: number; width: number; height: number; pixels: number }

/** The components of a mask: labels count from 1, component `label` is `parts[label - 1]`. */
export type Components = {
  readonly parts: Component[]
  /** Of every pixel; 0 is none. It takes four bytes a pixel and is made when it is first asked for. */
  readonly labels: Int32Array
  /** The label of one pixel. */
  labelAt(x: number, y: number): number
  /** Every stretch of a component in a row, from the top down; `to` is exclusive. */
  eachRun(see: (label: number, y: number, from: number, to: number) => void): void
  /** The mask of the components whose place in `isWanted`, by label, is not 0. */
  draw(isWanted: Uint8Array): Plane
  /** One component within its bounds. */
  cutOut(part: Component): Plane
}

/** Labels touching pixels of a mask that equal `value`, run by run (ink touches over 8 neighbours, its holes over 4). */
export function findComponents(mask: Plane, value: 0 | 1 = 1): Components {
  const { width, height } = mask
  const { runs, rows } = joinRuns(mask, value)
  const parts = partsOf(runs, rows)
  let map: Int32Array | undefined
  const eachRun: Components['eachRun'] = (see) => {
    for (let i = 0; i < (rows[height] ?? 0); i += RUN)
      see(runs[i + LABEL] ?? 0, runs[i] ?? 0, runs[i + FROM] ?? 0, runs[i + TO] ?? 0)
  }
  const mark = <T extends Int32Array | Uint8Array>(to: T, numberOf: (label: number) => number): T => {
    eachRun((label, y, from, until) => {
      const own = numberOf(label)
      if (own !== 0) for (let at = y * width + from; at < y * width + until; at++) to[at] = own
    })
    return to
  }
  return {
    parts,
    get labels() {
      map ??= mark(new Int32Array(width * height), (label) => label)
      return map
    },
    labelAt(x, y) {
      const i = runAt(runs, rows[y] ?? 0, rows[y + 1] ?? 0, x)
      return i < (rows[y + 1] ?? 0) && (runs[i + FROM] ?? 0) <= x ? (runs[i + LABEL] ?? 0) : 0
    },
    eachRun,
    draw: (isWanted) => ({
      width,
      height,
      data: mark(new Uint8Array(width * height), (label) => isWanted[label] ?? 0),
    }),
    cutOut(part) {
      const data = new Uint8Array(part.width * part.height)
      for (let y = 0; y < part.height; y++) {
        const end = rows[part.y + y + 1] ?? 0
        for (let i = runAt(runs, rows[part.y + y] ?? 0, end, part.x); i < end; i += RUN) {
          if ((runs[i + FROM] ?? 0) >= part.x + part.width) break
          if (runs[i + LABEL] !== part.label) continue
          const row = y * part.width - part.x
          for (let x = runs[i + FROM] ?? 0; x < (runs[i + TO] ?? 0); x++) data[row + x] = 1
        }
      }
      return { width: part.width, height: part.height, data }
    },
  }
}

function partsOf(runs: Int32Array, rows: Int32Array): Component[] {
  const parts: Component[] = []
  // A run's label takes the place of its parent, which is the first run of its component and has its label already.
  for (let i = 0; i < (rows.at(-1) ?? 0); i += RUN) {
    const y = runs[i] ?? 0
    const from = runs[i + FROM] ?? 0
    const to = runs[i + TO] ?? 0
    const parent = runs[i + PARENT] ?? 0
    if (parent === i) {
      runs[i + LABEL] = parts.length + 1
      parts.push({ label: parts.length + 1, x: from, y, width: to - from, height: 1, pixels: to - from })
      continue
    }
    const label = runs[parent + LABEL] ?? 0
    runs[i + LABEL] = label
    const part = parts[label - 1]
    if (!part) continue
    const right = Math.max(part.x + part.width, to)
    part.x = Math.min(part.x, from)
    part.width = right - part.x
    part.height = y - part.y + 1
    part.pixels += to - from
  }
  return parts
}

/** The first run between two places that does not end before a column. */
function runAt(runs: Int32Array, from: number, to: number, x: number): number {
  let [low, high] = [from / RUN, to / RUN]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle * RUN + TO] ?? 0) <= x) low = middle + 1
    else high = middle
  }
  return low * RUN
}

/**
 * Stretches of pixels, row by row, each in `RUN` numbers: its row, its first and last column (exclusive), its component. `rows`:
 * where the runs of each row begin, and where the last row's end.
 */
type Runs = { runs: Int32Array; rows: Int32Array }

const [RUN, FROM, TO] = [4, 1, 2]
/** The component: first the place of an earlier run of it, or of the run itself, then its label. */
const [PARENT, LABEL] = [3, 3]

/** The runs of a mask, each with the place of the first one of its component. */
function joinRuns({ width, height, data }: Plane, value: 0 | 1): Runs {
  let runs = new Int32Array(Math.min(1 << 16, RUN * (data.length + 1)))
  // The holes of a mask must not leak through a diagonal line.
  const reach = value === 1 ? 1 : 0
  const words = wordsOf(data)
  const nothing = value === 1 ? 0 : ALL
  const rows = new Int32Array(height + 1)
  let end = 0
  let above = 0
  for (let y = 0; y < height; y++) {
    const first = end
    const row = y * width
    let candidate = above
    for (let x = 0; x < width; ) {
      // Four at a time where nothing stands.
      if (((row + x) & 3) === 0) while (x + 4 <= width && words[(row + x) >> 2] === nothing) x += 4
      if (x >= width) break
      if (data[row + x] !== value) {
        x++
        continue
      }
      const from = x
      while (x < width && data[row + x] === value) x++
      if (end + RUN > runs.length) runs = doubled(runs)
      runs[end] = y
      runs[end + FROM] = from
      runs[end + TO] = x
      runs[end + PARENT] = end
      while (candidate < first && (runs[candidate + TO] ?? 0) + reach <= from) candidate += RUN
      for (let other = candidate; other < first && (runs[other + FROM] ?? 0) < x + reach; other += RUN)
        unite(runs, end, other)
      end += RUN
    }
    above = first
    rows[y + 1] = end
  }
  for (let i = 0; i < end; i += RUN) runs[i + PARENT] = rootOf(runs, i)
  return { runs, rows }
}

function unite(runs: Int32Array, a: number, b: number): void {
  const [rootA, rootB] = [rootOf(runs, a), rootOf(runs, b)]
  if (rootA < rootB) runs[rootB + PARENT] = rootA
  else runs[rootA + PARENT] = rootB
}

function rootOf(runs: Int32Array, run: number): number {
  let root = run
  for (let next = runs[root + PARENT] ?? root; next !== root; next = runs[root + PARENT] ?? root) root = next
  let at = run
  while (at !== root) {
    const next = runs[at + PARENT] ?? root
    runs[at + PARENT] = root
    at = next
  }
  return root
}
