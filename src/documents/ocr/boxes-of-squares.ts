import { cellAt, meet } from '../boxes.ts'
import type { Box } from '../model.ts'
import { AIR, coveredBy, emptyLine, isCheckbox } from './box-in-line.ts'
import { type Found, isOnly, nearestLine, type Owned, type ReadLine, type Sheet } from './box-owners.ts'
import type { Square } from './checkboxes.ts'
import { findCrosses, isCrossedOption } from './crosses.ts'
import { groupBoxes } from './group-boxes.ts'
import { judgeBoxes } from './judge-boxes.ts'
import { medianOf } from './strips.ts'

/** How sure a cross beside empty boxes is a mark; and so many boxes tell how the form's are drawn. */
const CROSSED = 0.9
const KNOWN = 3
/** A line of so many characters is running text rather than an option or two. */
const RUNNING = 12
/** Ink within a square that is filled. */
const FILLED = 0.95
/** What stands beside a box of which the other ones were not seen. */
const OPTION = /[是否有无男女级类授程同意新]/
/** A character's middle is at most so many type heights from that of the one before. */
const NEXT = 1.35
/** Nearer than this share of a box's width beside it is no room for a word. */
const BESIDE = 0.6

type OwnedSquare = Square & Owned

/**
 * The squares that are boxes to tick, judged beside each other, and the crosses that stand in the place of one. Squares that are
 * characters of a word are none, and those apart from any line are pictures, except alone in a cell.
 */
export function boxesOfSquares(squares: Square[], sheet: Sheet): Found[] {
  const { read, cells } = sheet
  const lone: (Square & { owner: null; line: ReadLine['line'] })[] = []
  const owned = squares.flatMap((square): OwnedSquare[] => {
    const owner = nearestLine(sheet, square.box)
    if (owner) return isCheckbox(owner.line, square) ? [{ ...square, owner, line: owner.line }] : []
    if (square.crisp && cellAt(cells, square.box)) lone.push({ ...square, line: emptyLine(square.box), owner: null })
    return []
  })
  const drawn = owned.filter((each) => !isNone(each, owned, cells))
  const crosses = crossesBeside(drawn, sheet)
  const outlined = [...drawn, ...lone]
  const groups = groupBoxes(
    [...outlined, ...crosses],
    [...read, ...lone].map(({ line }) => line),
    cells,
  )
  const judged = judgeBoxes(outlined.map((each, i) => ({ ...each, group: groups[i] })))
  const crossed = crosses.flatMap(({ owner, box }, i): Found[] => {
    const group = groups[outlined.length + i]
    const beside = judged.filter((each) => each.group === group)
    const isOne = groups.filter((other, at) => at >= outlined.length && other === group).length === 1
    const isMark = isOne && beside.length > 0 && beside.every(({ checkbox }) => checkbox.checked === false)
    return isMark ? [{ owner, checkbox: { box, checked: true, confidence: CROSSED } }] : []
  })
  return [...judged, ...crossed]
}

const isNone = (each: OwnedSquare, owned: OwnedSquare[], cells: Box[]): boolean =>
  isMouth(each, owned, cells) ||
  endsName(each, owned, cells) ||
  isCharacter(each) ||
  isWordBeside(each, owned) ||
  (isLonely(each, owned) && !each.crisp && !each.alike)

/** Crosses that stand in the place of a box, where other options of the question have theirs. */
function crossesBeside(drawn: Owned[], sheet: Sheet): Owned[] {
  const side = medianOf(drawn.map(({ box }) => (box.width + box.height) / 2))
  if (side === null || drawn.length < KNOWN) return []
  const known = drawn.map(({ box }) => box)
  return findCrosses(sheet.ink, side).flatMap((box) => {
    if (known.some((other) => meet(other, box))) return []
    const owner = nearestLine(sheet, box)
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
