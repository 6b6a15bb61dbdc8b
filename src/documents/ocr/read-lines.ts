import { holdsMiddle } from '../boxes.ts'
import type { Box, Raster } from '../model.ts'
import type { OcrEngine, OcrLine, Strip, StripReader } from '../ports.ts'
import { findBands, padBand } from './bands.ts'
import type { ReadLine } from './box-owners.ts'
import { lostLines } from './lost-lines.ts'
import { type Plane, paintOver } from './raster.ts'
import { reachSign } from './reach-signs.ts'
import { readUnderStamp, type Stamped } from './read-under-stamps.ts'
import { levelStrip } from './strips.ts'
import { isSlanted } from './watermarks.ts'

/** A level page made ready for reading. `ink` holds no rulings; `type` is the usual height of characters in pixels. */
export type Prepared = { raster: Raster; ink: Plane; cells: Box[]; type: number; stamped?: Stamped }

/** A single line is at most this many type heights high; a higher one has something else in it. */
const SINGLE = 1.7
/** A cut at most so many times wider than high holds a character or two; `air` in type heights at each side. */
const LONE = { wide: 1.6, air: [0.4, 1], sure: 0.85, least: 0.6 }
/** A column of characters, one to a line, is at most this many type heights wide. */
const NARROW = 1.8
/** Where strips reach over less than this share of a line's ink, the detector lost a part of the line. */
const READ = 0.7

/**
 * Reads every line once. A cell with a single line is cut out by its ink and read as it is, because the detector misses
 * lone digits; lines of other cells and outside of cells are cut where the detector found them; a line of ink that the
 * detector missed in a cell is cut out by its ink again. Watermarks across the page are not read.
 */
export async function readStrips(page: Prepared, reader: StripReader, strips: Strip[]): Promise<ReadLine[]> {
  const cuts: Strip[] = []
  const inCells = new Map<Box, Strip[]>()
  for (const strip of strips) {
    if (isSlanted(strip)) continue
    const whole = reachSign(strip, page.ink, page.type, strips)
    for (const { cell, piece } of splitAtCells(whole, page.cells)) {
      if (cell) inCells.set(cell, [...(inCells.get(cell) ?? []), piece])
      else cuts.push(piece)
    }
  }
  const cellOf = new Map<Strip, Box>()
  for (const cell of page.cells) {
    const own = cutCell(page, cell, inCells.get(cell) ?? [])
    for (const cut of own) cellOf.set(cut, cell)
    cuts.push(...own)
  }
  const lines: ReadLine[] = []
  for (const cut of cuts) {
    const clear = await readCut(page, reader, cut, cellOf.get(cut))
    const line = page.stamped ? await readUnderStamp(clear, cut, page.stamped, reader) : clear
    if (line) lines.push({ line, again: (painted) => reader.read(paintOver(page.raster, page.ink, painted), cut) })
  }
  return lines
}

/** A lone digit in a cell that is read unsurely, or not at all, is read again with more paper around it. */
async function readCut(page: Prepared, reader: StripReader, cut: Strip, cell?: Box): Promise<OcrLine | null> {
  let best = await reader.read(page.raster, cut)
  if (!cell || cut.width > LONE.wide * cut.height) return best
  for (const air of LONE.air) {
    if (best && best.confidence >= LONE.sure) return best
    const side = Math.min(air * page.type, cut.x - cut.width / 2 - cell.x, cell.x + cell.width - cut.x - cut.width / 2)
    if (side <= 0) return best
    const again = await reader.read(page.raster, { ...cut, width: cut.width + 2 * side })
    if (again && again.text.length === 1 && again.confidence > (best?.confidence ?? LONE.least)) best = again
  }
  return best
}

/**
 * For an engine that only reads whole pages: cells whose lines can be told apart by their ink are read line by line, what
 * is left comes from the reading of the whole page, cut at the borders of cells.
 */
export async function readWholePage(page: Prepared, ocr: OcrEngine): Promise<ReadLine[]> {
  const lines: OcrLine[] = []
  const done: Box[] = []
  for (const cell of page.cells) {
    const bands = findBands(page.ink, cell, page.type)
    if (bands.some((band) => band.height > SINGLE * page.type)) continue
    done.push(cell)
    for (const band of bands) {
      const line = await ocr.readLine(page.raster, padBand(band, page.type, cell))
      if (line) lines.push(line)
    }
  }
  const whole = (await ocr.readPage(page.raster)).flatMap((line) => splitLine(line, page.cells))
  lines.push(...whole.filter(({ box }) => !done.some((cell) => holdsMiddle(cell, box))))
  return lines.map((line) => ({ line, again: null }))
}

function cutCell(page: Prepared, cell: Box, strips: Strip[]): Strip[] {
  const bands = findBands(page.ink, cell, page.type)
  const cutBand = (band: Box) => levelStrip(padBand(band, page.type, cell))
  const sameRow = bands.every((band) => band.y === bands[0]?.y)
  const readable = bands.every((band) => band.height <= SINGLE * page.type)
  const narrow = bands.every((band) => band.width <= NARROW * page.type)
  if (readable && (sameRow || narrow)) return bands.map(cutBand)
  const single = bands.filter((band) => band.height <= SINGLE * page.type)
  const crowds = bands.filter((band) => !single.includes(band))
  const lost = crowds.flatMap((band) => lostLines(page.ink, band, strips, page.type))
  const missed = [...single, ...lost].filter((band) => lengthRead(strips, band) < READ * band.width)
  const kept = strips.filter((strip) => !missed.some((band) => coversRows(strip, band) && isWithin(strip, band)))
  return [...kept, ...missed.map(cutBand)]
}

/** How far strips reach along a line's ink. */
function lengthRead(strips: Strip[], band: Box): number {
  return strips
    .filter((strip) => coversRows(strip, band))
    .reduce((sum, { x, width }) => {
      const shared = Math.min(x + width / 2, band.x + band.width) - Math.max(x - width / 2, band.x)
      return sum + Math.max(0, shared)
    }, 0)
}

const isWithin = ({ x }: Strip, band: Box): boolean => x > band.x && x < band.x + band.width

function coversRows(strip: Strip, band: Box): boolean {
  const lean = Math.abs(strip.width * Math.sin(strip.slope))
  const top = strip.y - (strip.height + lean) / 2
  const bottom = strip.y + (strip.height + lean) / 2
  return Math.min(bottom, band.y + band.height) - Math.max(top, band.y) > band.height / 2
}

/** Cuts a strip where it passes from one cell to another. Pieces without a cell stand outside of tables. */
function splitAtCells(strip: Strip, cells: Box[]): { cell: Box | null; piece: Strip }[] {
  const step = strip.height / 4
  const count = Math.max(1, Math.round(strip.width / step))
  const cos = Math.cos(strip.slope)
  const sin = Math.sin(strip.slope)
  const near = cells.filter((cell) => Math.abs(cell.x + cell.width / 2 - strip.x) < (cell.width + strip.width) / 2 + 2)
  const runs: { cell: Box | null; from: number; to: number }[] = []
  for (let i = 0; i < count; i++) {
    const along = ((i + 0.5) / count - 0.5) * strip.width
    const x = strip.x + along * cos
    const y = strip.y + along * sin
    const cell = near.find((box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height) ?? null
    const last = runs.at(-1)
    if (last && last.cell === cell) last.to = i + 1
    else runs.push({ cell, from: i, to: i + 1 })
  }
  const whole = runs.filter(({ from, to }) => to - from >= 3 || to - from === count)
  return whole.map(({ cell, from, to }) => {
    const along = ((from + to) / 2 / count - 0.5) * strip.width
    const width = (strip.width * (to - from)) / count
    return { cell, piece: { ...strip, x: strip.x + along * cos, y: strip.y + along * sin, width } }
  })
}

function splitLine(line: OcrLine, cells: Box[]): OcrLine[] {
  const y = line.box.y + line.box.height / 2
  const row = cells.filter((cell) => y >= cell.y && y < cell.y + cell.height)
  const pieces: OcrLine[] = []
  let current: Box | null | undefined
  for (let i = 0; i < line.text.length; i++) {
    const left = line.edges[i] ?? line.box.x
    const right = line.edges[i + 1] ?? left
    const unit = line.units[i] ?? { middle: (left + right) / 2, certainty: line.confidence }
    const cell = row.find((box) => unit.middle >= box.x && unit.middle < box.x + box.width) ?? null
    const last = pieces.at(-1)
    if (last && cell === current) {
      last.text += line.text[i]
      last.edges.push(right)
      last.units.push(unit)
      last.box.width = right - last.box.x
    } else {
      pieces.push({
        text: line.text[i] ?? '',
        edges: [left, right],
        units: [unit],
        box: { ...line.box, x: left, width: right - left },
        confidence: line.confidence,
      })
    }
    current = cell
  }
  return pieces.filter((piece) => piece.text.trim() !== '')
}
