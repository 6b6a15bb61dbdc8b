import type { Box, Checkbox, Handwriting, Raster } from '../model.ts'
import type { OcrLine } from '../ports.ts'
import { type Component, findComponents } from './components.ts'
import { grow } from './ink.ts'
import { CHOPPED } from './name-chops.ts'
import type { Plane } from './raster.ts'
import { RED } from './red.ts'
import { type FoundSeal, findSeals } from './seals.ts'
import { eachStretch } from './stretches.ts'

/** A character read at least this surely, in a line read at least that surely, is print. */
const READ = { character: 0.6, line: 0.75, blueLine: 0.9 }
/** B − R of blue pen ink. */
const BLUE = 35
/** Square millimetres of ink, and the length and breadth of the longest stroke in millimetres, of a signature. */
const SIGNATURE = { area: 5, length: 5, breadth: 1.2, blueArea: 2 }
/** Strokes that are together higher than so many type heights, or one that is higher than that and so broad, are no line of print; in mm how far the pen went at least. */
const TALL = { all: 1.5, one: 1.3, broad: 0.6, length: 12, confidence: 0.82 }
/** Under a stamp, print that it ate into leaves strokes of less than this, in square millimetres. */
const REMNANT = 15
/** Strokes this near to each other, in millimetres, were written together. */
const TOGETHER = 4
/** Larger than any signature, or denser than pen strokes: pictures, shadows, paper edges. */
const LARGEST = 110
const DENSEST = 0.6
const MARGIN = 3
/** Strokes spread this wide both ways, in millimetres, may be a seal. */
const RING = 24
/** So many square millimetres of strokes, so many millimetres broad, that make no signature leave open whether there is one. */
const HINT = { area: 2, breadth: 1.5, confidence: 0.3 }
/** Where each row of a table is signed, a stroke belongs to the cell that its middle is in: cells lower than this, in millimetres. */
const ROW = 20

/** `ink` without `rulings`; `chops` in the ink; `cells` of tables; `type`: usual height of characters in pixels. */
type Page = {
  raster: Raster
  ink: Plane
  rulings: Plane
  lines: OcrLine[]
  checkboxes: Checkbox[]
  stamps: Box[]
  chops: Box[]
  cells: Box[]
  type: number
  perMm: number
}

/**
 * Pen strokes: ink that is neither ruling, nor read as print, nor a checkbox. Boxes in pixels. With a confidence below 0.5
 * something is there that may as well be print that was not read. `seals`: rings of dark ink the size of a seal, with what is
 * in them; on a copy without colour they are seals, and nobody's hand.
 */
export function findHandwriting(page: Page): { handwriting: Handwriting[]; seals: FoundSeal[] } {
  const { perMm } = page
  const blue = blueInk(page)
  const residue = { ...page.ink, data: page.ink.data.slice() }
  for (const line of page.lines) erasePrint(residue, line, blue)
  for (const { box } of page.checkboxes) erase(residue, widen(box, 0.6 * perMm))
  for (const chop of page.chops) erase(residue, widen(chop, 0.3 * perMm))
  bridgeRulings(residue, page.rulings, perMm)
  const { parts, eachRun } = findComponents(grow(residue, 1))
  const strokes = parts.map((part) => ({ ...part, pixels: 0, edges: 0, blue: 0, red: 0 }))
  const { data, width } = residue
  eachRun((label, y, from, to) => {
    const stroke = strokes[label - 1]
    if (!stroke) return
    for (let i = y * width + from; i < y * width + to; i++) {
      if (!data[i]) continue
      stroke.pixels++
      stroke.edges += 4 - (data[i - 1] ?? 0) - (data[i + 1] ?? 0) - (data[i - width] ?? 0) - (data[i + width] ?? 0)
      stroke.blue += blue.data[i] ?? 0
      if (isRed(page.raster, i)) stroke.red++
    }
  })
  const written = strokes.filter((stroke) => isPenStroke(stroke, page.ink, perMm))
  const rows = page.cells.filter((cell) => cell.height <= ROW * perMm)
  const rowOf = (stroke: Box) => rows.find((row) => liesIn(stroke, row))
  const together = groups(written, TOGETHER * perMm, rowOf)
  const rings = together.some((group) => isRingSized(around(group), perMm)) ? darkRings(residue, perMm) : []
  const outside = written.filter((stroke) => !rings.some(({ box }) => liesIn(stroke, widen(box, perMm))))
  const apart = rings.length === 0 ? together : groups(outside, TOGETHER * perMm, rowOf)
  return { handwriting: apart.flatMap((group) => describe(group, page)), seals: rings }
}

function darkRings(residue: Plane, perMm: number): FoundSeal[] {
  return findSeals({ ...residue, data: residue.data.map((value) => value * 255) }, perMm, [])
}

function isRingSized({ width, height }: Box, perMm: number): boolean {
  return Math.min(width, height) >= RING * perMm
}

function liesIn(stroke: Box, box: Box): boolean {
  const x = stroke.x + stroke.width / 2
  const y = stroke.y + stroke.height / 2
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
}

/** A piece of ink; `edges`: sides of its pixels beyond which is none; how many are `blue` and `red`. */
type Stroke = Component & { edges: number; blue: number; red: number }

function describe(strokes: Stroke[], { perMm, type, stamps }: Page): Handwriting[] {
  const box = around(strokes)
  const area = sum(strokes, (stroke) => stroke.pixels) / perMm ** 2
  const blue = sum(strokes, (stroke) => stroke.blue) / perMm ** 2
  const red = sum(strokes, (stroke) => stroke.red) / perMm ** 2
  // A stroke has two sides.
  const length = sum(strokes, (stroke) => stroke.edges) / 2 / perMm
  const long = strokes.some(
    ({ width, height }) =>
      Math.max(width, height) >= SIGNATURE.length * perMm && Math.min(width, height) > SIGNATURE.breadth * perMm,
  )
  if (box.width > LARGEST * perMm || box.height > LARGEST * perMm) return []
  const isHint = area >= HINT.area && Math.min(box.width, box.height) > HINT.breadth * perMm
  if (red > area / 2) return isHint ? [{ box, area, length, chop: true, confidence: CHOPPED }] : []
  if (blue > SIGNATURE.blueArea) return [{ box, area, length, confidence: 0.95 }]
  if (!long || area < SIGNATURE.area / 2) return isHint ? [{ box, area, length, confidence: HINT.confidence }] : []
  if (area < REMNANT && stamps.some((stamp) => liesIn(box, stamp))) return []
  const isTall =
    box.height >= TALL.all * type ||
    strokes.some(({ width, height }) => height >= TALL.one * type && width >= TALL.broad * type)
  const least = isTall && length >= TALL.length ? TALL.confidence : 0.7
  const confidence = area >= SIGNATURE.area ? Math.min(0.95, least + area / 100) : 0.5
  return [{ box, area, length, confidence }]
}

function isRed({ channels, data }: Raster, i: number): boolean {
  if (channels !== 3) return false
  const [red = 0, green = 0, blue = 0] = [data[3 * i], data[3 * i + 1], data[3 * i + 2]]
  return red - Math.max(green, blue) >= RED
}

function isPenStroke({ x, y, width, height, pixels }: Stroke, page: Plane, perMm: number): boolean {
  const margin = MARGIN * perMm
  const atEdge = x < margin || y < margin || x + width > page.width - margin || y + height > page.height - margin
  if (atEdge || pixels <= 12) return false
  const short = Math.min(width, height)
  const long = Math.max(width, height)
  if (long > LARGEST * perMm || (short > 2.5 * perMm && pixels > DENSEST * width * height)) return false
  // What is left of a ruling or of an underline is long, straight and thin.
  return !(long > 3 * perMm && short < 0.6 * perMm)
}

function erasePrint(residue: Plane, line: OcrLine, blue: Plane): void {
  const certainties = line.units.map((unit) => unit.certainty)
  const mean = sum(certainties, (certainty) => certainty) / Math.max(1, certainties.length)
  if (mean < READ.line) return
  const reach = 0.62 * line.box.height
  line.units.forEach(({ middle, certainty }, i) => {
    if (certainty < READ.character) return
    const left = Math.max(middle - reach, (line.edges[i] ?? middle) - reach / 2)
    const right = Math.min(middle + reach, (line.edges[i + 1] ?? middle) + reach / 2)
    const box = { x: left, y: line.box.y, width: right - left, height: line.box.height }
    if (line.confidence < READ.blueLine && share(blue, residue, box) > 0.5) return
    erase(residue, box)
  })
}

/** Joins strokes again that run on across a ruling. */
function bridgeRulings(residue: Plane, rulings: Plane, perMm: number): void {
  bridge(residue, rulings, perMm, false)
  bridge(residue, rulings, perMm, true)
}

/** Rulings are at most this broad, in millimetres, with the rim that was taken off with them; a stroke moves less aside. */
const BROAD = 1.6
const ASIDE = 0.5

function bridge(residue: Plane, rulings: Plane, perMm: number, vertical: boolean): void {
  const { width, height, data } = residue
  const [lines, length, lineStep, step] = vertical ? [height, width, width, 1] : [width, height, 1, width]
  const aside = Math.max(1, Math.round(ASIDE * perMm))
  const before = data.slice()
  const strokeAt = (line: number, i: number): boolean => {
    if (i < 0 || i >= length) return false
    for (let other = Math.max(0, line - aside); other <= Math.min(lines - 1, line + aside); other++) {
      if (before[other * lineStep + i * step]) return true
    }
    return false
  }
  eachStretch(rulings, !vertical, 0, (line, first, last) => {
    if (last - first + 1 > BROAD * perMm || !strokeAt(line, first - 1) || !strokeAt(line, last + 1)) return
    for (let at = first; at <= last; at++) data[line * lineStep + at * step] = 1
  })
}

function blueInk({ raster, ink }: Page): Plane {
  const blue = new Uint8Array(ink.data.length)
  if (raster.channels === 3) {
    for (let i = 0; i < blue.length; i++) {
      if (ink.data[i] && (raster.data[i * 3 + 2] ?? 0) - (raster.data[i * 3] ?? 0) > BLUE) blue[i] = 1
    }
  }
  return { ...ink, data: blue }
}

function erase(mask: Plane, box: Box): void {
  const left = Math.max(0, Math.floor(box.x))
  const right = Math.min(mask.width, Math.ceil(box.x + box.width))
  const bottom = Math.min(mask.height, Math.ceil(box.y + box.height))
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
    mask.data.fill(0, y * mask.width + left, y * mask.width + Math.max(left, right))
  }
}

/** Which part of the box's ink `of` is also in `mask`. */
function share(mask: Plane, of: Plane, box: Box): number {
  let both = 0
  let all = 0
  for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(of.height, box.y + box.height); y++) {
    for (let x = Math.max(0, Math.floor(box.x)); x < Math.min(of.width, box.x + box.width); x++) {
      if (!of.data[y * of.width + x]) continue
      all++
      both += mask.data[y * of.width + x] ?? 0
    }
  }
  return all === 0 ? 0 : both / all
}

function groups(strokes: Stroke[], reach: number, rowOf: (stroke: Box) => Box | undefined): Stroke[][] {
  const result: Stroke[][] = []
  const pending = new Set(strokes)
  const rows = new Map(strokes.map((stroke) => [stroke, rowOf(stroke)]))
  for (const seed of strokes) {
    if (!pending.delete(seed)) continue
    const group = [seed]
    for (const member of group) {
      for (const other of pending) {
        const gapX = Math.max(member.x - other.x - other.width, other.x - member.x - member.width)
        const gapY = Math.max(member.y - other.y - other.height, other.y - member.y - member.height)
        if (Math.max(gapX, gapY) > reach || rows.get(member) !== rows.get(other)) continue
        pending.delete(other)
        group.push(other)
      }
    }
    result.push(group)
  }
  return result
}

function around(boxes: Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

function widen({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}

function sum<T>(items: T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
