import type { Document } from '../documents/model.ts'
import type { Extraction } from './schema.ts'

/** Reads the declaration off one or more documents that together are one form. Evidence names a document by its index. */
export function extractDeclaration(_documents: Document[]): Extraction {
  return { declaration: {}, fields: {} }
}
