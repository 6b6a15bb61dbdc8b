import lists from '../../../rules/lists/unit-names.json' with { type: 'json' }
import type { Declaration } from '../../declaration/schema.ts'
import { parseUnitName } from './unit-name.ts'

export type UnitKind = 'medical' | 'teaching' | 'research' | 'society' | 'other'

/** `company`, `foundation`, `press` and `government` are kinds of `other`; `null`: the name does not tell. */
export type NamedKind = Exclude<UnitKind, 'other'> | 'company' | 'foundation' | 'press' | 'government'

const KINDS = lists.kinds.flatMap(([kind, endings]) =>
  (Array.isArray(endings) ? endings : []).map((ending) => ({ kind: kind as NamedKind, ending })),
)
const LONGEST_FIRST = KINDS.toSorted((a, b) => b.ending.length - a.ending.length)

/** Judges by the ending, longest first, since names nest: 北京医院协会 is a society. A society's branch or a mere centre stays open. */
export function kindOfName(name: string): NamedKind | null {
  const unit = parseUnitName(name)
  const whole = unit.full.replace(/\((?:集团|有限|股份)\)$/, '集团')
  if (/(?:分会|专业委员会|专委会|学组|联盟|质控中心|质量控制和改进中心)$/.test(whole + (unit.department ?? '')))
    return null
  return LONGEST_FIRST.find(({ ending }) => whole.endsWith(ending))?.kind ?? null
}

/** The applying unit's kind: what the form says, else what its name says; `null` where neither tells. */
export function unitKindOf(declaration: Declaration): UnitKind | null {
  const { unit } = declaration
  if (unit?.kind) return unit.kind
  const named = unit?.name ? kindOfName(unit.name) : null
  if (named === null) return null
  return isEligibleKind(named) ? named : 'other'
}

const isEligibleKind = (kind: NamedKind): kind is Exclude<UnitKind, 'other'> =>
  kind === 'medical' || kind === 'teaching' || kind === 'research' || kind === 'society'
