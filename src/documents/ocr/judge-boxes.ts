import type { Box, Checkbox } from '../model.ts'

/** A box to tick: the share of ink in it and, of strokes that run out of it, beyond it. `group`: what belongs to one question. */
export type Tickable = { box: Box; inner: number; beyond: number; group: unknown }

type Levels = { empty: number; ticked: number }
/** Ink within an outline: empty ones have at most 0.11, ticked ones at least 0.19; between these two the others tell. */
export const OUTLINE: Levels = { empty: 0.1, ticked: 0.15 }
export const BRACKETS: Levels = { empty: 0.03, ticked: 0.06 }
/** Beside boxes of the same question, a ticked one has this much more ink than any, and so many times as much. */
const AMONG = { more: 0.045, times: 2.2, confidence: 0.92 }
/** Where the empty boxes of a page hold next to nothing, this much is enough, and so many times what they hold besides. */
const BARE = { more: 0.02, times: 2 }
/** Questions from which it can be told what lies in the empty boxes of a page; elsewhere it is so much. */
const TOLD = 4
const USUAL_NOISE = 0.06
/** Ink that no box is told from an empty one by, and the share of questions that a gap must part. */
const APART = { rest: 0.02, questions: 0.7 }
/** Where that is little, less ink in a box tells enough. */
const ON_CLEAN = { noise: 0.03, least: 0.08, times: 3 }

/** Whether each box is ticked: by its ink, and where that leaves it open by the other boxes of its question and page. */
export function judgeBoxes<T extends Tickable>(boxes: T[]): (T & { checkbox: Checkbox })[] {
  const noise = noiseOf(boxes)
  const isClean = noise !== null && noise <= ON_CLEAN.noise
  const levels = isClean ? { ...OUTLINE, ticked: ON_CLEAN.least + ON_CLEAN.times * noise } : OUTLINE
  const apart = gapOf(boxes)
  return boxes.map((each) => {
    const alone = judge(each.box, each.inner, OUTLINE)
    if (alone.checked === true) return { ...each, checkbox: alone }
    const others = boxes.filter((other) => other !== each && other.group === each.group)
    const told = among(each, others, noise ?? USUAL_NOISE)
    const isTicked = each.inner >= levels.ticked || (apart !== null && inkOf(each) >= apart.ticked)
    const ticked = { box: each.box, checked: true, confidence: AMONG.confidence }
    if ((told?.checked ?? null) === null && isTicked) return { ...each, checkbox: ticked }
    const empty = { box: each.box, checked: false, confidence: AMONG.confidence }
    const isEmpty = alone.checked === null && apart !== null && inkOf(each) <= apart.empty
    return { ...each, checkbox: told ?? (isEmpty ? empty : alone) }
  })
}

/** Whether each pair of brackets holds a tick: by its ink, and where that leaves it open by the other pairs of its question. */
export function judgeBrackets<T extends { box: Box; inner: number; group: unknown }>(
  pairs: T[],
): (T & { checkbox: Checkbox })[] {
  return pairs.map((each) => {
    const alone = judge(each.box, each.inner, BRACKETS)
    const others = pairs.filter((other) => other !== each && other.group === each.group).map(({ inner }) => inner)
    if (alone.checked !== null || others.length === 0) return { ...each, checkbox: alone }
    const most = Math.max(...others)
    const isFullest = each.inner >= AMONG.times * most && each.inner >= most + BARE.more
    const isLess = most >= BRACKETS.ticked && most >= AMONG.times * each.inner
    const told = { box: each.box, checked: isFullest, confidence: AMONG.confidence }
    return { ...each, checkbox: isFullest || isLess ? told : alone }
  })
}

export function judge(box: Box, inner: number, { empty, ticked }: Levels): Checkbox {
  if (inner <= empty) return { box, checked: false, confidence: 0.95 - inner }
  if (inner >= ticked) return { box, checked: true, confidence: Math.min(0.97, 0.8 + inner) }
  return { box, checked: null, confidence: 0.5 }
}

const inkOf = ({ inner, beyond }: Tickable) => inner + beyond

function among(each: Tickable, others: Tickable[], noise: number): Checkbox | null {
  if (others.length === 0)
    return each.beyond >= AMONG.more + noise ? { box: each.box, checked: null, confidence: 0.5 } : null
  const own = inkOf(each)
  const most = Math.max(...others.map(inkOf))
  const more = Math.min(AMONG.more, BARE.more + BARE.times * noise)
  if (own >= most * AMONG.times && own >= most + more && own >= noise * 2 + more / 2)
    return { box: each.box, checked: true, confidence: AMONG.confidence }
  if (most >= own * AMONG.times && most >= own + more && each.inner < OUTLINE.ticked)
    return { box: each.box, checked: false, confidence: Math.min(AMONG.confidence, 0.95 - each.inner) }
  return null
}

/**
 * The widest gap between the inks of a page's boxes, all printed alike, where it parts most questions into one ticked box and
 * empty ones; null where there is none such.
 */
function gapOf(boxes: Tickable[]): Levels | null {
  const inks = boxes.map(inkOf).sort((a, b) => a - b)
  const gaps = inks.slice(1).map((ticked, i) => ({ empty: inks[i] ?? 0, ticked }))
  const wide = gaps.filter(({ empty, ticked }) => ticked >= empty + AMONG.more && ticked >= AMONG.times * empty)
  const size = ({ empty, ticked }: Levels) => (ticked + APART.rest) / (empty + APART.rest)
  const widest = wide.toSorted((a, b) => size(b) - size(a))[0]
  if (!widest) return null
  const questions = new Map<unknown, number[]>()
  for (const each of boxes) questions.set(each.group, [...(questions.get(each.group) ?? []), inkOf(each)])
  const several = [...questions.values()].filter((own) => own.length > 1)
  const parted = several.filter((own) => own.filter((ink) => ink >= widest.ticked).length === 1)
  return parted.length >= TOLD && parted.length >= APART.questions * several.length ? widest : null
}

/** What lies in nearly all boxes that are not their question's fullest; null where there are too few. */
function noiseOf(boxes: Tickable[]): number | null {
  const groups = new Map<unknown, number[]>()
  for (const each of boxes) groups.set(each.group, [...(groups.get(each.group) ?? []), inkOf(each)])
  const lesser = [...groups.values()].flatMap((inks) => inks.toSorted((a, b) => b - a).slice(1, 2))
  return lesser.length < TOLD ? null : (lesser.toSorted((a, b) => a - b)[Math.floor(lesser.length * 0.85)] ?? null)
}
