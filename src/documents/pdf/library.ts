import type * as PdfjsModule from 'pdfjs-dist/legacy/build/pdf.mjs'
import { Problem } from '../../problem.ts'
import type { Ports } from '../ports.ts'
import { inflateBy, keepOutlines } from './inflate.ts'
import { SameThread } from './same-thread.ts'

export type Pdfjs = typeof PdfjsModule
export type PdfDocument = PdfjsModule.PDFDocumentProxy
export type PdfPage = PdfjsModule.PDFPageProxy

/** Pictures with more pixels than this are not decoded (an A3 scan at 600 dpi has 70 million). */
const MAX_IMAGE_PIXELS = 72_000_000

const FOLDERS: Record<string, string> = {
  cMapUrl: 'cmaps/',
  standardFontDataUrl: 'standard_fonts/',
  wasmUrl: 'wasm/',
  iccUrl: 'iccs/',
}

/** The half of pdf.js that parses. */
type Parser = { WorkerMessageHandler: { initializeFromPort(port: SameThread): void } }

let loading: Promise<{ pdfjs: Pdfjs; parser: Parser }> | undefined

/** pdf.js with its worker in the same thread, the one arrangement that Node and workerd share. Loaded on first use. */
async function load(): Promise<{ pdfjs: Pdfjs; parser: Parser }> {
  keepWholePictures()
  forgetFonts()
  // @ts-expect-error pdfjs-dist ships no types for its worker.
  const parser: Parser = await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
  Object.assign(globalThis, { pdfjsWorker: parser })
  return { pdfjs: await import('pdfjs-dist/legacy/build/pdf.mjs'), parser }
}

/**
 * Takes in font faces and forgets them. Without a place for them pdf.js traces every letter's outline: a quarter of the time
 * that reading takes.
 */
const noFonts = { fonts: { add() {}, delete() {} } }

function forgetFonts(): void {
  if ('FontFace' in globalThis) return
  class Face {
    loaded = Promise.resolve()
  }
  Object.assign(globalThis, { FontFace: Face })
}

/**
 * pdf.js asks an OffscreenCanvas for the largest size it bears and, where there is none, halves JPEG 2000 pictures. This
 * stand-in only answers that question.
 */
function keepWholePictures(): void {
  if ('OffscreenCanvas' in globalThis) return
  class SizeProbe {
    width: number
    height: number
    constructor(width: number, height: number) {
      if (width > 16_384 || height > 16_384) throw new RangeError('larger than any page')
      this.width = width
      this.height = height
    }
    getContext() {
      return { fillRect() {}, getImageData: () => ({ data: [0, 0, 0, 255] }) }
    }
  }
  Object.assign(globalThis, { OffscreenCanvas: SizeProbe })
}

/**
 * Opens a PDF, lends it to `use` and always lets go of it. Throws `Problem` `encrypted_document` (asks for a password) or
 * `corrupt_document`; a PDF whose user password is empty simply opens. `drawing` keeps the outlines of letters.
 */
export async function withPdf<T>(
  bytes: Uint8Array,
  { resources, inflate }: Pick<Ports, 'resources' | 'inflate'>,
  use: (document: PdfDocument, pdfjs: Pdfjs) => Promise<T>,
  { drawing = false } = {},
): Promise<T> {
  loading ??= load()
  const { pdfjs, parser } = await loading
  if (inflate) inflateBy(inflate)
  class FromResources {
    async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
      // pdf.js detaches what it is given.
      return (await resources.load(`${FOLDERS[kind] ?? ''}${filename}`)).slice()
    }
  }
  const source = {
    // pdf.js refuses a Buffer, whose `slice` moreover is no copy.
    data: Uint8Array.from(bytes),
    cMapUrl: 'cmaps/',
    standardFontDataUrl: 'standard_fonts/',
    wasmUrl: 'wasm/',
    BinaryDataFactory: FromResources,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: drawing,
    fontExtraProperties: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    verbosity: 0,
  }
  const letGo = drawing ? keepOutlines() : null
  const worker = drawing ? null : inThisThread(pdfjs, parser)
  const task = pdfjs.getDocument(worker ? Object.assign(source, { ownerDocument: noFonts, worker }) : source)
  try {
    return await use(await task.promise, pdfjs)
  } catch (cause) {
    throw cause instanceof Problem ? cause : problemOf(cause)
  } finally {
    await task.destroy().catch(() => undefined)
    worker?.destroy()
    letGo?.()
  }
}

/** Drawing goes pdf.js's own way: it changes what it has been handed. */
function inThisThread(pdfjs: Pdfjs, parser: Parser): PdfjsModule.PDFWorker {
  const port = new SameThread()
  parser.WorkerMessageHandler.initializeFromPort(port)
  return new pdfjs.PDFWorker({ port: port as unknown as null })
}

function problemOf(cause: unknown): Problem {
  if (cause instanceof Error && cause.name === 'PasswordException') {
    return new Problem('encrypted_document', 'PDF 设置了打开密码，无法读取。请取消密码后重新上传。', { cause })
  }
  return new Problem('corrupt_document', 'PDF 文件已损坏或不完整，无法打开。请重新导出 PDF 后再上传。', { cause })
}
