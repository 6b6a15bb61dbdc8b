import { viewOf } from './file.ts'

const PAGE_BYTES = 512
/** Properties too long for their page lie in the data stream. */
const HUGE = new Set([0x6645, 0x6646])
const TABLE_DEFINITION = 0xd608
const TAB_CHANGES = 0xc615

/** Property modifiers (sprms) by code; the operand's bytes without a length prefix. */
export type Modifiers = Map<number, Uint8Array>

/** What properties the characters at a byte offset have. */
export type Lookup = (offset: number) => Modifiers

type Run = { from: number; to: number; modifiers: Modifiers }

const NONE: Modifiers = new Map()

/** Reads the formatted pages that a bin table lists, for paragraphs or for characters ([MS-DOC] 2.9.33, 2.9.179). */
export function readModifiers(
  binTable: Uint8Array,
  main: Uint8Array,
  data: Uint8Array,
  of: 'paragraphs' | 'characters',
): Lookup {
  const view = viewOf(binTable)
  const count = Math.max(0, Math.floor((binTable.length - 4) / 8))
  const runs: Run[] = []
  for (let i = 0; i < count; i++) {
    const page = (view.getUint32((count + 1) * 4 + i * 4, true) & 0x3fffff) * PAGE_BYTES
    runs.push(...readPage(main.subarray(page, page + PAGE_BYTES), data, of))
  }
  runs.sort((a, b) => a.from - b.from)
  return (offset) => find(runs, offset)?.modifiers ?? NONE
}

function find(runs: Run[], offset: number): Run | undefined {
  let low = 0
  let high = runs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const run = runs[middle]
    if (!run) return undefined
    if (offset < run.from) high = middle - 1
    else if (offset >= run.to) low = middle + 1
    else return run
  }
  return undefined
}

function readPage(page: Uint8Array, data: Uint8Array, of: 'paragraphs' | 'characters'): Run[] {
  if (page.length < PAGE_BYTES) return []
  const view = viewOf(page)
  const count = view.getUint8(PAGE_BYTES - 1)
  const entryBytes = of === 'paragraphs' ? 13 : 1
  return Array.from({ length: count }, (_, i) => {
    const at = view.getUint8((count + 1) * 4 + i * entryBytes) * 2
    return {
      from: view.getUint32(i * 4, true),
      to: view.getUint32(i * 4 + 4, true),
      modifiers:
        at === 0 ? NONE : parse(of === 'paragraphs' ? paragraphBytes(page, at) : characterBytes(page, at), data),
    }
  })
}

/** Length in words, then the style's index, then the modifiers. */
function paragraphBytes(page: Uint8Array, at: number): Uint8Array {
  const length = page[at] ?? 0
  const [start, bytes] = length === 0 ? [at + 2, (page[at + 1] ?? 0) * 2] : [at + 1, length * 2 - 1]
  return page.subarray(start + 2, start + bytes)
}

function characterBytes(page: Uint8Array, at: number): Uint8Array {
  return page.subarray(at + 1, at + 1 + (page[at] ?? 0))
}

function parse(bytes: Uint8Array, data: Uint8Array): Modifiers {
  const view = viewOf(bytes)
  const modifiers: Modifiers = new Map()
  for (let at = 0; at + 2 < bytes.length; ) {
    const code = view.getUint16(at, true)
    const { start, length } = operandOf(view, code, at + 2)
    const operand = bytes.subarray(start, start + length)
    if (HUGE.has(code) && operand.length === 4) {
      const place = viewOf(operand).getUint32(0, true)
      if (place + 2 <= data.length) {
        const huge = data.subarray(place + 2, place + 2 + viewOf(data).getUint16(place, true))
        // Without the data stream, so that no chain of references can run in a circle.
        for (const [inner, value] of parse(huge, new Uint8Array(0))) modifiers.set(inner, value)
      }
    } else modifiers.set(code, operand)
    at = start + length
  }
  return modifiers
}

/** The operand's size follows from the code's top three bits ([MS-DOC] 2.2.5.1). */
function operandOf(view: DataView, code: number, at: number): { start: number; length: number } {
  const kind = code >> 13
  if (kind !== 6) return { start: at, length: [1, 1, 2, 4, 2, 2, 0, 3][kind] ?? 1 }
  if (at >= view.byteLength) return { start: at, length: 0 }
  if (code === TABLE_DEFINITION && at + 2 <= view.byteLength) {
    return { start: at + 2, length: Math.max(0, view.getUint16(at, true) - 1) }
  }
  const length = view.getUint8(at)
  // Tab changes too long for one byte end the modifiers of a paragraph in practice.
  return code === TAB_CHANGES && length === 255 ? { start: at + 1, length: view.byteLength } : { start: at + 1, length }
}
