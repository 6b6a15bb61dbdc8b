import type { Glyph } from './content.ts'

/** A space covered by print to this share of its width keeps nothing apart. */
const COVERED = 0.7
/** Shares of the type's size. */
const SAME_BASE = 0.25

/**
 * Leaves out spaces that nobody typed. LibreOffice draws one over the first and the last character of each stretch of one
 * script, and where it underlines the gap that it leaves between Chinese and other characters, two at one place in one
 * operator. `cos` and `sin` give the direction of the text.
 */
export function withoutFalseSpaces(glyphs: Glyph[], cos: number, sin: number): Glyph[] {
  const spaces = glyphs.filter(isSpace)
  if (spaces.length === 0) return glyphs
  const lines = new Map<number, Glyph[]>()
  const baseOf = ({ from }: Glyph) => from[1] * cos - from[0] * sin
  for (const glyph of glyphs) {
    if (isSpace(glyph)) continue
    const line = Math.round(baseOf(glyph))
    const members = lines.get(line)
    if (members) members.push(glyph)
    else lines.set(line, [glyph])
  }
  const along = ([x, y]: Glyph['from']) => x * cos + y * sin
  const isFalse = (space: Glyph) => {
    const base = baseOf(space)
    const [start, end] = [along(space.from), along(space.to)]
    if (end - start < 0.01) return false
    let covered = 0
    for (const line of [-1, 0, 1].map((step) => Math.round(base) + step)) {
      for (const glyph of lines.get(line) ?? []) {
        if (Math.abs(baseOf(glyph) - base) > SAME_BASE * space.size) continue
        covered += Math.max(0, Math.min(end, along(glyph.to)) - Math.max(start, along(glyph.from)))
      }
    }
    return covered >= COVERED * (end - start)
  }
  const places = Map.groupBy(spaces, ({ order, from: [x, y] }) => `${order} ${x.toFixed(1)} ${y.toFixed(1)}`)
  const twice = [...places.values()].filter((same) => same.length > 1).flat()
  const dropped = new Set([...twice, ...spaces.filter(isFalse)])
  return dropped.size === 0 ? glyphs : glyphs.filter((glyph) => !dropped.has(glyph))
}

function isSpace({ text }: Glyph): boolean {
  return text === ' ' || text === '\u00a0'
}
