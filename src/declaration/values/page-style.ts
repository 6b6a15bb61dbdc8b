import type { Page } from '../../documents/model.ts'
import { textOf } from '../../documents/text.ts'
import { isOcr, partsOf, type Slice } from '../text/passage.ts'
import { BARE, choicesIn, isAnswer, type Side, withMarks } from './options.ts'

/** So many choices must agree, and so many for each that does not. */
const VOTES = { least: 3, ratio: 5 }

const known = new WeakMap<Page, { side: Side | null }>()

/** On which side of their words the marks of a scan's page stand, where a choice itself does not tell; null in print. */
export function usualSide(slice: Slice): Side | null {
  const page = isOcr(slice) ? partsOf(slice)[0]?.piece.place.page : undefined
  return page ? sideOnPage(page) : null
}

/** Whether the boxes of a page stand before their words or behind them, told by the choices that leave no doubt. */
export function sideOnPage(page: Page): Side | null {
  const found = known.get(page) ?? { side: countVotes(page) }
  known.set(page, found)
  return found.side
}

const bare = new WeakMap<Page, boolean>()

/** Whether a scan's page prints every option and ticks the chosen ones without boxes: one that stands alone there is not chosen. */
export function ticksBare(slice: Slice): boolean {
  const page = isOcr(slice) ? partsOf(slice)[0]?.piece.place.page : undefined
  if (!page) return false
  const isBare = bare.get(page) ?? textsOf(page).filter(isBareChoice).length >= VOTES.least
  bare.set(page, isBare)
  return isBare
}

function isBareChoice(text: string): boolean {
  const answer = text.replace(/^.*[:：]/, '')
  return BARE.test(answer) && choicesIn(withMarks(answer).replace(/☑/g, '')) !== null
}

const textsOf = (page: Page): string[] =>
  page.blocks.flatMap((block) =>
    block.kind === 'line'
      ? [textOf(block.line)]
      : block.table.cells.map((cell) => cell.lines.map(textOf).join('\n').trim()),
  )

function countVotes(page: Page): Side | null {
  const votes = textsOf(page).map(
    (text) =>
      sideIn(withMarks(text)) ??
      text
        .split('\n')
        .map((line) => sideIn(withMarks(line)))
        .find((side) => side !== null) ??
      null,
  )
  const before = votes.filter((vote) => vote === 'before').length
  const after = votes.filter((vote) => vote === 'after').length
  if (before >= VOTES.least && before >= VOTES.ratio * after) return 'before'
  if (after >= VOTES.least && after >= VOTES.ratio * before) return 'after'
  return null
}

function sideIn(text: string): Side | null {
  const count = text.match(/[☐☑]/g)?.length ?? 0
  if (count === 0) return null
  if (count === 1) return sideOfLone(text)
  const [first, last] = [/(?:^|:)[☐☑]/.test(text), /[☐☑]$/.test(text)]
  return first === last ? null : first ? 'before' : 'after'
}

/** `男女☑` and `☑是否`: a tick at an end of several options; `女☑` in a line of its own. */
function sideOfLone(text: string): Side | null {
  const [, before = '', behind = ''] = /^(.*)☑(.*)$/.exec(text.replace(/^.*:/, '')) ?? []
  if (choicesIn(before + behind)?.length === 1) return before === '' ? 'before' : behind === '' ? 'after' : null
  if (before.length > 1 && behind === '' && isAnswer(before)) return 'after'
  return behind.length > 1 && before === '' && isAnswer(behind) ? 'before' : null
}
