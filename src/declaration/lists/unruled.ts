import type { Item } from '../layout/flow.ts'
import type { List } from './rows.ts'

/** Lists set in columns without rulings: the lists by the item that heads them, null for the further lines they take up. */
export function findUnruled(_items: Item[]): Map<Item, List[] | null> {
  return new Map()
}
