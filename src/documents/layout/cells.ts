import type { Box, Ruling } from '../model.ts'

/** Lines nearer to each other than this (points) are one: double lines, both edges of a bar, gaps at corners and in dashes. */
const NEAR = 3
/** A ruling may lean by this much (rise over run) and still be level. */
const LEAN = 0.03
/** The smallest cell side that can hold print. */
const SMALLEST_CELL = 5
/** Lines that stick out further than this beyond the last one that crosses them run into the open. */
const OPEN = 8
/** A group of lines with more positions than this in one direction is a drawing, not a table. */
const MOST_POSITIONS = 400

/** A level or upright line: where it lies across its direction (`at`), and its extent along it. */
type Bar = { at: number; from: number; to: number }
type Frame = { levels: Bar[]; uprights: Bar[] }

/**
 * The rectangular cells enclosed by ruling lines, in points. Lines may be doubled, drawn in pieces, or end a little short
 * of each other; where a side of a table's outer border is missing, the ends of the lines that run to it stand for it.
 */
export function cellsFromRulings(rulings: Ruling[]): Box[] {
  const levels: Bar[] = []
  const uprights: Bar[] = []
  for (const { x1, y1, x2, y2 } of rulings) {
    const width = Math.abs(x2 - x1)
    const height = Math.abs(y2 - y1)
    if (height <= Math.max(1, width * LEAN) && width > height) {
      levels.push({ at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) })
    } else if (width <= Math.max(1, height * LEAN) && height > width) {
      uprights.push({ at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) })
    }
  }
  return framesOf(joinPieces(levels), joinPieces(uprights)).flatMap((frame) => cellsOf(closeBorder(frame)))
}

/** Joins bars of one position that overlap or nearly touch. */
function joinPieces(bars: Bar[]): Bar[] {
  const joined: Bar[] = []
  for (const band of bands(bars)) {
    const pieces = band.sort((a, b) => a.from - b.from)
    let current: (Bar & { weight: number }) | undefined
    for (const piece of pieces) {
      const length = piece.to - piece.from + 0.01
      if (current && piece.from <= current.to + NEAR) {
        current.at = (current.at * current.weight + piece.at * length) / (current.weight + length)
        current.weight += length
        current.to = Math.max(current.to, piece.to)
      } else {
        if (current) joined.push({ at: current.at, from: current.from, to: current.to })
        current = { ...piece, weight: length }
      }
    }
    if (current) joined.push({ at: current.at, from: current.from, to: current.to })
  }
  return joined.filter((bar) => bar.to - bar.from >= SMALLEST_CELL)
}

function bands(bars: Bar[]): Bar[][] {
  const result: Bar[][] = []
  let start = Number.NEGATIVE_INFINITY
  for (const bar of [...bars].sort((a, b) => a.at - b.at)) {
    if (bar.at - start > NEAR) {
      result.push([])
      start = bar.at
    }
    result.at(-1)?.push(bar)
  }
  return result
}

/** Groups of lines that cross or touch. A line that no other crosses encloses nothing and is left out. */
function framesOf(levels: Bar[], uprights: Bar[]): Frame[] {
  const parent = Array.from({ length: levels.length + uprights.length }, (_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at
      at = parent[at] ?? at
    }
    return at
  }
  levels.forEach((level, l) => {
    uprights.forEach((upright, u) => {
      if (meet(level, upright)) parent[root(l)] = root(levels.length + u)
    })
  })
  const frames = new Map<number, Frame>()
  const frameAt = (i: number) => {
    const frame = frames.get(root(i)) ?? { levels: [], uprights: [] }
    frames.set(root(i), frame)
    return frame
  }
  levels.forEach((level, l) => {
    frameAt(l).levels.push(level)
  })
  uprights.forEach((upright, u) => {
    frameAt(levels.length + u).uprights.push(upright)
  })
  return [...frames.values()].filter((frame) => frame.levels.length > 0 && frame.uprights.length > 0)
}

function meet(level: Bar, upright: Bar): boolean {
  return (
    upright.at >= level.from - NEAR &&
    upright.at <= level.to + NEAR &&
    level.at >= upright.from - NEAR &&
    level.at <= upright.to + NEAR
  )
}

function closeBorder({ levels, uprights }: Frame): Frame {
  return {
    uprights: [...uprights, ...missingSides(levels, uprights)],
    levels: [...levels, ...missingSides(uprights, levels)],
  }
}

/**
 * The sides on which lines run out into the open, as bars from the first to the last of them; where the neighbouring side is
 * open too, up to the corner.
 */
function missingSides(lines: Bar[], across: Bar[]): Bar[] {
  const first = Math.min(...lines.map((line) => line.from))
  const last = Math.max(...lines.map((line) => line.to))
  const start = Math.min(...across.map((bar) => bar.from))
  const end = Math.max(...across.map((bar) => bar.to))
  const isStartOpen = !lines.some((line) => line.at < start + OPEN)
  const isEndOpen = !lines.some((line) => line.at > end - OPEN)
  const sides = [
    { at: first, reaching: lines.filter((line) => line.from <= first + NEAR) },
    { at: last, reaching: lines.filter((line) => line.to >= last - NEAR) },
  ]
  return sides.flatMap(({ at, reaching }) => {
    const from = Math.min(...reaching.map((line) => line.at), ...(isStartOpen ? [start] : []))
    const to = Math.max(...reaching.map((line) => line.at), ...(isEndOpen ? [end] : []))
    if (to - from < OPEN) return []
    const drawn = across.some((bar) => Math.abs(bar.at - at) <= NEAR && bar.from <= from + NEAR && bar.to >= to - NEAR)
    return drawn ? [] : [{ at, from, to }]
  })
}

function cellsOf({ levels, uprights }: Frame): Box[] {
  const xs = positionsOf(uprights)
  const ys = positionsOf(levels)
  if (xs.length > MOST_POSITIONS || ys.length > MOST_POSITIONS) return []
  const right = reaches(levels, ys, xs)
  const down = reaches(uprights, xs, ys)
  const cells: Box[] = []
  for (let top = 0; top < ys.length - 1; top++) {
    for (let left = 0; left < xs.length - 1; left++) {
      const cell = smallestCell(left, top, right, down)
      if (!cell) continue
      const x = xs[left] ?? 0
      const y = ys[top] ?? 0
      const box = { x, y, width: (xs[cell.right] ?? 0) - x, height: (ys[cell.bottom] ?? 0) - y }
      if (box.width >= SMALLEST_CELL && box.height >= SMALLEST_CELL) cells.push(box)
    }
  }
  return cells
}

/** The nearest right and bottom side such that all four sides are drawn. */
function smallestCell(left: number, top: number, right: number[][], down: number[][]) {
  const farRight = right[top]?.[left] ?? left
  const farDown = down[left]?.[top] ?? top
  for (let r = left + 1; r <= farRight; r++) {
    const lowest = Math.min(farDown, down[r]?.[top] ?? top)
    for (let b = top + 1; b <= lowest; b++) {
      if ((right[b]?.[left] ?? left) >= r) return { right: r, bottom: b }
    }
  }
  return null
}

/** Distinct positions of bars, those nearer than `NEAR` taken as one. */
function positionsOf(bars: Bar[]): number[] {
  return bands(bars).map((band) => band.reduce((sum, bar) => sum + bar.at, 0) / band.length)
}

/** For each position of bars and each crossing position: how far (index) an unbroken bar runs on from there. */
function reaches(bars: Bar[], positions: number[], crossings: number[]): number[][] {
  return positions.map((position) => {
    const here = bars.filter((bar) => Math.abs(bar.at - position) <= NEAR)
    const reach = crossings.map((_, i) => i)
    for (let i = crossings.length - 2; i >= 0; i--) {
      const from = crossings[i] ?? 0
      const to = crossings[i + 1] ?? 0
      if (here.some((bar) => bar.from <= from + NEAR && bar.to >= to - NEAR)) reach[i] = reach[i + 1] ?? i
    }
    return reach
  })
}
