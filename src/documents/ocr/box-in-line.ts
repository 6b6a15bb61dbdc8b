import type { Box, Checkbox } from '../model.ts'
import type { OcrLine, OcrUnit } from '../ports.ts'
import type { Square } from './checkboxes.ts'
import {
  isBoxReading,
  isBracketReading,
  isEdgeReading,
  isPartialReading,
  isUnsureReading,
} from './square-characters.ts'

/** A smaller square, as a share of the line's type, is a part of a character. */
const PART = 0.55
/** A line's box is about this much higher than its type. */
export const AIR = 1.5
/** Between two characters this many type heights apart, middle to middle, there is room for another. */
const ROOM = 1.3
/** The same for what is not surely drawn as a square: strokes of two characters may look like its sides. */
const PALE_ROOM = 1.6
/** What only one side of a box was read as lies this far from its middle, in shares of its width. */
const EDGE = 0.75
/** Nearer than this many type heights to a character's middle, a square is a part of it. */
const OWN = 0.62
/** From the middle of a character to where its strokes may end, in type heights. */
const HALF = 0.4
/** A character read this surely is no tick. */
const SURE = 0.8
/** Characters have more ink within their frame than a box with a tick. */
const DENSE = 0.45

/** What an option and the box behind it are read as together, and the option. Its middle lies so many type heights further left. */
const JOINED: Record<string, string> = { 如: '女' }
const LEFT = 0.45

/** The line with the option alone where it was read as one character with the box behind it. */
export function apartFromBoxes(line: OcrLine, squares: Square[]): OcrLine {
  const type = line.box.height / AIR
  const joined = [...line.text].flatMap((character, at) => {
    const unit = line.units[at]
    const isJoined =
      unit !== undefined &&
      unit.certainty < SURE &&
      squares.some(({ box, crisp, alike }) => {
        const off = box.x + box.width / 2 - unit.middle
        const isLevel = Math.abs(box.y + box.height / 2 - line.box.y - line.box.height / 2) < type / 2
        return (crisp || alike) && isLevel && box.height >= PART * type && off > 0 && off < type
      })
    return isJoined && JOINED[character] ? [{ at, option: JOINED[character], middle: unit.middle - LEFT * type }] : []
  })
  if (joined.length === 0) return line
  return {
    ...line,
    text: joined.reduce((text, { at, option }) => text.slice(0, at) + option + text.slice(at + 1), line.text),
    units: line.units.map((unit, i) => ({ ...unit, middle: joined.find(({ at }) => at === i)?.middle ?? unit.middle })),
  }
}

/** Whether a square beside a line is a box to tick and none of the line's characters. */
export function isCheckbox(line: OcrLine, { box, crisp, partial, alike, inner }: Square): boolean {
  const type = line.box.height / AIR
  if (box.height < PART * type) return false
  const { from, to } = coveredBy(line, box)
  if (isDay(line.text, from)) return false
  if (from === to) return hasRoom(line, box, from, crisp || alike ? ROOM : PALE_ROOM)
  if (!crisp && isTyped(line.text, from, to)) return false
  if (partial && !clearsCharacters(line, box, from, to)) return false
  for (let i = from; i < to; i++) {
    const character = line.text[i] ?? ''
    const certainty = line.units[i]?.certainty ?? 1
    const known =
      character === ' ' ||
      (partial && isPartialReading(line.text, i, certainty)) ||
      (alike && inner < DENSE && isUnsureReading(character, certainty)) ||
      isBoxReading(character, line.text[from - 1] ?? '', line.text[to] ?? '', crisp, certainty)
    if (!known) return false
  }
  return true
}

/** Whether a square ends before the characters beside it: else two of its sides are strokes of theirs. */
function clearsCharacters(line: OcrLine, box: Box, from: number, to: number): boolean {
  const [middle, own] = [box.x + box.width / 2, (HALF * line.box.height) / AIR]
  const isClear = (at: number) =>
    !/\p{Script=Han}/u.test(line.text[at] ?? '') ||
    Math.abs((line.units[at]?.middle ?? 0) - middle) >= box.width / 2 + own
  return isClear(from - 1) && isClear(to)
}

/** What stands behind the month and a number is 日, whatever the rim of a seal or a copy made of it. */
const isDay = (text: string, at: number): boolean => /月\s?\d{1,2}\s?$/.test(text.slice(0, at))

/** Brackets around a tick or around nothing are a mark that was read already; their sides look like those of a square. */
const isTyped = (text: string, from: number, to: number): boolean =>
  [...text.matchAll(/[(（]\s*[√✓✔]?\s*[)）]/g)].some(({ 0: mark, index }) => from < index + mark.length && to > index)

/** The characters, from `from` to before `to`, that were read where the box is; none: `from` is where it would stand. */
export function coveredBy(line: OcrLine, box: Box): { from: number; to: number } {
  const middle = box.x + box.width / 2
  const reach = (character = '') => (isEdgeReading(character) ? EDGE : 0.55) * box.width
  const covered = line.units.flatMap((unit, i) => (Math.abs(unit.middle - middle) < reach(line.text[i]) ? [i] : []))
  const from = covered[0] ?? line.units.filter((unit) => unit.middle < middle).length
  return { from, to: (covered.at(-1) ?? from - 1) + 1 }
}

/** Whether two square brackets beside a line are a box to tick. */
export function isCheckboxOfBrackets(line: OcrLine, box: Box): boolean {
  const { from, to } = coveredBy(line, box)
  return from === to ? hasRoom(line, box, from) : isBracketReading(line.text.slice(from, to))
}

/** Nothing that was read surely stands between two brackets. */
export function isOpen(line: OcrLine, box: Box): boolean {
  const { from, to } = coveredBy(line, box)
  return line.units
    .slice(from, to)
    .every(({ certainty }, i) => !/[\p{Script=Han}\p{N}]/u.test(line.text[from + i] ?? '') || certainty < SURE)
}

/** Whether something that was not read may stand before character `at`; else what stands there is a part of a character. */
export function hasRoom(line: OcrLine, box: Box, at: number, room = ROOM): boolean {
  const type = line.box.height / AIR
  const before = line.units[at - 1]?.middle ?? Number.NEGATIVE_INFINITY
  const after = line.units[at]?.middle ?? Number.POSITIVE_INFINITY
  const middle = box.x + box.width / 2
  return after - before >= room * type && Math.min(after - middle, middle - before) >= OWN * type
}

/** The line with the box written where it stands. */
export function insert(line: OcrLine, { box, checked, confidence }: Checkbox): OcrLine {
  const { from, to } = coveredBy(line, box)
  const unit: OcrUnit = { middle: box.x + box.width / 2, certainty: confidence }
  const units = [...line.units.slice(0, from), unit, ...line.units.slice(to)]
  const left = Math.min(line.box.x, box.x)
  const right = Math.max(line.box.x + line.box.width, box.x + box.width)
  return {
    text: line.text.slice(0, from) + (checked ? '☑' : '☐') + line.text.slice(to),
    units,
    edges: [...line.edges.slice(0, from), box.x, box.x + box.width, ...line.edges.slice(to + 1)],
    box: { ...line.box, x: left, width: right - left },
    confidence: Math.min(...units.map((each) => each.certainty)),
  }
}

/** A line with nothing in it yet, for a box alone in its cell. */
export const emptyLine = (box: Box): OcrLine => ({ text: '', units: [], edges: [], confidence: 1, box })
