import { Problem } from '../problem.ts'

const MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const END_OF_CHAIN = 0xfffffffe
const FREE = 0xffffffff
const ENTRY_BYTES = 128
const MAX_ENTRIES = 10_000

/** A compound file (OLE2), the container of legacy Office files: its streams by name. */
export type CompoundFile = {
  names: string[]
  /** The stream's bytes; `null` when there is none. */
  read(name: string): Uint8Array | null
}

export function isCompoundFile(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte)
}

/** Reads the allocation tables and the directory, after [MS-CFB]. Throws `Problem` `corrupt_document`. */
export function openCompoundFile(bytes: Uint8Array): CompoundFile {
  try {
    return read(bytes)
  } catch (cause) {
    throw cause instanceof Problem ? cause : broken(cause)
  }
}

function read(bytes: Uint8Array): CompoundFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sectorBytes = 1 << view.getUint16(30, true)
  const miniBytes = 1 << view.getUint16(32, true)
  const miniCutoff = view.getUint32(56, true)
  if ((sectorBytes !== 512 && sectorBytes !== 4096) || miniBytes !== 64) throw broken()
  const sectorAt = (sector: number) => (sector + 1) * sectorBytes

  const fat = readFat(view, sectorBytes, sectorAt)
  const chain = (first: number, table: Uint32Array): number[] => {
    const sectors: number[] = []
    for (let s = first; s !== END_OF_CHAIN && s !== FREE; s = table[s] ?? END_OF_CHAIN) {
      if (sectors.length > table.length) throw broken()
      sectors.push(s)
    }
    return sectors
  }
  const gather = (sectors: number[], size: number, at: (sector: number) => number, source: Uint8Array): Uint8Array => {
    const data = new Uint8Array(sectors.length * size)
    sectors.forEach((sector, i) => {
      data.set(source.subarray(at(sector), at(sector) + size), i * size)
    })
    return data
  }
  const stream = (first: number) => gather(chain(first, fat), sectorBytes, sectorAt, bytes)

  const directory = stream(view.getUint32(48, true))
  const entries = readEntries(directory)
  const root = entries.find((entry) => entry.type === 5)
  if (!root) throw broken()
  const miniFatBytes = stream(view.getUint32(60, true))
  const miniFat = new Uint32Array(miniFatBytes.buffer, 0, miniFatBytes.length >> 2)
  let miniStream: Uint8Array | undefined

  return {
    names: entries.map((entry) => entry.name),
    read(name) {
      const entry = entries.find((candidate) => candidate.name === name && candidate.type === 2)
      if (!entry) return null
      try {
        if (entry.size > bytes.length) throw broken()
        if (entry.size >= miniCutoff) return stream(entry.first).subarray(0, entry.size)
        miniStream ??= stream(root.first)
        return gather(chain(entry.first, miniFat), miniBytes, (s) => s * miniBytes, miniStream).subarray(0, entry.size)
      } catch (cause) {
        throw cause instanceof Problem ? cause : broken(cause)
      }
    },
  }
}

function readFat(view: DataView, sectorBytes: number, sectorAt: (sector: number) => number): Uint32Array {
  const perSector = sectorBytes / 4
  const fatSectors: number[] = []
  for (let i = 0; i < 109; i++) fatSectors.push(view.getUint32(76 + i * 4, true))
  let next = view.getUint32(68, true)
  for (let guard = 0; next !== END_OF_CHAIN && next !== FREE; guard++) {
    if (guard > view.byteLength / sectorBytes) throw broken()
    for (let i = 0; i < perSector - 1; i++) fatSectors.push(view.getUint32(sectorAt(next) + i * 4, true))
    next = view.getUint32(sectorAt(next) + (perSector - 1) * 4, true)
  }
  const used = fatSectors.filter((sector) => sector !== FREE && sector !== END_OF_CHAIN)
  const fat = new Uint32Array(used.length * perSector)
  used.forEach((sector, s) => {
    for (let i = 0; i < perSector; i++) fat[s * perSector + i] = view.getUint32(sectorAt(sector) + i * 4, true)
  })
  return fat
}

type Entry = { name: string; type: number; first: number; size: number }

function readEntries(directory: Uint8Array): Entry[] {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength)
  const entries: Entry[] = []
  for (let at = 0; at + ENTRY_BYTES <= directory.length && entries.length < MAX_ENTRIES; at += ENTRY_BYTES) {
    const type = view.getUint8(at + 66)
    if (type === 0) continue
    const nameBytes = Math.min(64, view.getUint16(at + 64, true))
    const name = new TextDecoder('utf-16le').decode(directory.subarray(at, at + Math.max(0, nameBytes - 2)))
    entries.push({ name, type, first: view.getUint32(at + 116, true), size: view.getUint32(at + 120, true) })
  }
  return entries
}

function broken(cause?: unknown): Problem {
  return new Problem('corrupt_document', '文件已损坏，无法打开。请用 Word 或 WPS 重新保存后再上传。', { cause })
}
