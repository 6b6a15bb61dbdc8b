import { attribute, characters, child, descendant, type Xml } from './xml.ts'

/** Points from where a paragraph or a box would stand: beyond these no part of it is on the largest page a form is written on (A3, either way). */
const BEYOND = { right: 1200, left: -600 }
const TWIPS = 20
const EMU = 12_700

/** Whether a paragraph is indented or framed off the page. */
export function isParagraphOffPage(properties: Xml | undefined): boolean {
  const indent = child(properties, 'w:ind')
  const frame = child(properties, 'w:framePr')
  const left = attribute(indent, 'left') ?? attribute(indent, 'start')
  return [left, attribute(indent, 'firstLine'), attribute(frame, 'x'), attribute(frame, 'y')].some((twips) =>
    isBeyond(Number(twips ?? 0) / TWIPS),
  )
}

/** Whether a floating drawing stands off the page. */
export function isDrawingOffPage(drawing: Xml): boolean {
  return ['wp:positionH', 'wp:positionV'].some((name) => {
    const position = descendant(drawing, name)
    const offset = position && child(position, 'wp:posOffset')
    return offset !== undefined && isBeyond(Number(characters(offset)) / EMU)
  })
}

const isBeyond = (points: number): boolean => points > BEYOND.right || points < BEYOND.left
