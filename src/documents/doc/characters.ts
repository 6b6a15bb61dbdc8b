import type { Look } from '../docx/styles.ts'
import { type DocFile, type Piece, viewOf } from './file.ts'
import { type Lookup, type Modifiers, readModifiers } from './modifiers.ts'

/** Windows-1252 between 0x80 and 0x9f, where it differs from Latin-1. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Single modifiers that say how a character is seen ([MS-DOC] 2.6.1). */
const VANISH = 0x083c
const DELETED = 0x0800
const SPECIAL = 0x0855
const IS_DATA = 0x0806
const PLACE_IN_DATA = 0x6a03
const SYMBOL = 0x6a09
const HALF_POINTS = 0x4a43
const UNDERLINE = 0x2a3e
const COLOR = 0x6870
const COLOR_INDEX = 0x2a42
const WHITE_INDEX = 8

/** Characters of one look at neighbouring positions. */
export type Stretch = { text: string; look: Look; deleted: boolean; special: boolean; modifiers: Modifiers }

export type Characters = {
  /** The characters from one position (inclusive) to another (exclusive), cut where their look changes. */
  between(from: number, to: number): Stretch[]
  /** Properties of the paragraph that ends at a position. */
  paragraphAt(position: number): Modifiers
  fontName(index: number): string
}

export function readCharacters(file: DocFile): Characters {
  const looks = readModifiers(file.table(12), file.main, file.data, 'characters')
  const paragraphs = readModifiers(file.table(13), file.main, file.data, 'paragraphs')
  const fonts = readFonts(file.table(15))
  return {
    between: (from, to) => file.pieces.flatMap((piece) => cut(file.main, piece, from, to, looks)),
    paragraphAt: (position) => {
      const piece = file.pieces.find(({ from, to }) => position >= from && position < to)
      return piece ? paragraphs(offsetIn(piece, position)) : new Map()
    },
    fontName: (index) => fonts[index] ?? '',
  }
}

/** The symbol font and code of a special character; `null` when it is none. */
export function symbolOf(modifiers: Modifiers): { font: number; code: number } | null {
  const operand = modifiers.get(SYMBOL)
  return operand?.length === 4
    ? { font: viewOf(operand).getUint16(0, true), code: viewOf(operand).getUint16(2, true) }
    : null
}

/** Where a special character's picture or form field lies in the data stream; `null` when it has none. */
export function dataOf(modifiers: Modifiers): { place: number; isField: boolean } | null {
  const operand = modifiers.get(PLACE_IN_DATA)
  return operand?.length === 4
    ? { place: viewOf(operand).getUint32(0, true), isField: isSet(modifiers, IS_DATA) }
    : null
}

function offsetIn(piece: Piece, position: number): number {
  return piece.offset + (position - piece.from) * piece.width
}

function cut(main: Uint8Array, piece: Piece, from: number, to: number, looks: Lookup): Stretch[] {
  const stretches: Stretch[] = []
  let last: Stretch | undefined
  for (let position = Math.max(from, piece.from); position < Math.min(to, piece.to); position++) {
    const offset = offsetIn(piece, position)
    const modifiers = looks(offset)
    const character = decode(main, offset, piece.width)
    if (last && last.modifiers === modifiers) last.text += character
    else {
      const [deleted, special] = [isSet(modifiers, DELETED), isSet(modifiers, SPECIAL)]
      last = { text: character, look: lookOf(modifiers), deleted, special, modifiers }
      stretches.push(last)
    }
  }
  return stretches
}

function decode(main: Uint8Array, offset: number, width: 1 | 2): string {
  const low = main[offset] ?? 0
  if (width === 2) return String.fromCharCode(low | ((main[offset + 1] ?? 0) << 8))
  return low >= 0x80 && low < 0xa0 ? (WINDOWS[low - 0x80] ?? '') : String.fromCharCode(low)
}

function lookOf(modifiers: Modifiers): Look {
  const look: Look = {}
  if (isSet(modifiers, VANISH)) look.vanish = true
  const size = modifiers.get(HALF_POINTS)
  if (size?.length === 2) look.size = viewOf(size).getUint16(0, true) / 2
  const underline = modifiers.get(UNDERLINE)?.[0]
  if (underline !== undefined) look.underlined = underline !== 0
  const [red = 0, green = 0, blue = 0, auto = 0xff] = modifiers.get(COLOR) ?? []
  if (auto === 0) look.color = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')
  else if (modifiers.get(COLOR_INDEX)?.[0] === WHITE_INDEX) look.color = 'ffffff'
  return look
}

function isSet(modifiers: Modifiers, code: number): boolean {
  return modifiers.get(code)?.[0] === 1
}

/** Font names by index ([MS-DOC] 2.9.286). */
function readFonts(table: Uint8Array): string[] {
  const names: string[] = []
  for (let at = 4; at + 40 < table.length; at += 1 + (table[at] ?? 0)) {
    const name = new TextDecoder('utf-16le').decode(table.subarray(at + 40, at + 1 + (table[at] ?? 0)))
    names.push(name.split('\0', 1)[0] ?? '')
  }
  return names
}
