import { cellAt } from '../boxes.ts'
import type { Box } from '../model.ts'
import type { OcrLine } from '../ports.ts'

/** Parts of one row lie this level, in heights. */
const LEVEL = 0.35
/** What stands between two questions of one row; 是 and 否 may stand side by side where the box between them was not read. */
const BETWEEN = /[:：;；。]|是否(?=[\u4e00-\u9fff])/g

/** A box to tick and the line that it stands in. */
type InLine = { box: Box; line: OcrLine }

/**
 * Which question each box belongs to: equal values, one question. A row may ask several, `国家级☐ 省级☑，是否执行：是☑ 否☐`; the
 * options of one may go on in the next row of its cell. `lines`: all of the page.
 */
export function groupBoxes(boxes: InLine[], lines: OcrLine[], cells: Box[]): unknown[] {
  const cellOf = new Map(lines.map((line) => [line, cellAt(cells, line.box)]))
  const placed = boxes.map(({ box, line }) => {
    const cell = cellAt(cells, box)
    const row = lines.filter(
      (other) => other === line || (cellOf.get(other) === cellOf.get(line) && isLevel(other, line)),
    )
    const before = row
      .flatMap(({ units, text }) => units.map(({ middle }, i) => ({ middle, character: text[i] ?? '' })))
      .filter(({ middle }) => middle < box.x)
      .toSorted((one, other) => one.middle - other.middle)
    const question =
      before
        .map(({ character }) => character)
        .join('')
        .match(BETWEEN)?.length ?? 0
    return { cell, row: row[0], question }
  })
  const names = new Map<unknown, Map<number, symbol>>()
  return placed.map(({ cell, row, question }) => {
    const isAsked = cell !== undefined && placed.some((other) => other.cell === cell && other.question > 0)
    const place = cell === undefined || isAsked ? row : cell
    const questions = names.get(place) ?? new Map<number, symbol>()
    names.set(place, questions)
    const name = questions.get(question) ?? Symbol(String(question))
    questions.set(question, name)
    return name
  })
}

function isLevel({ box: one }: OcrLine, { box: other }: OcrLine): boolean {
  const off = Math.abs(one.y + one.height / 2 - other.y - other.height / 2)
  return off < LEVEL * Math.min(one.height, other.height)
}
