import { Problem } from '../../problem.ts'
import type { Page } from '../model.ts'
import type { Ports } from '../ports.ts'
import { withPdf } from './library.ts'
import { drawPage } from './read-page.ts'
import { type Picture, picturesOf } from './seen-pictures.ts'
import { readTextLayer } from './text-layer.ts'

/** What the pictures on a page of text are. */
export type MarksOf = (pictures: Picture[]) => Promise<Pick<Page, 'seals' | 'handwriting'>>

/**
 * Reads a PDF's text pages, one after another; `null` marks a page that must be read by OCR. `marksOf` tells seals and
 * signatures among the pictures.
 * Throws `Problem`: `encrypted_document`, `corrupt_document`, `too_many_pages`.
 */
export function openPdf(
  bytes: Uint8Array,
  ports: Pick<Ports, 'resources' | 'inflate'>,
  { maxPages, marksOf }: { maxPages: number; marksOf?: MarksOf },
): Promise<{ pages: (Page | null)[] }> {
  return withPdf(bytes, ports, async (document, pdfjs) => {
    const count = document.numPages
    if (count === 0) throw new Problem('corrupt_document', 'PDF 里没有页面，请重新导出后再上传。')
    if (count > maxPages) {
      throw new Problem('too_many_pages', `PDF 共 ${count} 页，超过上限 ${maxPages} 页。请只上传申报书本身。`)
    }
    const pages: (Page | null)[] = []
    for (let number = 1; number <= count; number++) {
      const page = await document.getPage(number)
      const drawn = await drawPage(document, page, pdfjs)
      const { trust, page: read } = await readTextLayer(page, drawn)
      if (trust === 'good' && marksOf && read.pictures.length > 0) {
        const { seals, handwriting } = await marksOf(await picturesOf(page, drawn.content.images))
        read.seals.push(...seals)
        read.handwriting.push(...handwriting)
      }
      pages.push(trust === 'good' ? read : null)
      page.cleanup()
    }
    return { pages }
  })
}
