import type { Strip } from '../../ports.ts'

type Point = { x: number; y: number }

/** The smallest rectangle around points (one side lies along the convex hull), as a strip of slope within ±45°. */
export function smallestRectangle(points: Point[]): Strip {
  const hull = convexHull(points)
  let best: Strip = { x: 0, y: 0, width: 0, height: 0, slope: 0 }
  let smallest = Number.POSITIVE_INFINITY
  hull.forEach((from, i) => {
    const to = hull[(i + 1) % hull.length] ?? from
    const slope = Math.atan2(to.y - from.y, to.x - from.x)
    const box = boundsAlong(hull, slope)
    if (box.width * box.height < smallest - 1e-6) {
      smallest = box.width * box.height
      best = box
    }
  })
  return best
}

function boundsAlong(points: Point[], angle: number): Strip {
  const slope = angle - Math.round(angle / (Math.PI / 2)) * (Math.PI / 2)
  const cos = Math.cos(slope)
  const sin = Math.sin(slope)
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    const along = x * cos + y * sin
    const across = y * cos - x * sin
    left = Math.min(left, along)
    right = Math.max(right, along)
    top = Math.min(top, across)
    bottom = Math.max(bottom, across)
  }
  const along = (left + right) / 2
  const across = (top + bottom) / 2
  return {
    x: along * cos - across * sin,
    y: along * sin + across * cos,
    width: right - left,
    height: bottom - top,
    slope,
  }
}

/** Andrew's monotone chain: clockwise on a picture, whose y grows downwards. */
export function convexHull(points: Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const half = (from: Point[]): Point[] => {
    const chain: Point[] = []
    for (const point of from) {
      for (;;) {
        const b = chain.at(-1)
        const a = chain.at(-2)
        if (!a || !b || (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0) break
        chain.pop()
      }
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}
