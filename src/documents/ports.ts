import type { Box, Line, MediaType, Page, Raster, Turn } from './model.ts'

/** Data files of pdf.js: `cmaps/UniGB-UCS2-H.bcmap`, `standard_fonts/…`, `wasm/openjpeg.wasm`. */
export interface Resources {
  load(path: string): Promise<Uint8Array>
}

/** Decodes pictures. Throws `Problem('corrupt_document')` on what it cannot decode. */
export interface Images {
  /** How many pages (TIFF) the picture has. */
  count(bytes: Uint8Array): Promise<number>
  /** Page `index` from 0, turned by its EXIF orientation, as 3-channel RGB. */
  decode(bytes: Uint8Array, index: number): Promise<Raster>
  /** A picture for people to look at, as JPEG. */
  encode(raster: Raster): Promise<Uint8Array>
}

/** The middle of a character in pixels from the left, and how certain it is (0–1). */
export type OcrUnit = { middle: number; certainty: number }

/** One line of text cut from a page. `edges` as in `Span`, in pixels of the raster; `units`: one for each UTF-16 unit. */
export type OcrLine = { text: string; box: Box; edges: number[]; units: OcrUnit[]; confidence: number }

/** A line's place, level or askew: its middle, its extent along and across the line (pixels), its slope clockwise in radians. */
export type Strip = { x: number; y: number; width: number; height: number; slope: number }

/** What may stand at a place of a line, `at` 0–1 of its length, with probabilities; what is left of 1 is no character. */
export type OcrStep = { at: number; candidates: { text: string; probability: number }[] }

/** What an engine can do that finds lines without reading them. */
export interface StripReader {
  find(raster: Raster): Promise<Strip[]>
  read(raster: Raster, strip: Strip): Promise<OcrLine | null>
  /** All that may be read from left to right in a strip, not only the likeliest: for words of which parts are lost. */
  steps?(raster: Raster, strip: Strip): Promise<OcrStep[]>
  /** Whether the lines stand on their heads. */
  upsideDown(raster: Raster, strips: Strip[]): Promise<boolean>
}

/** An OCR engine reads lines of print; tables, checkboxes, seals and handwriting are found around it (documents/ocr). */
export interface OcrEngine {
  readonly name: string
  /** Lines anywhere on the raster; boxes in pixels. */
  readPage(raster: Raster): Promise<OcrLine[]>
  /** One line of print that fills `box` (pixels); `null` when there is none. */
  readLine(raster: Raster, box: Box): Promise<OcrLine | null>
  readonly strips?: StripReader
}

/** Draws a PDF page that is not simply one picture. */
export interface PdfRenderer {
  render(bytes: Uint8Array, page: number, dpi: number): Promise<Raster>
}

/** What the platform lends to the readers. Without `images` and `ocr` a scan is refused with a clear problem. */
export type Ports = {
  resources: Resources
  /** Inflates zlib data (RFC 1950) in one call; throws on bad data. Where it is missing, the platform's streams do it. */
  inflate?: (bytes: Uint8Array) => Uint8Array
  images?: Images
  renderer?: PdfRenderer
  ocr?: OcrEngine
}

export type File = { name: string; bytes: Uint8Array }

/** A file once opened: pages that need no OCR are read already; `null` marks a page that must be read by OCR. */
export type Opened = { mediaType: MediaType; margins: Line[]; pages: (Page | null)[] }

/**
 * Reads a file. Each call stands alone, so that a platform may run every call in a process of its own.
 * Throws `Problem` with `unsupported_media_type`, `encrypted_document`, `corrupt_document` or `too_many_pages`.
 */
export interface PageReader {
  open(file: File): Promise<Opened>
  /** Page `number` from 1, by OCR. */
  ocrPage(file: File, number: number): Promise<Page>
  /** One word for a page as OCR sees it: equal words, equal readings. */
  pageKey?(file: File, number: number): Promise<string>
  /** Page `number` from 1 as a JPEG, turned upright: boxes are shares of it. `not_found` for a file without pages, as Word's. */
  drawPage?(file: File, number: number, turn: Turn): Promise<Uint8Array>
}

/**
 * Pages read before, by their `pageKey`. They are personal data: they belong to the first review that had them read and go with it.
 * The oldest make room for new ones.
 */
export interface PageCache {
  get(key: string): Promise<Page | null>
  put(key: string, page: Page, owner: string): Promise<void>
  forget(owner: string): Promise<void>
}
