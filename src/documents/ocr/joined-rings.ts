import { meet } from '../boxes.ts'
import type { Box } from '../model.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'
import { chosenWithin, type Round } from './rounds.ts'
import { medianOf } from './strips.ts'

/** So many rounds, of sizes that differ by at most this share, tell how large the rings of a page are. */
const KNOWN = 3
const ALIKE = 0.12
const SIZES = [1, 0.93, 1.07]
/** Directions in which a ring is looked for, and the share of them in which its line may be lost. */
const RAYS = 40
const LOST = 0.1
/** Neighbouring directions tell the same: far ones first. */
const SPREAD = Array.from({ length: RAYS }, (_, i) => (i * 11) % RAYS)
/** Where a ring's line may be, as shares of the radius: a photo bends it. */
const LINE = [0.9, 1]
/** Between ring and dot: where that is, as a share of the radius, and the share of it that strokes may cross. */
const GAP = { at: 0.74, most: 0.15 }
/** The corners of a ring's box; a square is inked in all of them. */
const CORNERS = { at: [1.2, 1.28, 1.36, 1.44], most: 2 }
/** A ring stands within a line or this near to it, in heights, and this far off its middle at most. */
const REACH = { x: 1.6, y: 0.35 }
/** What of the radius is the hole. */
const HOLE = 0.74

/**
 * Rings as large as the `known` ones of the page that are no piece of ink of their own, because they touch a character or have
 * gaps. `lines`: beside which they are looked for; `faint`: the ink with paler strokes.
 */
export function joinedRings(ink: Plane, faint: Plane, known: Round[], lines: Box[]): Round[] {
  const side = usualSide(known)
  if (side === null) return []
  const line = grow(faint, 1)
  const rings = SIZES.map((size) => ringOf(size * side))
  const found: (Round & { score: number })[] = []
  for (const place of lines) {
    const middle = place.y + place.height / 2
    const [top, bottom] = [middle - REACH.y * place.height, middle + REACH.y * place.height]
    const [left, right] = [place.x - REACH.x * place.height, place.x + place.width + REACH.x * place.height]
    for (let y = Math.round(top); y <= bottom; y++) {
      for (let x = Math.round(left); x <= right; x++) {
        for (const ring of rings) {
          const score = ringScore(ink, line, x, y, ring)
          if (score === null) continue
          const box = { x: x - ring.radius, y: y - ring.radius, width: ring.side, height: ring.side }
          const checked = chosenWithin(ink, box, HOLE)
          if (checked !== null) found.push({ box, checked, score })
        }
      }
    }
  }
  const apart: Round[] = []
  for (const { box, checked } of found.sort((a, b) => b.score - a.score)) {
    if (![...apart, ...known].some((other) => meet(other.box, box) && other.box.width > 0.8 * side))
      apart.push({ box, checked })
  }
  return apart
}

/** The width that most rounds have. */
function usualSide(rounds: Round[]): number | null {
  const sides = rounds.map(({ box }) => (box.width + box.height) / 2)
  const near = (side: number) => sides.filter((other) => Math.abs(other - side) <= ALIKE * side)
  const alike = sides.map(near).toSorted((a, b) => b.length - a.length)[0] ?? []
  return alike.length >= KNOWN ? medianOf(alike) : null
}

/** Where a ring of a size is looked at, about its middle: its line, the gap between it and a dot, the corners of its box. */
type Ring = { side: number; radius: number; line: Points[]; gap: Points; corners: Points[] }
/** Places about a middle in pixels. */
type Points = { x: Int32Array; y: Int32Array }

function ringOf(side: number): Ring {
  const radius = (side - 1) / 2
  const around = (share: number, order: number[], turn: number, all: number): Points => {
    const angles = order.map((ray) => ((ray + turn) * 2 * Math.PI) / all)
    return {
      x: Int32Array.from(angles, (angle) => Math.round(share * radius * Math.cos(angle))),
      y: Int32Array.from(angles, (angle) => Math.round(share * radius * Math.sin(angle))),
    }
  }
  return {
    side,
    radius,
    line: LINE.map((share) => around(share, SPREAD, 0, RAYS)),
    gap: around(GAP.at, SPREAD, 0, RAYS),
    corners: CORNERS.at.map((share) => around(share, [0, 1, 2, 3], 0.5, 4)),
  }
}

/** How much of a ring is drawn about a place, less what crosses it; null where there is none. */
function ringScore(ink: Plane, line: Plane, x: number, y: number, ring: Ring): number | null {
  const isInked = (mask: Plane, points: Points, ray: number) => {
    const u = x + (points.x[ray] ?? 0)
    const v = y + (points.y[ray] ?? 0)
    return u >= 0 && v >= 0 && u < mask.width && v < mask.height && mask.data[v * mask.width + u] === 1
  }
  let [lost, crossed, corners] = [0, 0, 0]
  for (let ray = 0; ray < RAYS; ray++) {
    if (!ring.line.some((points) => isInked(line, points, ray)) && ++lost > LOST * RAYS) return null
    if (isInked(ink, ring.gap, ray) && ++crossed > GAP.most * RAYS) return null
  }
  for (let corner = 0; corner < 4; corner++) {
    if (ring.corners.some((points) => isInked(ink, points, corner))) corners++
  }
  return corners > CORNERS.most ? null : RAYS - lost - crossed - corners
}
