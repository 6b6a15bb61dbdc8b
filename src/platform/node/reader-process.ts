import { drawPage } from '../../documents/draw-page.ts'
import type { Turn } from '../../documents/model.ts'
import type { File } from '../../documents/ports.ts'
import { keyOfPage, type OcrInput, ocrPage, openFile, openForOcr } from '../../documents/read.ts'
import type { OcrChoice } from './ocr/create-ocr.ts'
import { createReaderPorts } from './reader-ports.ts'
import { readerVersion } from './reader-version.ts'
import { serveCalls } from './serve-calls.ts'

/** The child process of `createReaderPool`: reads files with warm models. */
const { ocr } = JSON.parse(process.env.XINGSHEN_CHILD ?? '{}') as { ocr: OcrChoice }
const ports = createReaderPorts(ocr)

/** The page opened last: who asks for its key asks for its text next. */
let opened: { file: unknown; number: unknown; input: OcrInput } | null = null
let version: string | undefined

serveCalls({
  open: async (_, file) => openFile(received(file), await ports),
  async pageKey(number, file) {
    const lent = await ports
    const input = await openForOcr(received(file), number as number, lent)
    opened = { file, number, input }
    version ??= readerVersion()
    return keyOfPage(input, lent.ocr?.name ?? '', version)
  },
  async ocrPage(number, file) {
    const input = opened && opened.file === file && opened.number === number ? opened.input : undefined
    opened = null
    return ocrPage(received(file), number as number, await ports, input)
  },
  async drawPage(at, file) {
    const { number, turn } = at as { number: number; turn: Turn }
    return drawPage(received(file), number, turn, await ports)
  },
})

/** What crossed the border may have become a Buffer, which pdf.js refuses. */
function received(file: unknown): File {
  const { name, bytes } = file as File
  return { name, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
}
