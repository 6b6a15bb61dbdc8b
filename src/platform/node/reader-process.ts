import type { File } from '../../documents/ports.ts'
import { ocrPage, openFile } from '../../documents/read.ts'
import type { OcrChoice } from './ocr/create-ocr.ts'
import { createReaderPorts } from './reader-ports.ts'
import { serveCalls } from './serve-calls.ts'

/** The child process of `createReaderPool`: reads files with warm models. */
const { ocr } = JSON.parse(process.env.XINGSHEN_CHILD ?? '{}') as { ocr: OcrChoice }
const ports = createReaderPorts(ocr)

serveCalls({
  open: async (_, file) => openFile(received(file), await ports),
  ocrPage: async (number, file) => ocrPage(received(file), number as number, await ports),
})

/** What crossed the border may have become a Buffer, which pdf.js refuses. */
function received(file: unknown): File {
  const { name, bytes } = file as File
  return { name, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
}
