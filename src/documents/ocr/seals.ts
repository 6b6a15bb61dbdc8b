import type { Box } from '../model.ts'
import type { Plane } from './raster.ts'
import { shrinkPlane } from './red.ts'
import { type Ellipse, fitEllipse } from './seal/ellipse.ts'
import { judgeRim } from './seal/judge.ts'
import { proposeRings } from './seal/propose.ts'

/** Pixels a millimetre at which seals are looked for. */
const PER_MM = 4
/** A seal's middle may lie this far outside of the page, in millimetres. */
const MARGIN = 12
/** Usual width of the rim in millimetres. */
const RIM = 1
/** Two seals may overlap, but their middles stay this far apart, in millimetres. */
const APART = 7
/** A ring that reaches no further than this share of a seal's half axis is part of it. */
const WITHIN = 1.1

/** A seal's place: the ellipse that runs in the middle of its rim, and the box around it, in pixels. */
export type FoundSeal = { box: Box; ellipse: Ellipse; confidence: number }

/**
 * Round and oval red seals, whichever way they lie. Rings are voted for by the edges of red ink and proposed by the bounds of red
 * things (`stamps`); each is then fitted to its rim and must have ink along it but neither just outside nor just inside.
 * `red` as from `redness`, `perMm` its pixels a millimetre; places in its pixels.
 */
export function findSeals(red: Plane, perMm: number, stamps: Box[]): FoundSeal[] {
  const shrunk = shrinkPlane(red, perMm, PER_MM)
  const ink = { ...shrunk, data: shrunk.data.map((value) => Math.min(255, 2 * value)) }
  const scale = red.width / ink.width
  const margin = MARGIN * PER_MM
  const proposals = proposeRings(pad(ink, margin), PER_MM).map((ring) => ({
    ...ring,
    x: ring.x - margin,
    y: ring.y - margin,
  }))
  const candidates = [...proposals, ...stamps.map((box) => inscribed(box, scale))]
    .flatMap((proposal) => {
      const ellipse = fitEllipse(ink, proposal)
      const score = judgeRim(ink, PER_MM, ellipse)
      return score === null ? [] : [{ ellipse, score }]
    })
    .toSorted((one, other) => other.score - one.score)
  const seals: typeof candidates = []
  for (const candidate of candidates) {
    if (!seals.some(({ ellipse }) => isOneWith(ellipse, candidate.ellipse))) seals.push(candidate)
  }
  return seals.map(({ ellipse: { x, y, a, b, angle }, score }) => {
    const ellipse = { x: x * scale, y: y * scale, a: a * scale, b: b * scale, angle }
    return { ellipse, box: boundsOf(ellipse, (RIM / 2) * perMm, red), confidence: Math.min(0.99, 0.5 + score / 2) }
  })
}

/** The same seal, or something within it. */
function isOneWith(seal: Ellipse, other: Ellipse): boolean {
  const distance = Math.hypot(seal.x - other.x, seal.y - other.y)
  return distance < APART * PER_MM || distance + Math.min(other.a, other.b) < WITHIN * Math.max(seal.a, seal.b)
}

function inscribed(box: Box, scale: number): Ellipse {
  return {
    x: (box.x + box.width / 2) / scale,
    y: (box.y + box.height / 2) / scale,
    a: box.width / 2 / scale - 1,
    b: box.height / 2 / scale - 1,
    angle: 0,
  }
}

/** The box around an ellipse and its rim's outer half, as far as it lies on the page. */
function boundsOf({ x, y, a, b, angle }: Ellipse, rim: number, page: Plane): Box {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [wide, high] = [Math.hypot(a * cos, b * sin) + rim, Math.hypot(a * sin, b * cos) + rim]
  const [left, top] = [Math.max(0, x - wide), Math.max(0, y - high)]
  return {
    x: left,
    y: top,
    width: Math.min(page.width, x + wide) - left,
    height: Math.min(page.height, y + high) - top,
  }
}

function pad({ width, height, data }: Plane, margin: number): Plane {
  const wide = width + 2 * margin
  const out = new Uint8Array(wide * (height + 2 * margin))
  for (let y = 0; y < height; y++) out.set(data.subarray(y * width, (y + 1) * width), (y + margin) * wide + margin)
  return { width: wide, height: height + 2 * margin, data: out }
}
