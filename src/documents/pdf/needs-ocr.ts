import type { Box } from '../model.ts'
import type { Content, Glyph, PlacedImage } from './content.ts'

/** A picture that covers so much of a page may hold its text. */
const LARGE_PICTURE = 0.3
/** A picture that covers so much is a scan: text beneath or unseen over it is an old OCR's. */
const FULL_PICTURE = 0.5
/** Fewer characters than this are a page number, a stamp or a watermark, not a page's text. */
const FEW_CHARACTERS = 40
/** Running headers and footers stand in this share of the height at top and bottom. */
const MARGIN = 0.08
/** More filled curves than this without text are letters drawn as outlines. */
const MANY_OUTLINES = 60
const GARBAGE_SHARE = 0.3
const ENOUGH_TO_JUDGE = 10
/** A Latin letter as wide as a Chinese character is a Chinese character under a wrong name. */
const FULL_WIDTH = 0.98

/**
 * Whether a page's text must be read by OCR: a picture with no text to speak of, an old OCR's unseen text over a scan, a
 * text layer whose codes say nothing, letters drawn as outlines.
 */
export function needsOcr({ glyphs, images, outlines }: Content, page: Box): boolean {
  const visible = visibleOf(glyphs)
  const covered = coverage(images, page)
  if (covered >= LARGE_PICTURE && bodyLength(visible, page) < FEW_CHARACTERS) return true
  const unseen = glyphs.filter((glyph) => glyph.hidden === 'invisible' || glyph.hidden === 'covered')
  if (covered >= FULL_PICTURE && unseen.length > visible.length) return true
  if (isGarbage(visible)) return true
  return visible.length < FEW_CHARACTERS / 2 && outlines > MANY_OUTLINES
}

/** Whether text lies over pictures that fill the page: a scan with what a machine read on it, or print on a coloured ground. */
export function liesOnPictures({ glyphs, images }: Content, page: Box): boolean {
  return coverage(images, page) >= FULL_PICTURE && visibleOf(glyphs).length > 0
}

/** Whether the page says anything in codes, seen or unseen. */
export function hasTextLayer({ glyphs }: Content): boolean {
  return glyphs.filter((glyph) => glyph.text.trim() !== '').length >= FEW_CHARACTERS
}

function visibleOf(glyphs: Glyph[]): Glyph[] {
  return glyphs.filter((glyph) => !glyph.hidden && glyph.text.trim() !== '')
}

/** Share of the page under its pictures, tiles and strips added up. */
export function coverage(images: PlacedImage[], page: Box): number {
  const distinct = new Map(images.map(({ box }) => [[box.x, box.y, box.width, box.height].map(Math.round).join(), box]))
  const area = [...distinct.values()].reduce((sum, box) => sum + box.width * box.height, 0)
  return Math.min(1, area / (page.width * page.height || 1))
}

/** Characters that are neither watermark nor header or footer; what is repeated over and over counts once. */
function bodyLength(visible: Glyph[], page: Box): number {
  const lines = new Map<string, string>()
  for (const glyph of visible) {
    const y = glyph.box.y + glyph.box.height / 2
    if (glyph.faint || Math.abs(glyph.angle % 90) > 3) continue
    if (y < page.height * MARGIN || y > page.height * (1 - MARGIN)) continue
    const key = `${Math.round(glyph.from[1])}`
    lines.set(key, (lines.get(key) ?? '') + glyph.text)
  }
  return [...new Set(lines.values())].reduce((sum, line) => sum + line.length, 0)
}

function isGarbage(visible: Glyph[]): boolean {
  if (visible.length < ENOUGH_TO_JUDGE) return false
  const odd = visible.filter((glyph) => isOdd(glyph)).length
  if (odd > GARBAGE_SHARE * visible.length) return true
  const letters = new Set(visible.map((glyph) => glyph.text))
  return visible.length >= 3 * ENOUGH_TO_JUDGE && letters.size === 1 && /[\p{L}\p{N}]/u.test(visible[0]?.text ?? '')
}

/** Private-use and unassigned codes, controls, scripts that no Chinese form is written in. */
const NOT_WRITTEN = /[\p{Co}\p{Cn}\p{Cs}\p{Cc}\ufffd]/u
const FAMILIAR =
  /[\p{Script=Han}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{P}\p{S}\p{N}\p{Z}\p{Cf}\p{M}]/u

function isOdd({ text, ems }: Glyph): boolean {
  if (NOT_WRITTEN.test(text) || !FAMILIAR.test(text)) return true
  return (
    text.length === 1 &&
    ems >= FULL_WIDTH &&
    /[A-LN-VX-Za-z0-9\u00c0-\u024f]/.test(text) &&
    text !== 'Æ' &&
    text !== 'Œ'
  )
}
