import type { Block } from '../labels/label.ts'
import { type Match, matchWhole } from '../labels/lexicon.ts'
import type { GridCell } from '../layout/grid.ts'
import { isScanned } from '../layout/grid.ts'
import { type Slice, textOfSlice, trimSlice, wholeOf } from '../text/passage.ts'

/** One of the labels in a cell such as `理论学时／实验学时`. */
export type Part = { match: Match; label: Slice; wrapped?: true }

const BETWEEN_LABELS = /[/／、｜|及和与]/g
const LINES = /\n/g
/** `苏映晴010-55501234`: a scan loses the gap between a name and a number. */
const NAME_END = /(?<=^\s*[\u4e00-\u9fff·]{2,6})(?=[(（]?\d[\d()（）—–-]{6,}\s*$)/g
const BETWEEN_VALUES = [/[/／｜|]/g, /[;；\n]/g, /[,，]/g, /、/g, /\s+/g]

/** The labels that a cell names side by side, each with a path of its own; null when it is anything else. */
export function compoundOf(cell: GridCell, block: Block | null): Part[] | null {
  const whole = trimSlice(wholeOf(cell.passage))
  const lead = /^其中\s*[:：]?\s*/.exec(textOfSlice(whole))?.[0].length ?? 0
  const slice = { ...whole, from: whole.from + lead }
  const text = textOfSlice(slice)
  if (text.length > 40 || /[:：]\s*\S/.test(text)) return null
  const parts = partsAt(slice, BETWEEN_LABELS, cell, block, lead > 0)
  // 项目负责人 over 姓名 may be one label that was wrapped: 联系人 over 电话 is two where two values stand beside them.
  return parts ?? partsAt(slice, LINES, cell, block, lead > 0)?.map((part) => ({ ...part, wrapped: true })) ?? null
}

function partsAt(slice: Slice, mark: RegExp, cell: GridCell, block: Block | null, isLed: boolean): Part[] | null {
  const text = textOfSlice(slice)
  const pieces = splitAt(slice, mark)
  if (pieces.length < 2 || pieces.length > 3) return null
  let within = isLed || /学时|时长|课时/.test(text) ? 'hours' : block
  const parts = pieces.flatMap((label): Part[] => {
    const match = matchWhole(textOfSlice(label), within, isScanned(cell))
    within = match?.label.opens ?? within
    return match?.label.path ? [{ match, label }] : []
  })
  const paths = new Set(parts.map(({ match }) => match.label.path))
  return parts.length === pieces.length && paths.size === parts.length ? parts : null
}

/** The values beside such labels, in their order; null when there are not as many. */
export function valuesOf(slice: Slice, count: number): Slice[] | null {
  for (const mark of BETWEEN_VALUES) {
    const values = splitAt(trimSlice(slice), mark)
    if (values.length === count) return values
  }
  const [first, second] = splitAt(trimSlice(slice), NAME_END)
  return count === 2 && first && second ? [first, second] : null
}

function splitAt(slice: Slice, mark: RegExp): Slice[] {
  const text = textOfSlice(slice)
  const cuts = [...text.matchAll(mark)].map((found) => ({ from: found.index, to: found.index + found[0].length }))
  const starts = [0, ...cuts.map((cut) => cut.to)]
  const ends = [...cuts.map((cut) => cut.from), text.length]
  return starts.map((from, index) =>
    trimSlice({ passage: slice.passage, from: slice.from + from, to: slice.from + (ends[index] ?? text.length) }),
  )
}
