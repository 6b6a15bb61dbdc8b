import type { Box, Line, Page } from '../../documents/model.ts'
import { textOf } from '../../documents/text.ts'
import { foldText } from '../text/fold.ts'

/** What stands on so many pages runs on at their head or foot. */
const PAGES = 3
/** A page's head and foot, as shares of its height. */
const MARGIN = { head: 0.1, foot: 0.88 }
/** On scans the same line, of at most so many characters, lies this near and is as long (points), and this share of it is read alike. */
const SHORT = 30
const NEAR = { place: 20, width: 10 }
const ALIKE = 0.4

type Free = { text: string; box: Box | null; page: number; isRead: boolean }

/** Tells the free lines at the margin that stand on three pages or more: the same text, or on scans about the same in the same place. */
export function runningLines(pages: Page[]): (line: Line) => boolean {
  const free = pages.flatMap((page) =>
    page.height === 0 ? [] : page.blocks.flatMap((block) => (block.kind === 'line' ? freeLine(block.line, page) : [])),
  )
  const running = free.filter((line) => new Set(free.filter((o) => isSame(line, o)).map((o) => o.page)).size >= PAGES)
  const [texts, boxes] = [new Set(running.map(({ text }) => text)), new Set(running.map(({ box }) => box))]
  return (line) => texts.has(foldText(textOf(line))) || (line.box !== null && boxes.has(line.box))
}

function freeLine(line: Line, page: Page): Free[] {
  const text = foldText(textOf(line))
  if (!isAtMargin(line, page) || text.length < 2) return []
  return [{ text, box: line.box, page: page.number, isRead: page.source === 'ocr' }]
}

export function isAtMargin({ box }: Line, { height }: Page): boolean {
  if (!box || height === 0) return true
  const middle = (box.y + box.height / 2) / height
  return middle < MARGIN.head || middle > MARGIN.foot
}

function isSame(one: Free, other: Free): boolean {
  if (one.text === other.text) return true
  if (!one.isRead || !other.isRead || !one.box || !other.box) return false
  const isNear =
    Math.abs(one.box.x - other.box.x) < NEAR.place &&
    Math.abs(one.box.y - other.box.y) < NEAR.place &&
    Math.abs(one.box.width - other.box.width) < NEAR.width
  return isNear && one.text.length <= SHORT && alike(one.text, other.text) >= ALIKE
}

/** The share of the longer text's characters that the other one has too. */
function alike(one: string, other: string): number {
  const rest = [...other]
  const shared = [...one].filter((character) => {
    const at = rest.indexOf(character)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  })
  return shared.length / Math.max(one.length, other.length)
}
