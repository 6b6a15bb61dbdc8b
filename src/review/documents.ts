import { mediaTypeOf } from '../documents/media-type.ts'
import type { Document, HiddenText, Page } from '../documents/model.ts'
import type { File } from '../documents/ports.ts'
import { DEFAULT_LIMITS } from '../documents/read.ts'
import { linesOfPage, textOf } from '../documents/text.ts'
import type { PageWords } from '../judge/help/propose.ts'
import { Problem } from '../problem.ts'
import type { DocumentSummary } from './schema.ts'

/** Readers of text layers and packages; OCR engines name themselves on the page. */
const ENGINES = { text: 'pdf.js', docx: 'docx' } as const

/** What a review says of a document: how it was read and how surely. */
export function summarise({ name, mediaType, sha256, bytes, pages }: Document): DocumentSummary {
  const methods = [...new Set(pages.map((page) => page.source))]
  const engines = [...new Set(pages.map(engineOf))]
  const notes = notesOf(pages)
  const turns = new Map(pages.flatMap(({ number, turn }) => (turn ? [[number, turn] as const] : [])))
  const turned = [...turns].map(([page, degrees]) => ({ page, degrees }))
  const confidence = pages.reduce((sum, page) => sum + page.confidence, 0) / Math.max(pages.length, 1)
  return {
    name,
    mediaType,
    sha256,
    bytes,
    // Two pages scanned on one sheet are one page of the file.
    pages: new Set(pages.map((page) => page.number)).size,
    extraction: {
      method: methods.length === 1 ? (methods[0] ?? 'mixed') : 'mixed',
      engine: engines.join('+'),
      confidence: Math.round(confidence * 1000) / 1000,
      ...(notes.length > 0 ? { notes } : {}),
    },
    ...(turned.length > 0 ? { turned } : {}),
  }
}

function notesOf(pages: Page[]): string[] {
  const list = (numbers: number[]) => `第 ${[...new Set(numbers)].join('、')} 页`
  const refused = pages.filter((page) => page.textLayerRefused).map((page) => page.number)
  const shared = pages.flatMap(({ number }, i) => (pages[i + 1]?.number === number ? [number] : []))
  return [
    ...(refused.length > 0 ? [`${list(refused)}自带的文字层不可信，已按页面图像重新识别。`] : []),
    ...(shared.length > 0 ? [`${list(shared)}一张纸上有两页，已从左到右分开读取。`] : []),
  ]
}

/** All words that a person sees, line by line, with running headers and footers. */
export function textOfDocuments(documents: Document[]): string {
  return documents
    .flatMap((document) => [...document.margins, ...document.pages.flatMap(linesOfPage)])
    .map(textOf)
    .join('\n')
}

/** Programs put comments, revisions and properties there themselves, and scanners the words that they read. */
const WHERE_IT_BELONGS: readonly HiddenText['reason'][] = ['comment', 'deleted', 'property', 'unbelieved']

/** The visible text, and every text that a person does not see with where it is; `concealed` what was made to be unseen. */
export function textsOfDocuments(
  documents: Document[],
): { text: string; hidden: boolean; concealed?: boolean; page?: number }[] {
  const unseen = documents.flatMap(({ pages }) =>
    pages.flatMap(({ number, hidden }) =>
      hidden.map(({ text, reason }) => ({
        text,
        hidden: true,
        concealed: !WHERE_IT_BELONGS.includes(reason),
        page: number,
      })),
    ),
  )
  return [{ text: textOfDocuments(documents), hidden: false }, ...unseen]
}

/** The words of every page, for a model that helps reading. What a person does not see is not among them. */
export function wordsOfPages(documents: Document[]): PageWords[] {
  return documents.flatMap(({ pages }, document) =>
    pages.map((page) => ({
      document,
      page: page.number,
      text: linesOfPage(page).map(textOf).join('\n'),
      scanned: page.source === 'ocr',
    })),
  )
}

function engineOf({ source, engine }: Page): string {
  return engine ?? (source === 'ocr' ? 'ocr' : ENGINES[source])
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
