import type { Page } from '../model.ts'
import { picturesOfPage } from '../pdf/raster.ts'
import type { Ports } from '../ports.ts'
import { marksOfPictures } from './pictures.ts'

/** A PDF's page of text with the seals and signatures that were placed on it as pictures. */
export async function finishTextPage(page: Page, bytes: Uint8Array, ports: Pick<Ports, 'resources'>): Promise<Page> {
  if (page.pictures.length === 0) return page
  const { seals, handwriting } = marksOfPictures(await picturesOfPage(bytes, page.number, ports))
  return { ...page, seals: [...page.seals, ...seals], handwriting: [...page.handwriting, ...handwriting] }
}
