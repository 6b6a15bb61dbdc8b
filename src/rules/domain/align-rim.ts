/** What may stand at one place of a seal's rim, likeliest first, with its share of the readings (0–1). */
export type SealPlaces = { text: string; share: number }[][]

/** A place of a rim and the character of a name beside it; one of them is missing where the other has no counterpart. */
export type RimPair = { place: SealPlaces[number] | null; character: string | null }

/** A character is supported by this share of the readings, and by this much of what its rival has. */
const SUPPORT = { least: 0.12, ofRival: 0.4 }
/** One stroke lost makes 二 to 一: numbers are read more surely. */
const TELLING = { least: 0.5, ofRival: 3 }
const TELLS = /[一二三四五六七八九十]/
/** What a step of the alignment is worth; a place counts by how clearly it was read. */
const WORTH = { supported: 1, seen: 0.2, lost: -0.1, missing: -0.55, against: 0.3, extra: 0.15 }
/** A character was seen at a place from this share on; a place with less than `word` is as good as lost. */
const SEEN = 0.03
const WORD = 0.3

/** Lays a name beside the places of a rim, in order, so that as much as possible agrees. */
export function alignRim(rim: SealPlaces, name: string): RimPair[] {
  const characters = [...name]
  const columns = characters.length + 1
  const worth = new Float64Array((rim.length + 1) * columns)
  for (let i = 0; i <= rim.length; i++) {
    for (let j = 0; j < columns; j++) {
      if (i + j === 0) continue
      worth[i * columns + j] = Math.max(...steps(rim, characters, worth, i, j).map((step) => step.worth))
    }
  }
  const pairs: RimPair[] = []
  let [i, j] = [rim.length, characters.length]
  while (i + j > 0) {
    const best = steps(rim, characters, worth, i, j).reduce((one, other) => (other.worth > one.worth ? other : one))
    pairs.unshift({
      place: best.i < i ? (rim[i - 1] ?? null) : null,
      character: best.j < j ? (characters[j - 1] ?? null) : null,
    })
    i = best.i
    j = best.j
  }
  return pairs
}

function steps(rim: SealPlaces, characters: string[], worth: Float64Array, i: number, j: number) {
  const columns = characters.length + 1
  const [place, character] = [rim[i - 1], characters[j - 1]]
  const to = (u: number, v: number, gain: number) => ({ i: u, j: v, worth: (worth[u * columns + v] ?? 0) + gain })
  return [
    ...(place && character ? [to(i - 1, j - 1, worthOf(place, character))] : []),
    ...(place ? [to(i - 1, j, -WORTH.extra - 0.9 * bestShare(place))] : []),
    ...(character ? [to(i, j - 1, WORTH.missing)] : []),
  ]
}

function worthOf(place: SealPlaces[number], character: string): number {
  const own = shareOf(place, character)
  if (isSupported(place, character)) return WORTH.supported + own / 2
  if (bestShare(place) < WORD) return WORTH.lost
  return own >= SEEN ? WORTH.seen : -WORTH.against - 0.7 * bestShare(place)
}

/** How clearly a place was read. */
export const bestShare = (place: SealPlaces[number]): number => place[0]?.share ?? 0

/** How much of the readings saw a character at a place. */
export const shareOf = (place: SealPlaces[number], character: string): number =>
  place.find(({ text }) => text === character)?.share ?? 0

/** Whether a character may well be what stands at a place. */
export function isSupported(place: SealPlaces[number], character: string): boolean {
  const own = shareOf(place, character)
  const rival = Math.max(0, ...place.filter(({ text }) => text !== character).map(({ share }) => share))
  const { least, ofRival } = TELLS.test(character) ? TELLING : SUPPORT
  return own >= least && own >= ofRival * rival
}

/** Whether something surely stands at a place. */
export const isWord = (place: SealPlaces[number]): boolean => bestShare(place) >= WORD
