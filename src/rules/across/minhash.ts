/** Characters of a gram: Chinese words are mostly two or three long. */
const GRAM = 3
/** Bands of rows: two texts with 0.67 of their grams in common share a band with 99.9 %, with 0.2 of them with 5 %. */
const BANDS = 32
const ROWS = 4

/** The sequences of three characters that a text holds. */
export function gramsOf(text: string): Set<string> {
  const grams = new Set<string>()
  for (let at = 0; at + GRAM <= text.length; at++) grams.add(text.slice(at, at + GRAM))
  return grams
}

/** Share (0–1) of the grams of two texts that both hold (Jaccard). */
export function overlap(one: Set<string>, other: Set<string>): number {
  let shared = 0
  for (const gram of one) if (other.has(gram)) shared++
  return shared === 0 ? 0 : shared / (one.size + other.size - shared)
}

/**
 * Keys of which texts with much in common share at least one: the least values of 128 hashes of the grams (MinHash, Broder 1997),
 * hashed by bands of four (locality-sensitive hashing, Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4).
 */
export function bandsOf(grams: Set<string>): string[] {
  const least = new Uint32Array(BANDS * ROWS).fill(0xffffffff)
  for (const gram of grams) {
    const hash = hash32(gram)
    for (let row = 0; row < least.length; row++) {
      const value = mix(hash ^ Math.imul(row + 1, 0x9e3779b1))
      if (value < (least[row] ?? 0)) least[row] = value
    }
  }
  return Array.from({ length: BANDS }, (_, band) => {
    const rows = least.subarray(band * ROWS, (band + 1) * ROWS)
    return `${band}:${hash32(rows.join()).toString(36)}`
  })
}

/** FNV-1a, 32 bit. */
export function hash32(text: string, seed = 0x811c9dc5): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Spreads every bit over all (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
