import type { Block, Checkbox, HiddenText, Line, Page } from '../model.ts'
import { linesOfBlock } from '../text.ts'
import { type Context, countPages, type Picture } from './context.ts'
import { trackFields } from './fields.ts'
import type { PlacedBlock } from './flow.ts'
import type { Styles } from './styles.ts'

/** Word files have no geometry. */
export const NO_BOX = { x: 0, y: 0, width: 0, height: 0 }

/** What gathers while a part is read, each with the page it stands on. */
export type Reading = {
  context: Context
  hidden: { hidden: HiddenText; page: number }[]
  pictures: (Picture & { page: number })[]
  notes: { kind: 'footnote' | 'endnote'; id: string; page: number }[]
  met: string[]
}

export function startReading(styles: Styles): Reading {
  const pages = countPages()
  const hidden: Reading['hidden'] = []
  const pictures: Reading['pictures'] = []
  const notes: Reading['notes'] = []
  const met: string[] = []
  const context: Context = {
    styles,
    pages,
    fields: trackFields(),
    meet: (text) => met.push(text),
    hide: (text, reason) => hidden.push({ hidden: { text, reason, box: null }, page: pages.current() }),
    picture: (picture) => pictures.push({ ...picture, page: pages.current() }),
    note: (kind, id) => notes.push({ kind, id, page: pages.current() }),
  }
  return { context, hidden, pictures, notes, met }
}

/** Puts what was read onto its pages, `count` of them. */
export function assemblePages(count: number, placed: PlacedBlock[], reading: Reading): Page[] {
  const blocks = Map.groupBy(placed, ({ page }) => page)
  const hidden = Map.groupBy(reading.hidden, ({ page }) => page)
  return Array.from({ length: count }, (_, i) => {
    const own = (blocks.get(i + 1) ?? []).map(({ block }) => block)
    return {
      number: i + 1,
      width: 0,
      height: 0,
      source: 'docx',
      confidence: 1,
      blocks: own,
      rulings: [],
      checkboxes: own.flatMap(checkboxesOf),
      seals: [],
      handwriting: [],
      pictures: [],
      hidden: (hidden.get(i + 1) ?? []).map(({ hidden: text }) => text),
    }
  })
}

export function textOf(line: Line): string {
  return line.spans.map((span) => span.text).join('')
}

function checkboxesOf(block: Block): Checkbox[] {
  return linesOfBlock(block).flatMap((line) =>
    [...textOf(line).matchAll(/[☐☑]/g)].map(([glyph]) => ({ box: NO_BOX, checked: glyph === '☑', confidence: 1 })),
  )
}
