import { mediaTypeOf } from '../documents/media-type.ts'
import type { Document, Page } from '../documents/model.ts'
import type { File } from '../documents/ports.ts'
import { DEFAULT_LIMITS } from '../documents/read.ts'
import { textOf } from '../documents/text.ts'
import { Problem } from '../problem.ts'
import type { DocumentSummary } from './schema.ts'

/** Readers of text layers and packages; OCR engines name themselves on the page. */
const ENGINES = { text: 'pdf.js', docx: 'docx' } as const

/** What a review says of a document: how it was read and how surely. */
export function summarise({ name, mediaType, sha256, bytes, pages }: Document): DocumentSummary {
  const methods = [...new Set(pages.map((page) => page.source))]
  const engines = [...new Set(pages.map(engineOf))]
  const confidence = pages.reduce((sum, page) => sum + page.confidence, 0) / Math.max(pages.length, 1)
  return {
    name,
    mediaType,
    sha256,
    bytes,
    pages: pages.length,
    extraction: {
      method: methods.length === 1 ? (methods[0] ?? 'mixed') : 'mixed',
      engine: engines.join('+'),
      confidence: Math.round(confidence * 1000) / 1000,
    },
  }
}

/** All words that a person sees, line by line, with running headers and footers. */
export function textOfDocuments(documents: Document[]): string {
  return documents
    .flatMap((document) => [...document.margins, ...document.pages.flatMap(linesOf)])
    .map(textOf)
    .join('\n')
}

/** The visible text, and every text that a person does not see. */
export function textsOfDocuments(documents: Document[]): { text: string; hidden: boolean }[] {
  const unseen = documents.flatMap(({ pages }) => pages.flatMap(({ hidden }) => hidden))
  return [{ text: textOfDocuments(documents), hidden: false }, ...unseen.map(({ text }) => ({ text, hidden: true }))]
}

function engineOf({ source, engine }: Page): string {
  return source === 'ocr' ? (engine ?? 'ocr') : ENGINES[source]
}

function linesOf({ blocks }: Page) {
  return blocks.flatMap((block) =>
    block.kind === 'line' ? [block.line] : block.table.cells.flatMap((cell) => cell.lines),
  )
}

/**
 * Refuses at once what can be seen to be no readable document. Throws `Problem`: `too_large`, `unsupported_media_type`,
 * `corrupt_document`, `encrypted_document`.
 */
export function assertReadable({ name, bytes }: File): void {
  const most = DEFAULT_LIMITS.maxBytes / 1024 / 1024
  if (bytes.length > DEFAULT_LIMITS.maxBytes) {
    throw new Problem('too_large', `文件超过 ${most} MB。请压缩图片或降低扫描分辨率后重新上传。`)
  }
  mediaTypeOf(bytes, name)
}
