import { Problem } from '../../problem.ts'
import type { Box, Raster } from '../model.ts'
import type { Ports } from '../ports.ts'
import { type PdfPage, withPdf } from './library.ts'
import { paste, shrink } from './pixels.ts'
import { type Drawn, drawPage } from './read-page.ts'
import { MAX_PIXELS, seenPicture } from './seen-pictures.ts'
import { readTextLayer, type TextLayer } from './text-layer.ts'

const DPI = 200
/** A picture that covers this much of a page, alone, is the page. */
const WHOLE_PAGE = 0.85
/** Without a renderer the largest picture stands for the page if it covers this much. */
const MOST_OF_PAGE = 0.5

/** A page for OCR: its pixels and what its text layer says. */
export type PageForOcr = { raster: Raster; layer: TextLayer }

/**
 * A page as pixels, the way a person sees it, for OCR. A page that is one scan gives that scan's own pixels; any other is drawn at
 * 200 dpi. Never more than 40 million pixels. Throws `Problem` `corrupt_document` when there is no way to get pixels.
 */
export async function openPageForOcr(
  bytes: Uint8Array,
  pageNumber: number,
  ports: Pick<Ports, 'resources' | 'inflate' | 'renderer'>,
): Promise<PageForOcr> {
  const { scan, layer } = await withPdf(bytes, ports, async (document, pdfjs) => {
    const page = await document.getPage(pageNumber)
    const drawn = await drawPage(document, page, pdfjs)
    return { scan: await scanOf(page, drawn, ports.renderer !== undefined), layer: await readTextLayer(page, drawn) }
  })
  if (scan) return { raster: scan, layer }
  if (!ports.renderer) {
    throw new Problem('corrupt_document', `PDF 第 ${pageNumber} 页没有可读取的文字，也不是扫描图片，此处无法识别。`)
  }
  return { raster: shrink(await ports.renderer.render(bytes, pageNumber, DPI), MAX_PIXELS), layer }
}

/** The pixels of the one picture that the page is; null when it must be drawn. */
async function scanOf(page: PdfPage, { content, box }: Drawn, canDraw: boolean): Promise<Raster | null> {
  const shown = content.glyphs.some((glyph) => !glyph.hidden && glyph.text.trim() !== '')
  const isAlone = content.images.length === 1 && !shown && content.shapes.every((shape) => !isInk(shape.colour))
  const largest = content.images.toSorted((a, b) => areaOf(b.box) - areaOf(a.box))[0]
  const share = largest ? areaOf(largest.box) / areaOf(box) : 0
  if (!largest || share < (canDraw ? WHOLE_PAGE : MOST_OF_PAGE) || (canDraw && !isAlone)) return null
  const upright = await seenPicture(page, largest)
  return upright ? onPage(upright, largest.box, box) : null
}

/** A raster of the whole page with the picture at its place. */
function onPage(picture: Raster, place: Box, page: Box): Raster | null {
  const scaleX = picture.width / place.width
  const scaleY = picture.height / place.height
  if (Math.abs(scaleX / scaleY - 1) > 0.03) return null
  const width = Math.round(page.width * scaleX)
  const height = Math.round(page.height * scaleY)
  const left = Math.round(place.x * scaleX)
  const top = Math.round(place.y * scaleY)
  const isWhole = Math.abs(width - picture.width) <= 2 && Math.abs(height - picture.height) <= 2
  return { ...(isWhole ? picture : paste(picture, width, height, left, top)), dpi: Math.round(scaleX * 72) }
}

function isInk(colour: string | null): boolean {
  return colour === null || !/^#[ef].[ef].[ef].$/i.test(colour)
}

function areaOf(box: Box): number {
  return box.width * box.height
}
