import type { Box } from '../model.ts'
import { type Component, findComponents } from './components.ts'
import type { Plane } from './raster.ts'
import { medianOf } from './strips.ts'

/** Smaller regions between rulings, in millimetres, are the insides of double lines and of letters. */
const SMALLEST = 3
/** A region that fills less of its bounds is not a cell but what is left around cells. */
const FILLED = 0.6
/** Where along a side it is looked at, as shares of its length; each time in so many places over this share of it. */
const LOOKED = [0.2, 0.8] as const
const PLACES = 7
const AROUND = 0.2
/** Shorter sides (mm) do not tell how they lean. */
const LEANING = 8

/** A side from its left or upper end to the other one: two values of y for a level side, two of x for an upright one. */
export type Side = readonly [number, number]

/** A cell as it lies on the page, each side leaning for itself; its box goes through the middle of each. */
export type Cell = Box & { top: Side; bottom: Side; left: Side; right: Side }

/**
 * The cells of ruled tables: regions that the rulings close off. A region that holds another is the paper around a table,
 * not a cell. Sides in pixels lie in the middle of the rulings around them.
 */
export function findCells(barrier: Plane, perMm: number): Cell[] {
  const { width, height } = barrier
  const margin = Math.max(1, Math.round(0.2 * perMm)) + 1
  const { parts, labelAt } = findComponents(barrier, 0)
  const regions = parts.filter(
    (part) =>
      part.x > 0 &&
      part.y > 0 &&
      part.x + part.width < width &&
      part.y + part.height < height &&
      Math.min(part.width, part.height) >= SMALLEST * perMm &&
      part.pixels >= FILLED * part.width * part.height,
  )
  return regions
    .filter((outer) => !regions.some((inner) => inner !== outer && holds(outer, inner)))
    .map((region) => cellOf(region, labelAt, margin, LEANING * perMm))
}

type LabelAt = (x: number, y: number) => number

function cellOf(region: Component, labelAt: LabelAt, margin: number, leaning: number): Cell {
  const { x, y, width, height } = region
  const side = (upright: boolean, far: boolean, from: number, to: number): Side => {
    const at = LOOKED.map((share) => from + share * (to - from))
    const [near = 0, other = near] = at.map((along) =>
      reachAt(region, labelAt, { upright, far, along, room: to - from }),
    )
    const out = far ? margin : -margin
    const lean = to - from < leaning ? 0 : (other - near) / ((LOOKED[1] - LOOKED[0]) * (to - from))
    const centre = (near + other) / 2 + out
    return [centre - (lean * (to - from)) / 2, centre + (lean * (to - from)) / 2]
  }
  const top = side(false, false, x, x + width)
  const bottom = side(false, true, x, x + width)
  // Where a broad cell leans, its left side stands lower or higher than its right one.
  const left = side(true, false, Math.max(y, top[0]), Math.min(y + height, bottom[0]))
  const right = side(true, true, Math.max(y, top[1]), Math.min(y + height, bottom[1]))
  const at = { x: middle(left), y: middle(top) }
  return { ...at, width: middle(right) - at.x, height: middle(bottom) - at.y, top, bottom, left, right }
}

const middle = ([from, to]: Side): number => (from + to) / 2

/** How far a region reaches towards one side, around a place along it; `room` is that side's length. */
function reachAt(
  region: Component,
  labelAt: LabelAt,
  { upright, far, along, room }: { upright: boolean; far: boolean; along: number; room: number },
): number {
  const [from, depth] = upright ? [region.x, region.width] : [region.y, region.height]
  const found: number[] = []
  for (let i = 0; i < PLACES; i++) {
    const place = Math.round(along + (i / (PLACES - 1) - 0.5) * AROUND * room)
    for (let d = 0; d < depth / 2; d++) {
      const across = far ? from + depth - 1 - d : from + d
      if ((upright ? labelAt(across, place) : labelAt(place, across)) !== region.label) continue
      found.push(far ? across + 1 : across)
      break
    }
  }
  return medianOf(found) ?? (far ? from + depth : from)
}

function holds(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}
