import { readFile } from 'node:fs/promises'
import type { Ports, Resources } from '../../documents/ports.ts'
import { createImages } from './images.ts'
import { createOcr, type OcrChoice } from './ocr/create-ocr.ts'

/** Everything that reading needs on Node. Models load at the first page that needs them. */
export async function createReaderPorts(ocr: OcrChoice): Promise<Ports> {
  return { resources: createResources(), images: createImages(), ocr: await createOcr(ocr) }
}

/** The data files of pdf.js, from its package. */
function createResources(): Resources {
  const root = import.meta.resolve('pdfjs-dist/package.json')
  return { load: async (path) => new Uint8Array(await readFile(new URL(path, root))) }
}
