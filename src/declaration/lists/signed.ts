import type { Box, Page } from '../../documents/model.ts'
import { cellText, type GridCell } from '../layout/grid.ts'
import type { FieldReading } from '../schema.ts'
import { confidenceOf, evidenceOfBox, wholeOf } from '../text/passage.ts'

/** How sure it is that a cell in which nothing was found is empty. */
const NOTHING = 0.9
/** Strokes less sure than this may be print that was not read. */
const SEEN = 0.5
/**
 * Strokes are a hand's where no print stands: so long (mm), so broad and high (points), and so many times as long as the way
 * through them, which a hair or a slash goes but once.
 */
const WRITTEN = { length: 10, side: 8, winding: 1.25, confidence: 0.85 }
/** A cross or a ring that strikes a place out is as high as wide within this ratio, no larger (points), and winds less than a name. */
const STRUCK = { ratio: 1.43, most: 23, winding: 2.2 }
const PER_MM = 72 / 25.4
/** A sign or two read less surely than this may be what a pen wrote; two characters may be a name in print. */
const PRINT = { certainty: 0.75, unsure: /^(?!\p{Script=Han}{2})\S{1,2}$/u }
/** Share of the strokes' box in the cell, or of the cell's width under the strokes: a pen keeps to no border. */
const INSIDE = 0.4
const ACROSS = 0.35

/**
 * Whether a cell of a column for signatures is signed: pen strokes on a scan, or a picture set there. Nothing is said of
 * pages without paper, nor of a cell with print, which may be a neat hand.
 */
export function readSignedCell(cell: GridCell | undefined, heading: string): FieldReading | undefined {
  const frames = cell?.frames.filter(({ place }) => place.page.source === 'ocr' || place.page.pictures.length > 0) ?? []
  const [first] = frames
  if (!cell || !first?.box) return undefined
  const raw = cellText(cell)
  const isBare = raw === '' || (PRINT.unsure.test(raw) && confidenceOf(wholeOf(cell.passage)) < PRINT.certainty)
  for (const { place, box } of frames) {
    const [mark] = box ? marksIn(place.page, box, isBare) : []
    if (mark) {
      const { confidence, chop } = mark
      const text = markText(chop)
      const evidence = [evidenceOfBox(place, mark.box, text)]
      return { ...(confidence < SEEN ? {} : { value: true }), raw: text, confidence, evidence }
    }
  }
  const evidence = [evidenceOfBox(first.place, first.box, heading)]
  return raw === '' ? { value: false, raw, confidence: NOTHING, evidence } : { raw, confidence: NOTHING, evidence }
}

/** What is said to stand in a place to sign; whether the stamp of a name will do, no notice says. */
export const markText = (chop?: true): string => (chop ? '疑似名章或红笔签名，请核对' : '签名')

type Mark = { box: Box; chop?: true; confidence: number }

/** The surest first. `isBare`: no print stands in the cell. */
function marksIn({ handwriting, pictures, source }: Page, cell: Box, isBare: boolean): Mark[] {
  const marks = source === 'ocr' ? handwriting : pictures.map((box) => ({ box, confidence: 0.7 }))
  return marks
    .filter(({ box }) => liesIn(box, cell))
    .map((mark) =>
      isBare && isWritten(mark) ? { ...mark, confidence: Math.max(WRITTEN.confidence, mark.confidence) } : mark,
    )
    .toSorted((a, b) => b.confidence - a.confidence)
}

function isWritten({ box, chop, length = 0 }: Mark & { length?: number }): boolean {
  const [least, most] = [Math.min(box.width, box.height), Math.max(box.width, box.height)]
  const { winding } = most <= STRUCK.most && most <= STRUCK.ratio * least ? STRUCK : WRITTEN
  return !chop && least >= WRITTEN.side && length >= Math.max(WRITTEN.length, (winding * (least + most)) / PER_MM)
}

function liesIn(mark: Box, cell: Box): boolean {
  const width = Math.min(mark.x + mark.width, cell.x + cell.width) - Math.max(mark.x, cell.x)
  const height = Math.min(mark.y + mark.height, cell.y + cell.height) - Math.max(mark.y, cell.y)
  if (width <= 0 || height <= 0) return false
  return (
    width * height >= INSIDE * mark.width * mark.height || (width >= ACROSS * cell.width && height >= 0.8 * cell.height)
  )
}
