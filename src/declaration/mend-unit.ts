import type { Book } from './book.ts'
import type { FieldReading } from './schema.ts'
import { distance, foldText } from './text/fold.ts'
import { endsAsUnit } from './values/lists.ts'

/** Confidence below which a name counts as doubtful, and from which another place's reading may stand in for it. */
const DOUBTFUL = 0.9
const SLIPS = 2
/** Characters that tell sister institutions apart: a slip in one of them is never mended. */
const TELLING = /[^一二三四五六七八九十\d东西南北中省市区县]/g
/** Signs that stand in no name: what a seal as dark as print makes of the characters under it. */
const ODD = /[^\p{Script=Han}A-Za-z\d()]/u
/** A name of which so much is left may be the one that others agree on; a guess is put to a person. */
const LEFT = 0.5
const GUESS = 0.5
const LIKELY = 0.6

/**
 * A scan's seal blurs the applying unit's name. Where the leader's unit and a teacher's unit are read well and the same, and the
 * doubtful name is that one but for a slip or two, their reading is taken; its places are shown beside the form's own. Of a name that
 * a seal left in pieces theirs is the likeliest, and no more than a guess.
 */
export function mendUnitName(book: Book): void {
  const readings = book.found.get('unit.name') ?? []
  const [own] = readings.filter(isName).sort((one, other) => other.confidence - one.confidence)
  if (!own || own.confidence >= DOUBTFUL) return
  const leader = book.found.get('leader.unit')?.find((reading) => isName(reading) && reading.confidence >= LIKELY)
  if (!leader || !isName(leader) || !endsAsUnit(leader.value)) return
  const isSame = (reading: FieldReading | undefined) =>
    reading !== undefined && isName(reading) && foldText(reading.value) === foldText(leader.value)
  const agreeing = (book.lists.get('teachers') ?? []).flatMap(({ unit }) => (unit && isSame(unit) ? [unit] : []))
  const [teacher] = agreeing.sort((one, other) => other.confidence - one.confidence)
  if (!teacher) return
  const [doubtful, sure] = [foldText(own.value), foldText(leader.value)]
  const least = Math.min(leader.confidence, teacher.confidence)
  const isMended = least >= DOUBTFUL && isSlip(doubtful, sure)
  if (!isMended && !isPieceOf(doubtful, sure)) return
  const mended = {
    ...own,
    value: leader.value,
    confidence: isMended && !isOther(doubtful, sure) ? DOUBTFUL * least : Math.min(own.confidence, GUESS),
    evidence: [...own.evidence, ...leader.evidence],
    repaired: true,
  }
  book.found.set('unit.name', [mended, ...readings.filter((reading) => reading !== own)])
}

const isName = (reading: FieldReading): reading is FieldReading & { value: string } => typeof reading.value === 'string'

const isSlip = (doubtful: string, sure: string): boolean => {
  const limit = sure.length >= 6 ? SLIPS : 1
  const apart = distance(doubtful, sure, limit)
  const [own, other] = [doubtful, sure].map((name) => name.replace(TELLING, ''))
  // 医 is often misread as 区.
  const isMisread = doubtful.length === sure.length && own?.replace('区', '') === other
  return apart > 0 && apart <= limit && (own === other || isMisread)
}

/** Two other characters in one name's place may well be another unit's: 北京云岭医院 and 北京澄湖医院. */
const isOther = (doubtful: string, sure: string): boolean =>
  [...doubtful].filter((character, at) => character !== sure[at]).length > 1 && doubtful.length === sure.length

/** Whether a name that is none as it was read has most of another's characters in their order, all that tell sisters apart among them. */
function isPieceOf(doubtful: string, sure: string): boolean {
  if (!ODD.test(doubtful) && endsAsUnit(doubtful)) return false
  let from = 0
  let matched = 0
  for (const character of doubtful) {
    const at = sure.indexOf(character, from)
    if (at < 0 && character.replace(TELLING, '') !== '') return false
    if (at < 0) continue
    matched += 1
    from = at + 1
  }
  return matched > LEFT * sure.length && Math.abs(doubtful.length - sure.length) <= SLIPS
}
