import type { Book } from './book.ts'
import type { FieldReading } from './schema.ts'
import { distance, foldText } from './text/fold.ts'
import { endsAsUnit } from './values/lists.ts'

/** Confidence below which a name counts as doubtful, and from which another place's reading may stand in for it. */
const DOUBTFUL = 0.9
const SLIPS = 2
/** Characters that tell sister institutions apart: a slip in one of them is never mended. */
const TELLING = /[^一二三四五六七八九十\d东西南北中省市区县]/g

/**
 * A scan's seal blurs the applying unit's name. Where the leader's unit and a teacher's unit are read well and the same, and the
 * doubtful name is that one but for a slip or two, their reading is taken; its places are shown beside the form's own.
 */
export function mendUnitName(book: Book): void {
  const readings = book.found.get('unit.name') ?? []
  const [own] = readings.filter(isName).sort((one, other) => other.confidence - one.confidence)
  if (!own || own.confidence >= DOUBTFUL) return
  const leader = book.found.get('leader.unit')?.find((reading) => isName(reading) && reading.confidence >= DOUBTFUL)
  if (!leader || !isName(leader) || !endsAsUnit(leader.value)) return
  const isSame = (reading: FieldReading | undefined) =>
    reading !== undefined &&
    isName(reading) &&
    reading.confidence >= DOUBTFUL &&
    foldText(reading.value) === foldText(leader.value)
  const teacher = book.lists.get('teachers')?.find((row) => isSame(row.unit))?.unit
  if (!teacher || !isSlip(foldText(own.value), foldText(leader.value))) return
  const mended = {
    ...own,
    value: leader.value,
    confidence: DOUBTFUL * Math.min(leader.confidence, teacher.confidence),
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
