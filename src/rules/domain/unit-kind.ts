import kinds from '../../../rules/lists/institution-kinds.json' with { type: 'json' }
import type { Declaration } from '../../declaration/schema.ts'
import { parseUnitName } from './unit-name.ts'

export type UnitKind = 'medical' | 'teaching' | 'research' | 'society' | 'other'

export type NamedKind = {
  kind: UnitKind
  /** Finer than `other`: `company`, `foundation`, `press`, `government`. */
  group: string
}

const KINDS: readonly UnitKind[] = ['medical', 'teaching', 'research', 'society', 'other']

const LONGEST_FIRST = kinds
  .flatMap(({ kind, group, endings }) =>
    endings.map((ending) => ({ kind: KINDS.find((known) => known === kind) ?? null, group, ending })),
  )
  .toSorted((a, b) => b.ending.length - a.ending.length)

/**
 * Judges by the ending, longest first, since names nest: 北京医院协会 is a society. `null`: the name does not tell (a society's
 * branch, an unregistered alliance, a mere 中心).
 */
export function kindOfName(name: string): NamedKind | null {
  const unit = parseUnitName(name)
  const candidates = [unit.full + (unit.department ?? ''), unit.full]
  for (const whole of candidates) {
    const found = LONGEST_FIRST.find(({ ending }) => whole.endsWith(ending))
    if (found) return found.kind && { kind: found.kind, group: found.group }
  }
  return null
}

/** The applying unit's kind: what the form says, else what its name says; `null` where neither tells. */
export function unitKindOf(declaration: Declaration): UnitKind | null {
  const { unit } = declaration
  if (unit?.kind) return unit.kind
  return unit?.name ? (kindOfName(unit.name)?.kind ?? null) : null
}
