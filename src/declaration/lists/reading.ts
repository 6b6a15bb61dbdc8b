import type { ValueType } from '../labels/label.ts'
import type { GridCell } from '../layout/grid.ts'
import type { FieldReading } from '../schema.ts'
import { confidenceOf, evidenceOf, evidenceOfBox, hidesPrint, trimSlice, wholeOf } from '../text/passage.ts'
import { readValue } from '../values/read.ts'
import { shortText } from '../values/text.ts'

const UNREAD = 0.5

/** A cell of a list as a reading; the heading stands before the text of the evidence. */
export function readCell(
  cell: GridCell | undefined,
  type: ValueType,
  path: string,
  heading: string,
): FieldReading | undefined {
  if (!cell) return undefined
  const slice = trimSlice(wholeOf(cell.passage))
  if (slice.from >= slice.to) {
    const evidence = cell.frames.slice(0, 1).map(({ place, box }) => evidenceOfBox(place, box, heading))
    const isUnread = cell.frames.some(({ place, box }) => hidesPrint(place, box))
    return { ...(isUnread ? {} : { value: null }), raw: '', confidence: isUnread ? UNREAD : 1, evidence }
  }
  const read = readValue(type, path, slice)
  return {
    ...(read.value === undefined ? {} : { value: read.value }),
    raw: shortText(slice),
    confidence: (read.certainty ?? 1) * (read.rests ?? confidenceOf(slice)),
    evidence: evidenceOf([slice], heading ? `${heading} ` : ''),
    ...(read.repaired ? { repaired: true } : {}),
  }
}
