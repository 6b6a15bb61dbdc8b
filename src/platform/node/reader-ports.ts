import { inflateSync } from 'node:zlib'
import type { Images, Ports } from '../../documents/ports.ts'
import { createImages } from './images.ts'
import { createOcr, type OcrChoice } from './ocr/create-ocr.ts'
import { packagedResources } from './resources.ts'

/** Everything that reading needs on Node. Models load at the first page that needs them. */
export async function createReaderPorts(ocr: OcrChoice): Promise<Ports & { images: Images }> {
  const resources = packagedResources()
  return {
    resources,
    inflate: inflateAll,
    images: createImages(),
    renderer: {
      // Skia takes 35 MB, and few pages are drawn.
      render: async (...page) => (await import('./pdf-renderer.ts')).canvasRenderer(resources).render(...page),
    },
    ocr: await createOcr(ocr),
  }
}

function inflateAll(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = inflateSync(bytes)
  return new Uint8Array(buffer, byteOffset, length)
}
