import type { Raster } from '../../model.ts'
import { type Plane, toRgb } from '../raster.ts'
import { type Ellipse, pointAt } from './ellipse.ts'

/** A seal cut out of its page: its red ink alone, all that is dark, and the rim in the cut-out. */
export type Cutout = { red: Plane | null; dark: Plane; ellipse: Ellipse }

/** How much of the page around the rim is cut out with it, as a share of the longer half axis. */
const AROUND = 1.08
/** Ranks, 0–1, of the green of paper among all pixels, and of a seal's usual redness among the red ones. */
const PAPER = 0.75
const USUAL = 0.85
const LEAST_RED = 16
/** A pixel with this share of the usual redness is the seal's. */
const OWN = 0.3
/** Print is darker in red light than the seal: below these shares of the seal's usual R it is print, above not. */
const PRINT = { surely: 0.5, not: 0.66 }
/** The same on a grey scan, as shares of the rim's usual darkness; the darkest print is at this rank. */
const GREY = { own: 1.15, print: 1.4 }
const DARKEST = 0.995
/** Half the side of the square from which ink under print is filled in, as a share of the half axis: a stroke of print. */
const STROKE = 0.02

/**
 * Cuts a seal out of its page. JPEG keeps colour at half the resolution and the strokes only in the brightness: the red ink is
 * what is dark in green light where there is some redness and what is not dark in red light as well, as print is.
 */
export function cutOut(raster: Raster, red: Plane | null, place: Ellipse): Cutout {
  const reach = AROUND * Math.max(place.a, place.b)
  const left = Math.max(0, Math.floor(place.x - reach))
  const top = Math.max(0, Math.floor(place.y - reach))
  const width = Math.max(1, Math.min(raster.width, Math.ceil(place.x + reach)) - left)
  const height = Math.max(1, Math.min(raster.height, Math.ceil(place.y + reach)) - top)
  const { data } = toRgb(raster)
  const reds = new Uint8Array(width * height)
  const greens = new Uint8Array(width * height)
  const redness = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [(top + y) * raster.width + left + x, y * width + x]
      reds[to] = data[3 * from] ?? 0
      greens[to] = data[3 * from + 1] ?? 0
      redness[to] = red?.data[from] ?? 0
    }
  }
  const paper = rank(greens, PAPER)
  const dark = greens.map((green) => Math.max(0, paper - green))
  const size = { width, height }
  const ellipse = { ...place, x: place.x - left, y: place.y - top }
  if (!red) return { red: null, dark: { ...size, data: withoutPrint(dark, size, ellipse) }, ellipse }
  const usual = rank(
    redness.filter((value) => value >= LEAST_RED),
    USUAL,
  )
  const bright = Math.max(
    1,
    rank(
      reds.filter((_, i) => (redness[i] ?? 0) >= 0.8 * usual),
      0.5,
    ),
  )
  const seen = new Float32Array(dark.length)
  const inked = new Float32Array(dark.length)
  for (let i = 0; i < dark.length; i++) {
    const isOwn = Math.min(1, (redness[i] ?? 0) / Math.max(1, OWN * usual))
    const notPrint = ((reds[i] ?? 0) / bright - PRINT.surely) / (PRINT.not - PRINT.surely)
    seen[i] = Math.min(1, Math.max(0, notPrint))
    inked[i] = (dark[i] ?? 0) * isOwn * (seen[i] ?? 0)
  }
  const own = fillUnderPrint(inked, seen, size, Math.max(1, Math.round(STROKE * place.b)))
  return { red: { ...size, data: own }, dark: { ...size, data: dark }, ellipse }
}

/** On a grey scan print is darker than the seal's ink; where it is not, as in black and white, nothing can be taken off. */
function withoutPrint(dark: Uint8Array, size: { width: number; height: number }, ellipse: Ellipse): Uint8Array {
  const usual = onRim(dark, size, ellipse)
  if (rank(dark, DARKEST) < GREY.print * usual) return dark
  const seen = new Float32Array(dark.length)
  const inked = new Float32Array(dark.length)
  for (let i = 0; i < dark.length; i++) {
    const over = ((dark[i] ?? 0) / usual - GREY.own) / (GREY.print - GREY.own)
    seen[i] = 1 - Math.min(1, Math.max(0, over))
    inked[i] = Math.min(dark[i] ?? 0, GREY.own * usual) * (seen[i] ?? 0)
  }
  return fillUnderPrint(inked, seen, size, Math.max(1, Math.round(STROKE * ellipse.b)))
}

/** The usual darkness along a rim. */
function onRim(dark: Uint8Array, { width, height }: { width: number; height: number }, ellipse: Ellipse): number {
  const values: number[] = []
  for (let i = 0; i < 360; i++) {
    const { x, y } = pointAt(ellipse, (i * Math.PI) / 180)
    const [u, v] = [Math.round(x), Math.round(y)]
    if (u >= 0 && v >= 0 && u < width && v < height) values.push(dark[v * width + u] ?? 0)
  }
  return Math.max(LEAST_RED, rank(Uint8Array.from(values), 0.5))
}

/** Under print the ink is taken to be as it is around: a stroke that print crosses stays one. */
function fillUnderPrint(
  inked: Float32Array,
  seen: Float32Array,
  size: { width: number; height: number },
  reach: number,
): Uint8Array {
  const [near, weight] = [sumAround(inked, size, reach), sumAround(seen, size, reach)]
  return Uint8Array.from(inked, (value, i) => {
    const around = (weight[i] ?? 0) > 0.5 ? (near[i] ?? 0) / (weight[i] ?? 1) : 0
    return value + (1 - (seen[i] ?? 0)) * around
  })
}

/** The sum over the square of `reach` pixels to all sides. */
function sumAround(values: Float32Array, { width, height }: { width: number; height: number }, reach: number) {
  const pass = (from: Float32Array, lines: number, length: number, lineStep: number, step: number) => {
    const to = new Float32Array(from.length)
    for (let line = 0; line < lines; line++) {
      let sum = 0
      for (let i = -reach; i < length; i++) {
        if (i + reach < length) sum += from[line * lineStep + (i + reach) * step] ?? 0
        if (i - reach - 1 >= 0) sum -= from[line * lineStep + (i - reach - 1) * step] ?? 0
        if (i >= 0) to[line * lineStep + i * step] = sum
      }
    }
    return to
  }
  return pass(pass(values, height, width, width, 1), width, height, 1, width)
}

function rank(values: Uint8Array, share: number): number {
  return values.toSorted()[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
}
