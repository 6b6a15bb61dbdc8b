import type { Plane } from '../raster.ts'
import { type Ellipse, pointAt } from './ellipse.ts'

/** Half axes of a seal in millimetres, with room for scans of unsure scale, and the least share of one in the other. */
const SIZE = { least: 12, most: 27, ratio: 0.55 }
const DIRECTIONS = 180
/** Millimetres: the rim may be off by this much; paper shows outside it and, before the words begin, inside it. */
const RIM = 0.6
const OUTSIDE = { from: 1.1, to: 2.4 }
const INSIDE = { from: 0.8, to: 2.4 }
/** Ink is what has at least this value, and this share of what is usual on the rim. */
const INK = { value: 16, share: 0.4 }
/** At least this share of the rim lies on the page. */
const SEEN = 0.4
/** Shares of the directions. */
const LEAST = { rim: 0.6, overOutside: 0.5, overInside: 0.3 }
const FULL = 0.75

/** How far an ellipse is a seal's rim: ink along it, paper just outside and just inside. 0–1, null for none. */
export function judgeRim(ink: Plane, perMm: number, ellipse: Ellipse): number | null {
  const { a, b } = ellipse
  const [short, long] = a < b ? [a, b] : [b, a]
  if (short < SIZE.least * perMm || long > SIZE.most * perMm || short < SIZE.ratio * long) return null
  const rays = Array.from({ length: DIRECTIONS }, (_, i) => pointAt(ellipse, (i * 2 * Math.PI) / DIRECTIONS)).filter(
    ({ x, y }) => x >= 1 && y >= 1 && x < ink.width - 1 && y < ink.height - 1,
  )
  if (rays.length < SEEN * DIRECTIONS) return null
  const most = ({ x, y, outX, outY }: (typeof rays)[number], from: number, to: number) => {
    let value = 0
    for (let d = from; d <= to; d += 0.5) {
      const [u, v] = [Math.round(x + outX * d), Math.round(y + outY * d)]
      if (u >= 0 && v >= 0 && u < ink.width && v < ink.height) value = Math.max(value, ink.data[v * ink.width + u] ?? 0)
    }
    return value
  }
  const onRim = rays.map((ray) => most(ray, -RIM * perMm, RIM * perMm))
  const usual = onRim.toSorted((one, other) => one - other)[onRim.length >> 1] ?? 0
  const isInk = (value: number) => value >= Math.max(INK.value, INK.share * usual)
  const cover = (values: number[]) => values.filter(isInk).length / rays.length
  const thinnest = (from: number, to: number) => {
    let least = 1
    for (let d = from; d <= to; d += 0.25) {
      least = Math.min(least, cover(rays.map((ray) => most(ray, d * perMm, d * perMm))))
    }
    return least
  }
  const rim = cover(onRim)
  const outside = thinnest(OUTSIDE.from, OUTSIDE.to)
  const inside = thinnest(-INSIDE.to, -INSIDE.from)
  if (rim < LEAST.rim || rim - outside < LEAST.overOutside || rim - inside < LEAST.overInside) return null
  return filled(ink, ellipse, isInk) > FULL ? null : rim - outside
}

function filled(ink: Plane, { x, y, a, b }: Ellipse, isInk: (value: number) => boolean): number {
  const reach = Math.min(a, b)
  let [some, all] = [0, 0]
  for (let v = Math.ceil(y - reach); v <= y + reach; v++) {
    for (let u = Math.ceil(x - reach); u <= x + reach; u++) {
      if (Math.hypot(u - x, v - y) > reach || u < 0 || v < 0 || u >= ink.width || v >= ink.height) continue
      all++
      if (isInk(ink.data[v * ink.width + u] ?? 0)) some++
    }
  }
  return all === 0 ? 0 : some / all
}
