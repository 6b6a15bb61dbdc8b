import { cellAt, meet } from '../boxes.ts'
import type { Box, Checkbox } from '../model.ts'
import type { OcrLine, OcrUnit } from '../ports.ts'
import { findBrackets } from './brackets.ts'
import { findSquares, type Square } from './checkboxes.ts'
import { joinReadings } from './join-readings.ts'
import { BRACKETS, judge, judgeBoxes, OUTLINE } from './judge-boxes.ts'
import { radioMarks, STOP } from './mark-rounds.ts'
import type { Plane } from './raster.ts'
import { findRounds } from './rounds.ts'
import { findSolids, type Solid } from './solids.ts'
import { isBoxReading, isBracketReading, isEdgeReading, isPartialReading } from './square-characters.ts'

const ROUND = 0.92
/** A smaller round, as a share of the line's type, is a radio mark only in the middle of the line's height; below, a stop. */
const DOT = { usual: 0.45, least: 0.3, off: 0.12 }
/** A box belongs to a line at most this many of its heights away. */
const REACH = 1.6
/** A smaller square, as a share of the line's type, is a part of a character. */
const PART = 0.55
/** A line's box is about this much higher than its type. */
const AIR = 1.5
/** Between two characters this many type heights apart, middle to middle, there is room for another. */
const ROOM = 1.3
/** The same for what is not surely drawn as a square: strokes of two characters may look like its sides. */
const PALE_ROOM = 1.6

/** What only one side of a box was read as lies this far from its middle, in shares of its width. */
const EDGE = 0.75
/** A line of so many characters is running text rather than an option or two. */
const RUNNING = 12
/** Nearer than this many type heights to a character's middle, a square is a part of it. */
const OWN = 0.62

/** A line that was read, and how to read it again from a page where some boxes are painted over. */
export type ReadLine = { line: OcrLine; again: ((painted: Box[]) => Promise<OcrLine | null>) | null }

/**
 * Puts ☐ and ☑ into the lines beside which squares, radio marks or bracket pairs stand, and lists them. The lines are read again without
 * them, because boxes spoil the reading of the characters next to them. Squares that are characters of a word stay text;
 * squares apart from any line are pictures, except alone in a cell.
 */
export async function markCheckboxes(
  read: ReadLine[],
  ink: Plane,
  cells: Box[],
  perMm: number,
  faint: Plane | null = null,
  solids: Solid[] = findSolids(ink, perMm),
): Promise<{ lines: OcrLine[]; checkboxes: Checkbox[] }> {
  const boxes = new Map<ReadLine, Checkbox[]>()
  const alone: Checkbox[] = []
  const squares = findSquares(ink, perMm, faint, solids)
  const owned = squares.flatMap((square) => {
    const owner = nearestLine(read, square.box, cells)
    if (owner)
      return isCheckbox(owner.line, square) ? [{ ...square, owner, question: questionOf(owner.line, square.box) }] : []
    if (square.crisp && cellAt(cells, square.box)) alone.push(judge(square.box, square.inner, OUTLINE))
    return []
  })
  const drawn = owned.filter(
    (each) =>
      !isMouth(each, owned, cells) &&
      !endsName(each, owned, cells) &&
      !isCharacter(each) &&
      (!isLonely(each, owned) || each.crisp),
  )
  for (const { owner, checkbox } of judgeBoxes(
    drawn.map((each) => ({ ...each, group: groupOf(each, drawn, cells) })),
  )) {
    boxes.set(owner, [...(boxes.get(owner) ?? []), checkbox])
  }
  const rounds = findRounds(ink, perMm, faint, solids).flatMap((round) => {
    const owner = nearestLine(read, round.box, cells)
    const isSmall = owner !== null && round.box.height < DOT.usual * (owner.line.box.height / AIR)
    if (!owner || (isSmall && !isCentral(owner.line, round.box))) return []
    const { from, to } = coveredBy(owner.line, round.box)
    const isStop = (boxes.get(owner) ?? []).some(({ box }) => box.height > STOP * round.box.height)
    const isFree = !isStop && (from < to || hasRoom(owner.line, round.box, from))
    return isFree ? [{ round, owner, line: owner.line, from, to, cell: cellAt(cells, round.box), isSmall }] : []
  })
  const radios = new Set(radioMarks(rounds))
  for (const mark of rounds) {
    if (!radios.has(mark)) continue
    const checkbox = { ...mark.round, confidence: ROUND }
    boxes.set(mark.owner, [...(boxes.get(mark.owner) ?? []), checkbox])
  }
  for (const each of read) {
    const others = boxes.get(each) ?? []
    const pairs = findBrackets(ink, each.line.box, each.line.box.height / AIR)
      .filter(({ box }) => !squares.some((square) => meet(square.box, box)))
      .filter(({ box }) => isCheckboxOfBrackets(each.line, box))
      .map(({ box, inner }) => judge(box, inner, BRACKETS))
    if (pairs.length > 0) boxes.set(each, [...others, ...pairs])
  }
  const lines: OcrLine[] = []
  for (const each of read) {
    const own = boxes.get(each)
    if (!own) {
      lines.push(each.line)
      continue
    }
    const clean = each.again ? await each.again(own.map(({ box }) => box)) : each.line
    const places = own.map(({ box }) => box)
    const bare = clean ?? { ...each.line, text: '', units: [], edges: [] }
    lines.push(own.reduce(insert, clean === each.line ? clean : joinReadings(bare, each.line, places)))
  }
  const empty = { text: '', units: [], edges: [], confidence: 1 }
  lines.push(...alone.map((checkbox) => insert({ ...empty, box: checkbox.box }, checkbox)))
  return { lines, checkboxes: [...[...boxes.values()].flat(), ...alone] }
}

/** In running text a single square that is not surely drawn as one is made of two characters' strokes. */
const isLonely = ({ owner }: Owned, all: Owned[]): boolean =>
  owner.line.text.length >= RUNNING && all.filter((other) => other.owner === owner).length === 1

/** 口 between two characters, as in a street's name, is one itself where no other box stands by it. */
function isMouth({ owner, box }: Owned, all: Owned[], cells: Box[]): boolean {
  const { line } = owner
  const { from, to } = coveredBy(line, box)
  const [before = '', after = ''] = [line.text[from - 1], line.text[to]]
  const isWithin = [before, after].every((beside) => /\p{Script=Han}/u.test(beside))
  if (line.text.slice(from, to) !== '口' || !isWithin) return false
  return isOnly({ owner, box }, all, cells) && !OPTION.test(before) && !OPTION.test(after)
}

/** A dense character within a word, 冀 in 京津冀, is as good as filled; the recogniser saw a character, if not surely. */
function isCharacter({ owner: { line }, box, inner }: Owned): boolean {
  const { from, to } = coveredBy(line, box)
  const around = [line.text[from - 1] ?? '', line.text[to] ?? '']
  const isWithin = around.every((character) => /\p{Script=Han}/u.test(character) && !OPTION.test(character))
  return inner >= FILLED && isWithin && /^\p{Script=Han}$/u.test(line.text.slice(from, to))
}

/** Ink within a square that is filled. */
const FILLED = 0.95

/** No other box stands in its line or cell. */
function isOnly({ owner, box }: Pick<Owned, 'owner' | 'box'>, all: Owned[], cells: Box[]): boolean {
  const cell = cellAt(cells, box)
  return all.filter((other) => other.owner === owner || (cell && cellAt(cells, other.box) === cell)).length === 1
}

/** 赟 and 珮, which the recogniser does not know, look like a square with something in it: behind one to three characters, in a cell. */
function endsName(each: Owned, all: Owned[], cells: Box[]): boolean {
  const { line } = each.owner
  const { from, to } = coveredBy(line, each.box)
  const before = line.units[from - 1]?.middle
  const rest = (line.text.slice(0, from) + line.text.slice(to)).replace(/[^\p{Script=Han}]/gu, '')
  if (before === undefined || rest.length === 0 || rest.length > 3 || !cellAt(cells, each.box)) return false
  const isNext = each.box.x + each.box.width / 2 - before < NEXT * (line.box.height / AIR)
  return isNext && !OPTION.test(rest) && isOnly(each, all, cells)
}

/** What stands beside a box of which the other ones were not seen. */
const OPTION = /[是否有无男女级类授程同意新]/
/** A character's middle is at most so many type heights from that of the one before. */
const NEXT = 1.35

/** Which of a line's questions a box belongs to: `国家级☐ 省级☑，是否执行：是☑ 否☐` has two. */
function questionOf(line: OcrLine, box: Box): number {
  const before = line.text.slice(0, line.units.filter((unit) => unit.middle < box.x).length)
  // 是 and 否 may stand side by side where the box between them was not read.
  return before.match(/[:：;；。]|是否(?=[\u4e00-\u9fff])/g)?.length ?? 0
}

type Owned = { box: Box; inner: number; owner: ReadLine; question: number }

/** The boxes of one question: those of its line, or of the cell where each option has a line of its own. */
function groupOf({ box, owner, question }: Owned, all: Owned[], cells: Box[]): unknown {
  const beside = all.filter((other) => other.owner === owner && other.question === question)
  if (beside.length > 1) return beside[0]
  return cellAt(cells, box) ?? owner
}

function isCentral({ box: line }: OcrLine, box: Box): boolean {
  const off = Math.abs(box.y + box.height / 2 - line.y - line.height / 2)
  return box.height >= DOT.least * (line.height / AIR) && off <= DOT.off * line.height
}

function nearestLine(read: ReadLine[], box: Box, cells: Box[]): ReadLine | null {
  const cell = cellAt(cells, box)
  const middle = box.y + box.height / 2
  let best: ReadLine | null = null
  let nearest = Number.POSITIVE_INFINITY
  for (const each of read) {
    const { line } = each
    if (Math.abs(line.box.y + line.box.height / 2 - middle) > 0.5 * line.box.height) continue
    if (cellAt(cells, line.box) !== cell) continue
    const right = line.box.x + line.box.width
    const gap = Math.max(line.box.x - (box.x + box.width), box.x - right, 0)
    if (gap > REACH * line.box.height || gap >= nearest) continue
    nearest = gap
    best = each
  }
  return best
}

/** Whether a square beside a line is a box to tick and none of the line's characters. */
function isCheckbox(line: OcrLine, { box, crisp, partial }: Square): boolean {
  const type = line.box.height / AIR
  if (box.height < PART * type) return false
  const { from, to } = coveredBy(line, box)
  if (isDay(line.text, from)) return false
  if (from === to) return hasRoom(line, box, from, crisp ? ROOM : PALE_ROOM)
  if (!crisp && isTyped(line.text, from, to)) return false
  for (let i = from; i < to; i++) {
    const character = line.text[i] ?? ''
    const certainty = line.units[i]?.certainty ?? 1
    const known =
      character === ' ' ||
      (partial && isPartialReading(line.text, i, certainty)) ||
      isBoxReading(character, line.text[from - 1] ?? '', line.text[to] ?? '', crisp, certainty)
    if (!known) return false
  }
  return true
}

/** What stands behind the month and a number is 日, whatever the rim of a seal or a copy made of it. */
const isDay = (text: string, at: number): boolean => /月\s?\d{1,2}\s?$/.test(text.slice(0, at))

/** Brackets around a tick or around nothing are a mark that was read already; their sides look like those of a square. */
const isTyped = (text: string, from: number, to: number): boolean =>
  [...text.matchAll(/[(（]\s*[√✓✔]?\s*[)）]/g)].some(({ 0: mark, index }) => from < index + mark.length && to > index)

/** The characters, from `from` to before `to`, that were read where the box is; none: `from` is where it would stand. */
function coveredBy(line: OcrLine, box: Box): { from: number; to: number } {
  const middle = box.x + box.width / 2
  const reach = (character = '') => (isEdgeReading(character) ? EDGE : 0.55) * box.width
  const covered = line.units.flatMap((unit, i) => (Math.abs(unit.middle - middle) < reach(line.text[i]) ? [i] : []))
  const from = covered[0] ?? line.units.filter((unit) => unit.middle < middle).length
  return { from, to: (covered.at(-1) ?? from - 1) + 1 }
}

function isCheckboxOfBrackets(line: OcrLine, box: Box): boolean {
  const { from, to } = coveredBy(line, box)
  return from === to ? hasRoom(line, box, from) : isBracketReading(line.text.slice(from, to))
}

/** Whether something that was not read may stand before character `at`; else what stands there is a part of a character. */
function hasRoom(line: OcrLine, box: Box, at: number, room = ROOM): boolean {
  const type = line.box.height / AIR
  const before = line.units[at - 1]?.middle ?? Number.NEGATIVE_INFINITY
  const after = line.units[at]?.middle ?? Number.POSITIVE_INFINITY
  const middle = box.x + box.width / 2
  return after - before >= room * type && Math.min(after - middle, middle - before) >= OWN * type
}

function insert(line: OcrLine, { box, checked, confidence }: Checkbox): OcrLine {
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
