/** Layout of a TrueType file (OpenType 1.9, “Organization of an OpenType Font”): a header, then one entry for each table. */
const HEADER = 12
const ENTRY = 16
const TABLES = 4

/** Whether a file is a font with TrueType outlines. */
export function isTrueType(bytes: Uint8Array): boolean {
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < HEADER || !['\0\x01\0\0', 'true'].includes(tag(0))) return false
  const count = ((bytes[TABLES] ?? 0) << 8) | (bytes[TABLES + 1] ?? 0)
  const tags = new Set(Array.from({ length: Math.min(count, 64) }, (_, i) => tag(HEADER + i * ENTRY)))
  return ['glyf', 'loca', 'head', 'hhea', 'maxp'].every((name) => tags.has(name))
}

const zeros = (count: number) => new Array<number>(count).fill(0)
const VERSION_1 = [0, 1, 0, 0]
const MAGIC = [0x5f, 0x0f, 0x3c, 0xf5]
const UNITS_PER_EM = [0x03, 0xe8]

/** The smallest font that pdf.js accepts: one empty glyph. */
export const OUTLINELESS = fontOf({
  glyf: zeros(16),
  head: [...VERSION_1, ...VERSION_1, ...zeros(4), ...MAGIC, 0, 0, ...UNITS_PER_EM, ...zeros(34)],
  hhea: [...VERSION_1, ...zeros(30), 0, 1],
  hmtx: [...UNITS_PER_EM, 0, 0],
  loca: zeros(4),
  maxp: [0, 0, 0x50, 0, 0, 1],
})

function fontOf(tables: Record<string, number[]>): Uint8Array {
  const entries = Object.entries(tables)
  const directory = [...VERSION_1, 0, entries.length, ...zeros(6)]
  const body: number[] = []
  for (const [name, data] of entries) {
    const at = HEADER + ENTRY * entries.length + body.length
    const letters = [...name].map((letter) => letter.charCodeAt(0))
    directory.push(...letters, ...zeros(4), 0, 0, at >> 8, at & 0xff, 0, 0, 0, data.length)
    body.push(...data, ...zeros(-data.length & 3))
  }
  return Uint8Array.from([...directory, ...body])
}
