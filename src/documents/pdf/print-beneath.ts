import { toGrey } from '../ocr/raster.ts'
import type { Content, Glyph } from './content.ts'
import type { PdfPage } from './library.ts'
import { type Picture, picturesOf } from './seen-pictures.ts'

/** So many characters tell whether a picture shows them too. */
const SAMPLE = 200
/** Share of a character's box that is ink in print; more is a dark picture. */
const INK = { least: 0.05, most: 0.75 }
const DARKER = 0.75
/** Share of the characters that stand on print of the picture, in a layer made from the picture. */
const DOUBLED = 0.6

/**
 * Whether the pictures of a page show the very characters of its text layer: then the layer is what some machine once read on
 * the scan, not what the page was written with.
 */
export async function isMadeFromPictures(page: PdfPage, { glyphs, images }: Content): Promise<boolean> {
  const visible = glyphs.filter((glyph) => !glyph.hidden && !glyph.faint && /[\p{L}\p{N}]/u.test(glyph.text))
  const step = Math.max(1, Math.floor(visible.length / SAMPLE))
  const sample = visible.filter((_, i) => i % step === 0)
  const pictures = (await picturesOf(page, images)).map((picture) => ({ ...picture, grey: toGrey(picture.raster) }))
  const doubled = sample.filter((glyph) => pictures.some((picture) => isPrinted(glyph, picture)))
  return sample.length > 0 && doubled.length >= DOUBLED * sample.length
}

function isPrinted({ box }: Glyph, { box: place, grey }: Picture & { grey: ReturnType<typeof toGrey> }): boolean {
  const scaleX = grey.width / place.width
  const scaleY = grey.height / place.height
  const left = Math.max(0, Math.round((box.x - place.x) * scaleX))
  const right = Math.min(grey.width, Math.round((box.x + box.width - place.x) * scaleX))
  const top = Math.max(0, Math.round((box.y - place.y) * scaleY))
  const bottom = Math.min(grey.height, Math.round((box.y + box.height - place.y) * scaleY))
  if (right - left < 3 || bottom - top < 3) return false
  const values: number[] = []
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) values.push(grey.data[y * grey.width + x] ?? 255)
  }
  const paper = values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.9)] ?? 255
  const inked = values.filter((value) => value < DARKER * paper).length / values.length
  return inked >= INK.least && inked <= INK.most
}
