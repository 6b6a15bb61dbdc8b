import type { Page } from '../model.ts'
import type { PdfPage } from './library.ts'
import { hasTextLayer, liesOnPictures, needsOcr } from './needs-ocr.ts'
import { agrees, tracesOf } from './ocr-traces.ts'
import { isMadeFromPictures } from './print-beneath.ts'
import { type Drawn, readPage } from './read-page.ts'
import { linesOf, unbelievedTexts } from './unbelieved.ts'

/**
 * What a page's text layer is worth. `good`: it is what the page was written with. `doubted`: it may be right, if OCR of the page
 * says the same. `bad`: it says nothing, or what a machine once read on a scan. `none`: there is none to speak of.
 */
export type TextLayer = { trust: 'good' | 'doubted' | 'bad' | 'none'; page: Page }

/** A page as its text layer has it, and whether to believe that. Filled-in form fields are always believed. */
export async function readTextLayer(page: PdfPage, drawn: Drawn): Promise<TextLayer> {
  const read = readPage(page.pageNumber, drawn)
  const { content, fields, box } = drawn
  if (fields.spans.length > 0) return { trust: 'good', page: read }
  if (needsOcr(content, box)) return { trust: hasTextLayer(content) ? 'bad' : 'none', page: read }
  const onPictures = liesOnPictures(content, box)
  if (onPictures && (await isMadeFromPictures(page, content))) return { trust: 'bad', page: read }
  const { words, strange } = tracesOf(linesOf(read))
  // Without a picture the text is what a person sees, odd words and all.
  return { trust: (onPictures && words.length > 0) || strange ? 'doubted' : 'good', page: read }
}

/** The page to believe, of what OCR read and what the text layer says. What only the layer says is hidden text. */
export function settleTextLayer(read: Page, layer: TextLayer): Page {
  const doubted = layer.trust === 'doubted'
  if (doubted && agrees(linesOf(layer.page), linesOf(read))) return layer.page
  const page = { ...read, hidden: [...read.hidden, ...unbelievedTexts(layer.page, read)] }
  return layer.trust === 'none' ? page : { ...page, textLayerRefused: true }
}
