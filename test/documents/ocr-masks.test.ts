import { describe, expect, it } from 'vitest'
import { findComponents } from '../../src/documents/ocr/components.ts'
import { findInk, grow, invert } from '../../src/documents/ocr/ink.ts'
import type { Plane } from '../../src/documents/ocr/raster.ts'
import { eachStretch } from '../../src/documents/ocr/stretches.ts'

/** Random pixels, crowded in places and empty in others; widths that are no multiple of four lie askew in memory. */
function randomPlane(width: number, height: number, most: number, seed: number): Plane {
  let state = seed
  const next = () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return state / 0x7fffffff
  }
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    next() < ((i % width) / width) ** 2 ? Math.ceil(next() * most) : 0,
  )
  return { width, height, data }
}

const SIZES = [
  [37, 29],
  [64, 40],
  [5, 61],
] as const

describe.each(SIZES)('a mask of %i by %i pixels', (width, height) => {
  const mask = randomPlane(width, height, 1, width)
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? 0 : mask.data[y * width + x])

  it.each([1, 2, 4, 7])('grows by %i pixels to all sides', (radius) => {
    const grown = grow(mask, radius)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let near = 0
        for (let v = -radius; v <= radius; v++) for (let u = -radius; u <= radius; u++) near |= at(x + u, y + v) ?? 0
        expect(grown.data[y * width + x]).toBe(near)
      }
    }
  })

  it.each([1, 0] as const)('falls into components of %i, each told in every way alike', (value) => {
    const { parts, labels, labelAt, cutOut, draw } = findComponents(mask, value)
    expect(parts.reduce((sum, { pixels }) => sum + pixels, 0)).toBe(mask.data.filter((each) => each === value).length)
    for (let i = 0; i < labels.length; i++) {
      expect((labels[i] ?? 0) > 0).toBe(mask.data[i] === value)
      expect(labelAt(i % width, Math.floor(i / width))).toBe(labels[i])
    }
    for (const part of parts) {
      const places = [...labels.keys()].filter((i) => labels[i] === part.label)
      const [xs, ys] = [places.map((i) => i % width), places.map((i) => Math.floor(i / width))]
      const [x, y] = [Math.min(...xs), Math.min(...ys)]
      expect(part).toMatchObject({ x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 })
      const patch = cutOut(part)
      for (const i of patch.data.keys()) {
        const [u, v] = [part.x + (i % part.width), part.y + Math.floor(i / part.width)]
        expect(patch.data[i]).toBe(labels[v * width + u] === part.label ? 1 : 0)
      }
    }
    const large = Uint8Array.from([0, ...parts.map(({ pixels }) => (pixels > 2 ? 1 : 0))])
    expect([...draw(large).data]).toEqual([...labels].map((label) => large[label]))
    expect(labelAt(-1, 0) + labelAt(0, -1) + labelAt(width, 0) + labelAt(0, height)).toBe(0)
  })

  it.each([false, true])('has stretches along its lines (down its columns: %s)', (vertical) => {
    const found: string[] = []
    eachStretch(mask, vertical, 2, (...stretch) => found.push(stretch.join()))
    const wanted: string[] = []
    const [lines, length] = vertical ? [width, height] : [height, width]
    for (let line = 0; line < lines; line++) {
      const row = Array.from({ length }, (_, i) => String(vertical ? at(line, i) : at(i, line))).join('')
      for (const { index, 0: text } of row.matchAll(/1+(?:0{1,2}1+)*/g))
        wanted.push([line, index, index + text.length - 1, text.replaceAll('0', '').length].join())
    }
    expect(found.sort()).toEqual(wanted.sort())
  })

  it('turns round', () => {
    expect([...invert(mask).data]).toEqual([...mask.data].map((value) => 1 - value))
  })
})

describe('ink', () => {
  it.each(SIZES)('of %i by %i pixels is darker than the mean of the square around it', (width, height) => {
    const grey = randomPlane(width, height, 255, 3)
    const half = Math.max(8, Math.round(width / 32))
    const ink = findInk(grey)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const around: number[] = []
        for (let v = Math.max(0, y - half); v < Math.min(height, y + half + 1); v++)
          around.push(
            ...grey.data.subarray(v * width + Math.max(0, x - half), v * width + Math.min(width, x + half + 1)),
          )
        const mean = around.reduce((sum, value) => sum + value, 0) / around.length
        expect(ink.data[y * width + x]).toBe((grey.data[y * width + x] ?? 0) < mean * 0.85 - 4 ? 1 : 0)
      }
    }
  })
})
