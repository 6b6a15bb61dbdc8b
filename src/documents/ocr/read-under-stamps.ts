import type { Raster } from '../model.ts'
import type { OcrLine, Strip, StripReader } from '../ports.ts'
import type { Plane } from './raster.ts'

/** A page from which dark stamps were taken off: the ink taken, and the page with the rims left on it, dark or faded. */
export type Stamped = { stamp: Plane; withRims: (fading: number) => Raster }

/** A line crosses a stamp that has so much ink in it, in squares as high as the line. */
const CROSSED = 0.06
/** How far the rims are faded for the second and the third reading. */
const FADING = [0, 0.35]
/** What not every reading shows is a guess. */
const DOUBTFUL = 0.6

/**
 * A rim taken off takes strokes of print with it: 院 is left as 完, 11 as 1. A line that a rim crosses is read with the rim left
 * on and with a faded one too, and the reading counts that is most like the others. `clear` is what was read without the rim.
 */
export async function readUnderStamp(
  clear: OcrLine | null,
  cut: Strip,
  page: Stamped,
  reader: StripReader,
): Promise<OcrLine | null> {
  if (!crosses(cut, page.stamp)) return clear
  const readings = [clear]
  for (const fading of FADING) readings.push(await reader.read(page.withRims(fading), cut))
  return agreed(readings.flatMap((line) => line ?? []))
}

/** The reading that differs least from the others, later ones first; its characters that another one lacks are doubted. */
export function agreed(readings: OcrLine[]): OcrLine | null {
  const strayOf = (line: OcrLine) =>
    readings.reduce((sum, { text }) => sum + text.length + line.text.length - 2 * shared(line.text, text).length, 0)
  const best = readings.toReversed().reduce<OcrLine | null>((one, other) => {
    return one === null || strayOf(other) < strayOf(one) ? other : one
  }, null)
  if (!best) return null
  const [first] = readings
  if (first && readings.every(({ text }) => text === first.text)) return first
  const everywhere = readings.map(({ text }) => new Set(shared(best.text, text)))
  const units = best.units.map((unit, at) =>
    everywhere.every((places) => places.has(at)) ? unit : { ...unit, certainty: Math.min(unit.certainty, DOUBTFUL) },
  )
  return { ...best, units, confidence: Math.min(best.confidence, ...units.map(({ certainty }) => certainty)) }
}

function crosses({ x, y, width, height }: Strip, stamp: Plane): boolean {
  const [left, right] = [Math.max(0, Math.round(x - width / 2)), Math.min(stamp.width, Math.round(x + width / 2))]
  const [top, bottom] = [Math.max(0, Math.round(y - height / 2)), Math.min(stamp.height, Math.round(y + height / 2))]
  let inked = 0
  for (let v = top; v < bottom; v++) for (let u = left; u < right; u++) inked += stamp.data[v * stamp.width + u] ?? 0
  return inked > CROSSED * height * height
}

/** Places in `text` of a longest row of characters that `other` has too, in order. */
function shared(text: string, other: string): number[] {
  const rows = [new Array<number>(other.length + 1).fill(0)]
  for (let i = text.length - 1; i >= 0; i--) {
    const below = rows[0] ?? []
    const row = new Array<number>(other.length + 1).fill(0)
    for (let j = other.length - 1; j >= 0; j--)
      row[j] = text[i] === other[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    rows.unshift(row)
  }
  const places: number[] = []
  for (let i = 0, j = 0; i < text.length && j < other.length; ) {
    if (text[i] === other[j]) {
      places.push(i)
      i++
      j++
    } else if ((rows[i + 1]?.[j] ?? 0) >= (rows[i]?.[j + 1] ?? 0)) i++
    else j++
  }
  return places
}
