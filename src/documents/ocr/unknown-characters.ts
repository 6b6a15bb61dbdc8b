import { cellAt, meet } from '../boxes.ts'
import type { Box } from '../model.ts'
import type { OcrLine, OcrUnit } from '../ports.ts'
import { UNKNOWN } from '../symbols.ts'
import type { Plane } from './raster.ts'

const CERTAINTY = 0.3
const DOUBTFUL = 0.6
const SIGN = /[，。、；：）,.;:)]/
const NAME = /^\p{Script=Han}{2,3}$/u
const HAN = /\p{Script=Han}/u
/** Of a character's square: how much of it is ink at least, and how high the ink reaches at least. */
const INK = { share: 0.08, height: 0.6, width: 0.5 }
/** Characters further apart than this many pitches have room for another between them. */
const ROOM = 1.6

/**
 * Puts 〓 where a line of Chinese has ink for a character that was not read: 陶赟海 is read as 陶海 by an engine without 赟 in
 * its dictionary, and surely so. `ink` holds no rulings; `cells` bound what belongs to a line; in `avoid` ink is no print.
 */
export function markUnknown(lines: OcrLine[], ink: Plane, { cells, avoid }: { cells: Box[]; avoid: Box[] }): OcrLine[] {
  return lines.map((line) => {
    const others = lines.filter((other) => other !== line && isBeside(line, other)).map(({ box }) => box)
    return insertUnknown(line, ink, { taken: others, avoid, cell: cellAt(cells, line.box) })
  })
}

type Around = { taken: Box[]; avoid: Box[]; cell: Box | undefined }

function insertUnknown(line: OcrLine, ink: Plane, around: Around): OcrLine {
  const { units } = line
  const pitch = pitchOf(line)
  const isHan = (at: number) => HAN.test(line.text[at] ?? '')
  const added: { at: number; middle: number }[] = []
  const consider = (at: number, middle: number, taken: Box[]) => {
    if (isCharacter(ink, line, middle, pitch, { ...around, taken })) added.push({ at, middle })
  }
  for (let at = 1; at < units.length; at++) {
    const [left, right] = [units[at - 1]?.middle ?? 0, units[at]?.middle ?? 0]
    const room = Math.round((right - left) / pitch) - 1
    if (!isHan(at - 1) || right - left < ROOM * pitch || room > 2) continue
    // A sign stands anywhere in its square: what is missing before it lies a step behind the last character.
    if (SIGN.test(line.text[at] ?? '')) consider(at, left + pitch, around.taken)
    else if (isHan(at))
      for (let step = 1; step <= room; step++) consider(at, left + ((right - left) * step) / (room + 1), around.taken)
  }
  const last = units.length - 1
  // Beside a line a seal or a signature may stand; within it, whatever has room is a character.
  const beside = [...around.taken, ...around.avoid]
  if (isHan(0)) consider(0, (units[0]?.middle ?? 0) - pitch, beside)
  if (isHan(last)) consider(units.length, (units[last]?.middle ?? 0) + pitch, beside)
  if (added.length > 0) return withUnknown(line, added, pitch)
  const behind = (units[last]?.middle ?? 0) + pitch
  const mayGoOn = NAME.test(line.text) && isCharacter(ink, line, behind, pitch, around)
  return mayGoOn ? withLastDoubted(line) : line
}

/** A name's last character may be one that is not known, and lie under a signature's strokes. */
function withLastDoubted(line: OcrLine): OcrLine {
  const units = line.units.map((unit, at) =>
    at === line.units.length - 1 ? { ...unit, certainty: Math.min(unit.certainty, DOUBTFUL) } : unit,
  )
  return { ...line, units, confidence: Math.min(line.confidence, DOUBTFUL) }
}

/** The usual step from one Chinese character to the next; a line of two characters has only its height to go by. */
function pitchOf(line: OcrLine): number {
  const size = line.box.height / 1.4
  const gaps = line.units
    .slice(1)
    .flatMap((unit, index) =>
      HAN.test(line.text[index] ?? '') && HAN.test(line.text[index + 1] ?? '')
        ? [unit.middle - (line.units[index]?.middle ?? 0)]
        : [],
    )
    .sort((a, b) => a - b)
  const usual = gaps[Math.floor(gaps.length / 2)]
  return gaps.length >= 3 && usual !== undefined && usual < 1.6 * size ? usual : size * 1.05
}

function isCharacter(
  ink: Plane,
  line: OcrLine,
  middle: number,
  pitch: number,
  { taken, cell }: Pick<Around, 'taken' | 'cell'>,
): boolean {
  const box = { x: middle - 0.42 * pitch, y: line.box.y, width: 0.84 * pitch, height: line.box.height }
  if (cell && (box.x < cell.x || box.x + box.width > cell.x + cell.width)) return false
  if (taken.some((other) => meet(box, other))) return false
  const { pixels, width, height } = measure(ink, box)
  return pixels > INK.share * pitch * pitch && height > INK.height * pitch && width > INK.width * pitch
}

function measure(ink: Plane, box: Box): { pixels: number; width: number; height: number } {
  const [left, right] = [Math.max(0, Math.round(box.x)), Math.min(ink.width, Math.round(box.x + box.width))]
  const [top, bottom] = [Math.max(0, Math.round(box.y)), Math.min(ink.height, Math.round(box.y + box.height))]
  let pixels = 0
  const [xs, ys] = [
    [right, left],
    [bottom, top],
  ] as [[number, number], [number, number]]
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      if (ink.data[y * ink.width + x] !== 1) continue
      pixels += 1
      xs[0] = Math.min(xs[0], x)
      xs[1] = Math.max(xs[1], x)
      ys[0] = Math.min(ys[0], y)
      ys[1] = Math.max(ys[1], y)
    }
  return { pixels, width: pixels ? xs[1] - xs[0] + 1 : 0, height: pixels ? ys[1] - ys[0] + 1 : 0 }
}

function withUnknown(line: OcrLine, added: { at: number; middle: number }[], pitch: number): OcrLine {
  const unknown = (middle: number): OcrUnit => ({ middle, certainty: CERTAINTY })
  let text = ''
  const units: OcrUnit[] = []
  for (let at = 0; at <= line.units.length; at++) {
    for (const { middle } of added.filter((one) => one.at === at)) {
      text += UNKNOWN
      units.push(unknown(middle))
    }
    const unit = line.units[at]
    if (!unit) break
    text += line.text[at] ?? ''
    units.push(unit)
  }
  const middles = units.map(({ middle }) => middle)
  const [first, end] = [middles[0] ?? 0, middles.at(-1) ?? 0]
  const left = Math.min(line.box.x, first - pitch / 2)
  const right = Math.max(line.box.x + line.box.width, end + pitch / 2)
  const edges = [left, ...middles.slice(1).map((middle, index) => ((middles[index] ?? middle) + middle) / 2), right]
  return { text, units, edges, box: { ...line.box, x: left, width: right - left }, confidence: CERTAINTY }
}

const isBeside = ({ box }: OcrLine, other: OcrLine): boolean =>
  Math.min(box.y + box.height, other.box.y + other.box.height) - Math.max(box.y, other.box.y) > 0.3 * box.height
