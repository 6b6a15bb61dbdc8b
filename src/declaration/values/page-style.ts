import type { Page } from '../../documents/model.ts'
import { textOf } from '../../documents/text.ts'
import { type Side, withMarks } from './options.ts'

/** So many choices must agree, and so many for each that does not. */
const VOTES = { least: 3, ratio: 5 }

const known = new WeakMap<Page, { side: Side | null }>()

/** Whether the boxes of a page stand before their words or behind them, told by the choices that leave no doubt. */
export function sideOnPage(page: Page): Side | null {
  const found = known.get(page) ?? { side: countVotes(page) }
  known.set(page, found)
  return found.side
}

function countVotes(page: Page): Side | null {
  const texts = page.blocks.flatMap((block) =>
    block.kind === 'line'
      ? [textOf(block.line)]
      : block.table.cells.map((cell) => cell.lines.map(textOf).join('\n').trim()),
  )
  const votes = texts.map((text) => sideIn(withMarks(text)))
  const before = votes.filter((vote) => vote === 'before').length
  const after = votes.filter((vote) => vote === 'after').length
  if (before >= VOTES.least && before >= VOTES.ratio * after) return 'before'
  if (after >= VOTES.least && after >= VOTES.ratio * before) return 'after'
  return null
}

function sideIn(text: string): Side | null {
  if ((text.match(/[☐☑]/g)?.length ?? 0) < 2) return null
  const [first, last] = [/(?:^|:)[☐☑]/.test(text), /[☐☑]$/.test(text)]
  return first === last ? null : first ? 'before' : 'after'
}
