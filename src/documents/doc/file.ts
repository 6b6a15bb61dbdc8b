import { Problem } from '../../problem.ts'
import { openCompoundFile } from '../cfb.ts'

const WORD = 0xa5ec
const WORD_6_OR_95 = 0xa5dc
const ENCRYPTED = 0x0100
const SECOND_TABLE = 0x0200
/** Where the file information block keeps its pairs of offset and length ([MS-DOC] 2.5.5). */
const PAIRS = 0x9a

/** A stretch of text kept together in the file: characters `from` to `to`, at byte `offset`, of 1 or 2 bytes each. */
export type Piece = { from: number; to: number; offset: number; width: 1 | 2 }

/** The document's texts follow one another in one row of character positions ([MS-DOC] 2.4.1). */
export type Stories = {
  body: number
  notes: number
  headers: number
  comments: number
  endnotes: number
  boxes: number
}

export type DocFile = {
  main: Uint8Array
  data: Uint8Array
  pieces: Piece[]
  /** Lengths in characters. */
  stories: Stories
  /** Part `index` of the table stream, as the information block lists them. */
  table(index: number): Uint8Array
}

/** Throws `Problem`: `corrupt_document`, `encrypted_document`, `unsupported_media_type` (Word 95 and older). */
export function openDocFile(bytes: Uint8Array): DocFile {
  const compound = openCompoundFile(bytes)
  const main = compound.read('WordDocument')
  if (!main || main.length < 0x200) throw broken()
  const view = viewOf(main)
  const flags = view.getUint16(10, true)
  if (flags & ENCRYPTED) {
    throw new Problem('encrypted_document', '文件设置了打开密码，无法读取。请取消密码后重新上传。')
  }
  const magic = view.getUint16(0, true)
  if (magic === WORD_6_OR_95) {
    throw new Problem(
      'unsupported_media_type',
      '这是 Word 95 或更早版本的文档，无法读取。请用 Word 或 WPS 打开后另存为 DOCX 或 PDF，再上传。',
    )
  }
  const tableStream = compound.read(flags & SECOND_TABLE ? '1Table' : '0Table')
  if (magic !== WORD || !tableStream) throw broken()

  const table = (index: number) => {
    const offset = view.getUint32(PAIRS + index * 8, true)
    return tableStream.subarray(offset, offset + view.getUint32(PAIRS + index * 8 + 4, true))
  }
  const count = (at: number) => Math.max(0, view.getInt32(at, true))
  const pieces = readPieces(table(33))
  // A claim to more text than the file holds would be read as an endless or an empty document.
  if (pieces.some((piece) => piece.offset + (piece.to - piece.from) * piece.width > main.length)) throw broken()
  if ((pieces.at(-1)?.to ?? 0) < count(0x4c)) throw broken()
  return {
    main,
    data: compound.read('Data') ?? new Uint8Array(0),
    pieces,
    stories: {
      body: count(0x4c),
      notes: count(0x50),
      headers: count(0x54),
      comments: count(0x5c),
      endnotes: count(0x60),
      boxes: count(0x64),
    },
    table,
  }
}

/** The piece table at the end of the CLX ([MS-DOC] 2.9.38). */
function readPieces(clx: Uint8Array): Piece[] {
  const view = viewOf(clx)
  let at = 0
  while (view.getUint8(at) === 1) at += 3 + view.getUint16(at + 1, true)
  if (view.getUint8(at) !== 2) throw broken()
  const count = (view.getUint32(at + 1, true) - 4) / 12
  const positions = at + 5
  const descriptors = positions + (count + 1) * 4
  return Array.from({ length: count }, (_, i) => {
    const place = view.getUint32(descriptors + i * 8 + 2, true)
    const isCompressed = (place & 0x40000000) !== 0
    const offset = place & 0x3fffffff
    return {
      from: view.getUint32(positions + i * 4, true),
      to: view.getUint32(positions + i * 4 + 4, true),
      offset: isCompressed ? offset / 2 : offset,
      width: isCompressed ? 1 : 2,
    }
  })
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

export function broken(cause?: unknown): Problem {
  return new Problem(
    'corrupt_document',
    '这份 .doc 文档已损坏，无法读取。请用 Word 或 WPS 打开后另存为 DOCX 或 PDF，再上传。',
    { cause },
  )
}
