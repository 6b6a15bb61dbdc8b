import { holdsMiddle } from '../../documents/boxes.ts'
import type { Box, Line, Page, Span } from '../../documents/model.ts'
import { boxOfRange, type FlatLine, flattenLine, unite } from '../../documents/text.ts'
import type { Evidence } from '../schema.ts'
import { columnStarts, isStart } from './column-starts.ts'

/** Where a line stands: `document` is the index among the documents of one declaration. */
export type Place = { document: number; page: Page; path?: string | undefined }

/** One line with its place; `frame` is the box of its cell, or of the line itself outside tables. */
export type Piece = { place: Place; line: Line; flat: FlatLine; frame: Box | null }

/** The lines of a cell or of a free region as one text: lines joined by `\n`, `starts[i]` is where piece `i` begins. */
export type Passage = { text: string; pieces: Piece[]; starts: number[] }

/** Part of a passage, `from` inclusive to `to` exclusive. */
export type Slice = { passage: Passage; from: number; to: number }

export function pieceOf(line: Line, place: Place, frame: Box | null = line.box): Piece {
  const starts = columnStarts(place.page)
  return { place, line, flat: flattenLine(line, (x) => isStart(x, starts)), frame }
}

export function passageOf(pieces: Piece[]): Passage {
  const starts: number[] = []
  let text = ''
  for (const piece of pieces) {
    if (starts.length > 0) text += '\n'
    starts.push(text.length)
    text += piece.flat.text
  }
  return { text, pieces, starts }
}

export const joinPassages = (passages: Passage[]): Passage =>
  passages.length === 1 && passages[0] ? passages[0] : passageOf(passages.flatMap((passage) => passage.pieces))

export const wholeOf = (passage: Passage): Slice => ({ passage, from: 0, to: passage.text.length })

export const textOfSlice = (slice: Slice): string => slice.passage.text.slice(slice.from, slice.to)

export const isBlankSlice = (slice: Slice): boolean => textOfSlice(slice).trim() === ''

/** A slice as a passage of its own: what stands around it stays out. */
export function cutOf({ passage, from, to }: Slice): Passage {
  const pieces = passage.pieces.flatMap((piece, index): Piece[] => {
    const start = passage.starts[index] ?? 0
    const [a, b] = [Math.max(0, from - start), Math.min(piece.flat.text.length, to - start)]
    if (a >= b) return []
    return [{ ...piece, flat: { text: piece.flat.text.slice(a, b), origins: piece.flat.origins.slice(a, b) } }]
  })
  return passageOf(pieces)
}

/** The parts of a slice, one a line: the piece and the range within its flat text. */
export function partsOf(slice: Slice): { piece: Piece; from: number; to: number }[] {
  const parts: { piece: Piece; from: number; to: number }[] = []
  for (const [index, piece] of slice.passage.pieces.entries()) {
    const start = slice.passage.starts[index] ?? 0
    const from = Math.max(slice.from - start, 0)
    const to = Math.min(slice.to - start, piece.flat.text.length)
    if (from < to) parts.push({ piece, from, to })
  }
  return parts
}

/** The least certain character's certainty over the slice; 1 for an empty one. */
export function confidenceOf(slice: Slice): number {
  let least = 1
  for (const { piece, from, to } of partsOf(slice)) {
    for (const origin of piece.flat.origins.slice(from, to)) {
      if (origin) least = Math.min(least, certaintyAt(origin.span, origin.offset))
    }
  }
  return least
}

const certaintyAt = ({ text, certainties, confidence }: Span, offset: number): number =>
  text[offset] === ' ' ? 1 : (certainties?.[offset] ?? confidence)

export const isOcr = (slice: Slice): boolean => partsOf(slice).some(({ piece }) => piece.place.page.source === 'ocr')

/** The slice without white space and rule characters at both ends. */
export function trimSlice(slice: Slice): Slice {
  const { text } = slice.passage
  let { from, to } = slice
  const isPadding = (index: number) => /[\s_＿‗﹍﹎]/u.test(text[index] ?? '')
  while (from < to && isPadding(from)) from++
  while (to > from && isPadding(to - 1)) to--
  return { passage: slice.passage, from, to }
}

/** Whether something that was not read stands within a box of the page: it is not blank. */
export const hidesPrint = (place: Place, box: Box | null): boolean =>
  box !== null && (place.page.unread ?? []).some((ink) => holdsMiddle(box, ink))

type Spot = { place: Place; boxes: (Box | null)[]; texts: string[] }

/**
 * One entry a page for the slices, in order. An empty slice (a blank value) shows the frame of the cell it stands in.
 * `prefix` stands before the text, for a label that is far away, such as a column's heading.
 */
export function evidenceOf(slices: Slice[], prefix = ''): Evidence[] {
  const spots = new Map<string, Spot>()
  for (const slice of slices) {
    for (const { piece, from, to } of partsOf(slice)) {
      const text = piece.flat.text.slice(from, to).trim()
      if (text === '') continue
      addSpot(spots, piece.place, boxOfRange(piece.flat, from, to) ?? piece.frame, text)
    }
  }
  const entries = [...spots.values()].map(({ place, boxes, texts }, index) =>
    entryOf(place, unite(boxes), `${index === 0 ? prefix : ''}${texts.join(' ')}`),
  )
  return entries
}

/** Evidence for a box that holds no text, such as an empty cell. */
export const evidenceOfBox = (place: Place, box: Box | null, text: string): Evidence => entryOf(place, box, text)

function addSpot(spots: Map<string, Spot>, place: Place, box: Box | null, text: string): void {
  const key = `${place.document}/${place.page.number}/${box ? '' : (place.path ?? '')}`
  const spot = spots.get(key)
  if (!spot) spots.set(key, { place, boxes: [box], texts: [text] })
  else {
    spot.boxes.push(box)
    spot.texts.push(text)
  }
}

function entryOf(place: Place, box: Box | null, text: string): Evidence {
  return {
    document: place.document,
    page: place.page.number,
    box: box && shareOf(box, place.page),
    text,
    ...(place.path ? { path: place.path } : {}),
  }
}

/** A box in points as shares of its page, kept inside the page; null where the page has no geometry. */
export function shareOf(box: Box, page: Page): [number, number, number, number] | null {
  if (page.width <= 0 || page.height <= 0) return null
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  const round = (value: number) => Math.round(value * 1e5) / 1e5
  const left = clamp(box.x / page.width)
  const top = clamp(box.y / page.height)
  const right = clamp((box.x + box.width) / page.width)
  const bottom = clamp((box.y + box.height) / page.height)
  return [round(left), round(top), round(right - left), round(bottom - top)]
}
