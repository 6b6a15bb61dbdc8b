import { sharedArea } from '../boxes.ts'
import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'

/** A longer or surer line over pen strokes is print, and so is one that the strokes do not reach out of. */
const WRITTEN = { length: 4, mean: 0.75, share: 0.5 }
/** Beside a run read this surely, characters less sure than `stray` that stand apart, or are strokes, are no text. */
const SURE = 0.85
const STRAY = { certainty: 0.6, count: 2, apart: 1.6 }
const MARK = /[☐☑√]/
/** A line of Chinese long enough to be running text, with a sign behind it. */
const RUNNING = /\p{Script=Han}.{8,}\p{Script=Han}[，。；、]$/u
const SIGN = /[，。、；：,.;:'’‘`·|丨]/

/** Lines without what the recogniser made of pen strokes, seals and specks. `handwriting` in the lines' pixels. */
export function dropStrokes(lines: OcrLine[], handwriting: Box[]): OcrLine[] {
  return lines.filter((line) => !isWritten(line, handwriting)).map((line) => trimStrays(line, handwriting))
}

function isWritten({ text, units, box }: OcrLine, handwriting: Box[]): boolean {
  if (text.length > WRITTEN.length || meanOf(units) >= WRITTEN.mean || MARK.test(text)) return false
  return handwriting.some(
    (written) => written.height > box.height && sharedArea(box, written) > WRITTEN.share * box.width * box.height,
  )
}

const meanOf = (units: OcrLine['units']) =>
  units.reduce((sum, { certainty }) => sum + certainty, 0) / Math.max(1, units.length)

/** A stop or comma at the end of a line of running text, close behind its last word. */
function endsSentencePart({ text, units, box }: OcrLine, at: number): boolean {
  const apart = (units[at]?.middle ?? 0) - (units[at - 1]?.middle ?? 0)
  return at === text.length - 1 && RUNNING.test(text) && apart > 0 && apart < box.height
}

function trimStrays(line: OcrLine, handwriting: Box[]): OcrLine {
  const { text, units } = line
  const isStray = (at: number, beside: number) => {
    const unit = units[at]
    const next = units[beside]
    if (!unit || !next || unit.certainty >= STRAY.certainty || MARK.test(text[at] ?? '')) return false
    if (endsSentencePart(line, at)) return false
    const middle = { x: unit.middle, y: line.box.y + line.box.height / 2, width: 1, height: 1 }
    const isApart = Math.abs(unit.middle - next.middle) > (STRAY.apart * line.box.height) / 1.4
    return isApart || SIGN.test(text[at] ?? '') || handwriting.some((written) => sharedArea(middle, written) > 0)
  }
  let from = 0
  let to = text.length
  while (to - 1 > from && text.length - to < STRAY.count && isStray(to - 1, to - 2)) to--
  while (from + 1 < to && from < STRAY.count && isStray(from, from + 1)) from++
  const kept = units.slice(from, to)
  if (kept.length === units.length || kept.length < 2 || meanOf(kept) < SURE) return line
  const edges = line.edges.slice(from, to + 1)
  const x = edges[0] ?? line.box.x
  return {
    text: text.slice(from, to),
    units: kept,
    edges,
    box: { ...line.box, x, width: (edges.at(-1) ?? x) - x },
    confidence: Math.min(...kept.map(({ certainty }) => certainty)),
  }
}
