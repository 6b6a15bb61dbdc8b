import { apply, type Matrix, type Point } from './matrix.ts'

/** Commands in pdf.js's path buffers (DrawOPS). */
const MOVE = 0
const LINE = 1
const CURVE = 2
const QUADRATIC = 3
const CLOSE = 4

export type SubPath = { points: Point[]; curved: boolean; closed: boolean }

/** The sub-paths of a path buffer, transformed. */
export function subPathsOf(buffer: unknown, m: Matrix): SubPath[] {
  if (!(buffer instanceof Float32Array)) return []
  const paths: SubPath[] = []
  let current: SubPath | undefined
  const start = (x: number, y: number) => {
    current = { points: [apply(m, x, y)], curved: false, closed: false }
    paths.push(current)
  }
  const at = (i: number) => buffer[i] ?? 0
  for (let i = 0; i < buffer.length; ) {
    switch (at(i)) {
      case MOVE:
        start(at(i + 1), at(i + 2))
        i += 3
        break
      case LINE:
        current?.points.push(apply(m, at(i + 1), at(i + 2)))
        i += 3
        break
      case CURVE:
        current?.points.push(apply(m, at(i + 5), at(i + 6)))
        if (current) current.curved = true
        i += 7
        break
      case QUADRATIC:
        current?.points.push(apply(m, at(i + 3), at(i + 4)))
        if (current) current.curved = true
        i += 5
        break
      case CLOSE:
        if (current) current.closed = true
        i += 1
        break
      default:
        return paths
    }
  }
  return paths.filter((path) => path.points.length > 1)
}
