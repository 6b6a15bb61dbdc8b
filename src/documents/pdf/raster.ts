import { Problem } from '../../problem.ts'
import type { Box, Raster } from '../model.ts'
import type { Ports } from '../ports.ts'
import type { PlacedImage } from './content.ts'
import { type PdfPage, withPdf } from './library.ts'
import { paste, pictureOf, pixelsOf, shrink, turn } from './pixels.ts'
import { type Drawn, drawPage } from './read-page.ts'
import { readTextLayer, type TextLayer } from './text-layer.ts'

const DPI = 200
/** A picture that covers this much of a page, alone, is the page. */
const WHOLE_PAGE = 0.85
/** Without a renderer the largest picture stands for the page if it covers this much. */
const MOST_OF_PAGE = 0.5
const MAX_PIXELS = 40_000_000

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

/** A picture placed on a page, upright as seen, and its place in points. */
export type Picture = { box: Box; raster: Raster }

/** The pictures placed on a page. Ornaments and pictures at an angle are left out. */
export async function picturesOf(page: PdfPage, images: PlacedImage[]): Promise<Picture[]> {
  const pictures: Picture[] = []
  for (const image of images) {
    const raster = image.box.width >= 8 && image.box.height >= 8 ? await seenPicture(page, image) : null
    if (raster) pictures.push({ box: image.box, raster })
  }
  return pictures
}

/** The picture's pixels turned and flipped the way its matrix shows them; null when it stands askew or was not decoded. */
async function seenPicture(page: PdfPage, { matrix, id, box }: PlacedImage): Promise<Raster | null> {
  if (!id) return null
  const [a, b, c, d] = matrix
  const isLevel = Math.abs(b) <= 0.01 * Math.abs(a) && Math.abs(c) <= 0.01 * Math.abs(d)
  const isSideways = Math.abs(a) <= 0.01 * Math.abs(b) && Math.abs(d) <= 0.01 * Math.abs(c)
  if (!isLevel && !isSideways) return null
  const pixels = pixelsOf(await pictureOf(page, id))
  if (!pixels) return null
  // On the page a picture's columns run along (a, b), its rows, top first, along (−c, −d).
  const seen = isLevel
    ? turn(pixels, { swap: false, flipX: a < 0, flipY: -d < 0 })
    : turn(pixels, { swap: true, flipX: -c < 0, flipY: b < 0 })
  const small = shrink(seen, MAX_PIXELS)
  return { ...small, dpi: Math.round((small.width / box.width) * 72) }
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
