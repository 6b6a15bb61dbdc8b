import { type Block, FIRM } from '../labels/label.ts'
import { matchWhole } from '../labels/lexicon.ts'
import { findPairs, type Pair } from '../labels/pairs.ts'
import type { Item } from '../layout/flow.ts'
import { type Piece, passageOf, textOfSlice, wholeOf } from '../text/passage.ts'
import { isTemplate } from '../values/template.ts'
import { addPairs, blockHint, enter, extendField, type Field, type Walk } from './field.ts'
import { isNextHeading } from './headings.ts'
import { isStackedOption } from './stacked-options.ts'

const LONG = new Set(['long', 'opinion', 'history'])
const isLong = (field: Field | null) => field !== null && LONG.has(field.match.label.type)

/** Reads one free line: labels with values, the value of a label above, or the continuation of one. */
export function walkLine(piece: Piece, walk: Walk): void {
  const slice = wholeOf(passageOf([piece]))
  const text = piece.flat.text
  const scanned = piece.place.page.source === 'ocr'
  const isHeading = isNextHeading(text, walk)
  const block = blockHint(text) ?? walk.block
  const isRow = isLong(walk.open) && (isRowOfPairs(piece, block, walk.open) || standsLeft(piece, walk.open))
  const mode = isLong(walk.open) && !isRow ? 'long' : 'line'
  if (walk.open && !walk.open.value && completesLabel(walk.open, piece, walk)) return
  const pairs = findPairs(slice, block, mode).filter((pair) => isRow || fitsOpen(pair, walk.open, text))
  if (pairs.length > 0) {
    addPairs(walk, pairs, block, null)
    walk.open = walk.fields.at(-1) ?? null
    return
  }
  const whole = matchWhole(text, block, scanned)
  if (whole?.label.type === 'group') {
    enter(walk, whole)
    walk.open = null
    return
  }
  if (!walk.open) return
  if (!isHeading && goesOn(walk.open, piece)) extendField(walk.open, [piece])
  else walk.open = null
}

/** Long text beside its label at a page's foot goes on at the next one's head, where the text began. */
export function cutByPage(field: Field | undefined, next: Item | undefined): Field | null {
  const frame = field?.frames.at(-1)
  const isCut =
    field?.value &&
    isLong(field) &&
    next?.kind === 'line' &&
    next.piece.place.page.number === (frame?.place.page.number ?? 0) + 1 &&
    !standsLeft(next.piece, field)
  return isCut ? field : null
}

/** A line that begins to the left of a long text's own place, where labels stand. */
function standsLeft(piece: Piece, open: Field | null): boolean {
  const [frame, box] = [open?.frames.at(-1)?.box, piece.line.box]
  return frame != null && box !== null && box.x < frame.x - box.height
}

/** A label and its value in columns of their own: long text has no such line, so it ends here. */
function isRowOfPairs(piece: Piece, block: Block | null, open: Field | null): boolean {
  const [label, value] = piece.line.spans.filter((span) => span.text.trim() !== '')
  if (!label?.box || !value?.box || value.box.x - (label.box.x + label.box.width) < GAP * label.box.height) return false
  const match = matchWhole(label.text, block)
  if (!match || match.certainty < FIRM || match.label.path === null) return false
  if (!OPINION.test(match.label.path)) return true
  const above = open?.label.passage.pieces[0]?.line.spans[0]?.box
  return match.label.type === 'opinion' && above != null && Math.abs(above.x - label.box.x) < GAP * label.box.height
}

/** In heights of the line. */
const GAP = 0.4
const OPINION = /^(?:peerReview|unitOpinion|higherOpinion)\./

/** `所在学科` on one line, `（二、三级学科）：护理学` on the next: the label was wrapped, its value follows the colon. */
function completesLabel(open: Field, piece: Piece, walk: Walk): boolean {
  const [head] = open.label.passage.pieces
  if (!head || open.label.passage.pieces.length > 1 || head.place.page !== piece.place.page) return false
  const joined = passageOf([head, piece])
  const pairs = findPairs(wholeOf(joined), open.block, 'line').filter((pair) => pair.label.from >= open.label.from)
  const [first] = pairs
  if (!first?.colon || first.label.from !== open.label.from || first.label.to <= head.flat.text.length + 1) return false
  walk.fields.splice(walk.fields.indexOf(open), 1)
  addPairs(walk, pairs, open.block, null)
  walk.open = walk.fields.at(-1) ?? null
  return true
}

/** Within long text only a heading of the same style ends it: numbered when its own heading was. */
function fitsOpen(pair: Pair, open: Field | null, text: string): boolean {
  if (!open || !LONG.has(open.match.label.type)) return true
  if (open.match.label.type === 'opinion')
    return pair.match.label.type !== 'sign' && !SIGNATURE.has(pair.match.label.path ?? '')
  if (open.match.numbered) return pair.match.numbered || textOfSlice(pair.label).length >= text.trim().length
  return pair.match.word.length >= 4 || pair.match.numbered
}

const SIGNATURE = new Set([
  'peerReview.reviewer',
  'peerReview.unit',
  'peerReview.title',
  'peerReview.date',
  'unitOpinion.date',
  'higherOpinion.date',
  'cover.date',
])

/** Whether a line without labels belongs to the value above it. */
function goesOn(open: Field, piece: Piece): boolean {
  const { type } = open.match.label
  const text = piece.flat.text
  if (LONG.has(type)) return !(open.match.numbered && HEADING.test(text.trim()))
  if (type === 'none' || type === 'group' || type === 'sign' || open.flag !== undefined) return false
  if (type.startsWith('session-') && OCCASION.test(text)) return true
  if (type === 'code' && !CODE.test(text.normalize('NFKC'))) return false
  if (/(?:申报|备案|申请)(?:书|表)$/.test(text.trim())) return false
  if (isTemplate(text) || ISSUER.test(text.replace(/\s/g, ''))) return false
  const page = piece.place.page
  const labelPiece = open.label.passage.pieces[0]
  if (!labelPiece || labelPiece.place.page !== page) return false
  if (!open.value) return isBelow(labelPiece, piece) && text.trim().length <= 80
  return isWrapped(open, piece) || isStackedOption(open, piece)
}

/** What a code is made of, `（国）` included. */
const CODE = /^(?=.*\d)[\dA-Za-z()〔〕[\]\-—–.\s国省市号]+$/

/** A further session on a line of its own. */
const OCCASION = /(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d/

/** A heading of the form that no label is known for. */
export const HEADING = /^[（(]?[一二三四五六七八九十]{1,3}[)）、.．][^。；，,]{2,18}$/

const ISSUER = /(?:司|委员会|局|厅|委|协会)(?:监)?制$|^\(?(?:19|20)\d{2}年?\)?$|承诺|填表说明|附件/

/** The line right under a label that stands alone. */
function isBelow(label: Piece, piece: Piece): boolean {
  const [above, box] = [label.line.box, piece.line.box]
  if (!above || !box) return true
  return box.y - (above.y + above.height) < 3 * above.height && box.x < above.x + above.width + 200
}

/** A wrapped value: the line above reaches the right, this one begins where the value began. */
function isWrapped(open: Field, piece: Piece): boolean {
  const value = open.value
  const last = value?.passage.pieces.at(-1)
  const [above, box] = [last?.line.box, piece.line.box]
  if (!value || !above || !box) return false
  if (box.y - (above.y + above.height) > 1.8 * above.height || box.y < above.y) return false
  const labelBox = open.label.passage.pieces[0]?.line.box
  const indent = labelBox ? labelBox.x + above.height * 0.8 : 0
  if (box.x > indent) return true
  const margin = Math.min(above.x, box.x)
  return above.x + above.width >= piece.place.page.width - 1.4 * margin && box.width < above.width
}
