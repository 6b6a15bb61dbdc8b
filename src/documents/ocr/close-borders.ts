import type { Ruling } from '../model.ts'

/** Ends of rulings that lie farther from every crossing one than this (mm) run into the open. */
const OPEN = 1.5
/** Open ends of neighbouring rulings lie this near to one upright (mm), leaning by at most this share of their distance. */
const ALIGNED = { near: 1.5, lean: 0.05 }
/** Rulings farther apart than this (mm) do not close one cell: a cell of running text is nearly as wide as the page. */
const APART = 190
/** Shorter ones (mm) are strokes of large type as likely as rulings. */
const SHORTEST = 12
/** A ruling open at both ends is part of a table when so many others cross it: underlines are crossed by a seal's rim at most. */
const CROSSED = 3
/** A faint line is believed when it ends this near (mm) to crossing ones, or is at least this long (mm). */
const ANCHOR = 1.2
const LONG = 60

/** What is lost on a copy is at most this broad (mm). */
const STREAK = 4

/** Lines that cross two bars on the way: a seal's rim does so once. */
const TIES = 2

type Bar = { at: number; from: number; to: number; start: number; end: number; ruling: Ruling }

const levelOf = (ruling: Ruling): Bar => {
  const { x1, y1, x2, y2 } = ruling
  return { at: (y1 + y2) / 2, from: x1, to: x2, start: y1, end: y2, ruling }
}
const uprightOf = (ruling: Ruling): Bar => {
  const { x1, y1, x2, y2 } = ruling
  return { at: (x1 + x2) / 2, from: y1, to: y2, start: x1, end: x2, ruling }
}

/**
 * The missing sides of tables: where the ends of two or more neighbouring rulings that run off a crossing ruling stop at
 * one place with nothing to stop them, the border there was left out, is too faint, or was cut off by a page break.
 * `perMm`: pixels a millimetre.
 */
export function closeBorders(across: Ruling[], down: Ruling[], perMm: number): Ruling[] {
  const levels = across.map(levelOf)
  const uprights = down.map(uprightOf)
  const sides = sidesOf(levels, uprights, perMm).map(({ a, b }) => ({ x1: a.along, y1: a.at, x2: b.along, y2: b.at }))
  const lids = sidesOf(uprights, levels, perMm).map(({ a, b }) => ({ x1: a.at, y1: a.along, x2: b.at, y2: b.along }))
  return [...sides, ...lids]
}

/**
 * Of faint lines those that hold on to a table: both ends at a crossing line (sure or itself holding on), or where sure lines
 * of the same direction run out. Returned by the indices of the lines given.
 */
export function anchoredLines(
  sure: { across: Ruling[]; down: Ruling[] },
  faint: { across: Ruling[]; down: Ruling[] },
  perMm: number,
): { across: Set<number>; down: Set<number> } {
  const [sureLevels, sureUprights] = [sure.across.map(levelOf), sure.down.map(uprightOf)]
  let levels = faint.across.map((ruling, index) => ({ ...levelOf(ruling), index }))
  let uprights = faint.down.map((ruling, index) => ({ ...uprightOf(ruling), index }))
  for (let before = -1; before !== levels.length + uprights.length; ) {
    before = levels.length + uprights.length
    levels = levels.filter((bar) => holdsOn(bar, sureLevels, [...sureUprights, ...uprights], perMm))
    uprights = uprights.filter((bar) => holdsOn(bar, sureUprights, [...sureLevels, ...levels], perMm))
  }
  const indices = (bars: { index: number }[]) => new Set(bars.map(({ index }) => index))
  return { across: indices(levels), down: indices(uprights) }
}

function holdsOn(bar: Bar, parallel: Bar[], crossing: Bar[], perMm: number): boolean {
  const met = crossing.filter((other) => meet(bar, other, ANCHOR * perMm))
  const held = (along: number) =>
    met.some(({ at }) => Math.abs(at - along) <= ANCHOR * perMm + 0.01 * (bar.to - bar.from))
  const ends = [held(bar.from), held(bar.to)]
  if (!ends.includes(true)) return met.length >= 2 && bar.to - bar.from >= LONG * perMm
  const runsOut = (side: 'from' | 'to') =>
    parallel.some(
      (other) =>
        Math.abs(other[side] - bar[side]) <= ANCHOR * perMm &&
        crossing.some((cross) => meet(bar, cross, ANCHOR * perMm) && meet(other, cross, ANCHOR * perMm)),
    )
  return (ends[0] || runsOut('from')) && (ends[1] || runsOut('to'))
}

const meet = (bar: Bar, cross: Bar, near: number): boolean =>
  cross.at >= bar.from - near && cross.at <= bar.to + near && bar.at >= cross.from - near && bar.at <= cross.to + near

type End = { at: number; along: number; bar: Bar; open: boolean }

/**
 * Pairs of neighbouring bars' ends between which a side is missing: both run into the open, or both end at one place and belong to
 * one table, as a line that crosses them shows. `at` across the bars, `along` them.
 */
function sidesOf(bars: Bar[], crossing: Bar[], perMm: number): { a: End; b: End }[] {
  const found: { a: End; b: End }[] = []
  const long = bars.filter((bar) => bar.to - bar.from >= SHORTEST * perMm)
  for (const side of ['from', 'to'] as const) {
    const ends = long
      .filter((bar) => !goesOn(bar, side, long, perMm))
      .map((bar) => ({
        at: side === 'from' ? bar.start : bar.end,
        along: bar[side],
        bar,
        open: isOpen(bar, side, crossing, perMm),
      }))
      .sort((a, b) => a.at - b.at)
    ends.forEach((end, i) => {
      const isAligned = (other: End) =>
        Math.abs(other.along - end.along) <= ALIGNED.near * perMm + ALIGNED.lean * (other.at - end.at)
      // An underline within a cell stops elsewhere and parts nothing.
      const next = ends
        .slice(i + 1)
        .filter((other) => other.at - end.at > OPEN * perMm && sharesSpan(end.bar, other.bar))
        .find((other) => isAligned(other) || (other.bar.from < end.along && other.bar.to > end.along))
      if (!next || !isAligned(next) || next.at - end.at > APART * perMm) return
      if ((end.open && next.open) || areTied(end.bar, next.bar, side, crossing, perMm)) found.push({ a: end, b: next })
    })
  }
  return found
}

/** Whether two bars belong to one table: a line joins their other ends, or several cross both. */
function areTied(one: Bar, other: Bar, side: 'from' | 'to', crossing: Bar[], perMm: number): boolean {
  const near = OPEN * perMm
  const ties = crossing.filter((line) => meet(one, line, near) && meet(other, line, near))
  const far = side === 'to' ? 'from' : 'to'
  return ties.length >= TIES || ties.some(({ at }) => [one, other].every((bar) => Math.abs(bar[far] - at) <= near))
}

/** A streak that the copy lost cuts every ruling that it crosses: the other half begins right behind it. */
const goesOn = (bar: Bar, side: 'from' | 'to', bars: Bar[], perMm: number): boolean =>
  bars.some((other) => {
    const gap = side === 'to' ? other.from - bar.to : bar.from - other.to
    return other !== bar && Math.abs(other.at - bar.at) <= OPEN * perMm && gap > -OPEN * perMm && gap < STREAK * perMm
  })

const sharesSpan = (one: Bar, other: Bar): boolean =>
  Math.min(one.to, other.to) - Math.max(one.from, other.from) > 0.5 * Math.min(one.to - one.from, other.to - other.from)

/** No crossing bar near that end, but one at the other end, or several on the way. */
function isOpen(bar: Bar, side: 'from' | 'to', crossing: Bar[], perMm: number): boolean {
  const near = OPEN * perMm
  const met = crossing.filter((other) => meet(bar, other, near))
  const reach = near + 0.01 * (bar.to - bar.from)
  const stops = (end: 'from' | 'to') => met.some(({ at }) => Math.abs(at - bar[end]) <= reach)
  return !stops(side) && (stops(side === 'from' ? 'to' : 'from') || met.length >= CROSSED)
}
