import type { ValueType } from '../labels/label.ts'
import { type Piece, textOfSlice } from '../text/passage.ts'
import { withMarks } from '../values/options.ts'
import type { Field } from './field.ts'

const CHOICES = new Set<ValueType>([
  'kind',
  'level',
  'content-class',
  'delivery',
  'flag',
  'employed',
  'sex',
  'unit-kind',
])
/** Options stand as close as lines of one paragraph do, in heights of a line. */
const CLOSE = 1.3
/** One option with its mark before or behind it. */
const OPTION = /^(?:[☐☑][^☐☑]{1,10}|[^☐☑]{1,10}[☐☑])$/

/** Whether a line is the next option of a choice whose options stand one under the other: `☐基础训练类` under `项目类别：☑学习提高类`. */
export function isStackedOption({ match, value, label }: Field, piece: Piece): boolean {
  if (!value || !CHOICES.has(match.label.type)) return false
  const [above, box] = [value.passage.pieces.at(-1)?.line.box, piece.line.box]
  const labelBox = label.passage.pieces[0]?.line.box
  if (!above || !box || !labelBox || box.y < above.y) return false
  const isClose = box.y - (above.y + above.height) < CLOSE * above.height && box.x < labelBox.x + labelBox.width
  return isClose && OPTION.test(plain(piece.flat.text)) && /[☐☑]/.test(plain(textOfSlice(value)))
}

const plain = (text: string): string => withMarks(text).replace(/\s/g, '')
