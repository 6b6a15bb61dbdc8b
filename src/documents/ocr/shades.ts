/** How often each brightness from 0 to 255 occurs. */
export const newShades = (): Uint32Array => new Uint32Array(256)

/** The brightness at a place among all of them in order, `place` counting from 0; null beyond the last. */
export function shadeAt(shades: Uint32Array, place: number): number | null {
  let below = 0
  for (let value = 0; value < 256; value++) {
    below += shades[value] ?? 0
    if (below > place) return value
  }
  return null
}

export const countOf = (shades: Uint32Array): number => shades.reduce((sum, count) => sum + count, 0)
