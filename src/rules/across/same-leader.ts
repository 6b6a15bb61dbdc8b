import type { Declaration, Readings } from '../../declaration/schema.ts'
import { readIdNumber } from '../domain/id-number.ts'
import { slipsBetween } from '../domain/online/agree.ts'
import { normaliseName } from '../domain/people.ts'
import { compareUnits } from '../domain/unit-name.ts'
import { SURE } from '../engine/form.ts'

/** A declaration with how surely it was read. */
export type Read = { declaration: Declaration; readings?: Readings | undefined }

export type Sameness = 'same' | 'different' | 'unknown'

/**
 * Whether two declarations name one leader: by the ID number where both have it, else by name and unit, unless birth or sex speak
 * against it. `unknown`: of one name, and neither reading nor unit settles it.
 */
export function compareLeaders(one: Read, other: Read): Sameness {
  const [left, right] = [one.declaration.leader ?? {}, other.declaration.leader ?? {}]
  const byNumber = compareNumbers(left.idNumber, right.idNumber)
  if (byNumber !== 'unknown') return byNumber
  if (!left.name || !right.name || normaliseName(left.name) !== normaliseName(right.name)) return 'different'
  if (left.sex && right.sex && left.sex !== right.sex) return 'different'
  if (left.birth && right.birth && left.birth.slice(0, 7) !== right.birth.slice(0, 7)) return 'different'
  const units = [one, other].map(({ declaration }) => declaration.leader?.unit || declaration.unit?.name || '')
  const relation = compareUnits(units[0] ?? '', units[1] ?? '')
  if (relation !== 'same') return relation
  return isSure(one) && isSure(other) ? 'same' : 'unknown'
}

/** Two of which one is no valid number and that differ in a digit or two may be one, misread. */
function compareNumbers(one: string | null | undefined, other: string | null | undefined): Sameness {
  if (!one || !other) return 'unknown'
  if (one === other) return 'same'
  const areValid = [one, other].map(readIdNumber).every(({ wellFormed, checksum }) => wellFormed && checksum)
  return areValid || slipsBetween(one, other) > 2 ? 'different' : 'unknown'
}

const isSure = ({ readings }: Read): boolean => (readings?.['leader.name']?.confidence ?? 1) >= SURE
