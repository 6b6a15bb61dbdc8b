import type { Box, Page } from '../../documents/model.ts'
import { cellText, type GridCell } from '../layout/grid.ts'
import type { FieldReading } from '../schema.ts'
import { evidenceOfBox } from '../text/passage.ts'

/** How sure it is that a cell in which nothing was found is empty. */
const NOTHING = 0.9
/** Strokes less sure than this may be print that was not read. */
const SEEN = 0.5
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
  for (const { place, box } of frames) {
    const [mark] = box ? marksIn(place.page, box) : []
    if (mark)
      return {
        ...(mark.confidence < SEEN ? {} : { value: true }),
        raw: '签名',
        confidence: mark.confidence,
        evidence: [evidenceOfBox(place, mark.box, '签名')],
      }
  }
  const evidence = [evidenceOfBox(first.place, first.box, heading)]
  return raw === '' ? { value: false, raw, confidence: NOTHING, evidence } : { raw, confidence: NOTHING, evidence }
}

/** The surest first. */
function marksIn({ handwriting, pictures, source }: Page, cell: Box): { box: Box; confidence: number }[] {
  const marks = source === 'ocr' ? handwriting : pictures.map((box) => ({ box, confidence: 0.7 }))
  return marks.filter(({ box }) => liesIn(box, cell)).toSorted((a, b) => b.confidence - a.confidence)
}

function liesIn(mark: Box, cell: Box): boolean {
  const width = Math.min(mark.x + mark.width, cell.x + cell.width) - Math.max(mark.x, cell.x)
  const height = Math.min(mark.y + mark.height, cell.y + cell.height) - Math.max(mark.y, cell.y)
  if (width <= 0 || height <= 0) return false
  return (
    width * height >= INSIDE * mark.width * mark.height || (width >= ACROSS * cell.width && height >= 0.8 * cell.height)
  )
}
