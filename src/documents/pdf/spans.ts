import type { Box, Span } from '../model.ts'
import { unite } from '../text.ts'
import type { Glyph } from './content.ts'
import { withoutFalseSpaces } from './false-spaces.ts'

/** Shares of the type's size. */
const SAME_BASE = 0.25
const TOUCHING = 0.35
/** An explicit space joins what lies no further apart than this. */
const SPACED = 0.8
const LATIN_SPACE = 0.17
/** Evenly spaced single characters no further apart than this are one label (项 目 名 称). */
const LETTER_SPACE = 1.25
const DOUBLED = 0.3

type Run = { glyphs: Glyph[]; start: number; end: number; base: number; size: number }

/**
 * Characters to spans: neighbours on one base line are joined whatever order the producer drew them in; letters drawn twice
 * for boldness count once. Text at an angle becomes spans too, without `edges`.
 */
export function spansOf(glyphs: Glyph[]): Span[] {
  const byAngle = new Map<number, Glyph[]>()
  for (const glyph of ticksOnBoxes(glyphs)) {
    const angle = Math.round(glyph.angle / 3) * 3
    const same = byAngle.get(angle)
    if (same) same.push(glyph)
    else byAngle.set(angle, [glyph])
  }
  return [...byAngle].flatMap(([angle, members]) => {
    const radians = (angle * Math.PI) / 180
    const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
    const runs = drawnRuns(withoutFalseSpaces(members, cos, sin), cos, sin)
    return joinRuns(runs).map((run) => spanOf(run, angle === 0))
  })
}

/** A tick printed over a box makes it a ticked box, in whatever order and size the two were drawn. */
function ticksOnBoxes(glyphs: Glyph[]): Glyph[] {
  const ticks = glyphs.filter((glyph) => glyph.text === '✓')
  if (ticks.length === 0) return glyphs
  const claimed = new Map<Glyph, Glyph>()
  for (const tick of ticks) {
    const box = glyphs.find(
      (glyph) =>
        (glyph.text === '☐' || glyph.text === '☑') &&
        Math.abs(glyph.from[1] - tick.from[1]) < 0.5 * glyph.size &&
        Math.abs(centre(glyph) - centre(tick)) < 0.5 * glyph.size,
    )
    if (box) claimed.set(tick, box)
  }
  const ticked = new Set(claimed.values())
  return glyphs.flatMap((glyph) => (claimed.has(glyph) ? [] : [ticked.has(glyph) ? { ...glyph, text: '☑' } : glyph]))
}

function centre(glyph: Glyph): number {
  return (glyph.from[0] + glyph.to[0]) / 2
}

/** Glyphs that follow each other both in drawing order and in place. */
function drawnRuns(glyphs: Glyph[], cos: number, sin: number): Run[] {
  const runs: Run[] = []
  for (const glyph of glyphs) {
    const start = glyph.from[0] * cos + glyph.from[1] * sin
    const end = Math.max(start, glyph.to[0] * cos + glyph.to[1] * sin)
    const base = glyph.from[1] * cos - glyph.from[0] * sin
    const run = runs.at(-1)
    const previous = run?.glyphs.at(-1)
    if (run && previous && Math.abs(run.base - base) < SAME_BASE * glyph.size) {
      const gap = start - run.end
      if (previous.text === glyph.text && gap < -0.5 * (end - start) && Math.abs(run.size - glyph.size) < 1) continue
      if (gap > -DOUBLED * glyph.size && gap <= TOUCHING * glyph.size && Math.abs(run.size - glyph.size) < 0.1) {
        run.glyphs.push(glyph)
        run.end = Math.max(run.end, end)
        continue
      }
    }
    if (glyph.text.trim() !== '' || glyph.text.length > 1) {
      runs.push({ glyphs: [glyph], start, end, base, size: glyph.size })
    } else if (run && Math.abs(run.base - base) < SAME_BASE * glyph.size && start - run.end <= TOUCHING * glyph.size) {
      run.glyphs.push(glyph)
      run.end = Math.max(run.end, end)
    }
  }
  return runs
}

function joinRuns(runs: Run[]): Run[] {
  const joined: Run[] = []
  for (const line of baseLines(runs)) {
    line.sort((a, b) => a.start - b.start)
    const pieces = letterSpaced(line.filter((run, i) => !isDoubled(run, line, i)))
    let current: Run | undefined
    for (const piece of pieces) {
      if (current && joins(current, piece)) {
        if (needsSpace(current, piece)) current.glyphs.push(spaceBetween(current, piece))
        current.glyphs.push(...piece.glyphs)
        current.end = Math.max(current.end, piece.end)
      } else {
        current = piece
        joined.push(current)
      }
    }
  }
  return joined
}

function baseLines(runs: Run[]): Run[][] {
  const lines: Run[][] = []
  let start = Number.NEGATIVE_INFINITY
  let size = 0
  for (const run of [...runs].sort((a, b) => a.base - b.base)) {
    if (run.base - start > SAME_BASE * Math.min(size, run.size)) {
      lines.push([])
      start = run.base
      size = run.size
    }
    lines.at(-1)?.push(run)
  }
  return lines
}

function isDoubled(run: Run, line: Run[], at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const other = line[i]
    if (!other || run.start - other.start > DOUBLED * run.size) return false
    if (other.glyphs.length === run.glyphs.length && textOfRun(other) === textOfRun(run)) return true
  }
  return false
}

/** Joins single characters that stand evenly apart, as in a label stretched over its cell. */
function letterSpaced(line: Run[]): Run[] {
  const result: Run[] = []
  for (let i = 0; i < line.length; ) {
    let end = i + 1
    const first = line[i]
    const second = line[i + 1]
    if (!first) break
    const step = second ? second.start - first.end : 0
    if (second && step > TOUCHING * first.size && step <= LETTER_SPACE * first.size && isSingle(first)) {
      while (end < line.length) {
        const [previous, next] = [line[end - 1], line[end]]
        if (!previous || !next || !isSingle(next) || next.size !== first.size) break
        if (Math.abs(next.start - previous.end - step) > 0.12 * first.size) break
        end++
      }
    }
    const group = line.slice(i, end)
    if (group.length >= 3) {
      const glyphs = group.flatMap((run) => run.glyphs.filter((glyph) => glyph.text.trim() !== ''))
      result.push({ ...first, glyphs, end: group.at(-1)?.end ?? first.end })
      i = end
    } else {
      result.push(first)
      i++
    }
  }
  return result
}

function isSingle(run: Run): boolean {
  const visible = run.glyphs.filter((glyph) => glyph.text.trim() !== '')
  return visible.length === 1 && /^[\u3400-\u9fff]$/.test(visible[0]?.text ?? '')
}

function joins(left: Run, right: Run): boolean {
  const size = Math.min(left.size, right.size)
  if (Math.max(left.size, right.size) > 1.4 * size) return false
  const gap = right.start - visibleEnd(left)
  const allowed = left.glyphs.at(-1)?.text === ' ' ? SPACED : TOUCHING
  return gap > -DOUBLED * size && gap <= allowed * size + (left.glyphs.at(-1)?.spacing ?? 0)
}

function visibleEnd(run: Run): number {
  const trailing = run.glyphs.findLastIndex((glyph) => glyph.text.trim() !== '')
  if (trailing === run.glyphs.length - 1) return run.end
  const spaces = run.glyphs
    .slice(trailing + 1)
    .reduce((sum, glyph) => sum + Math.hypot(glyph.to[0] - glyph.from[0], glyph.to[1] - glyph.from[1]), 0)
  return run.end - spaces
}

function needsSpace(left: Run, right: Run): boolean {
  const before = left.glyphs.at(-1)?.text ?? ''
  const after = right.glyphs[0]?.text ?? ''
  const isLatin = (text: string) => /^[!-~\u00a1-\u024f]/.test(text)
  return isLatin(before) && isLatin(after) && right.start - left.end > LATIN_SPACE * Math.min(left.size, right.size)
}

function spaceBetween(left: Run, right: Run): Glyph {
  const last = left.glyphs.at(-1) ?? right.glyphs[0]
  const next = right.glyphs[0] ?? last
  if (!last || !next) throw new RangeError('a run without glyphs')
  const box: Box = { ...last.box, x: last.to[0], width: Math.max(0, next.from[0] - last.to[0]) }
  return { ...last, text: ' ', box, from: last.to, to: next.from }
}

function textOfRun(run: Run): string {
  return run.glyphs.map((glyph) => glyph.text).join('')
}

function spanOf(run: Run, isLevel: boolean): Span {
  const glyphs = claimTicks(trim(run.glyphs))
  const text = glyphs.map((glyph) => glyph.text).join('')
  const box = unite(glyphs.map((glyph) => glyph.box))
  const span: Span = { text, box, confidence: 1, size: run.size }
  if (!isLevel) return span
  const edges: number[] = []
  for (const glyph of glyphs) {
    for (let unit = 0; unit < glyph.text.length; unit++) {
      edges.push(glyph.from[0] + ((glyph.to[0] - glyph.from[0]) * unit) / glyph.text.length)
    }
  }
  edges.push(glyphs.at(-1)?.to[0] ?? 0)
  return { ...span, edges }
}

function trim(glyphs: Glyph[]): Glyph[] {
  const isBlank = (glyph: Glyph | undefined) => glyph?.text.trim() === ''
  let from = 0
  let to = glyphs.length
  while (from < to && isBlank(glyphs[from])) from++
  while (to > from && isBlank(glyphs[to - 1])) to--
  return glyphs.slice(from, to)
}

/** A tick right behind or (where no word can claim it) right before a box makes that box ticked; alone it is a ticked box. */
function claimTicks(glyphs: Glyph[]): Glyph[] {
  const result: Glyph[] = []
  for (let i = 0; i < glyphs.length; i++) {
    const glyph = glyphs[i]
    if (!glyph) continue
    const previous = result.at(-1)
    const next = glyphs[i + 1]
    const isBox = (other: Glyph | undefined) => other?.text === '☐' || other?.text === '☑'
    if (glyph.text === '✓' && previous && isBox(previous)) {
      result[result.length - 1] = merged(previous, glyph)
    } else if (glyph.text === '✓' && next && isBox(next) && (!previous || !/[\p{L}\p{N}]$/u.test(previous.text))) {
      result.push(merged(glyph, next))
      i++
    } else {
      result.push(glyph.text === '✓' ? { ...glyph, text: '☑' } : glyph)
    }
  }
  return result
}

function merged(a: Glyph, b: Glyph): Glyph {
  const from = a.from[0] <= b.from[0] ? a.from : b.from
  const to = a.to[0] >= b.to[0] ? a.to : b.to
  return { ...a, text: '☑', from, to, box: unite([a.box, b.box]) ?? a.box }
}
