import type { Box } from '../../documents/model.ts'
import { type Block, FIRM } from '../labels/label.ts'
import { type Match, matchWhole } from '../labels/lexicon.ts'
import { findPairs, type Mode, type Pair } from '../labels/pairs.ts'
import { type Grid, type GridCell, isScanned } from '../layout/grid.ts'
import {
  cutOf,
  joinPassages,
  type Passage,
  type Piece,
  type Place,
  passageOf,
  type Slice,
  textOfSlice,
  wholeOf,
} from '../text/passage.ts'

/** A label on the form with what stands at its place. `value` null: nothing there; `frames`: where it would stand. */
export type Field = {
  match: Match
  label: Slice
  value: Slice | null
  frames: { place: Place; box: Box | null }[]
  block: Block | null
  /** A box right before the label itself: `☑京津冀互认项目`. */
  flag?: boolean
  /** The label heads a column: it is not shown with the value. */
  far?: boolean
}

/** What is known while a form is read from its first line to its last. */
export type Walk = {
  fields: Field[]
  block: Block | null
  open: Field | null
  /** The last number of the form's own headings, by their style. */
  headings: Map<string, number>
}

export const startWalk = (): Walk => ({ fields: [], block: null, open: null, headings: new Map() })

export function addField(walk: Walk, field: Field): Field {
  walk.fields.push(field)
  enter(walk, field.match)
  return field
}

/** What a label opens holds until another opens; hours and shares are only told apart within one line or group. */
export function enter(walk: Walk, match: Match): void {
  const { opens } = match.label
  if (opens && opens !== 'hours' && opens !== 'share') walk.block = opens
}

export function addPairs(walk: Walk, pairs: Pair[], block: Block | null, cell: GridCell | null): void {
  for (const pair of pairs) addField(walk, fieldOfPair(pair, block, cell))
}

export function fieldOfPair(pair: Pair, block: Block | null, cell: GridCell | null): Field {
  const isBlank = textOfSlice(pair.value) === ''
  return {
    match: pair.match,
    label: pair.label,
    value: isBlank ? null : pair.value,
    frames: cell?.frames ?? [],
    block,
    ...(pair.flag === undefined ? {} : { flag: pair.flag }),
  }
}

/** Lines that go on with a value already found. */
export function extendField(field: Field, pieces: Piece[]): void {
  const more = passageOf(pieces)
  if (!field.value) {
    field.value = wholeOf(more)
    return
  }
  const cut = cutOf(field.value)
  const joined = joinPassages([cut, more])
  field.value = wholeOf(joined)
}

/** The block a line or a row tells by its own words, before its labels are read from left to right. */
export function blockHint(text: string): Block | null {
  if (/通[讯信]地址|电子(?:邮|信)箱/.test(text) && !/联系人|单位(?:地址|电话|联系)/.test(text)) return 'leader'
  return /性\s*别|出\s*生\s*(?:年|日)|身\s*份\s*证|年\s*龄/.test(text) ? 'leader' : null
}

/** A cell that is a label, or begins with a label and a colon. */
export function startsWithLabel(
  passage: Passage,
  block: Block | null,
  scanned: boolean,
  mode: Mode = 'cell',
): Match | null {
  const whole = matchWhole(passage.text, block, scanned)
  if (whole) return whole
  const [first] = findPairs(wholeOf(passage), block, mode)
  const lead = first ? passage.text.slice(0, first.label.from) : ''
  return first &&
    first.flag === undefined &&
    /^[\s（(\d一二三四五六七八九十）)、.．*★●]*$/.test(lead) &&
    (first.colon || first.match.numbered || first.match.word.length >= 6 || standsAlone(passage.text, first))
    ? first.match
    : null
}

/** A label that fills its line, with its value on the next: `姓名` over `林知远`. */
const standsAlone = (text: string, { match, label }: Pair): boolean =>
  match.certainty >= FIRM && label.from === 0 && /^[^\S\n]*\n/.test(text.slice(label.to))

/** A heading on a free line over a frame of one cell: the cell holds its value. */
export function fillFromTable(grid: Grid, { open }: Walk): void {
  const [cell, more] = grid.cells
  if (!open || open.value || !cell || more || startsWithLabel(cell.passage, open.block, isScanned(cell))) return
  if (open.match.label.type !== 'opinion' && open.match.label.type !== 'long') return
  open.value = cell.passage.text.trim() === '' ? null : wholeOf(cell.passage)
  open.frames = cell.frames
}
