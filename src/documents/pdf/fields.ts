import type { Box, Checkbox, HiddenText, Span } from '../model.ts'
import type { PdfPage } from './library.ts'

const HIDDEN_FLAGS = 2 | 32
const LARGEST_TYPE = 14

/** Values of a form's fields (AcroForm) as text at their places, and what notes say that nobody sees on paper. */
export type Fields = {
  spans: Span[]
  checkboxes: Checkbox[]
  hidden: HiddenText[]
  /** Annotations whose value was taken; what they draw is not read again. */
  taken: Set<unknown>
}

export async function readFields(page: PdfPage, toSeen: (rect: number[]) => Box): Promise<Fields> {
  const fields: Fields = { spans: [], checkboxes: [], hidden: [], taken: new Set() }
  const annotations: unknown[] = await page.getAnnotations({ intent: 'display' })
  for (const annotation of annotations) {
    if (typeof annotation !== 'object' || annotation === null) continue
    const data = new Map<string, unknown>(Object.entries(annotation))
    const rect = data.get('rect')
    if (!Array.isArray(rect) || rect.length < 4) continue
    const box = toSeen(rect.map(Number))
    const flags = data.get('annotationFlags')
    if (typeof flags === 'number' && (flags & HIDDEN_FLAGS) !== 0) {
      const value = data.get('fieldValue')
      const text = typeof value === 'string' ? value.trim() : noteOf(data)
      if (text) fields.hidden.push({ text, reason: 'comment', box })
      continue
    }
    if (data.get('subtype') !== 'Widget') {
      const note = noteOf(data)
      if (note) fields.hidden.push({ text: note, reason: 'comment', box })
    } else if (data.get('checkBox') === true || data.get('radioButton') === true) {
      const on = data.get('radioButton') === true ? data.get('buttonValue') : data.get('exportValue')
      const value = data.get('fieldValue')
      const checked = typeof value === 'string' && value !== 'Off' && value === on
      fields.checkboxes.push({ box, checked, confidence: 1 })
      fields.taken.add(data.get('id'))
    } else {
      const values = valueSpans(data, box)
      fields.spans.push(...values)
      if (values.length > 0) fields.taken.add(data.get('id'))
    }
  }
  return fields
}

function noteOf(data: Map<string, unknown>): string {
  const contents = data.get('contentsObj')
  if (data.get('subtype') === 'FreeText' || typeof contents !== 'object' || contents === null) return ''
  return 'str' in contents && typeof contents.str === 'string' ? contents.str.trim() : ''
}

function valueSpans(data: Map<string, unknown>, box: Box): Span[] {
  const type = data.get('fieldType')
  const value = data.get('fieldValue')
  const text = Array.isArray(value) ? value.join('、') : value
  if ((type !== 'Tx' && type !== 'Ch') || typeof text !== 'string' || data.get('password') === true) return []
  const lines = text.normalize('NFC').split(/\r\n|\r|\n/)
  const size = Math.min(LARGEST_TYPE, (box.height / lines.length) * 0.8)
  return lines.flatMap((line, i): Span[] => {
    const shown = line.trim()
    if (shown === '') return []
    const width = Math.min(box.width, shown.length * size)
    const middle = lines.length === 1 ? box.y + box.height / 2 : box.y + ((i + 0.5) * box.height) / lines.length
    return [{ text: shown, box: { x: box.x + 1, y: middle - size / 2, width, height: size }, confidence: 1, size }]
  })
}
