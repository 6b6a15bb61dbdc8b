import type { HiddenText } from '../model.ts'
import type { PdfDocument } from './library.ts'

/** The properties in which a sentence can be written; people's names are left where they are. */
const OF_FILE = ['Title', 'Subject', 'Keywords'] as const
const OF_XMP = ['dc:title', 'dc:description', 'dc:subject', 'pdf:keywords']

/** The document's own properties: nobody sees them on a page, a reader of the whole file does. */
export async function readProperties(document: PdfDocument): Promise<HiddenText[]> {
  const { info, metadata } = await document.getMetadata().catch(() => ({ info: {}, metadata: null }))
  const custom = entryOf(info, 'Custom')
  const values = [
    ...OF_FILE.map((key) => entryOf(info, key)),
    ...(typeof custom === 'object' && custom !== null ? Object.values(custom) : []),
    ...OF_XMP.map((key) => metadata?.get(key)),
  ]
  const texts = values.flat().flatMap((value) => (typeof value === 'string' && value.trim() ? [value.trim()] : []))
  return [...new Set(texts)].map((text) => ({ text, reason: 'property', box: null }))
}

const entryOf = (from: object, key: string): unknown => Reflect.get(from, key)
