import type { Box, Page, Raster } from '../model.ts'
import { marksOfPictures } from './pictures.ts'

/** A page of text with the seals and signatures that stand on it as pictures. */
export function finishTextPage(page: Page, pictures: { box: Box; raster: Raster }[]): Page {
  const { seals, handwriting } = marksOfPictures(pictures)
  return { ...page, seals: [...page.seals, ...seals], handwriting: [...page.handwriting, ...handwriting] }
}
