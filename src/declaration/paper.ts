import { sharedArea } from '../documents/boxes.ts'
import type { Box, Document, Page } from '../documents/model.ts'
import { boxOfRange, linesOfPage, textOf, unite } from '../documents/text.ts'
import { type Book, note } from './book.ts'
import type { Field, Walk } from './form/field.ts'
import type { Pledge } from './form/pledge.ts'
import type { Item } from './layout/flow.ts'
import type { List } from './lists/rows.ts'
import { markText } from './lists/signed.ts'
import type { FieldReading } from './schema.ts'
import {
  evidenceOfBox,
  type Passage,
  type Piece,
  type Place,
  partsOf,
  passageOf,
  type Slice,
  shareOf,
} from './text/passage.ts'

export type Scene = { items: Item[]; walk: Walk; lists: List[]; pledge: Pledge | null; cover: Place | null; book: Book }

/** What is said of a place for a seal where none was found. */
type Unsealed = { value: false | undefined; confidence: number }

type Region = { place: Place; box: Box }

/** Where a signature is wanted. `scrap`: what was read there may be a hand's. */
type Spot = Region & { scrap: boolean }

/** How sure it is that nothing stands where nothing was found. */
const NOTHING = 0.8
/** Scans without colour show no red seal: whether there is one cannot be told. */
const UNSEEN: Unsealed = { value: undefined, confidence: 0.4 }
const UNSEALED: Unsealed = { value: false, confidence: NOTHING }
/** A signature may stand this far right of its label, above and below it, and begin this far before it (points). */
const REACH = { right: 230, left: 15, above: 26, below: 34 }
const SEAL_PLACE = /[盖公签印]\s*章|[（(][^（()）]{0,3}章\s*[）)]/
/** How sure it is that a seal pasted into Word stands where its page wants one; and when the page wants more than it has. */
const PASTED = 0.85
const UNSURE = 0.6
/** The same of a seal's words that the page's edge cuts off. */
const NOT_WHOLE = 0.3
const SIGN = /签\s*[名字章]|承\s*诺\s*人/g
/** A sign or two behind the label, no mere dots: what was read of a hand that writes as small and as square as print. */
const SCRAP =
  /^[)）\]】]?\s*[:：]\s*(?!(?:[盖公签]\s*章|手印|日期|[年月]\s*[月日]|单位|电话)\s*(?:\n|$))(?=\S?[\p{L}\p{N}=])\S{1,2}\s*(?=\n|$)/u
/** Words this much higher than the label before them, and read less surely than print is, may be a hand's. */
const HAND = { higher: 1.5, certainty: 0.9 }
/** Characters before these words that tell whose signature is wanted. */
const LEAD = 14
/** A cell with no more characters is only a label; one higher than this (points) holds more than a signature. */
const LABEL = 16
const CELL = 150

/**
 * Seals and signatures, which only paper has: nothing is said of them for documents without a scanned page. A signature is
 * pen strokes beside its label; a name in print there is none.
 */
export function readPaper(documents: Document[], scene: Scene): void {
  if (!documents.some((document) => document.paper)) return
  const opinions = opinionRegions(scene.walk.fields)
  const unsealed = hasColour(documents) ? UNSEALED : UNSEEN
  for (const [path, regions] of opinions) noteSeal(scene.book, path, regions, opinions, unsealed)
  const unplaced = unplacedOpinions(scene.walk.fields, scene.cover)
  noteUnplacedSeals(scene, unplaced)
  if (scene.cover && !unplaced.has('cover.sealed')) noteCover(scene, scene.cover, unsealed)
  const spots = signSpots(scene)
  for (const [path, regions] of spots) noteSignature(scene.book, path, regions)
}

/** A colour scanner shows on one page or another; what it did not see on a page without colour may still be red. */
export function hasColour(documents: Document[]): boolean {
  const scans = documents.flatMap(({ pages }) => pages.filter(({ source }) => source === 'ocr'))
  return scans.length === 0 || scans.some(({ colourless }) => !colourless)
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

/** How the words on the seals were read, by path. */
export function sealReadings(documents: Document[]): Record<string, FieldReading> {
  const found = documents.flatMap(({ pages }, document) =>
    pages.flatMap((page) => page.seals.map((seal) => ({ document, page, seal }))),
  )
  return Object.fromEntries(
    found.flatMap(({ document, page, seal: { text, box, rim, view } }, i) => {
      if (!text) return []
      const evidence = [{ document, page: page.number, box: shareOf(box, page), text }]
      const sure = rim ? Math.min(0.99, ...rim.map(([best]) => best?.share ?? 0)) : 1
      const confidence = view === 'part' ? Math.min(NOT_WHOLE, sure) : sure
      const reading = { value: text, raw: text, confidence, evidence }
      return [[`seals[${i}].text`, { ...reading, ...(rim ? { places: rim } : {}), ...(view ? { view } : {}) }]]
    }),
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
function noteSeal(book: Book, path: string, regions: Region[], all: Map<string, Region[]>, unsealed: Unsealed): void {
  const [first] = regions
  if (!first) return
  for (const { place, box } of regions) {
    for (const seal of place.page.seals) {
      const own = sharedArea(seal.box, box)
      const rival = Math.max(
        0,
        ...[...all]
          .filter(([other]) => other !== path)
          .flatMap(([, others]) =>
            others.filter((r) => r.place.page === place.page).map((r) => sharedArea(seal.box, r.box)),
          ),
      )
      if (own > 0 && own >= rival) {
        note(book, path, markReading(true, place, seal.box, seal.text ?? '公章', seal.confidence))
        return
      }
    }
  }
  const confidence = isSealBeside(path, regions, all) ? Math.min(unsealed.confidence, UNSURE) : unsealed.confidence
  note(book, path, markReading(unsealed.value, first.place, first.box, '', confidence))
}

/** A cell misread on a leaning page gives its seal to its neighbour. */
function isSealBeside(path: string, regions: Region[], all: Map<string, Region[]>): boolean {
  const pages = regions.map(({ place }) => place.page)
  return [...all]
    .flatMap(([other, theirs]) => (other === path ? [] : theirs))
    .filter(({ place }) => pages.includes(place.page))
    .some(({ place, box }) => place.page.seals.some((seal) => sharedArea(seal.box, box) > 0))
}

/** A cover that prints no place for a seal lacks none. */
function noteCover({ book }: Scene, cover: Place, unsealed: Unsealed): void {
  const [seal] = cover.page.seals
  if (!seal && !asksForSeal(cover.page)) return
  const box = seal?.box ?? null
  note(
    book,
    'cover.sealed',
    markReading(seal ? true : unsealed.value, cover, box, seal?.text ?? '', seal?.confidence ?? unsealed.confidence),
  )
}

const asksForSeal = (page: Page): boolean => linesOfPage(page).some((line) => SEAL_PLACE.test(textOf(line)))

/**
 * Word files have no geometry: a picture of a seal counts for what its page wants sealed, surely when there is one for each.
 * Nothing is said of a Word file in which no seal was pasted.
 */
function noteUnplacedSeals({ book }: Scene, unplaced: Map<string, Place>): void {
  const wanted = [...unplaced]
  if (!wanted.some(([, { page }]) => page.seals.length > 0)) return
  for (const [path, place] of wanted) {
    const { seals } = place.page
    const wants = wanted.filter(([, other]) => other.page === place.page).length
    const confidence = seals.length >= wants ? PASTED : UNSURE
    note(book, path, markReading(seals.length > 0, place, null, seals[0]?.text ?? '', confidence))
  }
}

/** Opinions, and the cover beside them, on pages without geometry. */
function unplacedOpinions(fields: Field[], cover: Place | null): Map<string, Place> {
  const places = new Map<string, Place>()
  if (cover?.page.source === 'docx' && cover.page.seals.length > 0) places.set('cover.sealed', cover)
  for (const field of fields) {
    const path = OPINIONS[field.match.label.path ?? '']
    const place = field.label.passage.pieces[0]?.place
    if (path && place?.page.source === 'docx') places.set(path, place)
  }
  return places
}

/** Where the form wants signatures, by path. */
function signSpots({ items, walk, pledge, lists }: Scene): Map<string, Spot[]> {
  const spots = new Map<string, Spot[]>()
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
  for (const item of items) {
    const passages =
      item.kind === 'line' ? [passageOf([item.piece])] : formCells(item.grid, lists).map((cell) => cell.passage)
    for (const passage of passages) {
      for (const { slice, region } of regionsBeside(passage)) {
        const line = partsOf(slice)[0]?.piece.line
        if (!line) continue
        const path = pledgeLines.has(line)
          ? 'commitment.signed'
          : peerLines.has(line)
            ? 'peerReview.signed'
            : unitLines.has(line)
              ? leaderOf(passage, slice)
              : signerOf(passage, slice)
        if (path) spots.set(path, [...(spots.get(path) ?? []), region])
      }
    }
  }
  return spots
}

/** Whose signature a label outside of opinions and pledges wants, by its own words. */
function signerOf(passage: Passage, slice: Slice): string | null {
  const lead = passage.text.slice(Math.max(0, slice.from - LEAD), slice.to).replace(/\s/g, '')
  if (/项目负责人(?:手写)?(?:签|承)[^签]*$/.test(lead)) return 'leader.signed'
  if (/专家|评[议审]人|推荐人|同行/.test(lead)) return 'peerReview.signed'
  if (/单位|部门|科室|法人|承诺书/.test(lead)) return null
  return /负责人|^(?:本人)?签/.test(lead) ? 'leader.signed' : null
}

/** A unit's opinion may have a place for the leader beside that for the unit. */
const leaderOf = (passage: Passage, slice: Slice): string | null =>
  /项目(?:申[报办]|申请)?(?:负责|主持)人[^。；]{0,6}$/.test(
    passage.text.slice(Math.max(0, slice.from - LEAD), slice.from).replace(/\s/g, ''),
  )
    ? 'leader.signed'
    : null

const formCells = (grid: List['grid'], lists: List[]): List['grid']['cells'] =>
  grid.cells.filter(({ row }) => !lists.some((list) => list.grid === grid && row >= list.header.from && row < list.end))

/** Where a passage asks for signatures: beside the words, and as high as the cell where they fill one. */
function regionsBeside(passage: Passage): { slice: Slice; region: Spot }[] {
  return [...passage.text.matchAll(SIGN)].flatMap((found) => {
    const slice = { passage, from: found.index, to: found.index + found[0].length }
    const parts = partsOf(slice)
    const [first] = parts
    if (!first) return []
    const box = unite(parts.map(({ piece, from, to }) => boxOfRange(piece.flat, from, to) ?? piece.line.box))
    if (!box) return []
    const { frame, place } = first.piece
    const isLabel = passage.text.replace(/\s/g, '').length <= LABEL
    const high = isLabel && frame && frame.height <= CELL ? frame : null
    const top = Math.min(box.y - REACH.above, high?.y ?? box.y)
    const bottom = Math.max(box.y + box.height + REACH.below, high ? high.y + high.height : 0)
    const left = Math.min(box.x - 10, labelStart(first.piece, first.from) - REACH.left)
    return [
      {
        slice,
        region: {
          place,
          box: { x: left, y: top, width: box.x + box.width + REACH.right - left - 10, height: bottom - top },
          scrap: SCRAP.test(passage.text.slice(slice.to)) || isHandBehind(place.page, box),
        },
      },
    ]
  })
}

/** Whether what was read behind a label is written larger than it, as no form prints it. */
const isHandBehind = (page: Page, label: Box): boolean =>
  page.source === 'ocr' &&
  linesOfPage(page)
    .flatMap(({ spans }) => spans)
    .some(({ box, confidence }) => {
      if (!box || confidence >= HAND.certainty || box.height < HAND.higher * label.height) return false
      const [gap, middle] = [box.x - label.x - label.width, label.y + label.height / 2]
      return gap > -label.height && gap < REACH.right && middle > box.y && middle < box.y + box.height
    })

/** Where the words that ask for a signature begin, over which it may be written: after a stop, or another such label. */
function labelStart(piece: Piece, at: number): number {
  const lead = piece.flat.text.slice(0, at)
  if (new RegExp(SIGN.source).test(lead)) return Number.POSITIVE_INFINITY
  const words = /[^\s。；;：:，,、）)]*$/.exec(lead)?.[0].length ?? 0
  return boxOfRange(piece.flat, at - words, at)?.x ?? Number.POSITIVE_INFINITY
}

function noteSignature(book: Book, path: string, regions: Spot[]): void {
  const [first] = regions
  if (!first) return
  const marks = regions.flatMap(({ place, box }) => marksIn(place.page, box).map((mark) => ({ ...mark, place })))
  const [best] = marks.toSorted((a, b) => b.confidence - a.confidence)
  const scrap = regions.find((region) => region.scrap)
  if (!best && scrap) note(book, path, markReading(undefined, scrap.place, scrap.box, '', UNSEEN.confidence))
  else if (!best) note(book, path, markReading(false, first.place, first.box, '', NOTHING))
  else
    note(
      book,
      path,
      markReading(
        best.confidence < SEEN ? undefined : true,
        best.place,
        best.box,
        markText(best.chop),
        best.confidence,
      ),
    )
}

/** Strokes less sure than this may be print that was not read: whether they are a signature is for a person. */
const SEEN = 0.5

/** Pen strokes mostly inside a region; on a page that was not scanned, pictures set there. */
function marksIn(page: Page, region: Box): { box: Box; chop?: true; confidence: number }[] {
  const isInside = (box: Box) => sharedArea(box, region) > 0.4 * area(box)
  const strokes = page.handwriting.filter(({ box }) => isInside(box))
  if (strokes.length > 0 || page.source === 'ocr') return strokes
  return page.pictures.filter(isInside).map((box) => ({ box, confidence: 0.7 }))
}

const markReading = (
  value: boolean | undefined,
  place: Place,
  box: Box | null,
  text: string,
  confidence: number,
): FieldReading => ({
  ...(value === undefined ? {} : { value }),
  raw: text,
  confidence,
  evidence: [evidenceOfBox(place, box, text)],
})

const area = (box: Box) => box.width * box.height
