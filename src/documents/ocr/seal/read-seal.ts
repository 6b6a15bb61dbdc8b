import type { Raster, SealPlace, SealView } from '../../model.ts'
import type { StripReader } from '../../ports.ts'
import type { Plane } from '../raster.ts'
import { levelStrip } from '../strips.ts'
import { type Ellipse, fitEllipse } from './ellipse.ts'
import { cutOut } from './inks.ts'
import { placesOfRim, type RimReading } from './places.ts'
import { type Band, cutLine, PADDING, unwrap, wayInside } from './unwrap.ts'
import { viewOf } from './view.ts'

/** Where the words of a rim stand: close under it, of two usual heights. */
const BANDS: Band[] = [
  { outer: 0.05, inner: 0.42 },
  { outer: 0.055, inner: 0.34 },
]
/** Long names have narrow characters: the rim is read once more with them drawn out to this. */
const STRETCH = 1.35
/** The ink by which the foot of the seal is found lies this deep. */
const INKED: Band = { outer: 0.16, inner: 0.34 }
/** Width of the bell over which that ink is gathered, and the least distance of two cuts, as shares of the way. */
const BELL = 16 / 360
const APART = 40 / 360
const CUTS = 2
/** A place is read when a character has this share of the readings; words of a seal are at least so many and reach so far around. */
const READ = 0.2
const LEAST = { characters: 3, reach: { red: 45 / 360, grey: 90 / 360 } }
/** The line across, under the star or in the middle: how far below the middle it may run, how long and how high it is. */
const ACROSS = { below: { round: [0.46, 0.55, 0.63], oval: [0, 0.1, 0.25] }, length: 1.3, height: 0.26 }
/** What such a line says is read surely, and is one of these. */
const SURE = 0.7
const SAYS = /(?:章|处|科|部|办公室|委员会)$/

/** What is written on a seal; `null` where nothing along its rim reads as words: it may be no seal. */
export type SealWords = { text: string; rim: SealPlace[]; view?: SealView }

/**
 * Reads the words along a seal's rim. The band under the rim is laid straight, clockwise with the outer side up, from two starts
 * and in two heights; what the readings say of each place is put together.
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
  const ink = cut.red ?? cut.dark
  const starts = quietStarts(ink, ellipse)
  const readings: RimReading[] = []
  for (const band of BANDS) {
    for (const start of starts) readings.push(await readBand(ink, ellipse, { band, start, stretch: 1 }, reader))
    readings.push(await readBand(ink, ellipse, { band, start: starts[0] ?? 0, stretch: STRETCH }, reader))
  }
  const { places, at } = placesOfRim(readings)
  const text = places.map(([best]) => (best && best.share >= READ ? best.text : '')).join('')
  const reach = (at.at(-1) ?? 0) - (at[0] ?? 0)
  if (text.length < LEAST.characters || reach < LEAST.reach[red ? 'red' : 'grey']) return null
  const upward = wayInside(ellipse).at(((at[0] ?? 0) + (at.at(-1) ?? 0)) / 2)
  return {
    text: text + (await readAcross(ink, ellipse, upward, reader)),
    rim: places,
    ...viewOf(ink, ellipse, at, cut.red !== null),
  }
}

/** The line across a seal, such as 继续教育专用章; empty where none is read surely. */
async function readAcross(
  ink: Plane,
  ellipse: Ellipse,
  { outX, outY }: { outX: number; outY: number },
  reader: StripReader,
): Promise<string> {
  const { x, y, a, b } = ellipse
  const unit = Math.min(a, b)
  let best = { text: '', certainty: 0 }
  for (const below of ACROSS.below[Math.max(a, b) > 1.2 * unit ? 'oval' : 'round']) {
    const middle = { x: x - outX * below * unit, y: y - outY * below * unit }
    const size = { width: ACROSS.length * unit, height: ACROSS.height * unit }
    const strip = cutLine(ink, { ...middle, ...size, slope: Math.atan2(outX, -outY) })
    const line = await reader.read(strip, levelStrip({ x: 0, y: 0, width: strip.width, height: strip.height }))
    const certainties = line?.units.map((unit) => unit.certainty) ?? []
    const certainty = certainties.reduce((sum, value) => sum + value, 0) / Math.max(1, certainties.length)
    const text = line?.text.replace(/[^\p{Script=Han}]/gu, '') ?? ''
    if (SAYS.test(text) && certainty > best.certainty) best = { text, certainty }
  }
  return best.certainty >= SURE ? best.text : ''
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
  ellipse: Ellipse,
  { band, start, stretch }: { band: Band; start: number; stretch: number },
  reader: StripReader,
): Promise<RimReading> {
  const strip = unwrap(ink, ellipse, band, start, stretch)
  const steps =
    (await reader.steps?.(strip, levelStrip({ x: 0, y: 0, width: strip.width, height: strip.height }))) ?? []
  const filled = strip.width - 2 * PADDING
  return steps
    .map(({ at, candidates }) => ({ at: (at * strip.width - PADDING) / filled, candidates }))
    .filter(({ at }) => at >= 0 && at < 1)
    .map(({ at, candidates }) => ({ at: (start + at) % 1, candidates }))
}
