import { alignRim, bestShare, isSupported, isWord, type RimPair, type SealPlaces, shareOf } from './align-rim.ts'

export type { SealPlaces } from './align-rim.ts'

/** A place is read clearly from here on; what has less than this was seen in no reading. */
const CLEAR = 0.75
const UNSEEN = 0.004
/** Another unit's name has less of the name in order than this, and these clear places for this share of all. */
const OTHER = { common: 0.6, clear: 0.5, share: 0.6, contradictions: 3, plain: 2 }
/** A character is read beyond doubt with this share. */
const PLAIN = 0.9
/** What stands at an end of the words but apart from them, or is a stroke such as 一, is print below or the seal's number. */
const STRAY = { share: 0.9, stroke: 0.75, count: 2, far: 3 }
/** In words that are no other, a character seen in this share of the readings will do, and of long ones every so many may be lost. */
const GLIMPSED = 0.12
const LONG = 4
/** Characters with which units' names end. */
const ENDS = /[院心会所校学司室处科部站局委]/
/** A name that goes on has at least so many characters more, and on a seal these last words. */
const MORE = 2
const GOES_ON = /(?:医院|医学院|学院|中心|研究所|学校)$/

/**
 * Words of which one character may be lost, as no other word has the rest of it. `~` stands before characters that may be lost
 * where not all may: 人民医院 without its first one may be 惠民医院.
 */
const FIXED = [
  '疾病预防控制中心',
  '妇幼保健计划生育服务中心',
  '社区卫生服务中心',
  '妇幼保健院',
  '医科大学',
  '临床医学院',
  '职业技术学院',
  '高等专科学校',
  '精神卫生中心',
  '肿瘤医院',
  '附~属',
  '附属~医~院',
  '人~民~医~院',
  '服~务~中~心',
  '血液~中~心',
].map((marked) => {
  const word = marked.replaceAll('~', '')
  const may = [...marked.matchAll(/~./gu)].map(({ index }, before) => index - before)
  return { word, may: may.length > 0 ? may : [...word].map((_, at) => at) }
})

/** Words that stand in the same place of the names of different units. */
const KINDS = [
  ['第一', '第二', '第三', '第四', '第五', '第六', '第七', '第八', '第九', '第十'],
  [
    '人民医院',
    '中医医院',
    '中心医院',
    '儿童医院',
    '妇产医院',
    '口腔医院',
    '肿瘤医院',
    '妇幼保健院',
    '康复医院',
    '胸科医院',
  ],
  ['医学会', '护理学会', '药学会', '预防医学会', '医师协会', '医院协会'],
]

/** Whether every character of a name is read on a seal, and nothing beside it. */
export function sealBears(places: SealPlaces, name: string): boolean {
  const pairs = withoutStrays(alignRim(places, name))
  if (pairs.some(({ place, character }) => place === null || character === null)) return false
  const lost = pairs.flatMap(({ place, character }, i) => (isSupported(place ?? [], character ?? '') ? [] : [i]))
  const isOpen = ({ place, character }: RimPair) =>
    bestShare(place ?? []) < CLEAR || shareOf(place ?? [], character ?? '') >= GLIMPSED
  return lost.every((i) => isFixed(name, lost, i) && pairs.slice(i, i + 1).every(isOpen))
}

function isFixed(name: string, lost: number[], at: number): boolean {
  return FIXED.some(({ word, may }) => {
    for (let from = name.indexOf(word); from >= 0; from = name.indexOf(word, from + 1)) {
      const here = lost.filter((i) => i >= from && i < from + word.length).length
      if (may.includes(at - from) && here <= Math.max(1, Math.floor(word.length / LONG))) return true
    }
    return false
  })
}

/** Without what stands at the ends beside the name but is surely no part of the words. */
function withoutStrays(pairs: RimPair[]): RimPair[] {
  const first = pairs.findIndex(({ character }) => character !== null)
  const last = pairs.findLastIndex(({ character }) => character !== null)
  if (first < 0) return pairs
  const before = pairs.slice(0, first).map(({ place }) => place ?? [])
  const behind = pairs.slice(last + 1).map(({ place }) => place ?? [])
  const isOff = areStrays(before.toReversed(), STRAY.stroke) && areStrays(behind, STRAY.share)
  return isOff ? pairs.slice(first, last + 1) : pairs
}

/** `beside`: places beside the name, the nearest first; `stroke`: the share up to which 一 is a stroke of something else. */
function areStrays(beside: SealPlaces, stroke: number): boolean {
  const [nearest = []] = beside
  const words = beside.filter(isWord)
  const isApart = !isWord(nearest)
  const isFar = beside.length > STRAY.far && !beside.slice(0, STRAY.far).some(isWord)
  return (
    words.length <= STRAY.count &&
    words.every(
      (place) =>
        (place[0]?.text === '一' && bestShare(place) < stroke) ||
        (isApart && (isFar || bestShare(place) < STRAY.share) && !ENDS.test(place[0]?.text ?? '')),
    )
  )
}

/** The words of a rim of which every place is clearly read; `null` for any other. */
export function clearWords(places: SealPlaces): string | null {
  const rim = trim(places)
  return rim.length > 0 && rim.every((place) => bestShare(place) >= CLEAR) ? readWords(places) : null
}

/** The likeliest words of a rim. */
export const readWords = (places: SealPlaces): string =>
  trim(places)
    .map((place) => place[0]?.text ?? '')
    .join('')

/** Without ends where nothing is read. */
function trim(places: SealPlaces): SealPlaces {
  const first = places.findIndex(isWord)
  return first < 0 ? [] : places.slice(first, places.findLastIndex(isWord) + 1)
}

/**
 * Whether a seal surely bears another name: much of what is clearly read on it is not in the name, or one word of the name
 * is clearly another that stands in its place in names. One character that differs may be misread, and says nothing.
 */
export function sealBearsOther(places: SealPlaces, name: string): boolean {
  const rim = trim(places)
  if (!isLegible(rim)) return false
  const read = readWords(places)
  if (isOtherKind(rim, read, name)) return true
  if (isStrange(alignRim(rim, name))) return true
  const strange = rim.filter(([best]) => best && best.share >= OTHER.share && !name.includes(best.text))
  const plain = strange.filter((place) => bestShare(place) >= PLAIN)
  const few = commonOf(read, name) < OTHER.common * Math.max(read.length, name.length)
  return few && (strange.length >= OTHER.contradictions || plain.length >= OTHER.plain)
}

/** Whether a seal without an end, cut off by the page's edge, surely bears another name. */
export function sealPartBearsOther(places: SealPlaces, name: string): boolean {
  const rim = trim(places)
  return isLegible(rim) && isStrange(alignRim(rim, name))
}

/** Many places clearly say something else, or are beside a name of which little is read. */
function isStrange(pairs: RimPair[]): boolean {
  const against = contradictions(pairs)
  if (against.length >= OTHER.contradictions) return true
  const beside = pairs.filter(({ place, character }) => character === null && bestShare(place ?? []) >= PLAIN)
  const agreeing = pairs.filter(({ place, character }) => character !== null && isSupported(place ?? [], character))
  const clear = pairs.filter(({ place }) => bestShare(place ?? []) >= PLAIN)
  return against.length + beside.length >= OTHER.contradictions && 2 * agreeing.length < clear.length
}

/**
 * Whether a clear character of a seal is none of the name, or the words clearly go on where the name ends.
 * A clear character is seldom misread, but a cut face may be unusual: that is worth a look, not a return.
 */
export function sealBearsNear(places: SealPlaces, name: string, least = 1): boolean {
  const rim = trim(places)
  return isLegible(rim) && contradictions(alignRim(rim, name)).length >= least
}

/** Whether the words of a seal clearly go on where the name ends, as a hospital's do behind its university's. */
export function sealGoesOn(places: SealPlaces, name: string): boolean {
  const rim = trim(places)
  const beyond = rim.slice(name.length)
  const words = beyond.map((place) => place[0]?.text ?? '').join('')
  return beyond.length >= MORE && GOES_ON.test(words) && isClearly(beyond) && beginsAlike(rim, name)
}

/** Whether the words of a seal, of which nothing is lost, are the first ones of a name and not its last ones. */
export function sealEndsBefore(places: SealPlaces, name: string): boolean {
  const rim = trim(places)
  return rim.length >= 4 && name.length - rim.length >= MORE && isClearly(rim) && beginsAlike(rim, name)
}

const isClearly = (rim: SealPlaces): boolean => rim.every((place) => bestShare(place) >= CLEAR)

/** As far as both go, every character of the name is read. */
const beginsAlike = (rim: SealPlaces, name: string): boolean =>
  [...name].every((character, i) => i >= rim.length || isSupported(rim[i] ?? [], character))

function isLegible(rim: SealPlaces): boolean {
  return rim.length >= 4 && rim.filter((place) => bestShare(place) >= OTHER.share).length >= OTHER.clear * rim.length
}

/** Places that say beyond doubt what the name does not, between neighbours that agree or say as much. */
function contradictions(pairs: RimPair[]): RimPair[] {
  const isAgainst = ({ place, character }: RimPair) =>
    place !== null && bestShare(place) >= CLEAR && (character === null || shareOf(place, character) < UNSEEN)
  const isFirm = (pair: RimPair | undefined) => !pair?.place || bestShare(pair.place) >= OTHER.share
  return pairs.filter(
    (pair, i) => pair.character !== null && isAgainst(pair) && isFirm(pairs[i - 1]) && isFirm(pairs[i + 1]),
  )
}

function isOtherKind(rim: SealPlaces, read: string, name: string): boolean {
  return KINDS.some((words) =>
    words.some((own) => {
      const at = read.indexOf(own)
      if (at < 0 || read.length !== rim.length) return false
      const others = words.filter((word) => word !== own && name.includes(word))
      return others.some((other) => {
        const isSwapped = read.slice(0, at) + other + read.slice(at + own.length) === name
        const differing = [...own].flatMap((character, i) =>
          character === other[i] ? [] : [{ i: at + i, not: other[i] }],
        )
        const isSure = ({ i, not }: { i: number; not: string | undefined }) =>
          (rim[i]?.[0]?.share ?? 0) >= CLEAR &&
          (own.length !== other.length || !(rim[i] ?? []).some(({ text, share }) => text === not && share >= UNSEEN))
        return isSwapped && differing.length > 0 && differing.every(isSure)
      })
    }),
  )
}

/** How many characters two texts have in common, in order. */
export function commonOf(read: string, name: string): number {
  const lengths = Array.from({ length: name.length + 1 }, () => 0)
  for (const character of read) {
    let diagonal = 0
    for (let at = 1; at <= name.length; at++) {
      const above = lengths[at] ?? 0
      lengths[at] = character === name[at - 1] ? diagonal + 1 : Math.max(above, lengths[at - 1] ?? 0)
      diagonal = above
    }
  }
  return lengths[name.length] ?? 0
}
