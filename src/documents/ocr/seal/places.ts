import type { SealPlace } from '../../model.ts'

/** One reading of a band: what may stand at its places, each at its share of the way around, 0–1. */
export type RimReading = { at: number; candidates: { text: string; probability: number }[] }[]

const HAN = /^\p{Script=Han}$/u
/** A character of one reading counts from here on. */
const READ = 0.25
/** Width of the bell by which readings of one character are gathered, as a share of the way. */
const BELL = 1.25 / 360
const BINS = 1440
/** Places read by a smaller share of the readings are dirt or print. */
const LEAST = 0.2
/** Neighbours nearer than this share of the usual distance are one character read as two. */
const NEAR = 0.6
/** Characters of a smaller share are not kept, nor more than so many. */
const CANDIDATE = 0.002
const CANDIDATES = 12

type Read = { at: number; text: string; probability: number }
type Place = { at: number; text: string; share: number }

/** The places of the words along the rim, in order from the widest gap on, and where they stand. */
export function placesOfRim(readings: RimReading[]): { places: SealPlace[]; at: number[] } {
  const found = trimEnds(fromWidestGap(mergeNear(clusters(readings))))
  if (found.length < 2) return { places: [], at: [] }
  const at = fillGaps(found.map((place) => place.at))
  return { places: at.map((middle, i) => candidatesAt(readings, at, i, middle)), at }
}

const around = (distance: number) => distance - Math.round(distance)

/** Greedy reading of each band: runs of one likeliest character. */
function readsOf(steps: RimReading): Read[] {
  const reads: Read[] = []
  let last = ''
  let weight = 0
  for (const { at, candidates } of steps) {
    const [best] = candidates
    const none = 1 - candidates.reduce((sum, { probability }) => sum + probability, 0)
    const text = best && best.probability > none ? best.text : ''
    const known = reads.at(-1)
    if (best && text !== '' && text === last && known) {
      known.at = (known.at * weight + at * best.probability) / (weight + best.probability)
      weight += best.probability
      known.probability = Math.max(known.probability, best.probability)
    } else if (best && text !== '') {
      reads.push({ at, text, probability: best.probability })
      weight = best.probability
    }
    last = text
  }
  return reads.filter(({ text, probability }) => HAN.test(text) && probability > READ)
}

function clusters(readings: RimReading[]): Place[] {
  const reads = readings.flatMap(readsOf)
  const density = new Float64Array(BINS)
  for (const { at, probability } of reads) {
    const reach = Math.ceil(3 * BELL * BINS)
    const middle = Math.round(at * BINS)
    for (let i = middle - reach; i <= middle + reach; i++) {
      const distance = (i / BINS - at) / BELL
      const bin = ((i % BINS) + BINS) % BINS
      density[bin] = (density[bin] ?? 0) + probability * Math.exp((-distance * distance) / 2)
    }
  }
  const peaks: number[] = []
  const value = (i: number) => density[((i % BINS) + BINS) % BINS] ?? 0
  for (let i = 0; i < BINS; i++) {
    if (value(i) > 0.2 && value(i) > value(i - 1) && value(i) >= value(i + 1)) peaks.push(i / BINS)
  }
  return peaks.flatMap((peak) => {
    const own = reads.filter(
      ({ at }) =>
        Math.abs(around(at - peak)) < 3 * BELL &&
        peaks.every((other) => Math.abs(around(at - other)) >= Math.abs(around(at - peak))),
    )
    const sums = new Map<string, number>()
    for (const { text, probability } of own) sums.set(text, (sums.get(text) ?? 0) + probability)
    const [best] = [...sums].sort((a, b) => b[1] - a[1])
    if (!best) return []
    const total = own.reduce((sum, { probability }) => sum + probability, 0)
    const share = total / readings.length
    return share < LEAST ? [] : [{ at: peak, text: best[0], share }]
  })
}

function usualGap(places: Place[]): number {
  const gaps = places.map(({ at }, i) => {
    const next = places[(i + 1) % places.length]?.at ?? at
    return (((next - at) % 1) + 1) % 1
  })
  return gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 1
}

/** 二 and 一 in one place: the one read more often stays. */
function mergeNear(places: Place[]): Place[] {
  const usual = usualGap(places)
  let left = places
  for (;;) {
    const at = left.findIndex((place, i) => {
      const next = left[(i + 1) % left.length]
      return next && next !== place && Math.abs(around(next.at - place.at)) < NEAR * usual
    })
    if (at < 0) return left
    const [one, other] = [left[at], left[(at + 1) % left.length]]
    const weaker = (one?.share ?? 0) < (other?.share ?? 0) ? one : other
    left = left.filter((place) => place !== weaker)
  }
}

function fromWidestGap(places: Place[]): Place[] {
  let widest = 0
  let first = 0
  places.forEach(({ at }, i) => {
    const before = places[(i - 1 + places.length) % places.length]?.at ?? at
    const gap = (((at - before) % 1) + 1) % 1 || 1
    if (gap > widest) {
      widest = gap
      first = i
    }
  })
  const start = places[first]?.at ?? 0
  return [...places.slice(first), ...places.slice(0, first)].map((place) => ({
    ...place,
    at: place.at < start ? place.at + 1 : place.at,
  }))
}

/** Print under the seal is read beside its words: ends that stand apart and were seldom read. */
function trimEnds(places: Place[]): Place[] {
  const usual = usualGap(places)
  const isStray = (place: Place | undefined, next: Place | undefined) =>
    place !== undefined && next !== undefined && Math.abs(next.at - place.at) > 1.6 * usual && place.share < 0.5
  let left = places
  while (left.length > 2 && isStray(left[0], left[1])) left = left.slice(1)
  while (left.length > 2 && isStray(left.at(-1), left.at(-2))) left = left.slice(0, -1)
  return left
}

/** Where characters stand, evenly spaced: with the lost ones between them. */
function fillGaps(at: number[]): number[] {
  const gaps = at.slice(1).map((place, i) => place - (at[i] ?? 0))
  const usual = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 1
  const singles = gaps.filter((gap) => gap < 1.4 * usual)
  const step = singles.reduce((sum, gap) => sum + gap, 0) / Math.max(1, singles.length)
  const filled = [at[0] ?? 0]
  gaps.forEach((gap, i) => {
    const count = Math.max(1, Math.round(gap / step))
    for (let k = 1; k <= count; k++) filled.push((at[i] ?? 0) + (gap * k) / count)
  })
  return filled
}

/** The mean over all readings of how surely each character was read at a place. */
function candidatesAt(readings: RimReading[], at: number[], i: number, middle: number): SealPlace {
  const left = i > 0 ? (middle - (at[i - 1] ?? middle)) / 2 : ((at[1] ?? middle) - middle) / 2
  const right = i < at.length - 1 ? ((at[i + 1] ?? middle) - middle) / 2 : left
  const sums = new Map<string, number>()
  for (const steps of readings) {
    const best = new Map<string, number>()
    for (const step of steps) {
      const distance = around(step.at - middle)
      if (distance < -left || distance >= right) continue
      for (const { text, probability } of step.candidates) {
        if (HAN.test(text)) best.set(text, Math.max(best.get(text) ?? 0, probability))
      }
    }
    for (const [text, probability] of best) sums.set(text, (sums.get(text) ?? 0) + probability / readings.length)
  }
  return [...sums]
    .map(([text, share]) => ({ text, share: Math.round(share * 1000) / 1000 }))
    .filter(({ share }) => share >= CANDIDATE)
    .sort((a, b) => b.share - a.share)
    .slice(0, CANDIDATES)
}
