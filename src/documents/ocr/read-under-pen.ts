import { cellAt, meet } from '../boxes.ts'
import type { Box, Handwriting, Raster } from '../model.ts'
import type { OcrEngine, OcrLine } from '../ports.ts'

/** B − R of pen ink, paler than where a stroke is looked for: its soft edges must go too. */
const BLUE = 18
/** Print is darker than this even where a stroke crosses it. */
const PRINT = 70
/** Room around the strokes, in millimetres: the print below runs on beside them. */
const MARGIN = { x: 22, y: 3 }
/** Print that was read surely without the strokes. */
const SURE = { mean: 0.85, length: 4 }

/**
 * Reads print below blue strokes, such as a date that a signature runs into: the strokes are taken off by their colour and
 * what is there is read again. The lines with it, without what was read there with the strokes.
 */
export async function readUnderPen(
  raster: Raster,
  handwriting: Handwriting[],
  lines: OcrLine[],
  page: { ocr: OcrEngine; perMm: number; cells: Box[] },
): Promise<OcrLine[]> {
  if (raster.channels !== 3) return lines
  let known = lines
  for (const { box } of handwriting) {
    const frame = within(around(box, page.perMm), page.cells, raster)
    const crop = cutOut(raster, frame)
    if (!removeBlue(crop)) continue
    const read = await page.ocr.readPage(crop)
    for (const line of read.filter(isSure).map((each) => shift(each, frame.x, frame.y))) {
      const same = known.filter((other) => covers(line.box, other.box))
      const isNew = meet(line.box, box) && same.every((other) => other.text.length < line.text.length && !isSure(other))
      if (isNew) known = [...known.filter((other) => !same.includes(other)), line]
    }
  }
  return known
}

const isSure = ({ text, units }: OcrLine) =>
  text.length >= SURE.length && units.reduce((sum, { certainty }) => sum + certainty, 0) >= SURE.mean * units.length

const around = ({ x, y, width, height }: Box, perMm: number): Box => ({
  x: x - MARGIN.x * perMm,
  y: y - MARGIN.y * perMm,
  width: width + 2 * MARGIN.x * perMm,
  height: height + 2 * MARGIN.y * perMm,
})

/** The part of a frame on the page, and in the cell that holds its middle. */
function within(frame: Box, cells: Box[], { width, height }: Raster): Box {
  const room = cellAt(cells, frame) ?? { x: 0, y: 0, width, height }
  const [x, y] = [Math.ceil(Math.max(frame.x, room.x, 0)), Math.ceil(Math.max(frame.y, room.y, 0))]
  const right = Math.floor(Math.min(frame.x + frame.width, room.x + room.width, width))
  const bottom = Math.floor(Math.min(frame.y + frame.height, room.y + room.height, height))
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) }
}

function cutOut(raster: Raster, { x, y, width, height }: Box): Raster {
  const data = new Uint8Array(width * height * 3)
  for (let v = 0; v < height; v++) {
    const from = ((y + v) * raster.width + x) * 3
    data.set(raster.data.subarray(from, from + width * 3), v * width * 3)
  }
  return { ...raster, width, height, data }
}

/** Makes blue pixels as light as the paper, except where print lies below; false when there are none. */
function removeBlue({ data }: Raster): boolean {
  const paper = [0, 1, 2].map((channel) => lightest(data, channel))
  let found = false
  for (let i = 0; i < data.length; i += 3) {
    const [red = 0, , blue = 0] = data.subarray(i, i + 3)
    if (blue - red <= BLUE || (red < PRINT && blue < PRINT)) continue
    data.set(paper, i)
    found = true
  }
  return found
}

/** The lightness that nearly all of the crop stays below. */
function lightest(data: Uint8Array, channel: number): number {
  const counts = new Uint32Array(256)
  for (let i = channel; i < data.length; i += 3) {
    const value = data[i] ?? 0
    counts[value] = (counts[value] ?? 0) + 1
  }
  let above = data.length / 3 / 2
  for (let value = 255; value > 0; value--) {
    above -= counts[value] ?? 0
    if (above <= 0) return value
  }
  return 255
}

const shift = (line: OcrLine, x: number, y: number): OcrLine => ({
  ...line,
  box: { ...line.box, x: line.box.x + x, y: line.box.y + y },
  edges: line.edges.map((edge) => edge + x),
  units: line.units.map((unit) => ({ ...unit, middle: unit.middle + x })),
})

/** Whether much of a line read before lies in a new one. */
function covers(line: Box, other: Box): boolean {
  const width = Math.min(line.x + line.width, other.x + other.width) - Math.max(line.x, other.x)
  const height = Math.min(line.y + line.height, other.y + other.height) - Math.max(line.y, other.y)
  return width > 0.3 * Math.min(line.width, other.width) && height > 0.4 * Math.min(line.height, other.height)
}
