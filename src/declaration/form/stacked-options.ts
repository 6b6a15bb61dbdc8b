import type { ValueType } from '../labels/label.ts'
import { type Piece, textOfSlice } from '../text/passage.ts'
import { choicesIn, withMarks } from '../values/options.ts'
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

/**
 * Whether a line is the next option of a choice whose options stand one under the other: `☐基础训练类` under `项目类别：☑学习提高类`, or
 * where only the chosen one is ticked `女√` under `性别：男`.
 */
export function isStackedOption({ match, value, label }: Field, piece: Piece): boolean {
  if (!value || !CHOICES.has(match.label.type)) return false
  const [above, box] = [value.passage.pieces.at(-1)?.line.box, piece.line.box]
  const labelBox = label.passage.pieces[0]?.line.box
  if (!above || !box || !labelBox || box.y < above.y) return false
  const isClose = box.y - (above.y + above.height) < CLOSE * above.height && box.x < labelBox.x + labelBox.width
  const [known, next] = [plain(textOfSlice(value)), plain(piece.flat.text)]
  const isMarked = OPTION.test(next) && /[☐☑]/.test(known)
  return isClose && (isMarked || (isChoice(known) && isChoice(next)))
}

/** Nothing but words to choose among, of which one may be ticked. */
const isChoice = (text: string): boolean => choicesIn(text.replace(/☑/g, '')) !== null

const plain = (text: string): string => withMarks(text).replace(/\s/g, '')
