/** What may stand at one place of a seal's rim, likeliest first, with its share of the readings (0–1). */
export type SealPlaces = { text: string; share: number }[][]

/** A character is supported by this share of the readings, and by this much of what its rival has. */
const SUPPORT = { least: 0.12, ofRival: 0.4 }
/** One stroke lost makes 二 to 一: numbers are read more surely. */
const TELLING = { least: 0.5, ofRival: 3 }
const TELLS = /[一二三四五六七八九十]/
/** A place outside of the name says something from here on. */
const WORD = 0.3
/** A place is read clearly from here on; what has less than this was seen in no reading. */
const CLEAR = 0.75
const UNSEEN = 0.004
/** Another unit's name has less of the name in order than this, and these clear places for this share of all. */
const OTHER = { common: 0.6, clear: 0.5, share: 0.6, contradictions: 3, plain: 2 }
/** A seal is clear all around with this share everywhere, and a character is read beyond doubt with this one. */
const PLAIN = { all: 0.9, own: 0.97, differing: 2 }

/** Words of which one character may be lost: no other word has the rest of it. */
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
]

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
  const characters = [...name]
  const rim = trim(places)
  if (rim.length !== characters.length) return false
  const lost = characters.flatMap((character, i) => (isSupported(rim[i] ?? [], character) ? [] : [i]))
  return lost.every((i) => isFixed(name, lost, i) && (rim[i] ?? []).every(({ share }) => share < CLEAR))
}

function isSupported(place: SealPlaces[number], character: string): boolean {
  const own = place.find(({ text }) => text === character)?.share ?? 0
  const rival = Math.max(0, ...place.filter(({ text }) => text !== character).map(({ share }) => share))
  const { least, ofRival } = TELLS.test(character) ? TELLING : SUPPORT
  return own >= least && own >= ofRival * rival
}

function isFixed(name: string, lost: number[], at: number): boolean {
  return FIXED.some((word) => {
    const from = name.indexOf(word)
    const isIn = (i: number) => i >= from && i < from + word.length
    return from >= 0 && isIn(at) && lost.filter(isIn).length === 1
  })
}

/** The words of a rim of which every place is clearly read; `null` for any other. */
export function clearWords(places: SealPlaces): string | null {
  const rim = trim(places)
  return rim.length > 0 && rim.every((place) => (place[0]?.share ?? 0) >= CLEAR) ? readWords(places) : null
}

/** The likeliest words of a rim. */
export const readWords = (places: SealPlaces): string =>
  trim(places)
    .map((place) => place[0]?.text ?? '')
    .join('')

/** Without ends where nothing is read. */
function trim(places: SealPlaces): SealPlaces {
  const isWord = (place: SealPlaces[number]) => (place[0]?.share ?? 0) >= WORD
  const first = places.findIndex(isWord)
  return first < 0 ? [] : places.slice(first, places.findLastIndex(isWord) + 1)
}

/**
 * Whether a seal surely bears another name: little of the name is on it although it is clearly read, or one word of the name
 * is clearly another that stands in its place in names. One character that differs may be misread, and says nothing.
 */
export function sealBearsOther(places: SealPlaces, name: string): boolean {
  const rim = trim(places)
  const clear = rim.filter((place) => (place[0]?.share ?? 0) >= OTHER.share)
  const read = readWords(places)
  if (rim.length < 4 || clear.length < OTHER.clear * rim.length) return false
  if (isOtherKind(rim, read, name)) return true
  const strange = clear.filter(([best]) => best && !name.includes(best.text))
  const plain = strange.filter(([best]) => (best?.share ?? 0) >= PLAIN.all)
  const few = commonOf(read, name) < OTHER.common * Math.max(read.length, name.length)
  return few && (strange.length >= OTHER.contradictions || plain.length >= OTHER.plain)
}

/**
 * Whether a seal that is clear all around bears a name as long that differs in one character or two, of which nothing was seen.
 * A clear character is seldom misread, but a cut face may be unusual: that is worth a look, not a return.
 */
export function sealBearsNear(places: SealPlaces, name: string): boolean {
  const rim = trim(places)
  const characters = [...name]
  if (rim.length !== characters.length || rim.some((place) => (place[0]?.share ?? 0) < PLAIN.all)) return false
  const differing = rim.filter((place, i) => place[0]?.text !== characters[i])
  return (
    differing.length > 0 &&
    differing.length <= PLAIN.differing &&
    rim.every(([best, ...others], i) => {
      if (best?.text === characters[i]) return true
      return (
        (best?.share ?? 0) >= PLAIN.own && others.every((other) => other.text !== characters[i] || other.share < UNSEEN)
      )
    })
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
