import type { Document } from '../documents/model.ts'
import type { Book } from './book.ts'
import type { Walk } from './form/field.ts'
import type { Pledge } from './form/pledge.ts'
import type { Item } from './layout/flow.ts'
import type { List } from './lists/rows.ts'

export type Scene = { items: Item[]; walk: Walk; lists: List[]; pledge: Pledge | null; book: Book }

/** Seals and signatures, which only paper has. */
export function readPaper(documents: Document[], _scene: Scene): void {
  if (!documents.some((document) => document.paper)) return
}
