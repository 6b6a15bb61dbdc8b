import { UNKNOWN } from '../../documents/symbols.ts'
import { distance, foldText } from '../text/fold.ts'
import { areLookAlikes } from '../values/look-alikes.ts'
import type { Item } from './teachers.ts'

/** A name surer than this is taken as it stands: whose differs is somebody else. */
const SURE = 0.95

export const nameOf = (item: Item): string => foldText(String(item.name?.value ?? ''))

/**
 * Who of the table of people gives each lecture: by the same name, or, where recognition was not sure of one of the two,
 * by the only name that differs in one character or in one that was not read, or in a look-alike, however surely read.
 */
export function pairPeople(lectures: Item[], people: Item[]): Map<Item, Item> {
  const pairs = new Map<Item, Item>()
  for (const lecture of lectures) {
    const same = people.find((person) => nameOf(person) !== '' && nameOf(person) === nameOf(lecture))
    if (same) pairs.set(lecture, same)
  }
  for (const lecture of lectures) {
    if (pairs.has(lecture)) continue
    const [near, second] = people.filter((person) => isNear(lecture, person))
    if (near && !second) pairs.set(lecture, near)
  }
  return pairs
}

function isNear(lecture: Item, person: Item): boolean {
  const [one, other] = [nameOf(lecture), nameOf(person)]
  if (one === '' || other === '') return false
  // Nothing typed is read with less than all certainty: look-alikes in two recognised names are one character.
  if (Math.max(certainty(lecture), certainty(person)) < 1 && areLookAlikes(one, other)) return true
  if (Math.min(certainty(lecture), certainty(person)) >= SURE) return false
  const shared = [...one].filter((character) => other.includes(character) && character !== UNKNOWN).length
  return distance(one, other, 1) <= 1 && shared > 0
}

const certainty = (item: Item): number => item.name?.confidence ?? 1
