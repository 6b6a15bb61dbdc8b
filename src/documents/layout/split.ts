import type { Box, Span } from '../model.ts'
import { boxOfPart } from '../text.ts'

/** A gap wider than this share of the type's size tells two texts from one that overflows its cell. */
const GAP = 0.25

/** A part of a span and the region it lies in; `null` outside of all. */
export type Piece<T> = { span: Span; region: T | null }

/**
 * Cuts a span where it passes from one region to another, by its characters' middles. One character that lies
 * on the border, with no gap before it, stays with the rest of its word.
 */
export function splitByRegion<T>(span: Span, regionAt: (x: number, y: number) => T | null): Piece<T>[] {
  const { box, text } = span
  if (!box || text.length === 0) return [{ span, region: null }]
  const y = box.y + box.height / 2
  const leftmost = regionAt(box.x + Math.min(1, box.width / 4), y)
  const rightmost = regionAt(box.x + box.width - Math.min(1, box.width / 4), y)
  if (leftmost !== null && leftmost === rightmost) return [{ span, region: leftmost }]

  const units = charactersOf(text).map(({ from, to }) => {
    // A character's right side is only known as the next one's left: a gap between them is no part of it.
    const place = boxOfPart(span, from, to) ?? box
    const part = { ...place, width: Math.min(place.width, span.size ?? box.height) }
    return { from, to, part, region: regionAt(part.x + part.width / 2, y) }
  })
  const runs: { from: number; to: number; region: T | null; count: number; first: Box; last: Box }[] = []
  for (const unit of units) {
    const run = runs.at(-1)
    if (run && run.region === unit.region) {
      run.to = unit.to
      run.last = unit.part
      run.count++
    } else {
      runs.push({ from: unit.from, to: unit.to, region: unit.region, count: 1, first: unit.part, last: unit.part })
    }
  }
  const kept: typeof runs = []
  for (const run of runs) {
    const before = kept.at(-1)
    const size = span.size ?? box.height
    const joined = before && run.first.x - (before.last.x + before.last.width) < GAP * size
    const isSpaced = before && /\s$/.test(text.slice(before.from, before.to))
    const straddles =
      before &&
      ((run.count === 1 && regionAt(run.first.x + 0.1 * run.first.width, y) === before.region) ||
        (before.count === 1 && regionAt(before.last.x + 0.9 * before.last.width, y) === run.region))
    if (before && joined && !isSpaced && text[run.from] !== ' ' && straddles) {
      if (before.count < run.count) before.region = run.region
      before.to = run.to
      before.last = run.last
      before.count += run.count
    } else {
      kept.push({ ...run })
    }
  }
  return kept.flatMap((run) => {
    const part = partOf(span, run.from, run.to)
    return part ? [{ span: part, region: run.region }] : []
  })
}

/** Characters `from` to `to` of a span as a span of its own, without the spaces around; null when nothing is left. */
export function partOf(span: Span, from: number, to: number): Span | null {
  let start = from
  let end = to
  while (start < end && /\s/.test(span.text[start] ?? '')) start++
  while (end > start && /\s/.test(span.text[end - 1] ?? '')) end--
  if (start === end) return null
  if (start === 0 && end === span.text.length) return span
  const { edges, certainties, ...rest } = span
  const kept = certainties?.slice(start, end)
  return {
    ...rest,
    text: span.text.slice(start, end),
    box: boxOfPart(span, start, end),
    ...(edges ? { edges: edges.slice(start, end + 1) } : {}),
    ...(kept ? { certainties: kept, confidence: leastOf(span.text.slice(start, end), kept) } : {}),
  }
}

/** A space between words is never certain, and nothing is lost with it. */
const leastOf = (text: string, certainties: number[]): number =>
  Math.min(...certainties.filter((_, index) => text[index] !== ' '))

function charactersOf(text: string): { from: number; to: number }[] {
  const result: { from: number; to: number }[] = []
  let from = 0
  for (const character of text) {
    result.push({ from, to: from + character.length })
    from += character.length
  }
  return result
}
