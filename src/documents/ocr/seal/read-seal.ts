import type { Raster, SealPlace } from '../../model.ts'
import type { StripReader } from '../../ports.ts'
import type { Plane } from '../raster.ts'
import { levelStrip } from '../strips.ts'
import { type Ellipse, fitEllipse } from './ellipse.ts'
import { cutOut } from './inks.ts'
import { placesOfRim, type RimReading } from './places.ts'
import { type Band, PADDING, unwrap, wayInside } from './unwrap.ts'

/** Where the words of a rim stand: close under it, of two usual heights. */
const BANDS: Band[] = [
  { outer: 0.06, inner: 0.42 },
  { outer: 0.07, inner: 0.34 },
]
/** The ink by which the foot of the seal is found lies this deep. */
const INKED: Band = { outer: 0.16, inner: 0.34 }
/** Width of the bell over which that ink is gathered, and the least distance of two cuts, as shares of the way. */
const BELL = 16 / 360
const APART = 40 / 360
const CUTS = 2
/** A place is read when a character has this share of the readings; words of a seal are at least so many and reach so far around. */
const READ = 0.2
const LEAST = { characters: 3, reach: 90 / 360 }

/** What is written on a seal; `null` where nothing along its rim reads as words: it may be no seal. */
export type SealWords = { text: string; rim: SealPlace[] }

/**
 * Reads the words along a seal's rim. The band under the rim is laid straight, clockwise with the outer side up, from two starts
 * and in two heights, once by its red ink and once by all that is dark; what the readings say of each place is put together.
 * `red`: as from `redness`, null without colour; `place`: of its rim, pixels of the raster.
 */
export async function readSeal(
  raster: Raster,
  red: Plane | null,
  place: Ellipse,
  reader: StripReader,
): Promise<SealWords | null> {
  if (!reader.steps) return null
  const cut = cutOut(raster, red, red ? fitEllipse(red, place) : place)
  const ellipse = red ? cut.ellipse : fitEllipse(cut.dark, cut.ellipse)
  const readings: RimReading[] = []
  for (const ink of cut.red ? [cut.red, cut.dark] : [cut.dark]) {
    for (const start of quietStarts(ink, ellipse)) {
      for (const band of BANDS) readings.push(await readBand(ink, ink === cut.red, ellipse, band, start, reader))
    }
  }
  const { places, at } = placesOfRim(readings)
  const text = places.map(([best]) => (best && best.share >= READ ? best.text : '')).join('')
  const reach = (at.at(-1) ?? 0) - (at[0] ?? 0)
  if (text.length < LEAST.characters || reach < LEAST.reach) return null
  return { text, rim: places }
}

/** Where a band has least ink: there it is cut. */
function quietStarts(ink: Plane, ellipse: Ellipse): number[] {
  const unit = Math.min(ellipse.a, ellipse.b)
  const way = wayInside(ellipse)
  const count = 360
  const inked = Array.from({ length: count }, (_, i) => {
    const rim = way.at(i / count)
    let sum = 0
    for (let depth = INKED.outer * unit; depth < INKED.inner * unit; depth++) {
      const [u, v] = [Math.round(rim.x - rim.outX * depth), Math.round(rim.y - rim.outY * depth)]
      if (u >= 0 && v >= 0 && u < ink.width && v < ink.height) sum += ink.data[v * ink.width + u] ?? 0
    }
    return sum
  })
  const smooth = inked.map((_, i) => {
    let sum = 0
    for (let k = -48; k <= 48; k++) {
      sum += (inked[(i + k + count) % count] ?? 0) * Math.exp(-((k / count / BELL) ** 2) / 2)
    }
    return sum
  })
  const starts: number[] = []
  const order = smooth.map((sum, i) => ({ sum, at: i / count })).sort((a, b) => a.sum - b.sum)
  for (const { at } of order) {
    if (starts.length === CUTS) break
    if (starts.every((start) => Math.abs(at - start - Math.round(at - start)) >= APART)) starts.push(at)
  }
  return starts
}

async function readBand(
  ink: Plane,
  red: boolean,
  ellipse: Ellipse,
  band: Band,
  start: number,
  reader: StripReader,
): Promise<RimReading> {
  const strip = unwrap(ink, ellipse, band, start, 1)
  const steps =
    (await reader.steps?.(strip, levelStrip({ x: 0, y: 0, width: strip.width, height: strip.height }))) ?? []
  const filled = strip.width - 2 * PADDING
  return {
    red,
    steps: steps
      .map(({ at, candidates }) => ({ at: (at * strip.width - PADDING) / filled, candidates }))
      .filter(({ at }) => at >= 0 && at < 1)
      .map(({ at, candidates }) => ({ at: (start + at) % 1, candidates })),
  }
}
