import lists from '../../../rules/lists/unit-names.json' with { type: 'json' }
import { remember } from '../remember.ts'

/** `unknown`: the names alone do not tell whether both are one legal person. */
export type UnitRelation = 'same' | 'different' | 'unknown'

export type UnitName = {
  /** The name without spaces, with short forms and ordinals written out. */
  full: string
  /** Without campus, department and the university it is attached to; equals the legal person's own name where that is told. */
  stem: string
  /** The university or academy named before 附属. */
  affiliation: string | null
  campus: string | null
  branch: boolean
  department: string | null
  /** Another whole name in a trailing bracket: 某某医院（某某大学附属医院）. */
  alternate: string | null
}

/** Names recur on a form. */
const NAMES = 500
const NAMES_BESIDE = 50

const ENDING = new RegExp(`(?:${lists.institutionEndings.join('|')})$`)
const HOST = new RegExp(`^.*(?:${lists.hostEndings.join('|')})`)
const HOST_ENDING = new RegExp(`(?:${lists.hostEndings.join('|')})$`)
const DEPARTMENT = new RegExp(`(?:${lists.departmentEndings.join('|')})$`, 'i')
const CAMPUS = new RegExp(`(?:${lists.campusEndings.join('|')})$`)
const BRANCH = new RegExp(`(?:${lists.branchEndings.join('|')})$`)
const SCHOOL = /(?:大学|学院|科学院)(?:医学部)?$/
const PLACE_NAMES = lists.places.join('|')
const PLACED = new RegExp(`^(?:${PLACE_NAMES})|^[\\u4e00-\\u9fff]{2,8}?(?:省|自治区|市|州|盟|县|区|旗)(?!医院$)`)
const CITY_SUFFIX = new RegExp(`^(${PLACE_NAMES})市(?=.{3})`)
const ONLY_PLACE = new RegExp(`^(?:(?:${PLACE_NAMES})(?:省|市)?|[\\u4e00-\\u9fff]{2,5}?(?:省|市|州|县|区|旗))+$`)
const SHORT_FORMS = lists.shortForms.map(([from, to]) => [new RegExp(from ?? '', 'g'), to ?? ''] as const)
const GENERIC = new RegExp(`^(?:第[一二三四五六七八九十]+)?(?:${lists.genericStems.join('|')})?(?:医院|中心|院)$`)
const ATTACHED = /^(.+?(?:医学院|科学院|学院|大学))(?:第?[一二三四五六七八九十]*临床医学院|附属|教学医院|直属)(.+)$/

/**
 * Whether two unit names mean one legal person. `aliases`: other names of `b` (its registered names, campuses, seal wordings);
 * `a` is the same when it agrees with any of them.
 */
export function compareUnits(a: string, b: string, aliases: readonly string[] = []): UnitRelation {
  const relationTo = relationsOf(a)
  const relations = [b, ...aliases].map(relationTo)
  if (relations.includes('same')) return 'same'
  return relations.includes('unknown') ? 'unknown' : 'different'
}

/** A unit's whole name: ends as an institution does, no department or campus behind it, no short form. */
export const isFullStandardName = remember(NAMES, judgeFullName)

function judgeFullName(raw: string): boolean {
  const plain = clean(raw)
  const name = parseUnitName(raw)
  if (lists.selfWords.includes(plain) || plain.length < 4 || name.department || name.campus) return false
  if (expandShortForms(plain) !== plain) return false
  return ENDING.test(name.full) && !GENERIC.test(name.full)
}

/** Takes a unit's name apart. */
export const parseUnitName = remember(NAMES, takeApart)

function takeApart(raw: string): UnitName {
  const bracket = cutBracket(clean(raw))
  const campus = cutCampus(expandShortForms(bracket.name))
  const department = cutDepartment(campus.name)
  const noted = bracket.note === null ? '' : expandShortForms(bracket.note)
  const full = department.name
  const attached = full.match(ATTACHED)
  const stem = attached?.[2] && !GENERIC.test(attached[2]) ? attached[2] : full
  return {
    full,
    stem,
    affiliation: attached?.[1] ?? null,
    campus: campus.campus ?? (CAMPUS.test(noted) ? noted : null),
    branch: BRANCH.test(full) || BRANCH.test(noted),
    department: department.department,
    alternate: noted.length >= 4 && ENDING.test(noted) && !CAMPUS.test(noted) && !noted.startsWith('原') ? noted : null,
  }
}

const relationsOf = remember(NAMES, (a: string) => remember(NAMES_BESIDE, (b: string) => compareTwo(a, b)))

function compareTwo(a: string, b: string): UnitRelation {
  const [one, other] = [clean(a), clean(b)]
  if (one === '' || other === '' || isSelfWord(one) || isSelfWord(other)) return 'unknown'
  if (one === other) return 'same'
  const [left, right] = [parseUnitName(a), parseUnitName(b)]
  if (left.alternate || right.alternate) return compareAlternates(a, left, b, right)
  if (left.branch !== right.branch)
    return left.full.includes(right.stem) || right.full.includes(left.stem) ? 'unknown' : 'different'
  if (withoutCitySuffix(left.full) === withoutCitySuffix(right.full)) return 'same'
  if (isSchoolOf(left, right) || isSchoolOf(right, left)) return 'unknown'
  const [leftStem, rightStem] = [withoutCitySuffix(left.stem), withoutCitySuffix(right.stem)]
  if (leftStem === rightStem) return sameStem(left.stem)
  if (endsAfterSchool(leftStem, rightStem)) return sameStem(rightStem)
  if (endsAfterSchool(rightStem, leftStem)) return sameStem(leftStem)
  if (endsAfterPlace(leftStem, rightStem) || endsAfterPlace(rightStem, leftStem)) return 'unknown'
  if (isAbbreviationOf(leftStem, rightStem) || isAbbreviationOf(rightStem, leftStem)) return 'unknown'
  return 'different'
}

/** 首都医科大学附属北京澄湖医院 and 北京澄湖医院 are one; several hospitals are called 中山医院. */
const sameStem = (stem: string): UnitRelation => (isPlaced(stem) ? 'same' : 'unknown')

function compareAlternates(a: string, left: UnitName, b: string, right: UnitName): UnitRelation {
  const names = (raw: string, name: UnitName) => [
    cutBracket(clean(raw)).name,
    ...(name.alternate ? [name.alternate] : []),
  ]
  const relations = names(a, left).flatMap((x) => names(b, right).map((y) => compareTwo(x, y)))
  if (relations.includes('same')) return 'same'
  return relations.includes('unknown') ? 'unknown' : 'different'
}

/** A bare university and a hospital of its name are different legal persons that are often written for one another. */
function isSchoolOf(school: UnitName, other: UnitName): boolean {
  if (!SCHOOL.test(school.full)) return false
  return other.affiliation === school.full || (other.full.startsWith(school.full) && other.full !== school.full)
}

/** 中国医学科学院北京协和医院: attached without the word 附属. */
function endsAfterSchool(longer: string, shorter: string): boolean {
  return longer.length > shorter.length && longer.endsWith(shorter) && SCHOOL.test(longer.slice(0, -shorter.length))
}

function endsAfterPlace(longer: string, shorter: string): boolean {
  return longer.length > shorter.length && longer.endsWith(shorter) && ONLY_PLACE.test(longer.slice(0, -shorter.length))
}

/** 北医三院, 澄湖 or 温州一院: without an institution's ending, or with an unlisted ordinal, a name cannot be told apart. */
function isAbbreviationOf(short: string, long: string): boolean {
  if (short.length >= long.length) return false
  if (!ENDING.test(short)) return isSubsequence(short, long) || short[0] === long[0]
  return /(?<!第)[一二三四五六七八九十]院$/.test(short) && isSubsequence(short, long)
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0
  for (const character of long) if (character === short[at]) at++
  return at === short.length
}

const isSelfWord = (plain: string) => lists.selfWords.includes(plain)
const isPlaced = (stem: string) => PLACED.test(stem) && !GENERIC.test(stem)

/** 北京市澄湖医院 and 北京澄湖医院; a province and a city of one name (吉林) stay apart, as 省 is never dropped. */
function withoutCitySuffix(name: string): string {
  return name.replace(CITY_SUFFIX, '$1')
}

const clean = remember(NAMES, (raw: string) =>
  raw
    .normalize('NFKC')
    .replace(/[\s·•.・]+/g, '')
    .replace(/[【〔[]/g, '(')
    .replace(/[】〕\]]/g, ')')
    .replace(/(?<=第\d*)\d/g, (digit) => '〇一二三四五六七八九'[Number(digit)] ?? digit)
    .replace(/(?<=第[一二三四五六七八九〇零oO0]*)[零oO0]/g, '〇')
    .replace(/./gu, (character) => lists.traditional[character as keyof typeof lists.traditional] ?? character),
)

function expandShortForms(name: string): string {
  const written = SHORT_FORMS.reduce((text, [from, to]) => text.replace(from, to), name)
  return written
    .replace(/附属?第?([一二三四五六七八九十])(?:医院|院)(?=$|[^区])/, '附属第$1医院')
    .replace(/第([一二三四五六七八九十])附属医院/, '附属第$1医院')
}

function cutBracket(name: string): { name: string; note: string | null } {
  const match = name.match(/^(.+?)\(([^()]*)\)?$/)
  return match?.[1] && match[2] !== undefined ? { name: match[1], note: match[2] } : { name, note: null }
}

function cutCampus(name: string): { name: string; campus: string | null } {
  const host = name.match(HOST)?.[0]
  const rest = host ? name.slice(host.length) : ''
  return host && CAMPUS.test(rest) ? { name: host, campus: rest } : { name, campus: null }
}

function cutDepartment(name: string): { name: string; department: string | null } {
  for (let at = name.length - 1; at > 3; at--) {
    const [host, rest] = [name.slice(0, at), name.slice(at)]
    if (!HOST_ENDING.test(host)) continue
    return isDepartment(host, rest) ? { name: host, department: rest } : { name, department: null }
  }
  return { name, department: null }
}

function isDepartment(host: string, rest: string): boolean {
  if (/附属|医院|公司|协会$|学会$/.test(rest)) return false
  if (/科学院$/.test(host) && /(?:研究所|研究院|中心|药物所)$/.test(rest)) return false
  if (/大学$/.test(host) && /(?:学院|学系)$/.test(rest)) return true
  return DEPARTMENT.test(rest)
}
