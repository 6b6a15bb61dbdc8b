import type { Raster } from '../model.ts'
import { findComponents } from './components.ts'
import { convexHull } from './ppocr/rectangle.ts'
import { type Plane, shrinkTo, toGrey } from './raster.ts'

export type Point = { x: number; y: number }
/** The corners of a sheet of paper in pixels: left top, right top, right bottom, left bottom. */
export type Corners = [Point, Point, Point, Point]

/** Pixels of the longer side at which a sheet's edges are looked for: about a millimetre each. */
const COARSE = 320
/** Radius (coarse pixels) by which brightness spreads over print. */
const PRINT = 3
/** What lies around the paper is darker than it by this factor at least. */
const DARKER = 0.72
/** Share of the picture that a sheet covers at least, and of its own outline's area that four corners must account for. */
const COVER = 0.25
const FOUR_CORNERED = 0.96
/** Corners within this share of the picture's sides of its own corners: the paper fills it. */
const NEAR = 0.012
/** The paper's edge is blurred, and its shadow dark: so many coarse pixels are cut off. */
const EDGE = 1.5

/**
 * The sheet of paper on a photograph or on a scan with dark borders. Null where the paper fills the picture or cannot be told from
 * what it lies on.
 */
export function findPaper(raster: Raster): Corners | null {
  const small = shrinkTo(raster, COARSE)
  const grey = erode(dilate(toGrey(small), PRINT), PRINT)
  const cut = otsu(grey)
  const bright: Plane = { ...grey, data: grey.data.map((value) => (value > cut ? 1 : 0)) }
  const { labels, parts } = findComponents(bright)
  const paper = parts.toSorted((a, b) => b.pixels - a.pixels)[0]
  if (!paper || paper.pixels < COVER * grey.data.length) return null
  const hull = convexHull(outlineOf(labels, grey, paper.label))
  const corners = fourCorners(hull)
  if (!corners || area(corners) < FOUR_CORNERED * area(hull)) return null
  if (fills(corners, grey) || !liesOnDark(corners, grey)) return null
  const [scaleX, scaleY] = [raster.width / grey.width, raster.height / grey.height]
  return inset(corners, grey).map(({ x, y }) => ({ x: x * scaleX, y: y * scaleY })) as Corners
}

function fills(corners: Corners, { width, height }: Plane): boolean {
  const frame = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]
  return corners.every(({ x, y }, i) => {
    const corner = frame[i] ?? { x: 0, y: 0 }
    return Math.abs(x - corner.x) <= NEAR * width + 1 && Math.abs(y - corner.y) <= NEAR * height + 1
  })
}

/** Of the sides within the picture, every one has dark on its other side. */
function liesOnDark(corners: Corners, grey: Plane): boolean {
  const middle = { x: corners.reduce((sum, p) => sum + p.x, 0) / 4, y: corners.reduce((sum, p) => sum + p.y, 0) / 4 }
  const valueAt = (x: number, y: number) => {
    const [u, v] = [Math.round(x), Math.round(y)]
    return u < 0 || v < 0 || u >= grey.width || v >= grey.height ? null : (grey.data[v * grey.width + u] ?? 0)
  }
  let checked = 0
  for (const [i, from] of corners.entries()) {
    const to = corners[(i + 1) % 4] ?? from
    let [inside, outside, count] = [0, 0, 0]
    for (let step = 1; step < 20; step++) {
      const x = from.x + ((to.x - from.x) * step) / 20
      const y = from.y + ((to.y - from.y) * step) / 20
      const length = Math.hypot(middle.x - x, middle.y - y)
      const [dx, dy] = [(middle.x - x) / length, (middle.y - y) / length]
      const within = valueAt(x + 6 * dx, y + 6 * dy)
      const without = valueAt(x - 4 * dx, y - 4 * dy)
      if (within === null || without === null) continue
      inside += within
      outside += without
      count++
    }
    if (count < 5) continue
    checked++
    if (outside > DARKER * inside) return false
  }
  return checked > 0
}

function inset(corners: Corners, { width, height }: Plane): Point[] {
  const middle = { x: corners.reduce((sum, p) => sum + p.x, 0) / 4, y: corners.reduce((sum, p) => sum + p.y, 0) / 4 }
  const isAtFrame = (value: number, length: number) => value <= 1 || value >= length - 1
  return corners.map(({ x, y }) => ({
    x: isAtFrame(x, width) ? x : x + Math.sign(middle.x - x) * EDGE,
    y: isAtFrame(y, height) ? y : y + Math.sign(middle.y - y) * EDGE,
  }))
}

/** The four points of a convex outline that enclose most of it, from the left top one clockwise. */
function fourCorners(hull: Point[]): Corners | null {
  const step = Math.max(1, Math.ceil(hull.length / 28))
  const points = hull.filter((_, i) => i % step === 0)
  let best: Point[] = []
  let largest = 0
  for (let a = 0; a < points.length; a++)
    for (let b = a + 1; b < points.length; b++)
      for (let c = b + 1; c < points.length; c++)
        for (let d = c + 1; d < points.length; d++) {
          const four = [a, b, c, d].map((i) => points[i] ?? { x: 0, y: 0 })
          const size = area(four)
          if (size > largest) [best, largest] = [four, size]
        }
  if (best.length < 4) return null
  const first = best.reduce((least, { x, y }, i) => (x + y < sumOf(best[least]) ? i : least), 0)
  const from = (i: number) => best[(first + i) % 4] ?? { x: 0, y: 0 }
  return [from(0), from(1), from(2), from(3)]
}

const sumOf = (point: Point | undefined) => (point ? point.x + point.y : 0)

function area(points: Point[]): number {
  const twice = points.reduce((sum, { x, y }, i) => {
    const next = points[(i + 1) % points.length] ?? { x, y }
    return sum + x * next.y - next.x * y
  }, 0)
  return Math.abs(twice) / 2
}

function outlineOf(labels: Int32Array, { width, height }: Plane, label: number): Point[] {
  const points: Point[] = []
  for (let y = 0; y < height; y++) {
    let [first, last] = [-1, -1]
    for (let x = 0; x < width; x++) {
      if (labels[y * width + x] !== label) continue
      if (first < 0) first = x
      last = x
    }
    if (first >= 0) points.push({ x: first, y }, { x: last + 1, y }, { x: first, y: y + 1 }, { x: last + 1, y: y + 1 })
  }
  return points
}

/** The grey value that best parts dark from bright (Otsu, A threshold selection method from gray-level histograms, 1979). */
function otsu({ data }: Plane): number {
  const counts = new Float64Array(256)
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1
  const total = counts.reduce((sum, count, value) => sum + count * value, 0)
  let [below, sum, best, cut] = [0, 0, -1, 127]
  for (let value = 0; value < 255; value++) {
    const count = counts[value] ?? 0
    below += count
    sum += count * value
    const above = data.length - below
    if (below === 0 || above === 0) continue
    const between = below * above * (sum / below - (total - sum) / above) ** 2
    if (between > best) [best, cut] = [between, value]
  }
  return cut
}

const dilate = (plane: Plane, radius: number) => extreme(plane, radius, Math.max)
const erode = (plane: Plane, radius: number) => extreme(plane, radius, Math.min)

function extreme({ width, height, data }: Plane, radius: number, pick: (a: number, b: number) => number): Plane {
  const pass = (from: Uint8Array, length: number, lines: number, step: number, lineStep: number) => {
    const to = new Uint8Array(from.length)
    for (let line = 0; line < lines; line++)
      for (let i = 0; i < length; i++) {
        let value = from[line * lineStep + i * step] ?? 0
        const end = Math.min(length - 1, i + radius)
        for (let j = Math.max(0, i - radius); j <= end; j++) value = pick(value, from[line * lineStep + j * step] ?? 0)
        to[line * lineStep + i * step] = value
      }
    return to
  }
  return { width, height, data: pass(pass(data, width, height, 1, width), height, width, width, 1) }
}
