import { assembleBlocks } from '../layout/assemble.ts'
import { cellsFromRulings } from '../layout/cells.ts'
import type { Block, Box, Checkbox, Page, Ruling, Span } from '../model.ts'
import { drawnCheckboxes } from './checkboxes.ts'
import type { Content } from './content.ts'
import { drawnSeals } from './drawn-seals.ts'
import { type Fields, readFields } from './fields.ts'
import { interpret } from './interpret.ts'
import type { PdfDocument, Pdfjs, PdfPage } from './library.ts'
import { apply, around, matrixOf } from './matrix.ts'
import { isTransparent, pictureOf } from './pixels.ts'
import { readProperties } from './properties.ts'
import { rulingsOf, takeUnderlines } from './rulings.ts'
import { spansOf } from './spans.ts'
import type { Font } from './state.ts'
import { hiddenTextsOf, hideUnseen } from './visibility.ts'

/** Pictures smaller than this (points, either way) are ornaments. */
const SMALLEST_PICTURE = 8
/** Print this far (degrees) from level and upright is a watermark. */
const ASKEW = 6

/** A page's content and its size, as a person sees it, in points. */
export type Drawn = { content: Content; fields: Fields; box: Box }

/** Runs the page's drawing operators; one pass gives text, lines and pictures. */
export async function drawPage(document: PdfDocument, page: PdfPage, pdfjs: Pdfjs): Promise<Drawn> {
  const viewport = page.getViewport({ scale: 1 })
  const view = matrixOf(viewport.transform) ?? [1, 0, 0, -1, 0, viewport.height]
  const box = { x: 0, y: 0, width: viewport.width, height: viewport.height }
  const fields = await readFields(page, (rect) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = rect
    return around([apply(view, x1, y1), apply(view, x2, y2)])
  })
  if (page.pageNumber === 1) fields.hidden.push(...(await readProperties(document)))
  const groups = await document.getOptionalContentConfig({ intent: 'display' })
  const list = await page.getOperatorList({ annotationMode: pdfjs.AnnotationMode.ENABLE })
  const content = interpret(list.fnArray, list.argsArray, {
    OPS: pdfjs.OPS,
    view,
    page: box,
    fontOf: fontsOf(page),
    isShown: (group) => groups.isVisible(group),
    skipped: fields.taken,
  })
  for (const image of content.images) {
    const mayCover = image.opaque && content.glyphs.some((glyph) => glyph.order < image.order && !glyph.hidden)
    if (mayCover && image.id && isTransparent(await pictureOf(page, image.id))) image.opaque = false
  }
  hideUnseen(content)
  return { content, fields, box }
}

/** A page as its text layer says. */
export function readPage(number: number, { content, fields, box }: Drawn): Page {
  const drawn = drawnCheckboxes(content)
  const stamped = drawnSeals(content)
  const visible = content.glyphs.filter(
    (glyph) => !glyph.hidden && !drawn.glyphs.has(glyph) && !stamped.glyphs.has(glyph),
  )
  const isAskew = (angle: number) => Math.abs(angle - Math.round(angle / 90) * 90) > ASKEW
  const spans = [
    ...spansOf(visible.filter((glyph) => !isAskew(glyph.angle))),
    ...fields.spans,
    ...[...drawn.checkboxes, ...fields.checkboxes].map(boxSpan),
  ]
  const rulings = rulingsOf({
    images: content.images,
    shapes: content.shapes.filter((shape) => !drawn.shapes.has(shape)),
  })
  const cells = cellsFromRulings(takeUnderlines(rulings, spans))
  const { blocks } = assembleBlocks({ spans, cells, width: box.width, height: box.height })
  return {
    number,
    width: box.width,
    height: box.height,
    source: 'text',
    confidence: 1,
    blocks: [...blocks, ...watermarks(spansOf(visible.filter((glyph) => isAskew(glyph.angle))))],
    rulings: rulings.map(tidy),
    checkboxes: [...printedBoxes(spans, [...drawn.checkboxes, ...fields.checkboxes])],
    seals: stamped.seals,
    handwriting: [],
    pictures: content.images
      .map((image) => image.box)
      .filter((picture) => picture.width >= SMALLEST_PICTURE && picture.height >= SMALLEST_PICTURE),
    hidden: [...hiddenTextsOf(content.glyphs), ...fields.hidden],
  }
}

/** Print at an angle lies over the page: its words are lines of their own at the end, never a cell's text. */
function watermarks(spans: Span[]): Block[] {
  return spans.map((span) => ({ kind: 'line', line: { spans: [span], box: span.box } }))
}

function boxSpan({ box, checked }: Checkbox): Span {
  return { text: checked ? '☑' : '☐', box, edges: [box.x, box.x + box.width], confidence: 1, size: box.height }
}

/** All checkboxes of the page: those set in type and those drawn or filled in. */
function printedBoxes(spans: Span[], drawn: Checkbox[]): Checkbox[] {
  const places = new Set(drawn.map((checkbox) => checkbox.box))
  const typed = spans.flatMap((span) => {
    const { box, edges, text } = span
    if (!box || places.has(box)) return []
    return [...text.matchAll(/[☐☑]/g)].map(({ index, 0: sign }): Checkbox => {
      const left = edges?.[index] ?? box.x
      const right = edges?.[index + 1] ?? box.x + box.width
      return { box: { ...box, x: left, width: right - left }, checked: sign === '☑', confidence: 1 }
    })
  })
  return [...typed, ...drawn]
}

function tidy({ x1, y1, x2, y2 }: Ruling): Ruling {
  const round = (value: number) => Math.round(value * 100) / 100
  return { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2) }
}

/** Fonts of a page by pdf.js's names for them; a font that could not be loaded is `null`. */
function fontsOf(page: PdfPage): (id: string) => Font | null {
  const known = new Map<string, Font | null>()
  return (id) => {
    const seen = known.get(id)
    if (seen !== undefined) return seen
    const font = page.commonObjs.has(id) ? fontOf(page.commonObjs.get(id)) : null
    known.set(id, font)
    return font
  }
}

function fontOf(loaded: unknown): Font | null {
  if (typeof loaded !== 'object' || loaded === null) return null
  const get = (key: string): unknown => Reflect.get(loaded, key)
  const bbox = get('bbox')
  const name = get('name')
  return {
    name: typeof name === 'string' ? name : '',
    vertical: get('vertical') === true,
    isType3: get('isType3Font') === true,
    matrix: matrixOf(get('fontMatrix')) ?? [0.001, 0, 0, 0.001, 0, 0],
    height: Array.isArray(bbox) ? Math.abs(Number(bbox[3]) - Number(bbox[1])) || 0 : 0,
  }
}
