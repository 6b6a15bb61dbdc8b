import type { OcrLine } from '../ports.ts'
import type { Plane } from './raster.ts'

/** Ink of a stamp between two characters, as wide as this share of the line's height, may hide a digit. */
const HIDES = 0.2
/** … and so much where the characters also stand as far apart as if one were missing. */
const GRAZES = 0.03
const DOUBTFUL = 0.5
/** A digit is about a third of a line's height wide. */
const WIDER = 0.22

/**
 * Doubts figures beside which a dark stamp's ink was taken off: a digit as thin as its rim may have stood under it, and nothing is
 * left to tell of it. `stamp`: the ink taken off.
 */
export function doubtUnderStamps(lines: OcrLine[], stamp: Plane): OcrLine[] {
  return lines.map((line) => {
    if (!/\d/.test(line.text)) return line
    const doubtful = line.units.map((_, i) => [i - 1, i].some((at) => mayHide(line, at, stamp)))
    if (!doubtful.includes(true)) return line
    const units = line.units.map((unit, i) =>
      doubtful[i] ? { ...unit, certainty: Math.min(unit.certainty, DOUBTFUL) } : unit,
    )
    return { ...line, units, confidence: Math.min(...units.map(({ certainty }) => certainty)) }
  })
}

/** Whether something may stand under the stamp between a line's character and the next one, one of which is a digit. */
function mayHide({ text, units, box }: OcrLine, at: number, stamp: Plane): boolean {
  const [from, to] = [units[at]?.middle, units[at + 1]?.middle]
  if (from === undefined || to === undefined || !/\d/.test(`${text[at]}${text[at + 1]}`)) return false
  const [top, bottom] = [Math.round(box.y + 0.2 * box.height), Math.round(box.y + 0.8 * box.height)]
  let inked = 0
  for (let y = top; y < bottom; y++) {
    for (let x = Math.round(from); x < to; x++) inked += stamp.data[y * stamp.width + x] ?? 0
  }
  // A rim crosses a line aslant: its ink as if it stood upright.
  const covered = inked / (bottom - top)
  return covered >= HIDES * box.height || (covered >= GRAZES * box.height && isWide({ text, units, box }, at))
}

/** Whether a digit has more room beside it than the others of its line that stand beside such a sign: as much as hides another. */
function isWide({ text, units, box }: Pick<OcrLine, 'text' | 'units' | 'box'>, at: number): boolean {
  const kind = (i: number) => `${/\d/.test(text[i] ?? '')}${/\d/.test(text[i + 1] ?? '')}`
  const gap = (i: number) => (units[i + 1]?.middle ?? 0) - (units[i]?.middle ?? 0)
  const same = units.slice(1).flatMap((_, i) => (i !== at && kind(i) === kind(at) ? [gap(i)] : []))
  return same.length > 0 && gap(at) - Math.min(...same) > WIDER * box.height
}
