import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grow } from '../../src/documents/ocr/ink.ts'

const sizes = fc.record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
const masks = sizes.chain(({ width, height }) =>
  fc
    .array(fc.constantFrom(0, 0, 0, 0, 1), { minLength: width * height, maxLength: width * height })
    .map((values) => ({ width, height, data: Uint8Array.from(values) })),
)

test('a mask grows by so many pixels to all sides, corners too, and no further', () => {
  fc.assert(
    fc.property(masks, fc.integer({ min: 0, max: 4 }), (mask, radius) => {
      const { width, height } = mask
      const expected = Array.from({ length: width * height }, (_, i) => {
        const [x, y] = [i % width, Math.floor(i / width)]
        const isNear = (value: number, at: number) =>
          value === 1 && Math.max(Math.abs((at % width) - x), Math.abs(Math.floor(at / width) - y)) <= radius
        return mask.data.some(isNear) ? 1 : 0
      })
      expect([...grow(mask, radius).data]).toEqual(expected)
    }),
  )
})
