import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'

/** A character of the first reading is kept when it was read at least this surely, and no box stands there. */
const KEPT = 0.8
/** Two readings of one character lie nearer than this, in shares of the line's height. */
const SAME = 0.4

/** A tick that runs into the next character spoils it where its box is painted over: the first reading is so sure, the second so much less. */
const SPOILT = { first: 0.9, less: 0.05, reads: /[^\s\p{P}√☐☑□■]/u }
/** How the end of a tick is read that its box was painted over from, and how far from the box, in shares of its width. */
const REST = { reads: /[√✓✔vVM/／丿丶、'’‘`.·‧!！一—-]/, reach: 1.2 }

/** A line read again without its boxes, with the characters that the first reading saw and the second one lost or read less surely. */
export function joinReadings(again: OcrLine, first: OcrLine, boxes: Box[]): OcrLine {
  const near = SAME * first.box.height
  let { text, units, edges, box, confidence } = withoutRests(again, first, boxes)
  first.units.forEach(({ middle, certainty }, i) => {
    const character = first.text[i] ?? ''
    if (certainty < KEPT || !/\p{Script=Han}/u.test(character)) return
    if (boxes.some(({ x, width }) => middle > x - width * 0.15 && middle < x + width * 1.15)) return
    const there = units.flatMap((unit, at) => (Math.abs(unit.middle - middle) < near ? [at] : []))
    const [same] = there
    if (same !== undefined) {
      const less = certainty - (units[same]?.certainty ?? 1)
      if (there.length > 1 || !SPOILT.reads.test(text[same] ?? '')) return
      if (certainty < SPOILT.first || less < SPOILT.less || isBeside(text, same, character)) return
      text = text.slice(0, same) + character + text.slice(same + 1)
      units = units.with(same, { middle, certainty })
      confidence = Math.min(...units.map((unit) => unit.certainty))
      return
    }
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

const isBeside = (text: string, at: number, character: string): boolean =>
  text.slice(Math.max(0, at - 1), at + 2).includes(character)

/** Signs beside a box where the first reading had none: ends of its tick. */
function withoutRests(again: OcrLine, first: OcrLine, boxes: Box[]): OcrLine {
  const near = SAME * first.box.height
  const isRest = (at: number) => {
    const middle = again.units[at]?.middle ?? 0
    return (
      REST.reads.test(again.text[at] ?? '') &&
      boxes.some(({ x, width }) => middle > x - REST.reach * width && middle < x + (1 + REST.reach) * width) &&
      !first.units.some((unit, i) => first.text[i] === again.text[at] && Math.abs(unit.middle - middle) < near)
    )
  }
  const kept = again.units.flatMap((_, at) => (isRest(at) ? [] : [at]))
  if (kept.length === again.units.length) return again
  const units = kept.flatMap((at) => again.units[at] ?? [])
  return {
    ...again,
    text: kept.map((at) => again.text[at] ?? '').join(''),
    units,
    edges: [...kept.map((at) => again.edges[at] ?? again.box.x), again.edges.at(-1) ?? again.box.x + again.box.width],
    confidence: units.length === 0 ? again.confidence : Math.min(...units.map((unit) => unit.certainty)),
  }
}
