import disciplines from '../../../rules/lists/disciplines.json' with { type: 'json' }
import kinds from '../../../rules/lists/institution-kinds.json' with { type: 'json' }
import methods from '../../../rules/lists/teaching-methods.json' with { type: 'json' }
import titles from '../../../rules/lists/titles.json' with { type: 'json' }
import type { Declaration } from '../schema.ts'
import { distance, foldText } from '../text/fold.ts'

type UnitKind = NonNullable<NonNullable<Declaration['unit']>['kind']>

const TITLES: string[] = Object.values(titles).flatMap((names) => (Array.isArray(names) ? names : []))
const PROPER_TITLES = new Set([...titles.senior, ...titles.deputy, ...titles.intermediate])
const SECOND = disciplines.map(({ name }) => name)
const THIRD = disciplines.flatMap(({ children }) => children.map(({ name }) => name))

/** Whether a word is a listed professional title of intermediate rank or above. */
export const isTitle = (text: string): boolean => PROPER_TITLES.has(foldText(text))

export const isAnyTitle = (text: string): boolean => TITLES.includes(foldText(text))

export const isSecondDiscipline = (text: string): boolean => {
  const bare = bareDiscipline(text)
  if (SECOND.includes(foldText(text))) return true
  return bare.length >= 2 && SECOND.some((name) => bareDiscipline(name) === bare)
}

const bareDiscipline = (text: string) =>
  foldText(text)
    .replace(/学科$|学$/, '')
    .replace(/\(.*?\)/g, '')

/** The one listed entry that a misread text must have been: one slip, no other entry as near, unchanged when it is listed. */
function repair(text: string, list: string[]): string | null {
  const folded = foldText(text)
  if (folded.length < 3 || list.includes(folded)) return null
  const near = list.filter((entry) => entry.length === folded.length && distance(folded, entry, 1) === 1)
  return near.length === 1 ? (near[0] ?? null) : null
}

/** As `repair`; a single character behind a listed title is a scrap of a seal or ruling. */
export const repairTitle = (text: string): string | null => {
  const folded = foldText(text)
  if (TITLES.some((title) => folded.endsWith(title))) return null
  const bare = folded.slice(0, -1)
  return bare.length >= 3 && TITLES.includes(bare) ? bare : repair(text, TITLES)
}

/** 内分泌科 is a department, no misread 内分泌学. */
export const repairDiscipline = (text: string): string | null =>
  /[科室部]$/.test(foldText(text)) ? null : repair(text, [...SECOND, ...THIRD])

/**
 * The kind of institution that a name tells by its longest known ending, a trailing department or campus left aside;
 * null when it tells none (a society's branch, an unregistered alliance, an unknown word).
 */
export function judgeUnitKind(name: string): UnitKind | null {
  const folded = foldText(name)
  const bare = folded.replace(/\([^()]*\)$/g, '')
  const whole = longestEnding(bare, (word) => bare.endsWith(word))
  if (whole) return whole.kind
  const within = longestEnding(bare, (word) => bare.lastIndexOf(word) > 0)
  return within?.kind ?? null
}

function longestEnding(name: string, has: (word: string) => boolean): { kind: UnitKind | null } | null {
  let best: { kind: UnitKind | null; end: number; length: number } | null = null
  for (const { kind, endings } of kinds) {
    for (const word of endings) {
      if (!has(word)) continue
      const end = name.lastIndexOf(word) + word.length
      if (!best || end > best.end || (end === best.end && word.length > best.length)) {
        best = { kind: kind as UnitKind | null, end, length: word.length }
      }
    }
  }
  return best
}

const ENDINGS = kinds.flatMap(({ endings }) => endings)

/** Whether a text reads as an institution's name: it holds one of the known endings. */
export const isUnitName = (text: string): boolean => {
  const folded = foldText(text)
  return folded.length >= 4 && ENDINGS.some((word) => word.length > 1 && folded.includes(word))
}

/** Whether a name is complete: it closes with a known ending, a department or a bracket behind it left aside. */
export const endsAsUnit = (text: string): boolean => {
  const bare = foldText(text).replace(/\([^()]*\)$/, '')
  return ENDINGS.some((word) => bare.endsWith(word)) || /[科室部处]$/.test(bare)
}

const PRACTICE = new RegExp(methods.practice.join('|'))
const THEORY = new RegExp(methods.theory.join('|'))

/** Practice when the method names a practical form, theory when it names a teaching form, else not told. */
export function judgeTeachingKind(method: string): 'theory' | 'practice' | null {
  const folded = foldText(method)
  const practice = PRACTICE.test(folded)
  const theory = THEORY.test(folded)
  if (practice) return 'practice'
  return theory ? 'theory' : null
}

const DELIVERY: Record<'hybrid' | 'in-person' | 'remote', RegExp> = {
  hybrid: new RegExp(methods.hybrid.join('|')),
  'in-person': new RegExp(methods.inPerson.join('|')),
  remote: new RegExp(methods.remote.join('|')),
}

/** The way of delivery that words name; undefined where they name none. */
export function deliveryOf(text: string): 'hybrid' | 'in-person' | 'remote' | undefined {
  const folded = foldText(text)
  if (DELIVERY.hybrid.test(folded)) return /面授/.test(folded) && /远程/.test(folded) ? undefined : 'hybrid'
  const present = DELIVERY['in-person'].test(folded)
  const remote = DELIVERY.remote.test(folded.replace(/线上线下/g, ''))
  if (present && remote) return /[+、,和与及加/]/.test(folded) ? 'hybrid' : undefined
  return present ? 'in-person' : remote ? 'remote' : undefined
}
