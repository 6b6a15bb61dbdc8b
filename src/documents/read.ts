import { Problem } from '../problem.ts'
import type { PastedPicture } from './docx/open-docx.ts'
import { mediaTypeOf } from './media-type.ts'
import { type Document, MEDIA_TYPES, type MediaType, type Page, type Raster } from './model.ts'
import type { TextLayer } from './pdf/text-layer.ts'
import type { File, Images, Opened, PageReader, Ports } from './ports.ts'
import { linesOfPage } from './text.ts'

/** What a file may be: `maxBytes` packed size, `maxPages` pages. */
export type Limits = { maxBytes: number; maxPages: number }

export const DEFAULT_LIMITS: Limits = { maxBytes: 50 * 1024 * 1024, maxPages: 200 }

/** A DOCX with less text than this that holds scanned pages says nothing without them (characters). */
const SCARCE_TEXT = 50
/** More pictures than this in one Word file are not looked through for seals. */
const MOST_PICTURES = 40

export type ReadOptions = {
  /** Called after the file is opened and after every page read by OCR. */
  onProgress?: (done: number, total: number) => void
  /** Pages read by OCR at the same time. */
  concurrency?: number
  signal?: AbortSignal
}

/**
 * Opens a file by what its bytes say it is. Pages that only OCR can read are `null`.
 * Throws `Problem`: `too_large`, `unsupported_media_type`, `encrypted_document`, `corrupt_document`, `too_many_pages`.
 */
export async function openFile(file: File, ports: Ports, limits: Limits = DEFAULT_LIMITS): Promise<Opened> {
  checkSize(file, limits)
  const mediaType = mediaTypeOf(file.bytes, file.name)
  const opened = await openAs(mediaType, file.bytes, ports, limits)
  if (opened.pages.length > limits.maxPages) {
    throw new Problem(
      'too_many_pages',
      `文件共 ${opened.pages.length} 页，超过 ${limits.maxPages} 页的上限。请只上传申报书本身。`,
    )
  }
  if (opened.pages.includes(null) && !ports.ocr) throw noRecognition()
  return opened
}

/** A page's pixels, and for a PDF what its text layer says. */
export type OcrInput = { raster: Raster; layer: TextLayer | null }

/** What OCR of page `number` (from 1) is given. Throws as `openFile`. */
export async function openForOcr(file: File, number: number, ports: Ports): Promise<OcrInput> {
  const mediaType = mediaTypeOf(file.bytes, file.name)
  if (mediaType !== MEDIA_TYPES.pdf) {
    return { raster: await rasterOf(mediaType, file.bytes, number, ports), layer: null }
  }
  const { openPageForOcr } = await import('./pdf/raster.ts')
  return openPageForOcr(file.bytes, number, ports)
}

/** Reads page `number` (from 1) by OCR; `input` where it was opened before. Throws as `openFile`. */
export async function ocrPage(file: File, number: number, ports: Ports, input?: OcrInput): Promise<Page> {
  const { ocr } = ports
  if (!ocr) throw noRecognition()
  const { readSheet } = await import('./ocr/read-sheet.ts')
  const { settleTextLayer } = await import('./pdf/text-layer.ts')
  const { raster, layer } = input ?? (await openForOcr(file, number, ports))
  // Not awaited here: nothing holds the page's own pixels while a smaller copy is read.
  return readSheet(raster, { ocr }).then((read) => {
    const page = { ...read, number }
    return layer ? settleTextLayer(page, layer) : page
  })
}

/** What decides how a page is read, as one word: its pixels, its text layer, the engine and the `version` of the reader. */
export async function keyOfPage({ raster, layer }: OcrInput, engine: string, version: string): Promise<string> {
  const { width, height, channels, dpi, data } = raster
  const about = {
    version,
    engine,
    width,
    height,
    channels,
    dpi,
    trust: layer?.trust,
    layer: layer && [layer.page.blocks, layer.page.hidden],
  }
  return hash(new TextEncoder().encode(`${JSON.stringify(about)} ${await hash(data)}`))
}

/** A reader that does everything in this very process, for tests and for platforms without processes. */
export function inProcessReader(ports: Ports, limits: Limits = DEFAULT_LIMITS): PageReader {
  return {
    open: (file) => openFile(file, ports, limits),
    ocrPage: (file, number) => ocrPage(file, number, ports),
  }
}

/**
 * Reads a whole file through a reader, the pages that need OCR some at a time.
 * Throws as `openFile`, or the signal's reason when it is aborted.
 */
export async function readDocument(
  file: File,
  reader: PageReader,
  limits: Limits = DEFAULT_LIMITS,
  options: ReadOptions = {},
): Promise<Document> {
  const { onProgress, concurrency = 2, signal } = options
  signal?.throwIfAborted()
  checkSize(file, limits)
  const sha256 = await hash(file.bytes)
  const { mediaType, margins, pages: opened } = await reader.open(file)

  const waiting = opened.flatMap((page, i) => (page ? [] : [i + 1]))
  const pages = new Map(opened.flatMap((page) => (page ? [[page.number, page] as const] : [])))
  onProgress?.(pages.size, opened.length)
  const readNext = async (): Promise<void> => {
    for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
      signal?.throwIfAborted()
      pages.set(number, await reader.ocrPage(file, number))
      onProgress?.(pages.size, opened.length)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, waiting.length) }, readNext))
  } finally {
    // One page's failure fails the file: no further page is begun.
    waiting.length = 0
  }
  signal?.throwIfAborted()

  const inOrder = [...pages.values()].sort((a, b) => a.number - b.number).flatMap(sheetsOf)
  return {
    name: file.name,
    mediaType,
    sha256,
    bytes: file.bytes.length,
    pages: inOrder,
    margins,
    paper: inOrder.some((page) => page.source === 'ocr' || page.pictures.length > 0 || page.seals.length > 0),
  }
}

/** Two pages scanned side by side are two pages, both at the place of the one. */
function sheetsOf({ facing, ...page }: Page): Page[] {
  return facing ? [page, { ...facing, number: page.number }] : [page]
}

async function openAs(mediaType: MediaType, bytes: Uint8Array, ports: Ports, limits: Limits): Promise<Opened> {
  switch (mediaType) {
    case MEDIA_TYPES.pdf: {
      const { openPdf } = await import('./pdf/open.ts')
      const { marksOfPictures } = await import('./ocr/pictures.ts')
      const { pages } = await openPdf(bytes, ports, {
        maxPages: limits.maxPages,
        marksOf: (pictures) => marksOfPictures(pictures, ports.ocr?.strips),
      })
      return { mediaType, margins: [], pages }
    }
    case MEDIA_TYPES.docx:
      return openWord(bytes, ports)
    case MEDIA_TYPES.doc: {
      const { openDoc } = await import('./doc/open-doc.ts')
      return { mediaType, ...openDoc(bytes) }
    }
    case MEDIA_TYPES.xlsx:
    case MEDIA_TYPES.xls: {
      const { openWorkbook } = await import('./sheet/open-workbook.ts')
      return { mediaType, margins: [], pages: await openWorkbook(bytes, mediaType === MEDIA_TYPES.xlsx) }
    }
    default: {
      if (!ports.images) throw noRecognition()
      const count = await ports.images.count(bytes)
      return { mediaType, margins: [], pages: new Array<null>(count).fill(null) }
    }
  }
}

/** Scans pasted into Word are pages to be read by OCR; without OCR the rest still counts, unless there is no rest. */
async function openWord(bytes: Uint8Array, ports: Ports): Promise<Opened> {
  const { openDocx } = await import('./docx/open-docx.ts')
  const { pages, margins, pictures } = await openDocx(bytes)
  if (ports.images) await findPastedSeals(pages, pictures, bytes, { ...ports, images: ports.images })
  if (ports.ocr && ports.images) return { mediaType: MEDIA_TYPES.docx, margins, pages }
  const read = pages.filter((page) => page !== null)
  if (read.length < pages.length && lengthOf(read) < SCARCE_TEXT) throw noRecognition()
  return { mediaType: MEDIA_TYPES.docx, margins, pages: read }
}

/** Seals pasted into Word as pictures; a picture that cannot be decoded is none. */
async function findPastedSeals(
  pages: (Page | null)[],
  pictures: PastedPicture[],
  bytes: Uint8Array,
  { images, ocr }: Ports & { images: Images },
): Promise<void> {
  const { readPart } = await import('./docx/open-docx.ts')
  const { marksOfPictures } = await import('./ocr/pictures.ts')
  for (const { page, part, width, height } of pictures.slice(0, MOST_PICTURES)) {
    const raster = await readPart(bytes, part)
      .then((picture) => images.decode(picture, 0))
      .catch(() => null)
    if (!raster) continue
    const { seals } = await marksOfPictures([{ box: { x: 0, y: 0, width, height }, raster }], ocr?.strips)
    pages[page - 1]?.seals.push(...seals.map((seal) => ({ ...seal, box: { x: 0, y: 0, width: 0, height: 0 } })))
  }
}

async function rasterOf(mediaType: MediaType, bytes: Uint8Array, number: number, ports: Ports) {
  if (!ports.images) throw noRecognition()
  if (mediaType !== MEDIA_TYPES.docx) return ports.images.decode(bytes, number - 1)
  const { openDocx, readPart } = await import('./docx/open-docx.ts')
  const scan = (await openDocx(bytes)).scans.find((candidate) => candidate.number === number)
  if (!scan) throw new RangeError(`page ${number} of this document is no scan`)
  return ports.images.decode(await readPart(bytes, scan.part), 0)
}

function noRecognition(): Problem {
  return new Problem(
    'unsupported_media_type',
    '本服务未启用文字识别，不能审读扫描件和图片。请上传由 Word 或申报系统直接导出的 PDF 或 DOCX。',
  )
}

function checkSize(file: File, { maxBytes }: Limits): void {
  if (file.bytes.length > maxBytes) {
    const [size, limit] = [file.bytes.length, maxBytes].map((bytes) => (bytes / 1024 / 1024).toFixed(1))
    throw new Problem(
      'too_large',
      `文件大小为 ${size} MB，超过 ${limit} MB 的上限。请压缩图片或降低扫描分辨率后重新上传。`,
    )
  }
}

function lengthOf(pages: Page[]): number {
  return pages
    .flatMap(linesOfPage)
    .reduce((sum, line) => sum + line.spans.reduce((length, span) => length + span.text.trim().length, 0), 0)
}

async function hash(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes.slice())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
