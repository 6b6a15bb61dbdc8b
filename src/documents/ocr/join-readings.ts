import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'

/** A character of the first reading is kept when it was read at least this surely, and no box stands there. */
const KEPT = 0.8
/** Two readings of one character lie nearer than this, in shares of the line's height. */
const SAME = 0.4

/** A line read again without its boxes, with the characters that the first reading saw and the second one lost. */
export function joinReadings(again: OcrLine, first: OcrLine, boxes: Box[]): OcrLine {
  const near = SAME * first.box.height
  let { text, units, edges, box, confidence } = again
  first.units.forEach(({ middle, certainty }, i) => {
    const character = first.text[i] ?? ''
    if (certainty < KEPT || !/\p{Script=Han}/u.test(character)) return
    if (boxes.some(({ x, width }) => middle > x - width * 0.15 && middle < x + width * 1.15)) return
    if (units.some((unit) => Math.abs(unit.middle - middle) < near)) return
    const at = units.filter((unit) => unit.middle < middle).length
    if (text[at] === ' ' || text[at - 1] === ' ') return
    const [left, right] = [first.edges[i] ?? middle - near, first.edges[i + 1] ?? middle + near]
    text = text.slice(0, at) + character + text.slice(at)
    units = units.toSpliced(at, 0, { middle, certainty })
    edges = at === units.length - 1 ? [...edges.slice(0, at), left, right] : edges.toSpliced(at, 0, left)
    const x = Math.min(box.x, left)
    box = { ...box, x, width: Math.max(box.x + box.width, right) - x }
    confidence = Math.min(confidence, certainty)
  })
  return { text, units, edges, box, confidence }
}
