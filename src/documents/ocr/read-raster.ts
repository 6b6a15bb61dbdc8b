import { meet } from '../boxes.ts'
import { assembleBlocks } from '../layout/assemble.ts'
import type { Box, Page, Raster, Seal } from '../model.ts'
import type { OcrEngine, OcrLine } from '../ports.ts'
import { alignCells } from './align-cells.ts'
import { findCells } from './cells.ts'
import { clearCopy, findPrint } from './clear-copy.ts'
import { findDigitsUnderStamps } from './digits-under-stamps.ts'
import { doubtUnderStamps } from './doubt-under-stamps.ts'
import { dropStrokes } from './drop-strokes.ts'
import { ghostsOn } from './ghosts.ts'
import { findHandwriting } from './handwriting.ts'
import { dropSpecks, findInk, subtract } from './ink.ts'
import { markCheckboxes } from './mark-checkboxes.ts'
import { markTicks } from './mark-ticks.ts'
import { leanPage } from './move-page.ts'
import { findChops, nameChops } from './name-chops.ts'
import { settleForms } from './old-forms.ts'
import { scaleOf } from './page-size.ts'
import { settlePunctuation } from './punctuation.ts'
import { shrinkTo, toGrey, toRgb } from './raster.ts'
import { readStrips, readWholePage } from './read-lines.ts'
import { readUnderPen } from './read-under-pen.ts'
import { findStamps, isColourless, redness, removeRed } from './red.ts'
import { rulingInk } from './ruling-ink.ts'
import { findRulings } from './rulings.ts'
import { readDarkSeals } from './seal/dark-seals.ts'
import { readSeal } from './seal/read-seal.ts'
import { findSeals } from './seals.ts'
import { findSolids } from './solids.ts'
import { dropDirt } from './specks.ts'
import { standUpright } from './stand-upright.ts'
import { levelStrip, typeHeight } from './strips.ts'
import { levelBox, meanCertainty, scaleBox, toSpan, turnBox } from './to-page.ts'
import { markUnknown } from './unknown-characters.ts'
import { findUnread } from './unread.ts'

/** Longer side in pixels above which a page is made smaller: A4 at 220 dpi reads as well as at 300. */
const LONGEST = 2600
/** Usual height of characters where no line tells it, in millimetres: 10.5 pt. */
const USUAL_TYPE = 3.7
/** Specks of at most this many pixels on a page of 8 pixels a millimetre are dirt. */
const SPECK = 3
/** Hair-thin boxes and rings are this share darker than the paper around them, or more. */
const FAINT = 0.07
/** Strokes less surely written may be print that was not read. */
const WRITTEN = 0.5
const RIM_TEXT = { length: 4, confidence: 0.9 }

/**
 * Reads a scanned or photographed page: text with certainties, tables by their ruling lines, checkboxes, seals and
 * handwriting. The page comes as a person would hold it; `turn` tells how the raster had to be turned. Boxes in points.
 */
export async function readRaster(given: Raster, ports: { ocr: OcrEngine }): Promise<Omit<Page, 'number'>> {
  const { ocr } = ports
  const small = shrinkTo(toRgb(given), LONGEST)
  const { perMm, points } = scaleOf(small)
  const red = redness(small)
  const stamps = red ? findStamps(red, perMm) : []
  const found = red ? findSeals(red, perMm, stamps) : []
  const seals: Seal[] = []
  for (const { box, ellipse, confidence } of found)
    seals.push({ box, ...(ocr.strips ? await readSeal(small, red, ellipse, ocr.strips) : null), confidence })
  const framed = red ? findChops(red, perMm).filter((box) => !stamps.some((stamp) => meet(stamp, box))) : []
  const stamped = [...stamps, ...framed, ...seals.map((seal) => seal.box)]
  const cleaned = removeRed(small, stamped, 2 * perMm)

  const colourless = isColourless(small)

  const upright = await standUpright(colourless ? dropDirt(cleaned, perMm) : cleaned, ocr)
  const { turn, slope } = upright
  const onLevel = stamped.map((box) => levelBox(turnBox(box, small, turn), upright.raster, slope))
  const wholeInk = findInk(toGrey(upright.raster))
  const copy = colourless ? clearCopy(upright.raster, wholeInk, upright.strips, perMm) : null
  const { raster, ink: allInk } = copy ?? { ...upright, ink: wholeInk }
  const strips = copy && ocr.strips ? await findPrint(copy, ocr.strips) : upright.strips
  const grey = toGrey(raster)
  const underStamps = [...onLevel, ...(copy?.rings ?? [])]
  const solids = findSolids(allInk, perMm)
  const mayRule = rulingInk(allInk, perMm, solids)
  const { barrier, lines: rulings } = findRulings(mayRule.ink, perMm, underStamps, grey)
  const ink = dropSpecks(subtract(allInk, barrier), SPECK)
  const cells = findCells(barrier, perMm)
  const type = typeHeight(strips, USUAL_TYPE * perMm)
  const prepared = { raster, ink, cells, type, ...(copy ? { stamped: copy } : {}) }
  const read = ocr.strips ? await readStrips(prepared, ocr.strips, strips) : await readWholePage(prepared, ocr)

  const isGhost = ghostsOn(
    grey,
    read.map(({ line }) => line),
  )
  const printed = read.filter(
    ({ line }) => !isRimText(line, onLevel) && !copy?.isOfSeal(levelStrip(line.box)) && !isGhost(line),
  )
  const { lines, checkboxes } = await markCheckboxes(
    printed,
    ink,
    cells,
    perMm,
    dropSpecks(subtract(findInk(grey, FAINT), barrier), SPECK),
    solids,
  )
  const { handwriting: strokes, seals: rings } = findHandwriting({
    raster: upright.raster,
    ink: copy ? dropSpecks(subtract(wholeInk, barrier), SPECK) : ink,
    rulings: barrier,
    lines,
    checkboxes,
    stamps: onLevel,
    chops: mayRule.chops,
    cells,
    type,
    perMm,
  })
  const unsealed = stamps.length + framed.length
  const chops = nameChops([...onLevel.slice(0, unsealed), ...mayRule.chops], onLevel.slice(unsealed), perMm)
  const handwriting = [...strokes, ...chops]
  const width = raster.width * points
  const height = raster.height * points
  const placed = <T extends { box: Parameters<typeof scaleBox>[0] }>(thing: T): T => ({
    ...thing,
    box: scaleBox(thing.box, points),
  })
  const pen = handwriting.filter(({ confidence }) => confidence >= WRITTEN)
  const written = pen.map(({ box }) => box)
  const all = await readUnderPen(raster, pen, lines, { ocr, perMm, cells })
  const stars = copy ? { ...ink, data: ink.data.map((value, i) => value | (copy.stars.data[i] ?? 0)) } : ink
  const marked = markUnknown(dropStrokes(all, written), stars, { cells, avoid: [...written, ...onLevel] })
  const text = copy ? doubtUnderStamps(findDigitsUnderStamps(marked, ink, copy.stamp), copy.stamp) : marked
  const spans = text.map((line) => toSpan(settlePunctuation(settleForms(markTicks(line, ink)), ink), points))
  const dark = colourless && ocr.strips ? await readDarkSeals(upright.raster, rings, ocr.strips) : []
  const inPoints = (boxes: Box[]) => boxes.map((box) => scaleBox(box, points))
  const { blocks } = assembleBlocks({
    spans,
    cells: inPoints(alignCells(cells, perMm)),
    shapes: inPoints(cells),
    width,
    height,
  })
  const page = {
    width,
    height,
    source: 'ocr' as const,
    engine: ocr.name,
    ...(turn === 0 ? {} : { turn }),
    ...(colourless ? { colourless } : {}),
    confidence: meanCertainty(lines),
    blocks,
    rulings: rulings.map(({ x1, y1, x2, y2 }) => ({
      x1: x1 * points,
      y1: y1 * points,
      x2: x2 * points,
      y2: y2 * points,
    })),
    checkboxes: checkboxes.map(placed),
    seals: [
      ...seals.map((seal) => ({ ...seal, box: turnBox(seal.box, small, turn) })),
      ...dark.map((seal) => ({ ...seal, box: levelBox(seal.box, raster, -slope) })),
    ].map(placed),
    handwriting: handwriting.map(placed),
    unread: findUnread(ink, cells, text, prepared.type).map((box) => scaleBox(box, points)),
    pictures: [],
    hidden: [],
  }
  return leanPage(page, slope)
}

/** What is left of the words on a stamp reads as a few unsure characters. */
function isRimText(line: OcrLine, stamps: Box[]): boolean {
  const x = line.box.x + line.box.width / 2
  const y = line.box.y + line.box.height / 2
  const within = stamps.some((box) => x > box.x && y > box.y && x < box.x + box.width && y < box.y + box.height)
  return within && line.text.length <= RIM_TEXT.length && line.confidence < RIM_TEXT.confidence
}
