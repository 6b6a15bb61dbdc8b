import type { Page, Raster } from '../model.ts'
import type { OcrEngine } from '../ports.ts'
import { findGutter } from './find-gutter.ts'
import { findPaper } from './find-paper.ts'
import { type Flat, flatten } from './flatten.ts'
import { movePage } from './move-page.ts'
import { scaleOf } from './page-size.ts'
import { shrinkTo, toRgb, turnRaster } from './raster.ts'
import { readRaster } from './read-raster.ts'
import { standUpright } from './stand-upright.ts'

type Read = Omit<Page, 'number'>

/** Longer side in pixels of a sheet taken from a photograph, and of one that is looked at for a gutter. */
const LONGEST = 2600
const GLANCE = 1600
/** Pages broader than high by this factor may be two. */
const BROAD = 1.25
/** A3 and larger: the longer side in millimetres. */
const LARGE = 370

/**
 * Reads a scan or photograph as it came: a sheet that lies askew on a desk or in dark borders is laid flat first, two pages
 * scanned side by side are read one after the other. Boxes are places on the raster as it was given, turned upright.
 *
 * Not async: a scan at 600 dpi takes 100 MB, and nothing here holds it while a smaller copy is read.
 */
export function readSheet(given: Raster, ports: { ocr: OcrEngine }): Promise<Read> {
  const rgb = toRgb(given)
  const corners = findPaper(rgb)
  if (!corners) return readFlat(rgb.dpi !== null && !mayBeTwo(rgb) ? shrinkTo(rgb, LONGEST) : rgb, ports)
  const flat = flatten(rgb, corners, LONGEST)
  const { width, height, dpi } = rgb
  return readFlat(flat.raster, ports).then((page) => onSheet(page, flat, { width, height, dpi }))
}

const mayBeTwo = ({ width, height, dpi }: Raster): boolean =>
  width > BROAD * height || (dpi !== null && (Math.max(width, height) / dpi) * 25.4 > LARGE)

async function readFlat(raster: Raster, ports: { ocr: OcrEngine }): Promise<Read> {
  if (mayBeTwo(raster)) return (await readTwo(raster, ports)) ?? readRaster(raster, ports)
  const page = await readRaster(raster, ports)
  return page.width > BROAD * page.height ? ((await readTwo(raster, ports)) ?? page) : page
}

/** The two pages of a sheet; null when it is one page. */
async function readTwo(raster: Raster, ports: { ocr: OcrEngine }): Promise<Read | null> {
  const glance = await standUpright(shrinkTo(raster, GLANCE), ports.ocr)
  const gutter = findGutter(glance.raster, glance.strips)
  if (gutter === null) return null
  const upright = turnRaster(raster, glance.turn)
  const fold = Math.round(upright.width * gutter)
  const points = scaleOf(upright).points
  const size = { width: upright.width * points, height: upright.height * points }
  const readHalf = async (from: number, to: number): Promise<Read> => {
    const half = await readRaster(cut(upright, from, to), ports)
    const scale = size.height / half.height
    const page = movePage(half, (x, y) => [from * points + x * scale, y * scale])
    return { ...page, ...size, ...(glance.turn === 0 ? {} : { turn: glance.turn }) }
  }
  const left = await readHalf(0, fold)
  const right = await readHalf(fold, upright.width)
  return { ...left, facing: { ...right, number: 0 } }
}

/** The columns `from` to `to` of a raster. */
function cut(raster: Raster, from: number, to: number): Raster {
  const { height, channels } = raster
  const row = (to - from) * channels
  const data = new Uint8Array(row * height)
  for (let y = 0; y < height; y++) {
    const start = (y * raster.width + from) * channels
    data.set(raster.data.subarray(start, start + row), y * row)
  }
  return { ...raster, width: to - from, data }
}

/** What was found on the flat sheet, where it is on the picture that the sheet was taken from. */
function onSheet(page: Read, { raster, place }: Flat, picture: Size & { dpi: number | null }): Read {
  const { turn = 0 } = page
  const sideways = turn === 90 || turn === 270
  const scale = (sideways ? raster.height : raster.width) / page.width
  const { points } = scaleOf(picture)
  const move = (x: number, y: number): [number, number] => {
    const [u, v] = place(...unturn(x * scale, y * scale, raster, turn))
    const [s, t] = turned(u, v, picture, turn)
    return [s * points, t * points]
  }
  const [width, height] = [picture.width * points, picture.height * points]
  const size = sideways ? { width: height, height: width } : { width, height }
  const { facing } = page
  return {
    ...movePage(page, move),
    ...size,
    ...(facing ? { facing: { ...movePage(facing, move), ...size, number: facing.number } } : {}),
  }
}

type Size = { width: number; height: number }

/** A point of a raster, on that raster turned clockwise; and back. */
function turned(x: number, y: number, { width, height }: Size, turn: number): [number, number] {
  if (turn === 90) return [height - y, x]
  if (turn === 180) return [width - x, height - y]
  return turn === 270 ? [y, width - x] : [x, y]
}

function unturn(x: number, y: number, { width, height }: Size, turn: number): [number, number] {
  if (turn === 90) return [y, height - x]
  if (turn === 180) return [width - x, height - y]
  return turn === 270 ? [width - y, x] : [x, y]
}
