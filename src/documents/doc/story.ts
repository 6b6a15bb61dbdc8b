import type { Context } from '../docx/context.ts'
import { showsResult, textOfInstruction } from '../docx/fields.ts'
import { collectLines, type LineOutput, type PlacedLine } from '../docx/lines.ts'
import { revealTags, stripUnseen } from '../docx/unseen.ts'
import { whyHidden } from '../docx/visibility.ts'
import { symbol, textInFont } from '../symbols.ts'
import { type Characters, dataOf, type Stretch, symbolOf } from './characters.ts'
import { formFieldText } from './form-field.ts'
import type { Modifiers } from './modifiers.ts'

/** A paragraph with the character that ends it: `\r`, `\x07` at the end of a cell or row, `\f` before a new page. */
export type DocParagraph = { lines: PlacedLine[]; mark: string; modifiers: Modifiers; hasDrawing: boolean }

// biome-ignore lint/suspicious/noControlCharactersInRegex: Word marks the ends of paragraphs, cells and pages by them
const MARK = /([\r\u0007\f])/

/** [MS-DOC] 2.6.1 and 2.6.2 */
const FONT = 0x4a4f
const PAGE_BREAK_BEFORE = 0x2407

/** The anchor of a drawn object, such as a text box. */
const DRAWING = '\u0008'

type Field = { instruction: string; inResult: boolean }
type Source = { characters: Characters; data: Uint8Array; context: Context }

/** Reads the characters `from` to `to`, one story of the document, paragraph by paragraph, as they are asked for. */
export function* readStory(
  { characters, data, context }: Source,
  from: number,
  to: number,
  behindOf: (modifiers: Modifiers) => string | null,
): Generator<DocParagraph> {
  const fields: Field[] = []
  let parts: Stretch[] = []
  let position = from
  const finish = (mark: string): DocParagraph => {
    const modifiers = characters.paragraphAt(position - 1)
    if (modifiers.get(PAGE_BREAK_BEFORE)?.[0] === 1) context.pages.turnUnlessFresh()
    const out = collectLines(context)
    for (const part of parts) readStretch(part, fields, { characters, data, context }, behindOf(modifiers), out)
    const hasDrawing = parts.some(({ special, text }) => special && text.includes(DRAWING))
    parts = []
    return { lines: out.finish(), mark, modifiers, hasDrawing }
  }
  for (const stretch of characters.between(from, to)) {
    for (const text of stretch.text.split(MARK)) {
      position += text.length
      if (MARK.test(text)) yield finish(text)
      else parts.push({ ...stretch, text })
    }
  }
  if (parts.length > 0) yield finish('\r')
}

/** Text between control characters; the control characters begin, part and end fields, or stand for a thing. */
function readStretch(stretch: Stretch, fields: Field[], source: Source, behind: string | null, out: LineOutput): void {
  const { look, deleted, modifiers, special } = stretch
  const put = (text: string) => {
    const tags = revealTags(text)
    if (tags) source.context.hide(tags, 'invisible')
    out.put(stripUnseen(text), look, deleted ? 'deleted' : whyHidden(look, behind))
  }
  const isSeen = () => fields.every(({ instruction, inResult }) => inResult && showsResult(instruction))
  for (const text of stretch.text.split(/(\p{Cc})/u)) {
    if (text === '\x13') fields.push({ instruction: '', inResult: false })
    else if (text === '\x14') endInstruction(fields.at(-1))
    else if (text === '\x15') {
      const own = textOfInstruction(fields.pop()?.instruction ?? '')
      if (own && isSeen()) put(own)
    } else if (text === '\x01' && special) {
      const thing = dataOf(modifiers)
      // The state of a form's checkbox is kept with the field's instruction, which is not seen itself.
      if (thing?.isField) put(formFieldText(source.data, thing.place))
      else if (thing) source.context.picture({ relation: String(thing.place), width: 0, height: 0 })
    } else if (fields.length > 0 && !fields.at(-1)?.inResult) appendInstruction(fields.at(-1), text)
    else if (!isSeen()) continue
    else if (text === '\x0b') out.breakLine()
    else if (text === '\x1e') put('-')
    else if (special && text === '(' && symbolOf(modifiers)) put(symbolText(source.characters, modifiers))
    else if (text === '\t' || !/^\p{Cc}$/u.test(text)) put(textInFont(text, fontOf(source.characters, modifiers)))
  }
}

function endInstruction(field: Field | undefined): void {
  if (field) field.inResult = true
}

function appendInstruction(field: Field | undefined, text: string): void {
  if (field) field.instruction += text
}

function symbolText(characters: Characters, modifiers: Modifiers): string {
  const found = symbolOf(modifiers)
  return found ? symbol(characters.fontName(found.font), found.code) : ''
}

function fontOf(characters: Characters, modifiers: Modifiers): string | undefined {
  const [low, high] = modifiers.get(FONT) ?? []
  return low === undefined || high === undefined ? undefined : characters.fontName(low | (high << 8))
}
