import type { Plane } from '../raster.ts'

/** An ellipse in pixels: middle, half axes, and the angle of `a` clockwise in radians. */
export type Ellipse = { x: number; y: number; a: number; b: number; angle: number }

/** Directions in which the rim is looked for. */
const DIRECTIONS = 360
/** How far from the ellipse of the round before the rim may run, in shares of the shorter half axis. */
const REACH = [0.08, 0.06, 0.045, 0.035]
/** Fewer directions than this tell a circle, but no ellipse; still fewer nothing. */
const TELLING = { ellipse: 230, circle: 90 }
/** The fit is no better than its start when an axis changes by more than this share. */
const CHANGE = 0.12
/** Fainter ink does not pull the rim. */
const FAINT = 10

type Point = { x: number; y: number }

/** The point of an ellipse in direction `t` and the unit vector out of it there. */
export function pointAt({ x, y, a, b, angle }: Ellipse, t: number): Point & { outX: number; outY: number } {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [u, v] = [a * Math.cos(t), b * Math.sin(t)]
  const [nu, nv] = [b * Math.cos(t), a * Math.sin(t)]
  const size = Math.hypot(nu, nv)
  return {
    x: x + u * cos - v * sin,
    y: y + u * sin + v * cos,
    outX: (nu * cos - nv * sin) / size,
    outY: (nu * sin + nv * cos) / size,
  }
}

/** The ellipse that runs in the middle of a seal's rim. `ink`: the redness of the page; `start`: a rough one. */
export function fitEllipse(ink: Plane, start: Ellipse): Ellipse {
  let best = start
  for (const reach of REACH) {
    const points = rimPoints(ink, best, reach * Math.min(best.a, best.b))
    const isRound = Math.max(start.a, start.b) < 1.12 * Math.min(start.a, start.b)
    const fitted =
      points.length >= TELLING.ellipse
        ? throughPoints(points, best)
        : isRound && points.length >= TELLING.circle
          ? circleThrough(points, best)
          : null
    if (!fitted || !isNear(fitted, start)) return best
    best = fitted
  }
  return best
}

function isNear(fitted: Ellipse, start: Ellipse): boolean {
  const long = Math.max(fitted.a, fitted.b) / Math.max(start.a, start.b)
  const short = Math.min(fitted.a, fitted.b) / Math.min(start.a, start.b)
  return [long, short].every((change) => Math.abs(change - 1) < CHANGE)
}

function rimPoints(ink: Plane, ellipse: Ellipse, reach: number): Point[] {
  const points: Point[] = []
  for (let i = 0; i < DIRECTIONS; i++) {
    const { x, y, outX, outY } = pointAt(ellipse, (i * 2 * Math.PI) / DIRECTIONS)
    let [sum, weight] = [0, 0]
    for (let d = -reach; d <= reach; d += 0.5) {
      const [u, v] = [Math.round(x + outX * d), Math.round(y + outY * d)]
      if (u < 0 || v < 0 || u >= ink.width || v >= ink.height) continue
      const value = Math.max(0, (ink.data[v * ink.width + u] ?? 0) - FAINT)
      sum += d * value
      weight += value
    }
    if (weight > 0) points.push({ x: x + (outX * sum) / weight, y: y + (outY * sum) / weight })
  }
  return points
}

/** The conic A x² + B xy + C y² + D x + E y = 1 of least squares. */
function throughPoints(points: Point[], about: Ellipse): Ellipse | null {
  const scale = about.a
  const rows = points.map(({ x, y }) => {
    const [u, v] = [(x - about.x) / scale, (y - about.y) / scale]
    return [u * u, u * v, v * v, u, v]
  })
  const solved = leastSquares(
    rows,
    rows.map(() => 1),
  )
  if (!solved) return null
  const [A = 0, B = 0, C = 0, D = 0, E = 0] = solved
  const determinant = 4 * A * C - B * B
  if (determinant <= 0) return null
  const x = (B * E - 2 * C * D) / determinant
  const y = (B * D - 2 * A * E) / determinant
  const size = 1 - (D * x + E * y) / 2
  const angle = Math.atan2(B, A - C) / 2
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const along = A * cos * cos + B * cos * sin + C * sin * sin
  const across = A * sin * sin - B * cos * sin + C * cos * cos
  if (size / along <= 0 || size / across <= 0) return null
  return {
    x: about.x + x * scale,
    y: about.y + y * scale,
    a: Math.sqrt(size / along) * scale,
    b: Math.sqrt(size / across) * scale,
    angle,
  }
}

/** The circle x² + y² = D x + E y + F of least squares. */
function circleThrough(points: Point[], about: Ellipse): Ellipse | null {
  const scale = about.a
  const placed = points.map(({ x, y }) => [(x - about.x) / scale, (y - about.y) / scale, 1])
  const solved = leastSquares(
    placed,
    placed.map(([u = 0, v = 0]) => u * u + v * v),
  )
  if (!solved) return null
  const [D = 0, E = 0, F = 0] = solved
  const squared = F + (D * D + E * E) / 4
  if (squared <= 0) return null
  const radius = Math.sqrt(squared) * scale
  return { x: about.x + (D / 2) * scale, y: about.y + (E / 2) * scale, a: radius, b: radius, angle: 0 }
}

/** Solves the normal equations by elimination; `null` where they tell nothing. */
function leastSquares(rows: number[][], values: number[]): number[] | null {
  const size = rows[0]?.length ?? 0
  const matrix = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0))
  rows.forEach((row, r) => {
    for (let i = 0; i < size; i++) {
      const line = matrix[i] ?? []
      for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + (row[i] ?? 0) * (row[j] ?? 0)
      line[size] = (line[size] ?? 0) + (row[i] ?? 0) * (values[r] ?? 0)
    }
  })
  for (let i = 0; i < size; i++) {
    let pivot = i
    for (let j = i + 1; j < size; j++) if (Math.abs(matrix[j]?.[i] ?? 0) > Math.abs(matrix[pivot]?.[i] ?? 0)) pivot = j
    const [top, line] = [matrix[pivot] ?? [], matrix[i] ?? []]
    const head = top[i] ?? 0
    if (Math.abs(head) < 1e-9) return null
    matrix[pivot] = line
    matrix[i] = top
    for (let j = 0; j < size; j++) {
      if (j === i) continue
      const other = matrix[j] ?? []
      const factor = (other[i] ?? 0) / head
      for (let k = i; k <= size; k++) other[k] = (other[k] ?? 0) - factor * (top[k] ?? 0)
    }
  }
  return matrix.map((line, i) => (line[size] ?? 0) / (line[i] ?? 1))
}
