/** Clockwise degrees. */
export type Turn = 0 | 90 | 180 | 270

/**
 * What is on the pages of a document, whatever it was made of. A PDF's text layer, a DOCX and an OCR'd photo differ only
 * in which reader filled this in. Plain data: it crosses process borders.
 *
 * Lengths are points (1/72 inch); the origin is the page's top left corner as a person sees it (after /Rotate).
 */
export type Box = { x: number; y: number; width: number; height: number }

/**
 * A run of characters of one line. Checkboxes of every style stand in `text` as ☐ (empty) or ☑ (ticked, crossed or filled);
 * `edges`, where known, are the x of each UTF-16 unit's left side and of the last one's right side (`text.length + 1` entries).
 */
export type Span = {
  text: string
  box: Box | null
  edges?: number[]
  /** 0–1; 1 for a text layer and for DOCX. For OCR the least certain character's probability. */
  confidence: number
  /** For OCR: how certain each UTF-16 unit is, 0–1. */
  certainties?: number[]
  /** Height of the type in points, where known. */
  size?: number
  underlined?: boolean
}

/** Spans that share a base line within one cell or one free region of the page, from left to right. */
export type Line = { spans: Span[]; box: Box | null }

/** `row` and `column` count from 0. `path` names the place where there is no geometry: `table 2, row 3, cell 4` (from 1). */
export type Cell = {
  row: number
  column: number
  rowSpan: number
  columnSpan: number
  box: Box | null
  lines: Line[]
  path?: string
}

/**
 * A ruled (or DOCX) table. Each grid position is covered by exactly one cell; covered positions are not repeated. `unruled`: its
 * columns are told by white space.
 */
export type Table = { rows: number; columns: number; cells: Cell[]; box: Box | null; unruled?: true }

/** In reading order. `path` as in `Cell`, for a paragraph: `paragraph 12`. */
export type Block = { kind: 'line'; line: Line; path?: string } | { kind: 'table'; table: Table }

export type Ruling = { x1: number; y1: number; x2: number; y2: number }

export type Checkbox = { box: Box; checked: boolean | null; confidence: number }

/** What may stand at one place on a seal's rim, likeliest first; `share`: of the readings of the rim, 0–1. */
export type SealPlace = { text: string; share: number }[]

/**
 * How much of a rim's words can be seen. `whole`: to both sides of them there is room in which no ink stands, though the rim
 * beside it is inked; `part`: the page's edge cuts them off; `grey`: without colour, what is print under the seal cannot be told.
 */
export type SealView = 'whole' | 'part' | 'grey'

/**
 * A red seal, or a dark one on a scan without colour. `text`: the words on it where they could be read, those along the rim and
 * then those across. `rim`: the places of the rim's words in order, one a character, empty where a character is lost.
 * `confidence`: that it is a seal.
 */
export type Seal = { box: Box; text?: string; rim?: SealPlace[]; view?: SealView; confidence: number }

/**
 * Pen strokes that are neither print, ruling nor seal. `area` in square millimetres of ink, `length` of the strokes in millimetres.
 * `chop`: not a pen but the stamp of a person's name (名章, 签名章), or strokes in red.
 */
export type Handwriting = { box: Box; area: number; length?: number; chop?: true; confidence: number }

/**
 * Text that a person does not see on the page. It is never part of a line. `property`: of the file or a picture in it; `unbelieved`: of a
 * text layer that was read by OCR instead, where the page does not show it.
 */
export type HiddenText = {
  text: string
  reason:
    | 'invisible'
    | 'white'
    | 'tiny'
    | 'off-page'
    | 'covered'
    | 'vanished'
    | 'comment'
    | 'deleted'
    | 'property'
    | 'unbelieved'
  box: Box | null
}

export type Page = {
  /** From 1. A DOCX has no pages of its own: its explicit and last-rendered page breaks are counted. */
  number: number
  /** Points; 0 where a DOCX has no geometry. */
  width: number
  height: number
  source: 'text' | 'ocr' | 'docx'
  /** What read it, where the source does not tell: an OCR engine, `ppocr-v4` or `tesseract`, or `sheetjs` for a worksheet. */
  engine?: string
  /** Clockwise degrees by which the scan had to be turned to stand upright; the page and its boxes are the upright ones. */
  turn?: Exclude<Turn, 0>
  /** It has a text layer that is not believed: it was read by OCR instead. */
  textLayerRefused?: true
  /**
   * The page to the right of this one on the same sheet (two A4 pages scanned as one A3). Both have the sheet's number, width and
   * height, and their boxes are places on the sheet. A `Document` has it as a page of its own after this one.
   */
  facing?: Page
  /** The scan has no colour: seals cannot be told from print. */
  colourless?: true
  /** Mean over the page's characters, 0–1. */
  confidence: number
  blocks: Block[]
  rulings: Ruling[]
  checkboxes: Checkbox[]
  seals: Seal[]
  handwriting: Handwriting[]
  /** Of a scan: where something stands in a cell and nothing was read. */
  unread?: Box[]
  /** Raster images placed on a page that was otherwise read from its text layer. */
  pictures: Box[]
  hidden: HiddenText[]
}

/** Running headers and footers of a DOCX stand in `margins`: they are not part of any page's blocks. */
export type Document = {
  name: string
  mediaType: MediaType
  sha256: string
  bytes: number
  pages: Page[]
  margins: Line[]
  /** Seals and signatures can be asked for: some page is a scan, a photo, or carries a picture (contract §2). */
  paper: boolean
}

export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xls: 'application/vnd.ms-excel',
  png: 'image/png',
  jpeg: 'image/jpeg',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  webp: 'image/webp',
} as const

export type MediaType = (typeof MEDIA_TYPES)[keyof typeof MEDIA_TYPES]

/** RGB or grey pixels, row by row, top left first. `dpi` where the file states it or the page size tells it. */
export type Raster = { width: number; height: number; channels: 1 | 3; data: Uint8Array; dpi: number | null }
