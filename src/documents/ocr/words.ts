/** The bytes of a plane four at a time, for what can be passed over quickly; empty where they do not lie so in memory. */
export function wordsOf({ buffer, byteOffset, length }: Uint8Array): Uint32Array {
  return byteOffset % 4 === 0 ? new Uint32Array(buffer, byteOffset, length >> 2) : new Uint32Array(0)
}

/** Four pixels of a mask that are all 1. */
export const ALL = 0x01010101

/** The same numbers, with room for as many more. */
export function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * numbers.length)
  more.set(numbers)
  return more
}
