import { symbol, textInFont } from '../symbols.ts'
import { chooseAlternative } from './alternatives.ts'
import type { Context, Scope, TextBox } from './context.ts'
import { readDrawing } from './drawing.ts'
import { showsResult } from './fields.ts'
import { collectLines, type LineOutput, type PlacedLine } from './lines.ts'
import { isParagraphOffPage } from './off-page.ts'
import { type Look, shadeOf } from './styles.ts'
import { revealTags, stripUnseen } from './unseen.ts'
import { whyHidden } from './visibility.ts'
import { attribute, characters, child, elements, isOn, type Xml } from './xml.ts'

/** A paragraph as read: its lines with the page each one begins on, and the text boxes anchored in it. */
export type Paragraph = { lines: PlacedLine[]; boxes: TextBox[] }

/** What surrounds a run. `deleted`: inside a deleted revision. */
type Surroundings = {
  style: string | undefined
  behind: string | null
  offPage: boolean
  deleted: boolean
  boxes: TextBox[]
  out: LineOutput
}

/** Elements that only wrap runs: their content is read in place. */
const WRAPPERS = new Set([
  'w:hyperlink',
  'w:smartTag',
  'w:customXml',
  'w:ins',
  'w:moveTo',
  'w:dir',
  'w:bdo',
  'w:subDoc',
  'w:sdtContent',
  'm:oMathPara',
  'm:oMath',
])

/** The content of a content control stands for a placeholder when it says so and is set in the placeholder style. */
const PLACEHOLDER = /单击|点击|輸入|输入|选择|选取|^(click|tap|choose|enter)\b/i

export function readParagraph(paragraph: Xml, context: Context, scope: Scope): Paragraph {
  const properties = child(paragraph, 'w:pPr')
  const style = attribute(child(properties, 'w:pStyle'), 'val')
  const ofStyle = context.styles.paragraph(style)
  if (isOn(child(properties, 'w:pageBreakBefore')) ?? ofStyle.pageBreakBefore) context.pages.turnUnlessFresh()
  const shade = shadeOf(child(properties, 'w:shd'))
  const ownShade = shade === undefined ? ofStyle.background : shade
  const out = collectLines(context)
  const boxes: TextBox[] = []
  const behind = ownShade === undefined ? scope.behind : ownShade
  const offPage = scope.offPage === true || isParagraphOffPage(properties)
  readInline(paragraph, context, { style, behind, offPage, deleted: false, boxes, out })
  return { lines: out.finish(), boxes }
}

function readInline(parent: Xml, context: Context, around: Surroundings): void {
  for (const element of elements(parent)) {
    if (element.name === 'w:r') readRun(element, context, around)
    else if (WRAPPERS.has(element.name)) readInline(element, context, around)
    else if (element.name === 'w:del' || element.name === 'w:moveFrom') {
      readInline(element, context, { ...around, deleted: true })
    } else if (element.name === 'w:sdt') readControl(element, context, around)
    else if (element.name === 'w:fldSimple') {
      if (showsResult(attribute(element, 'instr') ?? '')) readInline(element, context, around)
      else context.meet(characters(element))
    } else if (element.name === 'mc:AlternateContent') {
      const chosen = chooseAlternative(element, context)
      if (chosen) readInline(chosen, context, around)
    } else if (element.name === 'm:r') {
      context.meet(characters(element))
      put(characters(element), {}, context, around)
    } else if (element.name.startsWith('m:') && !element.name.endsWith('Pr')) readInline(element, context, around)
  }
}

/** A content control within a line. A checkbox is told by its state, whatever glyph it is drawn with. */
function readControl(control: Xml, context: Context, around: Surroundings): void {
  const properties = child(control, 'w:sdtPr')
  const content = child(control, 'w:sdtContent')
  const box = child(properties, 'w14:checkbox')
  if (box) put(isOn(child(box, 'w14:checked')) ? '☑' : '☐', {}, context, around)
  else if (content && isPlaceholder(properties, content, context)) context.meet(characters(content))
  else if (content) readInline(content, context, around)
}

/** A prompt such as `单击此处输入文字` that nobody has replaced: part of the template, never a value. */
export function isPlaceholder(properties: Xml | undefined, content: Xml, context: Context): boolean {
  if (!isOn(child(properties, 'w:showingPlcHdr'))) return false
  return PLACEHOLDER.test(characters(content).trim()) || isSetAsPlaceholder(content, context)
}

function isSetAsPlaceholder(element: Xml, context: Context): boolean {
  return elements(element).some((part) =>
    part.name === 'w:rStyle'
      ? context.styles.nameOf(attribute(part, 'val')) === 'placeholder text'
      : isSetAsPlaceholder(part, context),
  )
}

function readRun(run: Xml, context: Context, around: Surroundings): void {
  const look = context.styles.run(child(run, 'w:rPr'), around.style)
  for (const part of elements(run)) RUN_PARTS[part.name]?.(part, look, context, around)
}

type Read = (part: Xml, look: Look, context: Context, around: Surroundings) => void

const drawing: Read = (part, look, context, around) => {
  if (around.deleted || look.vanish) return
  const { behind, offPage } = around
  readDrawing(part, context, { behind, offPage }, around.boxes, (text) => put(text, {}, context, around))
}

const text: Read = (part, look, context, around) => {
  if (!around.deleted) context.meet(characters(part))
  put(textInFont(characters(part), look.font), look, context, around)
}

const tab: Read = (_, look, context, around) => put('\t', look, context, around)

/** What a run can hold; anything else has no text of its own. */
const RUN_PARTS: Record<string, Read> = {
  'w:t': text,
  'w:delText': text,
  'w:tab': tab,
  'w:ptab': tab,
  'w:sym': (part, look, context, around) => put(symbolOf(part), look, context, around),
  'w:noBreakHyphen': (_, look, context, around) => put('-', look, context, around),
  'w:cr': (_part, _look, _context, around) => around.out.breakLine(),
  'w:br': (part, _, context, around) => {
    if (around.deleted) return
    around.out.breakLine()
    if (attribute(part, 'type') === 'page') context.pages.turn()
  },
  'w:lastRenderedPageBreak': (_part, _look, context) => context.pages.turnUnlessFresh(),
  'w:fldChar': (part, look, context, around) => put(context.fields.mark(part), look, context, around, true),
  'w:instrText': (part, _, context) => context.fields.instruct(characters(part)),
  'w:ruby': (part, _, context, around) => {
    const base = child(part, 'w:rubyBase')
    if (base) readInline(base, context, around)
  },
  'w:footnoteReference': (part, _, context) => context.note('footnote', attribute(part, 'id') ?? ''),
  'w:endnoteReference': (part, _, context) => context.note('endnote', attribute(part, 'id') ?? ''),
  'mc:AlternateContent': (part, look, context, around) => {
    for (const inner of elements(chooseAlternative(part, context) ?? part))
      RUN_PARTS[inner.name]?.(inner, look, context, around)
  },
  'w:drawing': drawing,
  'w:pict': drawing,
  'w:object': drawing,
}

function symbolOf(part: Xml): string {
  return symbol(attribute(part, 'font') ?? '', Number.parseInt(attribute(part, 'char') ?? '', 16))
}

/** `own`: put there by a field itself, which is seen although the field's instruction is not. */
function put(text: string, look: Look, context: Context, around: Surroundings, own = false): void {
  if (text === '' || (!own && !context.fields.shows())) return
  const tags = revealTags(text)
  if (tags) context.hide(tags, 'invisible')
  const seen = stripUnseen(text)
  const reason = around.deleted ? 'deleted' : around.offPage ? 'off-page' : whyHidden(look, around.behind)
  around.out.put(seen, look, reason)
}
