import { cellAt, meet } from '../boxes.ts'
import type { Box, Checkbox } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import {
  AIR,
  apartFromBoxes,
  coveredBy,
  hasRoom,
  insert,
  isCheckbox,
  isCheckboxOfBrackets,
  isOpen,
} from './box-in-line.ts'
import { findBrackets } from './brackets.ts'
import { findSquares, type Square } from './checkboxes.ts'
import { findCrosses, isCrossedOption } from './crosses.ts'
import { groupBoxes } from './group-boxes.ts'
import { joinReadings } from './join-readings.ts'
import { joinedRings } from './joined-rings.ts'
import { judgeBoxes, judgeBrackets } from './judge-boxes.ts'
import { radioMarks, STOP } from './mark-rounds.ts'
import type { Plane } from './raster.ts'
import { findRounds } from './rounds.ts'
import { siblingBrackets } from './sibling-brackets.ts'
import { findSolids, type Solid } from './solids.ts'
import { medianOf } from './strips.ts'

const ROUND = 0.92
/** The same of a cross beside empty boxes; and so many boxes tell how the form's are drawn. */
const CROSSED = 0.9
const KNOWN = 3
/** A smaller round, as a share of the line's type, is a radio mark only in the middle of the line's height; below, a stop. */
const DOT = { usual: 0.45, least: 0.3, off: 0.12 }
/** A box belongs to a line at most this many of its heights away. */
const REACH = 1.6
/** A line of so many characters is running text rather than an option or two. */
const RUNNING = 12

/** A line that was read, and how to read it again from a page where some boxes are painted over. */
export type ReadLine = { line: OcrLine; again: ((painted: Box[]) => Promise<OcrLine | null>) | null }

/**
 * Puts ☐ and ☑ into the lines beside which squares, radio marks or bracket pairs stand, and lists them. The lines are read again without
 * them, because boxes spoil the reading of the characters next to them. Squares that are characters of a word stay text;
 * squares apart from any line are pictures, except alone in a cell.
 */
export async function markCheckboxes(
  asRead: ReadLine[],
  ink: Plane,
  cells: Box[],
  perMm: number,
  faint: Plane | null = null,
  solids: Solid[] = findSolids(ink, perMm),
): Promise<{ lines: OcrLine[]; checkboxes: Checkbox[] }> {
  const boxes = new Map<ReadLine, Checkbox[]>()
  const lone: { box: Box; inner: number; beyond: number; line: OcrLine; owner: null }[] = []
  const drawnSquares = findSquares(ink, perMm, faint, solids)
  const read = asRead.map((each) => ({ ...each, line: apartFromBoxes(each.line, drawnSquares) }))
  const known = findRounds(ink, perMm, faint, solids)
  const clear = drawnSquares.filter(({ box, crisp }) => crisp && !known.some((ring) => isSame(ring.box, box)))
  const joined = joinedRings(
    ink,
    faint ?? ink,
    known,
    read.map(({ line }) => line.box),
  ).filter(({ box }) => !clear.some((square) => meet(square.box, box)))
  // A dot within a ring is no mark of its own, and on a coarse scan a ring looks like a square as well.
  const rings = [...known.filter(({ box }) => !joined.some((ring) => meet(ring.box, box))), ...joined]
  const squares = drawnSquares.filter((square) => !rings.some((ring) => isSame(ring.box, square.box)))
  const owned = squares.flatMap((square) => {
    const owner = nearestLine(read, square.box, cells)
    if (owner) return isCheckbox(owner.line, square) ? [{ ...square, owner, line: owner.line }] : []
    if (square.crisp && cellAt(cells, square.box)) lone.push({ ...square, line: emptyLine(square.box), owner: null })
    return []
  })
  const drawn = owned.filter(
    (each) =>
      !isMouth(each, owned, cells) &&
      !endsName(each, owned, cells) &&
      !isCharacter(each) &&
      !isWordBeside(each, owned) &&
      (!isLonely(each, owned) || each.crisp || each.alike),
  )
  const crosses = crossesBeside(drawn, ink, read, cells)
  const outlined = [...drawn, ...lone]
  const placed = [...outlined, ...crosses]
  const groups = groupBoxes(
    placed,
    [...read, ...lone].map(({ line }) => line),
    cells,
  )
  const judged = judgeBoxes(outlined.map((each, i) => ({ ...each, group: groups[i] })))
  for (const { owner, checkbox } of judged) if (owner) boxes.set(owner, [...(boxes.get(owner) ?? []), checkbox])
  const alone = judged.flatMap(({ owner, checkbox }) => (owner ? [] : [checkbox]))
  crosses.forEach(({ owner, box }, i) => {
    const group = groups[outlined.length + i]
    const beside = judged.filter((each) => each.group === group)
    const isOne = groups.filter((other, at) => at >= outlined.length && other === group).length === 1
    if (isOne && beside.length > 0 && beside.every(({ checkbox }) => checkbox.checked === false))
      boxes.set(owner, [...(boxes.get(owner) ?? []), { box, checked: true, confidence: CROSSED }])
  })
  const paired = read.flatMap((owner) =>
    findBrackets(ink, owner.line.box, owner.line.box.height / AIR)
      .filter(({ box }) => !squares.some((square) => meet(square.box, box)))
      .filter(({ box }) => isCheckboxOfBrackets(owner.line, box))
      .map((pair) => ({ ...pair, owner, line: owner.line })),
  )
  const isKnown = (owner: ReadLine, box: Box) =>
    [...(boxes.get(owner) ?? []), ...paired.filter((pair) => pair.owner === owner)].some((other) =>
      meet(other.box, box),
    )
  const bracketed = siblingBrackets(
    ink,
    read.map(({ line }) => line),
  ).flatMap(({ box, inner }) => {
    const owner = nearestLine(read, box, cells)
    return owner && !isKnown(owner, box) && isOpen(owner.line, box) ? [{ box, inner, owner, line: owner.line }] : []
  })
  const brackets = [...paired, ...bracketed.filter((each) => !isOnly(each, bracketed, cells))]
  const questions = groupBoxes(
    brackets,
    read.map(({ line }) => line),
    cells,
  )
  for (const { owner, checkbox } of judgeBrackets(brackets.map((each, i) => ({ ...each, group: questions[i] }))))
    boxes.set(owner, [...(boxes.get(owner) ?? []), checkbox])
  const rounds = rings.flatMap((round) => {
    const owner = nearestLine(read, round.box, cells)
    const isSmall = owner !== null && round.box.height < DOT.usual * (owner.line.box.height / AIR)
    if (!owner || (isSmall && !isCentral(owner.line, round.box))) return []
    const { from, to } = coveredBy(owner.line, round.box)
    const isStop = (boxes.get(owner) ?? []).some(({ box }) => box.height > STOP * round.box.height)
    const isMarked = (boxes.get(owner) ?? []).some(({ box }) => meet(box, round.box))
    const isFree = !isStop && !isMarked && (from < to || hasRoom(owner.line, round.box, from))
    return isFree ? [{ round, owner, line: owner.line, from, to, cell: cellAt(cells, round.box), isSmall }] : []
  })
  const radios = new Set(radioMarks(rounds))
  for (const mark of rounds) {
    if (!radios.has(mark)) continue
    const checkbox = { ...mark.round, confidence: ROUND }
    boxes.set(mark.owner, [...(boxes.get(mark.owner) ?? []), checkbox])
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
  lines.push(...alone.map((checkbox) => insert(emptyLine(checkbox.box), checkbox)))
  return { lines, checkboxes: [...[...boxes.values()].flat(), ...alone] }
}

const emptyLine = (box: Box): OcrLine => ({ text: '', units: [], edges: [], confidence: 1, box })

const isSame = (one: Box, other: Box): boolean =>
  Math.abs(one.x - other.x) + Math.abs(one.y - other.y) < 0.3 * one.width && other.width < 1.2 * one.width

/** Crosses that stand in the place of a box, where other options of the question have theirs. */
function crossesBeside(drawn: Owned[], ink: Plane, read: ReadLine[], cells: Box[]): (Owned & { line: OcrLine })[] {
  const side = medianOf(drawn.map(({ box }) => (box.width + box.height) / 2))
  if (side === null || drawn.length < KNOWN) return []
  const known = drawn.map(({ box }) => box)
  return findCrosses(ink, side).flatMap((box) => {
    if (known.some((other) => meet(other, box))) return []
    const owner = nearestLine(read, box, cells)
    return owner && isCrossedOption(owner.line, box, known) ? [{ box, inner: 1, owner, line: owner.line }] : []
  })
}

/** In running text a single square that is not surely drawn as one is made of two characters' strokes. */
const isLonely = ({ owner }: Owned, all: Owned[]): boolean =>
  owner.line.text.length >= RUNNING && all.filter((other) => other.owner === owner).length === 1

/** Between two boxes stands a word: of what looks like a box next to one as large as the others of the page, it is the word. */
function isWordBeside({ owner, box, crisp, alike, partial }: OwnedSquare, all: OwnedSquare[]): boolean {
  if (crisp || alike || partial) return false
  return all.some((other) => {
    const gap = Math.max(other.box.x - box.x - box.width, box.x - other.box.x - other.box.width)
    return other.owner === owner && (other.crisp || other.alike || other.partial) && gap < BESIDE * other.box.width
  })
}

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

/** Nearer than this share of a box's width beside it is no room for a word. */
const BESIDE = 0.6

type Owned = { box: Box; inner: number; owner: ReadLine }
type OwnedSquare = Square & { owner: ReadLine }

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
