import type { Ports } from '../../documents/ports.ts'
import { createImages } from './images.ts'
import { createOcr, type OcrChoice } from './ocr/create-ocr.ts'
import { canvasRenderer } from './pdf-renderer.ts'
import { packagedResources } from './resources.ts'

/** Everything that reading needs on Node. Models load at the first page that needs them. */
export async function createReaderPorts(ocr: OcrChoice): Promise<Ports> {
  const resources = packagedResources()
  return { resources, images: createImages(), renderer: canvasRenderer(resources), ocr: await createOcr(ocr) }
}
