import { Problem } from '../../problem.ts'
import type { HiddenText } from '../model.ts'
import type { Fields } from './fields.ts'
import type { Styles } from './styles.ts'
import type { Xml } from './xml.ts'

/** A raster picture in the document: its relationship id, and its size on the page in points. */
export type Picture = { relation: string; width: number; height: number }

/** What is carried along while one part (body, header, footnotes) is read from top to bottom. */
export type Context = {
  styles: Styles
  fields: Fields
  pages: PageCounter
  /** Every text that a run holds, seen or not, in the file's order: what a second reading is held against. */
  meet(text: string): void
  /** Text that is there but not seen, on the current page. */
  hide(text: string, reason: HiddenText['reason']): void
  picture(picture: Picture): void
  /** A reference to a footnote or endnote, whose text is read afterwards. */
  note(kind: 'footnote' | 'endnote', id: string): void
}

/** Where a place in the document stands. `behind`: the colour behind the text, `null` where it cannot be told. */
export type Scope = { behind: string | null; offPage?: boolean }

/** A text box met in a paragraph: its content, and whether something other than white lies behind it. */
export type TextBox = { content: Xml; scope: Scope }

export type PageCounter = {
  current(): number
  isFresh(): boolean
  /** Something is on the page now. */
  touch(): void
  /** A break that always starts a page. */
  turn(): void
  /** A break that only matters on a page that has something on it: one already made is not counted twice. */
  turnUnlessFresh(): void
  /** Back to an earlier page: the cells of one row each run over the same break. */
  rewind(page: number): void
}

/** No form has as many; more breaks than that are an attack. */
const MAX_PAGES = 5_000

/** Counts up to 5,000 pages; then throws `too_many_pages`. */
export function countPages(): PageCounter {
  let page = 1
  let fresh = true
  const turn = () => {
    if (++page > MAX_PAGES) throw new Problem('too_many_pages', `文档超过 ${MAX_PAGES} 页。请只上传申报书本身。`)
    fresh = true
  }
  return {
    current: () => page,
    isFresh: () => fresh,
    touch: () => {
      fresh = false
    },
    turn,
    turnUnlessFresh: () => {
      if (!fresh) turn()
    },
    rewind: (to) => {
      if (to === page) return
      page = to
      fresh = false
    },
  }
}
