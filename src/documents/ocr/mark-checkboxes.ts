import { cellAt, meet } from '../boxes.ts'
import type { Box, Checkbox } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import { AIR, apartFromBoxes, coveredBy, emptyLine, hasRoom, insert } from './box-in-line.ts'
import { type Found, nearestLine, type ReadLine, type Sheet } from './box-owners.ts'
import { boxesOfBrackets } from './boxes-of-brackets.ts'
import { boxesOfSquares } from './boxes-of-squares.ts'
import { findSquares } from './checkboxes.ts'
import { joinReadings } from './join-readings.ts'
import { joinedRings } from './joined-rings.ts'
import { radioMarks, STOP } from './mark-rounds.ts'
import type { Plane } from './raster.ts'
import { findRounds, type Round } from './rounds.ts'
import { findSolids, type Solid } from './solids.ts'

const ROUND = 0.92
/** A smaller round, as a share of the line's type, is a radio mark only in the middle of the line's height; below, a stop. */
const DOT = { usual: 0.45, least: 0.3, off: 0.12 }

/**
 * Puts ☐ and ☑ into the lines beside which squares, radio marks or bracket pairs stand, and lists them. The lines are read again without
 * them, because boxes spoil the reading of the characters next to them.
 */
export async function markCheckboxes(
  asRead: ReadLine[],
  ink: Plane,
  cells: Box[],
  perMm: number,
  faint: Plane | null = null,
  solids: Solid[] = findSolids(ink, perMm),
): Promise<{ lines: OcrLine[]; checkboxes: Checkbox[] }> {
  const drawn = findSquares(ink, perMm, faint, solids)
  const read = asRead.map((each) => ({ ...each, line: apartFromBoxes(each.line, drawn) }))
  const sheet = { read, ink, cells }
  const known = findRounds(ink, perMm, faint, solids)
  const clear = drawn.filter(({ box, crisp }) => crisp && !known.some((ring) => isSame(ring.box, box)))
  const joined = joinedRings(
    ink,
    faint ?? ink,
    known,
    read.map(({ line }) => line.box),
  ).filter(({ box }) => !clear.some((square) => meet(square.box, box)))
  // A dot within a ring is no mark of its own, and on a coarse scan a ring looks like a square as well.
  const rings = [...known.filter(({ box }) => !joined.some((ring) => meet(ring.box, box))), ...joined]
  const squares = drawn.filter((square) => !rings.some((ring) => isSame(ring.box, square.box)))
  const outlined = boxesOfSquares(squares, sheet)
  const bracketed = boxesOfBrackets(squares, outlined, sheet)
  const found = [...outlined, ...bracketed]
  found.push(...boxesOfRings(rings, found, sheet))
  return { lines: await writeInto(read, found), checkboxes: inOrder(found) }
}

/** The rings that are radio marks, beside the boxes known so far. */
function boxesOfRings(rings: Round[], known: Found[], sheet: Sheet): Found[] {
  const rounds = rings.flatMap((round) => {
    const owner = nearestLine(sheet, round.box)
    const isSmall = owner !== null && round.box.height < DOT.usual * (owner.line.box.height / AIR)
    if (!owner || (isSmall && !isCentral(owner.line, round.box))) return []
    const { from, to } = coveredBy(owner.line, round.box)
    const own = known.flatMap((each) => (each.owner === owner ? [each.checkbox] : []))
    const isStop = own.some(({ box }) => box.height > STOP * round.box.height)
    const isMarked = own.some(({ box }) => meet(box, round.box))
    const isFree = !isStop && !isMarked && (from < to || hasRoom(owner.line, round.box, from))
    return isFree ? [{ round, owner, line: owner.line, from, to, cell: cellAt(sheet.cells, round.box), isSmall }] : []
  })
  const radios = new Set(radioMarks(rounds))
  return rounds
    .filter((mark) => radios.has(mark))
    .map(({ owner, round }) => ({ owner, checkbox: { ...round, confidence: ROUND } }))
}

async function writeInto(read: ReadLine[], found: Found[]): Promise<OcrLine[]> {
  const lines: OcrLine[] = []
  for (const each of read) {
    const own = found.flatMap(({ owner, checkbox }) => (owner === each ? [checkbox] : []))
    if (own.length === 0) {
      lines.push(each.line)
      continue
    }
    const places = own.map(({ box }) => box)
    const clean = each.again ? await each.again(places) : each.line
    const bare = clean ?? { ...each.line, text: '', units: [], edges: [] }
    lines.push(own.reduce(insert, clean === each.line ? clean : joinReadings(bare, each.line, places)))
  }
  const alone = found.flatMap(({ owner, checkbox }) => (owner ? [] : [checkbox]))
  return [...lines, ...alone.map((checkbox) => insert(emptyLine(checkbox.box), checkbox))]
}

/** Line by line, those alone in their cell last. */
function inOrder(found: Found[]): Checkbox[] {
  const owners = new Set(found.map(({ owner }) => owner))
  owners.delete(null)
  return [...owners, null].flatMap((owner) => found.flatMap((each) => (each.owner === owner ? [each.checkbox] : [])))
}

const isSame = (one: Box, other: Box): boolean =>
  Math.abs(one.x - other.x) + Math.abs(one.y - other.y) < 0.3 * one.width && other.width < 1.2 * one.width

function isCentral({ box: line }: OcrLine, box: Box): boolean {
  const off = Math.abs(box.y + box.height / 2 - line.y - line.height / 2)
  return box.height >= DOT.least * (line.height / AIR) && off <= DOT.off * line.height
}
