import { meet } from '../boxes.ts'
import type { Box } from '../model.ts'
import { AIR, isCheckboxOfBrackets, isOpen } from './box-in-line.ts'
import { type Found, isOnly, nearestLine, type Owned, type ReadLine, type Sheet } from './box-owners.ts'
import { findBrackets } from './brackets.ts'
import type { Square } from './checkboxes.ts'
import { groupBoxes } from './group-boxes.ts'
import { judgeBrackets } from './judge-boxes.ts'
import { siblingBrackets } from './sibling-brackets.ts'

/** The pairs of brackets that are boxes to tick, judged beside each other. `outlined`: the boxes known so far. */
export function boxesOfBrackets(squares: Square[], outlined: Found[], sheet: Sheet): Found[] {
  const { read, ink, cells } = sheet
  const paired = read.flatMap((owner) =>
    findBrackets(ink, owner.line.box, owner.line.box.height / AIR)
      .filter(({ box }) => !squares.some((square) => meet(square.box, box)))
      .filter(({ box }) => isCheckboxOfBrackets(owner.line, box))
      .map((pair) => ({ ...pair, owner, line: owner.line })),
  )
  const isKnown = (owner: ReadLine, box: Box) =>
    outlined.some((other) => other.owner === owner && meet(other.checkbox.box, box)) ||
    paired.some((other) => other.owner === owner && meet(other.box, box))
  const lines = read.map(({ line }) => line)
  const bracketed = siblingBrackets(ink, lines).flatMap(({ box, inner }): Owned[] => {
    const owner = nearestLine(sheet, box)
    return owner && !isKnown(owner, box) && isOpen(owner.line, box) ? [{ box, inner, owner, line: owner.line }] : []
  })
  const brackets = [...paired, ...bracketed.filter((each) => !isOnly(each, bracketed, cells))]
  const questions = groupBoxes(brackets, lines, cells)
  return judgeBrackets(brackets.map((each, i) => ({ ...each, group: questions[i] })))
}
