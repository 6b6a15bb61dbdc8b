import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import { UNKNOWN } from '../symbols.ts'
import { grow } from './ink.ts'
import type { Plane } from './raster.ts'

/** A date's year with the sign behind it: only of dates is it known how many digits they have. */
const DATE = /\d{4}\s*[年./:-]/
const DIGIT = /\d/
/** A digit fits when at most this share of it is not as it stands there; the more is, the less likely it is. */
const FITS = { most: 0.16, slack: 0.04 }
/** The likeliest digit is so many times likelier than any other, or it is not known. */
const AHEAD = 1.5
/** What a digit found under a rim is worth: it is a question. */
const CERTAINTY = 0.5
/** A digit read more surely than this shows what digits of the line look like. */
const SURE = 0.9
/** Room for one more digit, in digits' widths. */
const ROOM = { least: 0.55, most: 1.5 }

/** How far from its place a digit may stand, and how far to both sides a character's own ink reaches, in digits' widths. */
const ASTRAY = 0.3
const BESIDE = 0.55

/** A digit as a line prints it: ink around its middle; rows from the line's top. */
type Glyph = { digit: string; spots: { dx: number; y: number }[] }

/**
 * Puts into dates the digit that a dark stamp's rim covers, where there is room for one: the digit of the same line that fits what
 * the rim leaves to be seen, or 〓 where several may. `ink` without the stamp; `stamp`: the ink taken off. Never surer than a question.
 */
export function findDigitsUnderStamps(lines: OcrLine[], ink: Plane, stamp: Plane): OcrLine[] {
  const hidden = grow(stamp, 1)
  return lines.map((line) => (DATE.test(line.text) ? withDigit(withoutSpaces(line), line, ink, hidden) : line))
}

function withDigit(line: OcrLine, given: OcrLine, ink: Plane, hidden: Plane): OcrLine {
  const step = stepOf(line)
  if (step === null) return given
  const glyphs = glyphsOf(line, ink, hidden, step)
  for (let at = 0; at + 1 < line.units.length; at++) {
    const spare = spareBehind(line, at, step)
    if (spare < ROOM.least * step || spare > ROOM.most * step) continue
    if (!mayHaveMore(line.text, at) || !isCovered(line, at, hidden)) continue
    const found = bestAt(line, at, glyphs, ink, hidden, step)
    return insert(line, at + 1, found.digit, found.middle)
  }
  return given
}

/** The usual way from one digit to the next. */
function stepOf({ text, units }: OcrLine): number | null {
  const steps = units
    .slice(1)
    .flatMap(({ middle }, i) =>
      DIGIT.test(text[i] ?? '') && DIGIT.test(text[i + 1] ?? '') ? [middle - (units[i]?.middle ?? 0)] : [],
    )
  return steps.length < 2 ? null : (steps.toSorted((a, b) => a - b)[(steps.length - 1) >> 1] ?? null)
}

/** Whether a year, month or day may have one more digit behind a character: else a separator is what was lost. */
function mayHaveMore(text: string, at: number): boolean {
  const [before = ''] = /\d*$/.exec(text.slice(0, at + 1)) ?? []
  const [after = ''] = /^\d*/.exec(text.slice(at + 1)) ?? []
  const isYear = /^(?:19|20)?\d?$/.test(before) && before.length + after.length === 3
  return before.length + after.length < 2 || isYear
}

/** Whether the stamp crosses the room behind a character. */
function isCovered({ units, box }: OcrLine, at: number, hidden: Plane): boolean {
  const [from, to] = [Math.ceil(units[at]?.middle ?? 0), Math.floor(units[at + 1]?.middle ?? 0)]
  const rows = Array.from({ length: Math.floor(0.6 * box.height) }, (_, i) => Math.round(box.y + 0.2 * box.height) + i)
  const crossed = rows.filter((y) => {
    for (let x = from; x <= to; x++) if (isSet(hidden, x, y)) return true
    return false
  })
  return crossed.length > rows.length / 2
}

/** How much further a character stands from the next one than others of the line that stand beside such a sign. */
function spareBehind({ text, units }: OcrLine, at: number, step: number): number {
  const isDigit = (i: number) => DIGIT.test(text[i] ?? '')
  if (!isDigit(at) && !isDigit(at + 1)) return 0
  const gap = (i: number) => (units[i + 1]?.middle ?? 0) - (units[i]?.middle ?? 0)
  if (isDigit(at) && isDigit(at + 1)) return gap(at) - step
  const same = units.slice(1).flatMap((_, i) => (i !== at && isDigit(i) !== isDigit(i + 1) ? [gap(i)] : []))
  return same.length === 0 ? 0 : gap(at) - Math.min(...same)
}

/** The digits that are sure and stand clear of the stamp. */
function glyphsOf({ text, units, box }: OcrLine, ink: Plane, hidden: Plane, step: number): Glyph[] {
  const [top, bottom] = [Math.floor(box.y), Math.ceil(box.y + box.height)]
  return units.flatMap(({ middle, certainty }, at) => {
    const digit = text[at] ?? ''
    if (!DIGIT.test(digit) || certainty < SURE) return []
    const spots: Glyph['spots'] = []
    let lost = false
    for (let y = top; y < bottom; y++)
      for (let x = Math.ceil(middle - step / 2); x <= middle + step / 2; x++) {
        if (isSet(hidden, x, y)) lost = true
        if (isSet(ink, x, y)) spots.push({ dx: x, y })
      }
    if (lost || spots.length === 0) return []
    const [left, right] = [Math.min(...spots.map(({ dx }) => dx)), Math.max(...spots.map(({ dx }) => dx))]
    const centre = Math.round((left + right) / 2)
    return [{ digit, spots: spots.map(({ dx, y }) => ({ dx: dx - centre, y })) }]
  })
}

type Fit = { digit: string; middle: number; likely: number }

/** The likeliest digit behind a character: a thin one fits in more places than one that the rim just covers. `UNKNOWN` where none stands out. */
function bestAt(line: OcrLine, at: number, glyphs: Glyph[], ink: Plane, hidden: Plane, step: number): Fit {
  const [from, to] = [line.units[at]?.middle ?? 0, line.units[at + 1]?.middle ?? 0]
  const middle = DIGIT.test(line.text[at] ?? '') ? from + step : to - step
  const gap = { x: from + BESIDE * step, y: line.box.y, width: to - from - 2 * BESIDE * step, height: line.box.height }
  const fits = glyphs.map((glyph): Fit => {
    let likely = 0
    for (let x = Math.ceil(middle - ASTRAY * step); x <= middle + ASTRAY * step; x++) {
      const cost = Math.min(...NEAR.map((dy) => costOf(glyph, x, dy, gap, ink, hidden)))
      if (cost <= FITS.most) likely += Math.exp(-cost / FITS.slack)
    }
    return { digit: glyph.digit, middle, likely }
  })
  const [best] = fits.toSorted((one, other) => other.likely - one.likely)
  const rival = Math.max(0, ...fits.filter(({ digit }) => digit !== best?.digit).map(({ likely }) => likely))
  return best && best.likely > AHEAD * rival ? best : { digit: UNKNOWN, middle, likely: 0 }
}

/** The share of a digit that is not as it would stand there: ink that is missing and ink too much, what the stamp hides left out. */
function costOf(glyph: Glyph, x: number, dy: number, gap: Box, ink: Plane, hidden: Plane): number {
  const own = new Set(glyph.spots.map((spot) => `${spot.dx},${spot.y + dy}`))
  let wrong = 0
  for (const spot of glyph.spots) {
    const [u, v] = [x + spot.dx, spot.y + dy]
    if (!isSet(hidden, u, v) && !isNear((du, dv) => isSet(ink, u + du, v + dv))) wrong++
  }
  for (let v = Math.floor(gap.y); v < gap.y + gap.height; v++)
    for (let u = Math.ceil(gap.x); u <= gap.x + gap.width; u++) {
      if (!isSet(ink, u, v) || isSet(hidden, u, v)) continue
      if (!isNear((du, dv) => own.has(`${u - x + du},${v + dv}`))) wrong++
    }
  return wrong / glyph.spots.length
}

const NEAR = [-1, 0, 1]
const isNear = (test: (dx: number, dy: number) => boolean): boolean =>
  NEAR.some((dx) => NEAR.some((dy) => test(dx, dy)))

const isSet = ({ width, height, data }: Plane, x: number, y: number): boolean =>
  x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1

function withoutSpaces(line: OcrLine): OcrLine {
  const kept = line.units.map((_, at) => at).filter((at) => line.text[at] !== ' ')
  return {
    ...line,
    text: kept.map((at) => line.text[at]).join(''),
    units: kept.flatMap((at) => line.units[at] ?? []),
    edges: [...kept.map((at) => line.edges[at] ?? 0), line.edges.at(-1) ?? 0],
  }
}

function insert(line: OcrLine, at: number, digit: string, middle: number): OcrLine {
  const edge = ((line.units[at - 1]?.middle ?? middle) + middle) / 2
  return {
    ...line,
    text: line.text.slice(0, at) + digit + line.text.slice(at),
    units: line.units.toSpliced(at, 0, { middle, certainty: CERTAINTY }),
    edges: line.edges.toSpliced(at, 1, edge, ((line.units[at]?.middle ?? middle) + middle) / 2),
    confidence: Math.min(line.confidence, CERTAINTY),
  }
}
