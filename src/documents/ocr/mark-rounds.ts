import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import type { Round } from './rounds.ts'

/** How the recogniser reads radio marks. */
const READINGS = new Set('●○◯〇◉⊙◎。.·•・°O0oQ@回曰口国因日'.split(''))
/** Next to one of these, a ring is the figure nought or a letter. */
const FIGURE = /[0-9A-Za-z零一二三四五六七八九十百千年〇○]/
/** Alone beside one of these, a mark is a choice. */
const OPTION = /^[是否有无男女]$/

/** A mark on whose line others are larger than it by this much is a stop. */
export const STOP = 1.7

/** Parts of one line lie this level, in heights. */
const LEVEL = 0.35

/** What was read where a round stands: the text from `from` to before `to` of the line. */
export type PlacedRound = {
  round: Round
  line: OcrLine
  from: number
  to: number
  cell: Box | undefined
  /** As small as a full stop. */
  isSmall: boolean
}

/**
 * The rounds that are radio marks: read as one or not at all, no figure, and with a choice to make: marks of both kinds in
 * one line or cell, several rings in one line, or one beside 是 or 否. Bullets of a list are all alike, and beside larger marks
 * a small one is a stop.
 */
export function radioMarks(placed: PlacedRound[]): PlacedRound[] {
  const marks = placed.filter(({ line, from, to }) => {
    const figures = [neighbour(line, from - 1, -1), neighbour(line, to, 1)].filter((beside) => FIGURE.test(beside))
    const isFigure = figures.length > (/[〇O0o]/.test(line.text.slice(from, to)) ? 0 : 1)
    return (
      !isFigure && [...line.text.slice(from, to)].every((character) => READINGS.has(character) || character === ' ')
    )
  })
  const isLarger = (one: PlacedRound, other: PlacedRound) => one.round.box.height > STOP * other.round.box.height
  const stops = marks.filter((mark) => marks.some((other) => isInRow(other, mark) && isLarger(other, mark)))
  const choices = marks.filter((mark) => !stops.includes(mark))
  return choices.filter((mark) => {
    const { line, from, to, round, cell } = mark
    if (OPTION.test(neighbour(line, from - 1, -1)) || OPTION.test(neighbour(line, to, 1))) return true
    // A ring that was read, but is too broken to be seen as one.
    if (round.checked && /[○◯]/.test(line.text.slice(0, from) + line.text.slice(to))) return true
    const others = choices.filter((other) => other !== mark)
    const inLine = others.filter((other) => isInRow(other, mark))
    const beside = others.filter((other) => isInRow(other, mark) || (cell !== undefined && other.cell === cell))
    if (beside.some((other) => other.round.checked !== round.checked)) return true
    return !mark.isSmall && inLine.some((other) => !other.round.checked) && !round.checked
  })
}

/** In one line, or in parts of one that a wide gap was read to divide. */
function isInRow(one: PlacedRound, other: PlacedRound): boolean {
  if (one.line === other.line) return true
  const [box, beside] = [one.line.box, other.line.box]
  const off = Math.abs(box.y + box.height / 2 - beside.y - beside.height / 2)
  return one.cell === other.cell && off < LEVEL * Math.min(box.height, beside.height)
}

function neighbour(line: OcrLine, at: number, step: 1 | -1): string {
  let i = at
  while (line.text[i] === ' ') i += step
  return line.text[i] ?? ''
}
