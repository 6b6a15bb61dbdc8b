import type { Plane } from '../raster.ts'
import { shrinkPlane } from '../red.ts'
import type { Ellipse } from './ellipse.ts'

/** Half axes of round seals in millimetres: 38–45 mm across, with room for scans of unsure scale. */
const ROUND = { least: 12, most: 26 }
/** Half axes of the oval seals in use, in millimetres, and how many ways they are looked for. */
const OVALS = [
  { a: 22.5, b: 15 },
  { a: 20.5, b: 14 },
  { a: 24, b: 17 },
]
const TURNS = 16
/** Sobel's sum of a change of ten levels. */
const EDGE = 80
const PEAKS = { round: 10, oval: 2 }
/** Middles of two proposals are this far apart, in millimetres. */
const APART = 3

type Edge = { x: number; y: number; nx: number; ny: number }

/**
 * Where rings may be: every edge of red ink votes for the middles of the rings it may be part of (Hough). `ink`: twice the
 * redness at `perMm` pixels a millimetre. Ovals, of which there are many ways, are looked for at half of that.
 */
export function proposeRings(ink: Plane, perMm: number): Ellipse[] {
  const half = shrinkPlane(ink, 2, 1)
  const ovals = proposeOvals(half, perMm / 2)
  return [
    ...proposeCircles(ink, perMm),
    ...ovals.map(({ x, y, a, b, angle }) => ({ x: 2 * x, y: 2 * y, a: 2 * a, b: 2 * b, angle })),
  ]
}

function proposeCircles(ink: Plane, perMm: number): Ellipse[] {
  const votes = new Float32Array(ink.width * ink.height)
  for (const { x, y, nx, ny } of edgesOf(ink)) {
    for (let r = ROUND.least * perMm; r <= ROUND.most * perMm; r++) {
      vote(votes, ink, x + nx * r, y + ny * r, 1 / r)
      vote(votes, ink, x - nx * r, y - ny * r, 1 / r)
    }
  }
  return peaksOf(votes, ink, PEAKS.round, APART * perMm).map(({ x, y }) => bestCircle(ink, x, y, perMm))
}

function proposeOvals(ink: Plane, perMm: number): Ellipse[] {
  const edges = edgesOf(ink)
  const votes = new Float32Array(ink.width * ink.height)
  const ovals: (Ellipse & { votes: number })[] = []
  for (const size of OVALS) {
    const [a, b] = [size.a * perMm, size.b * perMm]
    for (let turn = 0; turn < TURNS; turn++) {
      const angle = (turn * Math.PI) / TURNS
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      votes.fill(0)
      for (const { x, y, nx, ny } of edges) {
        const u = nx * cos + ny * sin
        const v = ny * cos - nx * sin
        const reach = Math.sqrt(a * u * a * u + b * v * b * v)
        const du = (a * a * u) / reach
        const dv = (b * b * v) / reach
        const dx = du * cos - dv * sin
        const dy = du * sin + dv * cos
        vote(votes, ink, x + dx, y + dy, 1)
        vote(votes, ink, x - dx, y - dy, 1)
      }
      for (const peak of peaksOf(votes, ink, PEAKS.oval, APART * perMm))
        ovals.push({ x: peak.x, y: peak.y, a, b, angle, votes: peak.votes })
    }
  }
  const likely: Ellipse[] = []
  for (const oval of ovals.sort((one, other) => other.votes - one.votes)) {
    if (likely.length === PEAKS.round) break
    const isNear = (known: Ellipse) =>
      Math.hypot(known.x - oval.x, known.y - oval.y) < APART * perMm &&
      Math.abs(Math.sin(known.angle - oval.angle)) < Math.sin((2 * Math.PI) / TURNS)
    if (!likely.some(isNear)) likely.push(oval)
  }
  return likely
}

function vote(votes: Float32Array, { width, height }: Plane, x: number, y: number, weight: number): void {
  const u = Math.round(x)
  const v = Math.round(y)
  if (u >= 0 && v >= 0 && u < width && v < height) votes[v * width + u] = (votes[v * width + u] ?? 0) + weight
}

function edgesOf({ width, height, data }: Plane): Edge[] {
  const edges: Edge[] = []
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const nw = data[i - width - 1] ?? 0
      const ne = data[i - width + 1] ?? 0
      const sw = data[i + width - 1] ?? 0
      const se = data[i + width + 1] ?? 0
      const dx = ne + 2 * (data[i + 1] ?? 0) + se - nw - 2 * (data[i - 1] ?? 0) - sw
      const dy = sw + 2 * (data[i + width] ?? 0) + se - nw - 2 * (data[i - width] ?? 0) - ne
      if (dx === 0 && dy === 0) continue
      const size = Math.hypot(dx, dy)
      if (size >= EDGE) edges.push({ x, y, nx: dx / size, ny: dy / size })
    }
  }
  return edges
}

function peaksOf(votes: Float32Array, { width, height }: Plane, count: number, apart: number) {
  const reach = Math.round(apart)
  const smooth = blur(votes, width, height)
  const most = new Float32Array(height)
  const measure = (from: number, to: number) => {
    for (let y = from; y < to; y++) {
      let best = 0
      for (let i = y * width; i < (y + 1) * width; i++) best = Math.max(best, smooth[i] ?? 0)
      most[y] = best
    }
  }
  measure(0, height)
  const peaks: { x: number; y: number; votes: number }[] = []
  while (peaks.length < count) {
    const top = most.reduce((best, value) => Math.max(best, value), 0)
    if (top <= 0) break
    const y = most.indexOf(top)
    const x = smooth.indexOf(top, y * width) - y * width
    peaks.push({ x, y, votes: top })
    const [from, to] = [Math.max(0, y - reach), Math.min(height, y + reach)]
    for (let v = from; v < to; v++) {
      smooth.fill(0, v * width + Math.max(0, x - reach), v * width + Math.min(width, x + reach))
    }
    measure(from, to)
  }
  return peaks
}

/** The mean over five by five pixels, times 25. */
function blur(values: Float32Array, width: number, height: number): Float32Array {
  const across = new Float32Array(values.length)
  for (let i = 2; i < values.length - 2; i++) {
    across[i] =
      (values[i - 2] ?? 0) + (values[i - 1] ?? 0) + (values[i] ?? 0) + (values[i + 1] ?? 0) + (values[i + 2] ?? 0)
  }
  const out = new Float32Array(values.length)
  for (let i = 2 * width; i < (height - 2) * width; i++) {
    out[i] =
      (across[i - 2 * width] ?? 0) +
      (across[i - width] ?? 0) +
      (across[i] ?? 0) +
      (across[i + width] ?? 0) +
      (across[i + 2 * width] ?? 0)
  }
  return out
}

function bestCircle(ink: Plane, x: number, y: number, perMm: number): Ellipse {
  let best = { x, y, a: ROUND.least * perMm, b: ROUND.least * perMm, angle: 0 }
  let most = -1
  for (let r = ROUND.least * perMm; r <= ROUND.most * perMm; r++) {
    let sum = 0
    for (let i = 0; i < 180; i++) {
      const [cos, sin] = [Math.cos((i * Math.PI) / 90), Math.sin((i * Math.PI) / 90)]
      const at = (reach: number) => valueAt(ink, x + reach * cos, y + reach * sin)
      const rim = Math.max(at(r - 1), at(r), at(r + 1))
      sum += Math.min(60, rim) - Math.min(60, Math.max(at(r + 5), at(r + 6)))
    }
    if (sum > most) {
      most = sum
      best = { x, y, a: r, b: r, angle: 0 }
    }
  }
  return best
}

/** The value at a place, 0 outside. */
export function valueAt({ width, height, data }: Plane, x: number, y: number): number {
  const [u, v] = [Math.round(x), Math.round(y)]
  return u < 0 || v < 0 || u >= width || v >= height ? 0 : (data[v * width + u] ?? 0)
}
