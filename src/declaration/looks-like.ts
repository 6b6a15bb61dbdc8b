import type { Document } from '../documents/model.ts'
import type { Extraction } from './schema.ts'

/** Whether the documents are a declaration form at all: a notice about declarations, a paper or an invoice is not. */
export function looksLikeDeclaration(_documents: Document[], extraction: Extraction): boolean {
  return Object.keys(extraction.fields).length > 0
}
