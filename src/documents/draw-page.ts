import { Problem } from '../problem.ts'
import { mediaTypeOf } from './media-type.ts'
import { MEDIA_TYPES, type Turn } from './model.ts'
import type { File, Images, Ports } from './ports.ts'
import { openForOcr } from './read.ts'

/** Longer side of a drawn page in pixels: A4 at 200 dpi. */
const LONGEST = 2340

const WITHOUT_PAGES: string[] = [MEDIA_TYPES.doc, MEDIA_TYPES.xls, MEDIA_TYPES.xlsx]

/**
 * Page `number` (from 1) as a JPEG, turned clockwise to stand upright: the picture of which the boxes of findings are shares.
 * Throws as `openFile`, and `Problem('not_found')` for a file that has no pages of its own.
 */
export async function drawPage(
  file: File,
  number: number,
  turn: Turn,
  ports: Ports & { images: Images },
): Promise<Uint8Array> {
  if (WITHOUT_PAGES.includes(mediaTypeOf(file.bytes, file.name))) throw withoutPages()
  const { shrinkTo, toRgb, turnRaster } = await import('./ocr/raster.ts')
  const { raster } = await openForOcr(file, number, ports).catch((error) => {
    throw error instanceof RangeError ? withoutPages() : error
  })
  return ports.images.encode(turnRaster(shrinkTo(toRgb(raster), LONGEST), turn))
}

const withoutPages = () =>
  new Problem('not_found', 'Word 和 Excel 文件没有固定的页面，不能画出；请按位置说明在原文件中查看。')
