import type { Box, Handwriting, Raster, Seal } from '../model.ts'
import type { StripReader } from '../ports.ts'
import { findComponents } from './components.ts'
import { dropSpecks } from './ink.ts'
import { shrinkTo, toGrey, toRgb } from './raster.ts'
import { findStamps, redness } from './red.ts'
import { readSeal } from './seal/read-seal.ts'
import { findSeals } from './seals.ts'

const MM = 72 / 25.4
/** Pixels of the longer side at which a picture shows all that is looked for. */
const LONGEST = 1200
/** Sides of a signature's picture in millimetres. */
const SIGNATURE = { width: { least: 6, most: 110 }, height: { least: 3, most: 60 } }
/** Pen strokes cover this share of the picture of a signature … */
const COVER = { least: 0.004, most: 0.35 }
/** … are this wide in millimetres at most, on the mean, and hang together in this many pieces at most. */
const STROKE = 1.8
const PIECES = 40
/** Grey below which a pixel of a picture on white is ink. */
const DARK = 160
/** Share of the ink that must be as dark, or as blue, as a pen's. */
const PEN = 0.8

/**
 * What pictures on a page of text are: a red ring is a seal, dark or blue strokes on white are handwriting, all else is
 * neither. Boxes in points; a seal's box is the ring's, not the picture's. With a `reader`, the words on seals are read.
 */
export async function marksOfPictures(
  pictures: { box: Box; raster: Raster }[],
  reader?: StripReader,
): Promise<{ seals: Seal[]; handwriting: Handwriting[] }> {
  const seals: Seal[] = []
  const handwriting: Handwriting[] = []
  for (const { box, raster } of pictures) {
    if (box.width <= 0 || box.height <= 0) continue
    const small = shrinkTo(toRgb(raster), LONGEST)
    const found = await sealsOf(small, box, reader)
    if (found.length > 0) seals.push(...found)
    else handwriting.push(...signatureOf(small, box))
  }
  return { seals, handwriting }
}

async function sealsOf(raster: Raster, box: Box, reader?: StripReader): Promise<Seal[]> {
  const points = box.width / raster.width
  const perMm = MM / points
  const red = redness(raster)
  if (!red) return []
  const seals: Seal[] = []
  for (const found of findSeals(red, perMm, findStamps(red, perMm))) {
    const words = reader ? await readSeal(raster, red, found.ellipse, reader) : null
    const place = {
      x: box.x + found.box.x * points,
      y: box.y + (found.box.y * box.height) / raster.height,
      width: found.box.width * points,
      height: (found.box.height * box.height) / raster.height,
    }
    seals.push({ box: place, ...words, confidence: found.confidence })
  }
  return seals
}

function signatureOf(raster: Raster, box: Box): Handwriting[] {
  const [width, height] = [box.width / MM, box.height / MM]
  const { width: wide, height: high } = SIGNATURE
  if (width < wide.least || width > wide.most || height < high.least || height > high.most) return []
  const grey = toGrey(raster)
  const ink = dropSpecks({ ...grey, data: grey.data.map((value) => (value < DARK ? 1 : 0)) }, 4)
  const pixelArea = (width * height) / (raster.width * raster.height)
  const { parts } = findComponents(ink)
  let pixels = 0
  let outline = 0
  let pen = 0
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++) {
      const i = y * ink.width + x
      if (!ink.data[i]) continue
      pixels++
      if (!ink.data[i + 1] || !ink.data[i - 1] || !ink.data[i + ink.width] || !ink.data[i - ink.width]) outline++
      const [red = 0, green = 0, blue = 0] = raster.data.subarray(i * 3, i * 3 + 3)
      if (Math.max(red, green, blue) - Math.min(red, green, blue) < 60 || blue - red > 35) pen++
    }
  }
  const cover = pixels / ink.data.length
  // The outline of a stroke runs along both of its sides.
  const stroke = outline === 0 ? 0 : ((2 * pixels) / outline) * Math.sqrt(pixelArea)
  const isSignature =
    cover >= COVER.least &&
    cover <= COVER.most &&
    stroke <= STROKE &&
    parts.length > 0 &&
    parts.length <= PIECES &&
    pen >= PEN * pixels
  return isSignature ? [{ box, area: pixels * pixelArea, confidence: 0.8 }] : []
}
