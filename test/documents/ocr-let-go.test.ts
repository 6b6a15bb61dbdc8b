import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { Page, Raster } from '../../src/documents/model.ts'
import type { OcrEngine } from '../../src/documents/ports.ts'
import { ocrPage } from '../../src/documents/read.ts'
import { packagedResources } from '../../src/platform/node/resources.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const [WIDTH, HEIGHT] = [2480, 3508]

/** The page, and what tells whether its pixels are still held. */
function begin(ocr: OcrEngine): { reading: Promise<Page>; pixels: WeakRef<Uint8Array> } {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(255)
  const raster: Raster = { width: WIDTH, height: HEIGHT, channels: 3, data, dpi: 300 }
  const file = { name: 'scan.png', bytes: new Uint8Array() }
  const ports = { resources: packagedResources(), ocr }
  return { reading: ocrPage(file, 1, ports, { raster, layer: null }), pixels: new WeakRef(data) }
}

test('the pixels of a fine scan are let go before the lines on it are looked for', async () => {
  const seen: { longest: number; isHeld: boolean }[] = []
  const { reading, pixels } = begin({
    name: 'none',
    readPage: async () => [],
    readLine: async () => null,
    strips: {
      async find({ width, height }) {
        await new Promise((resolve) => setTimeout(resolve, 10))
        collect()
        seen.push({ longest: Math.max(width, height), isHeld: pixels.deref() !== undefined })
        return []
      },
      read: async () => null,
      upsideDown: async () => false,
    },
  })
  const page = await reading
  expect(seen[0]).toEqual({ longest: 2600, isHeld: false })
  expect(page.width / page.height).toBeCloseTo(WIDTH / HEIGHT, 2)
})
