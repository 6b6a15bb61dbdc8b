import lists from '../../../../rules/lists/unit-names.json' with { type: 'json' }
import type { FieldReading } from '../../../declaration/schema.ts'
import { endsAsUnit } from '../../../declaration/values/lists.ts'
import { type Form, SURE } from '../../engine/form.ts'
import { fail, type Outcome, pass, unknown } from '../../outcome.ts'
import { isSlip } from '../likeness.ts'
import { isRecognised, mayBeMisread } from '../recognised.ts'
import {
  clearWords,
  commonOf,
  readWords,
  type SealPlaces,
  sealBears,
  sealBearsNear,
  sealBearsOther,
  sealEndsBefore,
  sealGoesOn,
  sealPartBearsOther,
} from '../seal-name.ts'
import { kindOfName, unitKindOf } from '../unit-kind.ts'
import { compareUnits, isFullStandardName, parseUnitName } from '../unit-name.ts'
import { wasSought } from './sought.ts'

const plain = (name: string) => name.normalize('NFKC').replace(/\s+/g, '')
const aliasesOf = (form: Form): string[] => form.context.unitAliases ?? []

/** The applying unit's full standard name, the same everywhere on the form and for the leader. Needs `unit.name`. */
export function unitNameComplete(form: Form): Outcome {
  const name = form.declaration.unit?.name ?? ''
  const others = form.others['unit.name'] ?? []
  const elsewhere = others.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  const leaderUnit = form.declaration.leader?.unit ?? null
  const facts = { name, other: '', partial: partialTeacherUnits(form) }
  const confidence = Math.min(
    form.confidence('unit.name'),
    form.confidence('leader.unit'),
    ...others.map((reading) => reading.confidence),
  )
  const registered = aliasesOf(form).map(plain)
  const isRegistered = registered.includes(plain(name))

  const conflict = elsewhere.find((other) => plain(other) !== plain(name) && !registered.includes(plain(other)))
  const isDoubtful = isRecognised(form, 'unit.name') || others.some((reading) => mayBeMisread(form, reading))
  if (conflict && isDoubtful && (isSlip(conflict, name) || isScrap(conflict))) {
    return unknown('low-confidence', { ...facts, other: conflict }, ['unit.name'], { variant: 'slip', confidence })
  }
  if (conflict) return fail({ ...facts, other: conflict }, ['unit.name'], { variant: 'differs', confidence })
  if (!isRegistered && parseUnitName(name).campus)
    return unknown('context', facts, ['unit.name'], { variant: 'campus' })
  if (!isRegistered && !isFullStandardName(name))
    return fail(facts, ['unit.name'], { confidence: form.confidence('unit.name') })
  if (leaderUnit && isOtherSpelling(leaderUnit, name, aliasesOf(form))) {
    return fail({ ...facts, other: leaderUnit }, ['leader.unit', 'unit.name'], { variant: 'leader', confidence })
  }
  const fields = ['unit.name', ...(leaderUnit ? ['leader.unit'] : [])]
  return pass(facts, fields, facts.partial ? { variant: 'noted' } : {})
}

/** What is left of a name under a stamp: it ends as no unit does, or has a sign in it that no name has. */
export const isScrap = (name: string): boolean => !endsAsUnit(name) || /[，,。、；;：:〓]/.test(name)

/**
 * The same legal person under another wording, or a shortened form of the name; a department or campus behind the right name is
 * no other wording. Of a shortened name nobody can say whose it is: either this rule is broken or `leader-unit`.
 */
function isOtherSpelling(spelled: string, name: string, aliases: string[]): boolean {
  if (plain(spelled).startsWith(plain(name)) || aliases.some((alias) => plain(alias) === plain(spelled))) return false
  const relation = compareUnits(spelled, name, aliases)
  return relation === 'same' || (relation === 'unknown' && plain(name).endsWith(plain(spelled)))
}

function partialTeacherUnits(form: Form): string {
  const units = (form.declaration.teachers ?? []).flatMap(({ unit }) => (unit ? [unit] : []))
  return [...new Set(units.filter((unit) => !isFullStandardName(unit)))].slice(0, 3).join('、')
}

/** Whether a seal was looked for with so little certainty that one may have been overlooked: a scan without colour. */
export function isSealDoubtful(form: Form): boolean {
  return SEALED.some((path) => wasSought(form, path) && form.confidence(path) < SURE)
}

const SEALED = ['cover.sealed', 'unitOpinion.sealed']

/** The words on the seals agree with the applying unit's name; words read with doubt are for a person. Needs `unit.name`. */
export function sealNamesUnit(form: Form): Outcome {
  const name = form.declaration.unit?.name ?? ''
  const seals = (form.declaration.seals ?? []).map((seal, at) => ({ words: plain(seal.text ?? ''), at }))
  const legible = seals.filter(({ words }) => words.length >= 4 && !isAuthority(words))
  const facts = { name, seal: legible.map(({ words }) => words).join('、') }
  if (seals.length === 0)
    return isSealDoubtful(form)
      ? unknown('low-confidence', facts, SEALED, { variant: 'unseen' })
      : unknown('missing', facts, ['seals'])
  const fieldsOf = (found: { at: number }[]) => [...found.map(({ at }) => `seals[${at}].text`), 'unit.name']
  if (legible.length === 0) return unknown('unreadable', facts, fieldsOf(seals))
  const relations = legible.map((seal) => {
    const reading = form.readings[`seals[${seal.at}].text`]
    const read = reading?.places
    if (read)
      return { ...seal, read, sure: true, relation: compareRim({ rim: read, view: reading.view }, seal.words, form) }
    const sure = (reading?.confidence ?? 1) >= SURE
    return { ...seal, read, sure, relation: compareSeal(seal.words, name, aliasesOf(form), form.wasRead) }
  })
  // Of words read place by place the doubt in single characters is weighed in comparing.
  const weight = (found: { at: number; read: unknown }[]) =>
    Math.min(
      form.confidence('unit.name'),
      ...found.map(({ at, read }) => (read ? 1 : form.confidence(`seals[${at}].text`))),
    )
  const matching = relations.filter(({ relation }) => relation === 'same')
  if (matching.length > 0)
    return pass({ name, seal: matching[0]?.words ?? '' }, fieldsOf(matching), { confidence: weight(matching) })
  const doubtful = relations.filter(({ sure, relation }) => !sure || relation === 'unclear')
  if (doubtful.length > 0) return unknown('low-confidence', facts, fieldsOf(doubtful), { variant: 'unclear' })
  const office = relations.filter(({ relation }) => relation === 'office')
  if (office.length > 0)
    return fail(facts, fieldsOf(office), { variant: 'office', severity: 'warning', confidence: weight(office) })
  const isNear = relations.some(({ relation }) => relation === 'near')
  return fail(facts, fieldsOf(relations), { confidence: weight(relations), ...(isNear ? { severity: 'warning' } : {}) })
}

const isAuthority = (words: string): boolean =>
  kindOfName(words)?.group === 'government' || /继续医学教育委员会/.test(words)

type SealRelation = 'same' | 'different' | 'near' | 'office' | 'unclear'

/** Words read from a document that have much in common with the name may be a misreading of it; those a record states are not. */
function compareSeal(words: string, name: string, aliases: string[], isRead: boolean): SealRelation {
  if (OTHER_USE.test(words) && compareUnits(words.replace(OTHER_USE, ''), name, aliases) === 'same') return 'office'
  const suffix = lists.sealSuffixes.find((ending) => words.endsWith(ending))
  const bare = suffix ? words.slice(0, -suffix.length).replace(OWN_USE, '') : words
  const relation = compareUnits(bare, name, aliases)
  if (relation === 'same') return parseUnitName(bare).department ? 'office' : 'same'
  if (relation === 'unknown') return 'unclear'
  if (!isRead) return 'different'
  return commonOf(bare, plain(name)) / Math.max(plain(name).length, 1) > 0.5 ? 'unclear' : 'different'
}

/** What continuing education's own seals say before 专用章. */
const OWN_USE = /(?:继续(?:医学)?教育|科研教学|科教|教育|教学|培训)$/
/** Seals made for something else than such forms. */
const OTHER_USE = /(?:合同|财务|发票|业务|收费|人事|档案|处方|诊断证明|病历|药品|采购)(?:专用)?章$/

/**
 * A scanned seal by what was read at each place of its rim; `words` has the line across behind the rim's. Without colour print
 * may be read among the words: they may agree, but never differ. Words cut off by the page's edge may differ, but never agree.
 */
function compareRim({ rim, view }: SealSeen, words: string, form: Form): SealRelation {
  const name = form.declaration.unit?.name ?? ''
  const aliases = aliasesOf(form)
  const names = [name, ...aliases].flatMap(wordingsOf)
  if (view === 'part') return comparePart(rim, names)
  if (names.some((wording) => sealBears(rim, wording))) return OTHER_USE.test(words) ? 'office' : 'same'
  const along = clearWords(rim)
  const relation = along && !isOfOtherSchool(along, names) ? compareSeal(along, name, aliases, true) : 'unclear'
  if (relation === 'same' || (relation === 'office' && view !== 'grey')) return relation
  if (view === 'grey') return 'unclear'
  const isOfAnotherLength = (wording: string) =>
    sealGoesOn(rim, wording) || (view === 'whole' && sealEndsBefore(rim, wording))
  if ([name, ...aliases].every((known) => wordingsOf(known).some(isOfAnotherLength))) return 'near'
  const read = readWords(rim)
  const isOther = compareUnits(read, name, aliases) === 'different'
  if (isOther && names.every((wording) => sealBearsOther(rim, wording))) return 'different'
  const least = isOther || isOfOtherSchool(read, names) ? 1 : 3
  if (least > 1 && !isFullStandardName(name)) return 'unclear'
  return names.every((wording) => sealBearsNear(rim, wording, least)) ? 'near' : 'unclear'
}

/** Half a character at the page's edge may be misread, and what is beyond it nobody knows. */
function comparePart(rim: SealPlaces, names: string[]): SealRelation {
  const seen = rim.slice(1, -1)
  if (names.every((wording) => sealPartBearsOther(seen, wording))) return 'different'
  return names.every((wording) => isFullStandardName(wording) && sealBearsNear(seen, wording)) ? 'near' : 'unclear'
}

/** A hospital may belong to two schools, but a seal that names another one than the form does not bear its name. */
function isOfOtherSchool(read: string, names: string[]): boolean {
  const own = parseUnitName(read).affiliation
  return own !== null && names.every((name) => ![null, own].includes(parseUnitName(name).affiliation))
}

type SealSeen = { rim: SealPlaces; view: FieldReading['view'] }

/** A name as seals may have it: with or without 市, and both names where a bracket gives another. */
function wordingsOf(name: string): string[] {
  const bare = plain(name)
  const outside = bare.replace(/\([^()]*\)$/, '')
  const { alternate } = parseUnitName(bare)
  return [...new Set([bare, outside, ...(alternate ? [alternate] : [])])].flatMap((wording) => {
    const place = lists.places.find((known) => wording.startsWith(known))
    if (!place) return [wording]
    const rest = wording.slice(place.length)
    return [wording, rest.startsWith('市') ? place + rest.slice(1) : `${place}市${rest}`]
  })
}

/** The unit is of a kind that may apply. `company`: `fail` or `unknown`, what the notice lets one say of a company. Needs `unit.name`. */
export function unitMayApply(form: Form, kinds: string[], company: string): Outcome {
  const name = form.declaration.unit?.name ?? ''
  const kind = unitKindOf(form.declaration)
  const fields = form.declaration.unit?.kind ? ['unit.kind', 'unit.name'] : ['unit.name']
  const facts = { name, kind: kind ? KIND_NAMES[kind] : '未能判断' }
  if (kind && kinds.includes(kind)) return pass(facts, fields)
  if (kindOfName(name)?.group === 'company' && company === 'fail') return fail({ ...facts, kind: '公司' }, fields)
  return unknown('context', facts, fields)
}

const KIND_NAMES = {
  medical: '医疗卫生机构',
  teaching: '教学机构',
  research: '科研机构',
  society: '学（协）会',
  other: '其他机构',
}

/** The leader works at the applying unit; of a society's project the form cannot tell. Needs `leader.unit`, `unit.name`. */
export function leaderWorksAtUnit(form: Form): Outcome {
  const { leader, unit } = form.declaration
  const facts = { leaderUnit: leader?.unit ?? '', name: unit?.name ?? '' }
  const fields = ['leader.unit', 'unit.name']
  const relation = compareUnits(facts.leaderUnit, facts.name, aliasesOf(form))
  if (relation === 'same') return pass(facts, fields)
  if (unitKindOf(form.declaration) === 'society') return unknown('context', facts, fields, { variant: 'society' })
  return relation === 'different' ? fail(facts, fields) : unknown('low-confidence', facts, fields)
}

/** Whether the applying unit is of this kind (unknown counts as not). */
export function unitIs(form: Form, kind: string): boolean {
  return unitKindOf(form.declaration) === kind
}
