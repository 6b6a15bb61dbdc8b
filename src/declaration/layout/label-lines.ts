import type { Box, Span } from '../../documents/model.ts'
import { unite } from '../../documents/text.ts'
import { OFF_CENTRE, type Row } from './label-rows.ts'

/** A label of one line and its text stand on one line, give or take this many line heights. */
const ON_LINE = 0.4

/** A label with the lines on which it stands. */
export type Label = { rows: Row[]; spans: Span[]; box: Box }

/** The lines in as many runs as there are labels, so that each run is set evenly about its label; null when some is not. */
export function assign(labels: Label[], rows: Row[]): Row[][] | null {
  let best: { cost: number; ends: number[] }[] = [{ cost: 0, ends: [] }]
  const starts: number[] = [0]
  for (const label of labels) {
    const next: { cost: number; ends: number[] }[] = []
    const ends: number[] = []
    for (let end = 1; end <= rows.length; end++) {
      for (const [index, start] of starts.entries()) {
        const before = best[index]
        if (!before || start >= end) continue
        const cost = before.cost + offset(label, rows.slice(start, end))
        const at = ends.indexOf(end)
        if (at === -1) {
          ends.push(end)
          next.push({ cost, ends: [...before.ends, end] })
        } else if (cost < (next[at]?.cost ?? 0)) next[at] = { cost, ends: [...before.ends, end] }
      }
    }
    best = next
    starts.splice(0, starts.length, ...ends)
  }
  const whole = best[starts.indexOf(rows.length)]
  if (!whole) return null
  const groups = whole.ends.map((end, index) => rows.slice(whole.ends[index - 1] ?? 0, end))
  return groups.every((group, index) => isEven(labels[index], group)) ? groups : null
}

function offset(label: Label, rows: Row[]): number {
  const box = unite(rows.flatMap(({ rest }) => rest.map((span) => span.box)))
  if (!box) return Number.POSITIVE_INFINITY
  const middle = Math.abs(box.y + box.height / 2 - (label.box.y + label.box.height / 2))
  const top = Math.abs(box.y - label.box.y)
  return Math.min(middle, top)
}

const isEven = (label: Label | undefined, rows: Row[]): boolean =>
  label !== undefined && offset(label, rows) <= slackOf(label) * (label.spans[0]?.box?.height ?? 0)

/** A label of one line with text on that line stands on the text's middle line or its first. */
const slackOf = ({ rows: [row, more] }: Label): number => (row && !more && row.rest.length > 0 ? ON_LINE : OFF_CENTRE)
