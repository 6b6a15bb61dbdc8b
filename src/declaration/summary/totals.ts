import type { FieldReading } from '../schema.ts'
import { UNREAD } from '../unread.ts'
import { COUNTS } from './labels.ts'
import { type SheetRow, wordsOf } from './rows.ts'

type Kind = 'new' | 'filing'
type Found = { key: string; of?: Kind; start: number; end: number }

/** The figure after a label, before the next one. */
const FIGURE = new RegExp(String.raw`[\d${UNREAD}][\d,${UNREAD}]*(?:\.\d+)?%?`)

/** `of`: the kind of project that the last label named. */
export type Running = { of: Kind | null }

/** The counts in a row of words: `1.获批新立项项目总数（3）项 | 已举办项目数（2）项`, by path below `totals`. */
export function readCounts(row: SheetRow, running: Running): Map<string, FieldReading> {
  const { text, cellAt } = wordsOf(row)
  const labels = labelsIn(text)
  const readings = new Map<string, FieldReading>()
  for (const [index, label] of labels.entries()) {
    if (label.of) running.of = label.of
    const key = label.of ? `${label.of}.${label.key}` : ownKey(label.key, running)
    if (key === null) continue
    const rest = text.slice(label.end, labels[index + 1]?.start)
    const figure = FIGURE.exec(rest)
    const cell = cellAt(figure ? label.end + figure.index : label.start)
    if (!cell) continue
    // `(80)%`: the sign stands after the bracket.
    const isPercent = /^[)\]]?%/.test(rest.slice((figure?.index ?? 0) + (figure?.[0].length ?? 0)))
    const raw = figure ? `${figure[0]}${isPercent ? '%' : ''}` : ''
    const value = figure ? numberOf(figure[0]) : null
    readings.set(key, {
      ...(value === undefined ? {} : { value }),
      raw,
      confidence: cell.confidence,
      evidence: [cell.evidence],
    })
  }
  return readings
}

const ownKey = (key: string, { of }: Running): string | null =>
  key.startsWith('*.') ? of && `${of}.${key.slice(2)}` : key

const numberOf = (figure: string): number | undefined =>
  figure.includes(UNREAD) ? undefined : Number(figure.replace(/[,%]/g, ''))

/** Labels in their order; of two that overlap the longer. */
function labelsIn(text: string): Found[] {
  const found = COUNTS.flatMap(({ key, of, words }) =>
    [...text.matchAll(words)].map((match) => ({
      key,
      ...(of ? { of } : {}),
      start: match.index,
      end: match.index + match[0].length,
    })),
  ).sort((a, b) => b.end - b.start - (a.end - a.start))
  const kept: Found[] = []
  for (const label of found) {
    if (!kept.some(({ start, end }) => label.start < end && start < label.end)) kept.push(label)
  }
  return kept.sort((a, b) => a.start - b.start)
}
