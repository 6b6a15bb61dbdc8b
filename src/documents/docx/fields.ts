import { symbol } from '../symbols.ts'
import { attribute, child, elements, isOn, type Xml } from './xml.ts'

/** Fields whose result is furniture of the page, not text of the form. */
const FURNITURE = new Set(['PAGE', 'NUMPAGES', 'SECTIONPAGES', 'MACROBUTTON'])

/** Drawn characters take a short instruction; longer ones are not searched. */
const MAX_INSTRUCTION = 500

type OpenField = { begin: Xml | undefined; instruction: string; showsResult: boolean; hasResult: boolean }

/**
 * Complex fields, begun and ended by `w:fldChar` marks that may lie paragraphs apart. A person sees a field's result, never its
 * instruction.
 */
export type Fields = {
  /** Handles a `w:fldChar`; gives the text that the field itself puts there, such as a checkbox. */
  mark(element: Xml): string
  instruct(text: string): void
  /** Whether text at this place is seen: no enclosing field hides it. */
  shows(): boolean
}

export function trackFields(): Fields {
  const open: OpenField[] = []
  return {
    mark(element) {
      const type = attribute(element, 'fldCharType')
      const field = open.at(-1)
      if (type === 'begin') {
        open.push({ begin: child(element, 'w:ffData'), instruction: '', showsResult: false, hasResult: false })
      } else if (type === 'separate' && field) {
        field.hasResult = true
        field.showsResult = showsResult(field.instruction) && ownText(field) === ''
      } else if (type === 'end' && field) {
        open.pop()
        const text = ownText(field)
        const outer = open.at(-1)
        // An inner field in the instruction of an outer one is part of that instruction, as in EQ fields.
        if (outer && !outer.hasResult) outer.instruction += text
        return open.every((enclosing) => enclosing.showsResult) ? text : ''
      }
      return ''
    },
    instruct(text) {
      const field = open.at(-1)
      if (field && !field.hasResult) field.instruction += text
    },
    shows: () => open.every((field) => field.showsResult),
  }
}

/** Whether the stored result of a field with that instruction is text of the form. */
export function showsResult(instruction: string): boolean {
  return !FURNITURE.has(kindOf(instruction))
}

function kindOf(instruction: string): string {
  return (
    instruction
      .trim()
      .split(/[\s\\]/, 1)[0]
      ?.toUpperCase() ?? ''
  )
}

/** What a field shows that has no stored result: form checkboxes and lists, symbols, characters laid over each other. */
function ownText(field: OpenField): string {
  const checkBox = child(field.begin, 'w:checkBox')
  if (checkBox) return (isOn(child(checkBox, 'w:checked')) ?? isOn(child(checkBox, 'w:default'))) ? '☑' : '☐'
  const list = child(field.begin, 'w:ddList')
  return list ? chosen(list) : textOfInstruction(field.instruction)
}

/** What the instruction itself draws: symbols and characters laid over each other; empty for any other kind of field. */
export function textOfInstruction(whole: string): string {
  const instruction = whole.slice(0, MAX_INSTRUCTION)
  const kind = kindOf(instruction)
  if (kind === 'SYMBOL') return symbolField(instruction)
  return kind === 'EQ' ? overlaid(instruction) : ''
}

function chosen(list: Xml): string {
  const entries = elements(list).filter((element) => element.name === 'w:listEntry')
  const index = Number(attribute(child(list, 'w:result') ?? child(list, 'w:default'), 'val') ?? 0)
  return attribute(entries[index], 'val') ?? ''
}

/** `SYMBOL 168 \f "Wingdings"` */
function symbolField(instruction: string): string {
  const code = /SYMBOL\s+(0x[0-9a-f]+|\d+|.)/i.exec(instruction)?.[1] ?? ''
  const font = /\\f\s+"?([^"\\]+)"?/i.exec(instruction)?.[1]?.trim() ?? ''
  const value = /^(0x[0-9a-f]+|\d+)$/i.test(code) ? Number(code) : code.codePointAt(0)
  return value ? symbol(font, value) : ''
}

const FRAME = /^[□☐○◯〇]$/u
const TICK = /^[√✓✔×✗✘╳]$/u

/** `EQ \o\ac(□,√)`: Word's enclosed characters, the usual way to tick a printed box; the last one lies on top. */
function overlaid(instruction: string): string {
  const parts = /\\o(?:\\a[clr])*\s*\((.*)\)\s*$/i.exec(instruction.trim())?.[1]
  if (parts === undefined) return ''
  const layers = splitArguments(parts).map((part) => part.replace(/\\s\\(?:up|do)\s*\d*\s*\(.*\)/gi, '').trim())
  const shown = layers.filter((layer) => layer !== '')
  const isTicked = shown.some((layer) => FRAME.test(layer)) && shown.some((layer) => TICK.test(layer))
  return isTicked ? '☑' : (shown.findLast((layer) => !FRAME.test(layer)) ?? shown.at(-1) ?? '')
}

/** Splits at commas outside brackets. */
function splitArguments(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth++
    if (character === ')') depth--
    if (depth === 0 && /[,;，；]/.test(character)) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}
