import { Problem } from '../problem.ts'

/** Bounds on what an archive may unpack to, after OWASP ASVS 5.2.3 and Apache POI's inflate ratio. */
const MAX_ENTRIES = 2_000
const MAX_ENTRY_BYTES = 50 * 1024 * 1024
const MAX_TOTAL_BYTES = 200 * 1024 * 1024
/** Above the first megabyte no entry may unpack to more than this many times its packed size. */
const MAX_RATIO = 100
const RATIO_FREE_BYTES = 1024 * 1024

const END_OF_DIRECTORY = 0x06054b50
const ZIP64_LOCATOR = 0x07064b50
const ZIP64_END_OF_DIRECTORY = 0x06064b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const ENCRYPTED = 0x0001

type Entry = { method: number; encrypted: boolean; crc: number; packed: number; size: number; offset: number }

/** An opened archive. Entries are unpacked one by one, on request, and counted against one total. */
export type Zip = {
  names: string[]
  /** How many bytes the entry says it unpacks to; `read` holds it to that. */
  sizeOf(name: string): number
  /** The entry's bytes; `null` when there is none. Throws `corrupt_document`, also when a bound is passed. */
  read(name: string): Promise<Uint8Array | null>
}

/**
 * Opens a ZIP archive by its central directory; `decode` reads the names, which are UTF-8 in the packages that programs write.
 * Throws `Problem` `corrupt_document` for a damaged or hostile archive, `encrypted_document` for a password.
 */
export function openZip(bytes: Uint8Array, decode = decodeUtf8): Zip {
  const entries = readDirectory(bytes, decode)
  let unpackedInAll = 0
  return {
    names: [...entries.keys()],
    sizeOf: (name) => entries.get(name)?.size ?? 0,
    async read(name) {
      const entry = entries.get(name)
      if (!entry) return null
      const data = await unpack(bytes, entry, MAX_TOTAL_BYTES - unpackedInAll)
      unpackedInAll += data.length
      return data
    },
  }
}

const decodeUtf8 = (name: Uint8Array): string => new TextDecoder().decode(name)

function readDirectory(bytes: Uint8Array, decode: (name: Uint8Array) => string): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const { count, start } = findDirectory(view)
    if (count > MAX_ENTRIES) throw new TooBig(`压缩包内文件数超过 ${MAX_ENTRIES} 个`)
    const entries = new Map<string, Entry>()
    let at = start
    for (let i = 0; i < count; i++) {
      if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw broken()
      const nameLength = view.getUint16(at + 28, true)
      const extraLength = view.getUint16(at + 30, true)
      const name = decode(bytes.subarray(at + 46, at + 46 + nameLength))
      // Two parts of one name: readers disagree on which counts, so neither can be trusted.
      const key = name.replaceAll('\\', '/')
      if (entries.has(key)) throw broken()
      entries.set(key, readEntry(view, at, at + 46 + nameLength, extraLength))
      at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    }
    const declared = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0)
    if (declared > MAX_TOTAL_BYTES) throw new TooBig('解压后总大小超过 200 MB')
    return entries
  } catch (cause) {
    throw cause instanceof Problem ? cause : broken(cause)
  }
}

function readEntry(view: DataView, at: number, extraAt: number, extraLength: number): Entry {
  let size = view.getUint32(at + 24, true)
  let packed = view.getUint32(at + 20, true)
  let offset = view.getUint32(at + 42, true)
  for (let e = extraAt; e + 4 <= extraAt + extraLength; e += 4 + view.getUint16(e + 2, true)) {
    if (view.getUint16(e, true) !== 0x0001) continue
    let field = e + 4
    const next = () => {
      field += 8
      return Number(view.getBigUint64(field - 8, true))
    }
    if (size === 0xffffffff) size = next()
    if (packed === 0xffffffff) packed = next()
    if (offset === 0xffffffff) offset = next()
  }
  return {
    method: view.getUint16(at + 10, true),
    encrypted: (view.getUint16(at + 8, true) & ENCRYPTED) !== 0,
    crc: view.getUint32(at + 16, true),
    packed,
    size,
    offset,
  }
}

function findDirectory(view: DataView): { count: number; start: number } {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END_OF_DIRECTORY) continue
    if (at >= 20 && view.getUint32(at - 20, true) === ZIP64_LOCATOR) {
      const end = Number(view.getBigUint64(at - 12, true))
      if (view.getUint32(end, true) !== ZIP64_END_OF_DIRECTORY) throw broken()
      return {
        count: Number(view.getBigUint64(end + 32, true)),
        start: Number(view.getBigUint64(end + 48, true)),
      }
    }
    return { count: view.getUint16(at + 10, true), start: view.getUint32(at + 16, true) }
  }
  throw broken()
}

async function unpack(bytes: Uint8Array, entry: Entry, remaining: number): Promise<Uint8Array> {
  if (entry.encrypted) throw new Problem('encrypted_document', '文件设置了密码，无法读取。请取消密码后重新上传。')
  if (entry.size > MAX_ENTRY_BYTES) throw new TooBig('其中一个部分解压后超过 50 MB')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== LOCAL_HEADER) throw broken()
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  const packed = bytes.subarray(start, start + entry.packed)
  if (packed.length !== entry.packed) throw broken()
  const limit = Math.min(remaining, MAX_ENTRY_BYTES, Math.max(RATIO_FREE_BYTES, entry.packed * MAX_RATIO))
  const data = entry.method === 0 ? packed : entry.method === 8 ? await inflate(packed, limit) : null
  if (!data || data.length !== entry.size || crc32(data) !== entry.crc) throw broken()
  if (data.length > limit) throw new TooBig('解压比例异常')
  return data
}

/** Inflates chunk by chunk and stops at the limit, so that a bomb never fills the memory. */
async function inflate(packed: Uint8Array, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    const source = new Response(packed.slice()).body
    if (!source) return new Uint8Array(0)
    const reader = source.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      length += step.value.length
      if (length > limit) {
        await reader.cancel()
        throw new TooBig('解压比例异常')
      }
      chunks.push(step.value)
    }
  } catch (cause) {
    throw cause instanceof Problem ? cause : broken(cause)
  }
  const data = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    data.set(chunk, at)
    at += chunk.length
  }
  return data
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of data) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

function broken(cause?: unknown): Problem {
  return new Problem('corrupt_document', '文件已损坏，无法打开。请用 Word 或 WPS 重新保存后再上传。', { cause })
}

/** A bound on what an archive may unpack to is passed; `bound` names it. */
export class TooBig extends Problem {
  readonly bound: string

  constructor(bound: string) {
    super('corrupt_document', `文件内容异常（${bound}），已拒绝打开。请用 Word 或 WPS 重新保存后再上传。`)
    this.bound = bound
  }
}
