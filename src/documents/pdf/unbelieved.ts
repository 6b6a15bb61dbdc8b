import type { HiddenText, Page } from '../model.ts'
import { piecesOf } from '../pieces.ts'
import { linesOfPage, textOf } from '../text.ts'

/** Where nobody expects to see them on the page. */
const BESIDE_THE_PAGE: readonly HiddenText['reason'][] = ['comment', 'property']
/** An old OCR's words lie unseen over the scan or beneath it. */
const OF_SCANS: readonly HiddenText['reason'][] = ['invisible', 'covered', 'off-page']

/**
 * What the text layer of a page that was read by OCR says and the page does not show: a reader of the file would take it for the page's
 * words, and nobody sees it. Lines are compared by pieces, for either reading has its slips.
 */
export function unbelievedTexts(layer: Page, read: Page): HiddenText[] {
  const shown = new Set(
    [read, ...(read.facing ? [read.facing] : [])].flatMap((page) => piecesOf(linesOf(page).join(''))),
  )
  const isMissing = (text: string) => {
    const pieces = piecesOf(text)
    return pieces.length > 0 && pieces.filter((piece) => shown.has(piece)).length < pieces.length / 2
  }
  const lines = linesOf(layer).map((text): HiddenText => ({ text, reason: 'unbelieved', box: null }))
  const hidden = layer.hidden.map(
    ({ text, reason }): HiddenText => ({
      text,
      reason: OF_SCANS.includes(reason) ? 'unbelieved' : reason,
      box: null,
    }),
  )
  return [...lines, ...hidden].filter(({ text, reason }) => BESIDE_THE_PAGE.includes(reason) || isMissing(text))
}

/** The lines of a page as texts, in reading order. */
export const linesOf = (page: Page): string[] => linesOfPage(page).map(textOf)
