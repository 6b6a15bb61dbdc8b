import type { Box, Raster } from '../model.ts'
import type { PlacedImage } from './content.ts'
import type { PdfPage } from './library.ts'
import { pictureOf, pixelsOf, shrink, turn } from './pixels.ts'

export const MAX_PIXELS = 40_000_000

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
export async function seenPicture(page: PdfPage, { matrix, id, box }: PlacedImage): Promise<Raster | null> {
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
