import type { Box, HiddenText } from '../model.ts'
import type { Glyph } from './content.ts'
import { apply, around, concat, holds, type Point } from './matrix.ts'
import type { State } from './state.ts'

/** The em box lies so far above and below the base line (CJK fonts; Latin letters fit inside). */
const ASCENT = 0.88
const DESCENT = 0.12
/** Type smaller than this (points) is not read by a person. */
const TINY = 2
const INVISIBLE_MODES = new Set([3, 7])
const STROKED_ONLY = new Set([1, 5])
/** Half transparent print: a watermark. */
const FAINT = 0.5

/** A glyph as pdf.js hands it out. */
type RawGlyph = {
  unicode: string
  width: number
  isSpace: boolean
  vmetric: [number, number, number] | null
  code: number | null
}

/** Places the glyphs of one text-showing operator and moves the text position on. */
export function showText(
  state: State,
  items: unknown,
  page: Box,
  isOff: boolean,
  order: number,
  textOf: (unicode: string, code: number | null, fontName: string) => string,
): Glyph[] {
  const { font, fontSize: signedSize } = state
  if (!font || !Array.isArray(items) || signedSize === 0) return []
  const direction = signedSize < 0 ? -1 : 1
  const size = Math.abs(signedSize)
  const scaleX = state.horizontalScale * direction
  const perUnit = size * font.matrix[0]
  const m = concat(state.ctm, state.textMatrix)
  const glyphHeight = font.isType3 ? size * Math.abs(font.matrix[3]) * (font.height || 1000) : size
  const up: Point = [m[2] * glyphHeight * direction, m[3] * glyphHeight * direction]
  const seenSize = Math.hypot(...up)
  const pointsPerUnit = Math.hypot(m[0], m[1])
  const paint = STROKED_ONLY.has(state.mode) ? state.stroke : state.fill
  const alpha = STROKED_ONLY.has(state.mode) ? state.strokeAlpha : state.fillAlpha
  const isInvisible = isOff || INVISIBLE_MODES.has(state.mode) || alpha < 0.02

  const glyphs: Glyph[] = []
  let moved = 0
  for (const item of items) {
    if (typeof item === 'number') {
      moved += ((font.vertical ? 1 : -1) * item * size) / 1000
      continue
    }
    const raw = rawGlyph(item)
    if (!raw) continue
    const spacing = state.charSpacing + (raw.isSpace ? state.wordSpacing : 0)
    let from: Point
    let to: Point
    let box: Box
    if (font.vertical && raw.vmetric) {
      const [advance, vx, vy] = raw.vmetric
      const left = state.x - vx * perUnit
      const base = state.y + state.rise - moved - vy * perUnit
      from = apply(m, left, base)
      to = apply(m, left + size, base)
      box = boxAround(from, to, up)
      moved += -advance * perUnit - spacing * direction
    } else {
      const width = raw.width * perUnit
      from = apply(m, state.x + moved * scaleX, state.y + state.rise)
      to = apply(m, state.x + (moved + width) * scaleX, state.y + state.rise)
      box = boxAround(from, to, up)
      moved += width + spacing * direction
    }
    const text = textOf(raw.unicode, raw.code, font.name)
    if (text === '') continue
    const [dx, dy] = raw.width === 0 ? [m[0] * scaleX, m[1] * scaleX] : [to[0] - from[0], to[1] - from[1]]
    glyphs.push({
      text,
      box,
      from,
      to,
      size: seenSize,
      angle: (Math.atan2(dy, dx) * 180) / Math.PI,
      spacing: state.charSpacing * pointsPerUnit * Math.abs(scaleX),
      ems: raw.width * font.matrix[0],
      faint: alpha < FAINT,
      colour: paint,
      hidden: reasonOf(box, page, state.clip, isInvisible, seenSize),
      order,
    })
  }
  if (font.vertical) state.y -= moved
  else state.x += moved * scaleX
  return glyphs
}

function reasonOf(box: Box, page: Box, clip: Box, isInvisible: boolean, size: number): HiddenText['reason'] | null {
  const x = box.x + box.width / 2
  const y = box.y + box.height / 2
  if (!holds(page, x, y)) return 'off-page'
  if (isInvisible || !holds(clip, x, y, 1)) return 'invisible'
  return size < TINY ? 'tiny' : null
}

function boxAround(from: Point, to: Point, up: Point): Box {
  if (up[0] === 0 && from[1] === to[1]) {
    const [head, foot] = [from[1] + up[1] * ASCENT, from[1] - up[1] * DESCENT]
    return {
      x: Math.min(from[0], to[0]),
      y: Math.min(head, foot),
      width: Math.abs(to[0] - from[0]),
      height: Math.abs(head - foot),
    }
  }
  const lift = ([x, y]: Point, share: number): Point => [x + up[0] * share, y + up[1] * share]
  return around([lift(from, ASCENT), lift(to, ASCENT), lift(from, -DESCENT), lift(to, -DESCENT)])
}

function rawGlyph(item: unknown): RawGlyph | null {
  if (typeof item !== 'object' || item === null || !('unicode' in item) || !('width' in item)) return null
  const { unicode, width } = item
  if (typeof unicode !== 'string' || typeof width !== 'number') return null
  const vmetric = 'vmetric' in item && Array.isArray(item.vmetric) && item.vmetric.length >= 3 ? item.vmetric : null
  const code = 'originalCharCode' in item && typeof item.originalCharCode === 'number' ? item.originalCharCode : null
  return {
    unicode,
    width,
    isSpace: 'isSpace' in item && item.isSpace === true,
    vmetric: vmetric ? [Number(vmetric[0]), Number(vmetric[1]), Number(vmetric[2])] : null,
    code,
  }
}
