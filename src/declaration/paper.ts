import type { Box, Document, Page } from '../documents/model.ts'
import { boxOfRange, unite } from '../documents/text.ts'
import { type Book, note } from './book.ts'
import type { Field, Walk } from './form/field.ts'
import type { Pledge } from './form/pledge.ts'
import type { Item } from './layout/flow.ts'
import type { List } from './lists/rows.ts'
import type { FieldReading } from './schema.ts'
import { evidenceOfBox, type Piece, type Place, shareOf } from './text/passage.ts'

export type Scene = { items: Item[]; walk: Walk; lists: List[]; pledge: Pledge | null; cover: Place | null; book: Book }

type Region = { place: Place; box: Box }

/** How sure it is that nothing stands where nothing was found. */
const NOTHING = 0.8
/** A signature may stand this far right of its label, above and below it (points). */
const REACH = { right: 230, above: 26, below: 34 }
const SIGN = /签\s*[名字章]|承\s*诺\s*人/g

/**
 * Seals and signatures, which only paper has: nothing is said of them for documents without a scanned page. A signature is
 * pen strokes beside its label; a name in print there is none.
 */
export function readPaper(documents: Document[], scene: Scene): void {
  if (!documents.some((document) => document.paper)) return
  const opinions = opinionRegions(scene.walk.fields)
  for (const [path, regions] of opinions) noteSeal(scene.book, path, regions, opinions)
  if (scene.cover) noteCover(scene, scene.cover)
  const spots = signSpots(scene)
  for (const [path, regions] of spots) noteSignature(scene.book, path, regions)
}

/** Every red seal with its place. */
export function sealsOf(
  documents: Document[],
): { page: number; box: [number, number, number, number] | null; text?: string; document?: number }[] {
  return documents.flatMap((document, index) =>
    document.pages.flatMap((page) =>
      page.seals.map((seal) => ({
        page: page.number,
        box: shareOf(seal.box, page),
        ...(seal.text ? { text: seal.text } : {}),
        ...(documents.length > 1 ? { document: index } : {}),
      })),
    ),
  )
}

const OPINIONS: Record<string, string> = {
  'unitOpinion.text': 'unitOpinion.sealed',
  'higherOpinion.text': 'higherOpinion.sealed',
}

function opinionRegions(fields: Field[]): Map<string, Region[]> {
  const regions = new Map<string, Region[]>()
  for (const field of fields) {
    const path = OPINIONS[field.match.label.path ?? '']
    if (path) regions.set(path, [...(regions.get(path) ?? []), ...regionsOf(field)])
  }
  return regions
}

/** A field's label and cell, a box a page; without a cell, its lines and the room under them. */
function regionsOf(field: Field): Region[] {
  const pieces = [...field.label.passage.pieces, ...(field.value?.passage.pieces ?? [])]
  const boxes = [...pieces.map((piece) => ({ place: piece.place, box: piece.frame })), ...field.frames]
  const byPage = new Map<Page, { place: Place; boxes: (Box | null)[] }>()
  for (const { place, box } of boxes) {
    const known = byPage.get(place.page)
    if (known) known.boxes.push(box)
    else byPage.set(place.page, { place, boxes: [box] })
  }
  return [...byPage.values()].flatMap(({ place, boxes: own }) => {
    const box = unite(own)
    if (!box) return []
    return [
      {
        place,
        box: field.frames.length > 0 ? box : { x: 0, y: box.y - 10, width: place.page.width, height: box.height + 90 },
      },
    ]
  })
}

/** A seal belongs to the opinion that it covers most. */
function noteSeal(book: Book, path: string, regions: Region[], all: Map<string, Region[]>): void {
  const [first] = regions
  if (!first) return
  for (const { place, box } of regions) {
    for (const seal of place.page.seals) {
      const own = overlap(seal.box, box)
      const rival = Math.max(
        0,
        ...[...all]
          .filter(([other]) => other !== path)
          .flatMap(([, others]) =>
            others.filter((r) => r.place.page === place.page).map((r) => overlap(seal.box, r.box)),
          ),
      )
      if (own > 0 && own >= rival) {
        note(book, path, markReading(true, place, seal.box, seal.text ?? '公章', seal.confidence))
        return
      }
    }
  }
  note(book, path, markReading(false, first.place, first.box, '', NOTHING))
}

function noteCover({ book }: Scene, cover: Place): void {
  const [seal] = cover.page.seals
  const box = seal?.box ?? null
  note(book, 'cover.sealed', markReading(seal !== undefined, cover, box, seal?.text ?? '', seal?.confidence ?? NOTHING))
}

/** Where the form wants signatures, by path. */
function signSpots({ items, walk, pledge, lists }: Scene): Map<string, Region[]> {
  const spots = new Map<string, Region[]>()
  const peer = walk.fields.filter((field) => field.match.label.path?.startsWith('peerReview.'))
  const unit = walk.fields.filter((field) => OPINIONS[field.match.label.path ?? ''])
  const piecesOf = (fields: Field[]) =>
    new Set(
      fields.flatMap((field) =>
        [...field.label.passage.pieces, ...(field.value?.passage.pieces ?? [])].map((piece) => piece.line),
      ),
    )
  const [peerLines, unitLines] = [piecesOf(peer), piecesOf(unit)]
  const pledgeLines = new Set(pledge?.passage.pieces.map((piece) => piece.line) ?? [])
  const listGrids = new Set(lists.map((list) => list.grid))
  for (const item of items) {
    const pieces =
      item.kind === 'line'
        ? [item.piece]
        : listGrids.has(item.grid)
          ? formPieces(item.grid, lists)
          : item.grid.cells.flatMap((cell) => cell.passage.pieces)
    for (const piece of pieces) {
      const isPledge = pledgeLines.has(piece.line)
      const path = isPledge
        ? 'commitment.signed'
        : peerLines.has(piece.line)
          ? 'peerReview.signed'
          : unitLines.has(piece.line)
            ? null
            : 'leader.signed'
      if (!path || (path === 'leader.signed' && !/负责人|^\s*(?:本人)?签/.test(piece.flat.text))) continue
      if (path === 'leader.signed' && /单位(?:主要)?负责人|承诺书/.test(piece.flat.text)) continue
      const found = regionsBeside(piece)
      if (found.length > 0) spots.set(path, [...(spots.get(path) ?? []), ...found])
    }
  }
  return spots
}

const formPieces = (grid: List['grid'], lists: List[]): Piece[] => {
  const inLists = (row: number) => lists.some((list) => list.grid === grid && row >= list.header.from && row < list.end)
  return grid.cells.filter((cell) => !inLists(cell.row)).flatMap((cell) => cell.passage.pieces)
}

function regionsBeside(piece: Piece): Region[] {
  return [...piece.flat.text.matchAll(SIGN)].flatMap((found) => {
    const box = boxOfRange(piece.flat, found.index, found.index + found[0].length) ?? piece.line.box
    if (!box) return []
    return [
      {
        place: piece.place,
        box: {
          x: box.x - 10,
          y: box.y - REACH.above,
          width: box.width + REACH.right,
          height: box.height + REACH.above + REACH.below,
        },
      },
    ]
  })
}

function noteSignature(book: Book, path: string, regions: Region[]): void {
  const [first] = regions
  if (!first) return
  for (const { place, box } of regions) {
    const mark = markIn(place.page, box)
    if (mark) {
      note(book, path, markReading(true, place, mark.box, '签名', mark.confidence))
      return
    }
  }
  note(book, path, markReading(false, first.place, first.box, '', NOTHING))
}

/** Pen strokes mostly inside a region; on a page that was not scanned, a picture set there. */
export function markIn(page: Page, region: Box): { box: Box; confidence: number } | null {
  const strokes = page.handwriting.find((ink) => overlap(ink.box, region) > 0.4 * area(ink.box))
  if (strokes) return strokes
  const picture =
    page.source === 'ocr' ? undefined : page.pictures.find((box) => overlap(box, region) > 0.4 * area(box))
  return picture ? { box: picture, confidence: 0.7 } : null
}

export const markReading = (
  value: boolean,
  place: Place,
  box: Box | null,
  text: string,
  confidence: number,
): FieldReading => ({
  value,
  raw: text,
  confidence,
  evidence: [evidenceOfBox(place, box, text)],
})

const area = (box: Box) => box.width * box.height

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.max(0, width) * Math.max(0, height)
}
