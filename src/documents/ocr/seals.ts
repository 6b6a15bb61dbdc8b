import type { Box, Seal } from '../model.ts'
import type { Plane } from './raster.ts'
import { shrinkPlane } from './red.ts'

/** Pixels a millimetre at which seals are looked for. */
const PER_MM = 4
/** Half axes of unit seals in millimetres: rounds of 38–45 mm, ovals of 45 × 30, with room for scans of unsure scale. */
const LEAST = 12
const MOST = 26
/** Twice R − max(G, B): from here on it is red ink. */
const INK = 30
const EDGE = 14
const PEAKS = 10
/** Usual width of the rim in millimetres. */
const RIM = 1
/** Two seals may overlap, but their middles stay this far apart, in millimetres. */
const APART = 7

type Ellipse = { x: number; y: number; a: number; b: number }
type Candidate = { ellipse: Ellipse; score: number; confidence: number }

/**
 * Round and oval red seals. Rings are voted for by the gradient of the redness (Hough), ovals proposed by the bounds of red
 * things (`stamps`); each is then fitted to its rim and must have ink along it but neither just outside nor just inside.
 * `red` as from `redness`, `perMm` its pixels a millimetre; boxes in its pixels.
 */
export function findSeals(red: Plane, perMm: number, stamps: Box[]): Seal[] {
  const shrunk = shrinkPlane(red, perMm, PER_MM)
  const ink = { ...shrunk, data: shrunk.data.map((value) => Math.min(255, 2 * value)) }
  const scaleX = red.width / ink.width
  const scaleY = red.height / ink.height
  const proposals = [...ringPeaks(ink), ...stamps.map((box) => inscribed(box, scaleX, scaleY))]
  const candidates = proposals
    .map((ellipse) => judge(ink, fitRim(ink, ellipse)))
    .filter((candidate) => candidate !== null)
    .toSorted((a, b) => b.score - a.score)
  const seals: Candidate[] = []
  for (const candidate of candidates) {
    const near = ({ ellipse }: Candidate) =>
      Math.hypot(ellipse.x - candidate.ellipse.x, ellipse.y - candidate.ellipse.y) < APART * PER_MM
    if (!seals.some(near)) seals.push(candidate)
  }
  // The ellipse runs in the middle of the rim.
  const rim = RIM * PER_MM
  return seals.map(({ ellipse: { x, y, a, b }, confidence }) => ({
    box: {
      x: (x - a - rim / 2) * scaleX,
      y: (y - b - rim / 2) * scaleY,
      width: (2 * a + rim) * scaleX,
      height: (2 * b + rim) * scaleY,
    },
    confidence,
  }))
}

function inscribed(box: Box, scaleX: number, scaleY: number): Ellipse {
  return {
    x: (box.x + box.width / 2) / scaleX,
    y: (box.y + box.height / 2) / scaleY,
    a: box.width / 2 / scaleX - 1,
    b: box.height / 2 / scaleY - 1,
  }
}

/** The likeliest middles of rings, each with its likeliest radius. */
function ringPeaks(ink: Plane): Ellipse[] {
  const { width, height, data } = ink
  const votes = new Float32Array(width * height)
  const at = (x: number, y: number) => data[y * width + x] ?? 0
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const dx =
        at(x + 1, y - 1) + 2 * at(x + 1, y) + at(x + 1, y + 1) - at(x - 1, y - 1) - 2 * at(x - 1, y) - at(x - 1, y + 1)
      const dy =
        at(x - 1, y + 1) + 2 * at(x, y + 1) + at(x + 1, y + 1) - at(x - 1, y - 1) - 2 * at(x, y - 1) - at(x + 1, y - 1)
      const size = Math.hypot(dx, dy)
      if (size < EDGE * 8) continue
      for (let r = -MOST * PER_MM; r <= MOST * PER_MM; r++) {
        if (Math.abs(r) < LEAST * PER_MM) continue
        const u = Math.round(x + (dx / size) * r)
        const v = Math.round(y + (dy / size) * r)
        if (u >= 0 && v >= 0 && u < width && v < height)
          votes[v * width + u] = (votes[v * width + u] ?? 0) + 1 / Math.abs(r)
      }
    }
  }
  const smooth = blur(votes, width, height)
  const peaks: Ellipse[] = []
  for (let n = 0; n < PEAKS; n++) {
    let best = 0
    for (let i = 0; i < smooth.length; i++) if ((smooth[i] ?? 0) > (smooth[best] ?? 0)) best = i
    if ((smooth[best] ?? 0) <= 0) break
    const x = best % width
    const y = Math.floor(best / width)
    peaks.push(bestCircle(ink, x, y))
    const reach = 3 * PER_MM
    for (let v = Math.max(0, y - reach); v < Math.min(height, y + reach); v++) {
      smooth.fill(0, v * width + Math.max(0, x - reach), v * width + Math.min(width, x + reach))
    }
  }
  return peaks
}

function blur(values: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(values.length)
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      let sum = 0
      for (let v = y - 2; v <= y + 2; v++) for (let u = x - 2; u <= x + 2; u++) sum += values[v * width + u] ?? 0
      out[y * width + x] = sum
    }
  }
  return out
}

function bestCircle(ink: Plane, x: number, y: number): Ellipse {
  let best = { x, y, a: LEAST * PER_MM, b: LEAST * PER_MM }
  let most = -1
  for (let r = LEAST * PER_MM; r <= MOST * PER_MM; r++) {
    const ellipse = { x, y, a: r, b: r }
    const score = rimCover(ink, ellipse, 0, 2) - rimCover(ink, ellipse, 6, 1)
    if (score > most) {
      most = score
      best = ellipse
    }
  }
  return best
}

/** Moves and stretches the ellipse as long as more of its rim meets ink. */
function fitRim(ink: Plane, start: Ellipse): Ellipse {
  const score = (ellipse: Ellipse) => rimDensity(ink, ellipse) - rimCover(ink, ellipse, 7, 1)
  let best = start
  let most = score(best)
  for (const step of [4, 2, 1, 0.5]) {
    for (let improved = true; improved; ) {
      improved = false
      for (const [dx, dy, da, db] of MOVES) {
        const moved = { x: best.x + dx * step, y: best.y + dy * step, a: best.a + da * step, b: best.b + db * step }
        const cover = score(moved)
        if (cover > most + 1e-9) {
          best = moved
          most = cover
          improved = true
        }
      }
    }
  }
  return best
}

const MOVES = [
  [1, 0, 0, 0],
  [-1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, -1, 0, 0],
  [0, 0, 1, 1],
  [0, 0, -1, -1],
  [0, 0, 1, 0],
  [0, 0, -1, 0],
  [0, 0, 0, 1],
  [0, 0, 0, -1],
] as const

function judge(ink: Plane, ellipse: Ellipse): Candidate | null {
  const { a, b } = ellipse
  if (Math.min(a, b) < LEAST * PER_MM || Math.max(a, b) > (MOST + 1) * PER_MM || Math.min(a, b) / Math.max(a, b) < 0.6)
    return null
  const rim = rimCover(ink, ellipse, 0, 2)
  const outside = rimCover(ink, ellipse, 1.7 * PER_MM, 1)
  const inside = rimCover(ink, ellipse, -1.4 * PER_MM, 1)
  const score = rim - outside
  if (score < 0.6 || inside > 0.55 || rim - inside < 0.35 || filled(ink, ellipse) > 0.75) return null
  return { ellipse, score, confidence: Math.min(0.99, 0.5 + score / 2) }
}

/** How much of the rim's three innermost pixels is ink: most when the ellipse runs in the middle of the stroke. */
function rimDensity(ink: Plane, ellipse: Ellipse): number {
  return (rimCover(ink, ellipse, -1, 0) + rimCover(ink, ellipse, 0, 0) + rimCover(ink, ellipse, 1, 0)) / 3
}

/** Share of 180 directions in which there is ink `offset` pixels outside the ellipse, give or take `reach`. */
function rimCover(ink: Plane, { x, y, a, b }: Ellipse, offset: number, reach: number): number {
  let covered = 0
  for (let i = 0; i < 180; i++) {
    const cos = Math.cos((i * Math.PI) / 90)
    const sin = Math.sin((i * Math.PI) / 90)
    for (let d = offset - reach; d <= offset + reach; d++) {
      const u = Math.round(x + (a + d) * cos)
      const v = Math.round(y + (b + d) * sin)
      if (u >= 0 && v >= 0 && u < ink.width && v < ink.height && (ink.data[v * ink.width + u] ?? 0) >= INK) {
        covered++
        break
      }
    }
  }
  return covered / 180
}

function filled(ink: Plane, { x, y, a, b }: Ellipse): number {
  let some = 0
  let all = 0
  for (let v = Math.ceil(y - b); v <= y + b; v++) {
    for (let u = Math.ceil(x - a); u <= x + a; u++) {
      if (((u - x) / a) ** 2 + ((v - y) / b) ** 2 > 1 || u < 0 || v < 0 || u >= ink.width || v >= ink.height) continue
      all++
      if ((ink.data[v * ink.width + u] ?? 0) >= INK) some++
    }
  }
  return all === 0 ? 0 : some / all
}
