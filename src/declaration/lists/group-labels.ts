import type { Box } from '../../documents/model.ts'
import { unite } from '../../documents/text.ts'
import { groupWord } from './group-word.ts'
import { type Token, tokenOf } from './unruled-tokens.ts'

/** Lines of one label are closer than this share of their height; a label stands in the middle of its rows give or take so many heights. */
const [LEADING, OFF_CENTRE] = [0.75, 0.9]

/** A group's name beside its rows: `rows` counts them from `from`. */
export type Group = { token: Token; from: number; rows: number }

/**
 * The groups (理论授课教师) at the left of rows without rulings: each stands in the middle of its rows. Null when the texts there
 * name no groups, or stand beside their rows otherwise. `rows`: the boxes of the rows, in order.
 */
export function groupsBeside(tokens: Token[], rows: (Box | null)[]): Group[] | null {
  const labels = joinLines(tokens)
  const middles = rows.flatMap((box) => (box ? [middleOf(box)] : []))
  if (labels.length === 0 || middles.length !== rows.length || labels.length > rows.length) return null
  if (!labels.every(({ text, box }) => box && groupWord(text))) return null
  const ends = split(
    labels.flatMap(({ box }) => (box ? [middleOf(box)] : [])),
    middles,
  )
  const groups = labels.map((token, index): Group => {
    const from = ends[index - 1] ?? 0
    return { token, from, rows: (ends[index] ?? rows.length) - from }
  })
  const isBeside = ({ token: { box }, from, rows: count }: Group) => {
    const own = unite(rows.slice(from, from + count))
    return box !== null && own !== null && Math.abs(middleOf(box) - middleOf(own)) <= OFF_CENTRE * typeOf(box, rows)
  }
  return groups.every(isBeside) ? groups : null
}

const middleOf = (box: Box): number => box.y + box.height / 2
const typeOf = (box: Box, rows: (Box | null)[]): number =>
  Math.min(box.height, ...rows.flatMap((row) => (row ? [row.height] : [])))

function joinLines(tokens: Token[]): Token[] {
  const joined: Token[] = []
  for (const token of tokens.toSorted((a, b) => (a.box?.y ?? 0) - (b.box?.y ?? 0))) {
    const last = joined.at(-1)
    const isNear = last?.box && token.box && token.box.y - (last.box.y + last.box.height) < LEADING * token.box.height
    const whole = isNear && !groupWord(last.text) ? tokenOf([...last.pieces, ...token.pieces]) : null
    if (whole) joined[joined.length - 1] = { ...whole, box: unite([last?.box ?? null, token.box]) }
    else joined.push(token)
  }
  return joined
}

/** Where each label's run of rows ends, so that the labels stand nearest to the middles of their runs. */
function split(labels: number[], rows: number[]): number[] {
  let best = new Map<number, { cost: number; ends: number[] }>([[0, { cost: 0, ends: [] }]])
  for (const [index, label] of labels.entries()) {
    const next = new Map<number, { cost: number; ends: number[] }>()
    for (const [start, { cost, ends }] of best) {
      for (let end = start + 1; end <= rows.length - (labels.length - index - 1); end++) {
        const middle = ((rows[start] ?? 0) + (rows[end - 1] ?? 0)) / 2
        const total = cost + Math.abs(middle - label)
        if (total < (next.get(end)?.cost ?? Number.POSITIVE_INFINITY))
          next.set(end, { cost: total, ends: [...ends, end] })
      }
    }
    best = next
  }
  return best.get(rows.length)?.ends ?? []
}
