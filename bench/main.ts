/** `npm run bench [-- --only json|text|scan]`: what reading and reviewing cost, each beside a peer on the same input in the same run. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { rasterise } from '../samples/generate/scan.ts'
import type { Block, Line, Page } from '../src/documents/model.ts'
import type { PageReader } from '../src/documents/ports.ts'
import { inProcessReader } from '../src/documents/read.ts'
import { createNodeDeps } from '../src/node.ts'
import { createReaderPorts } from '../src/platform/node/reader-ports.ts'
import { createReviewer } from '../src/review/reviewer.ts'
import type { Review } from '../src/review/schema.ts'
import { characterErrorRate, type Piece } from './character-errors.ts'
import { benchJson } from './json.ts'
import { cpuOf, cpuOfProgram, median } from './measure.ts'
import { piecesOfBboxLayout, piecesOfTsv } from './peers.ts'
import { alone, beside, printRows, type Row } from './rows.ts'

const SAMPLES = join(import.meta.dirname, '../samples/documents')
const DPI = 200
const OCR_PAGES = 3

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
if (only !== undefined && !['json', 'text', 'scan'].includes(only))
  throw new Error(`--only json, text or scan, not ${only}`)
const isAsked = (part: string) => only === undefined || only === part

if (isAsked('json')) printRows(await benchJson())
if (isAsked('text') || isAsked('scan')) printRows(await benchDocuments())

async function benchDocuments(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const emptyMemory = process.memoryUsage().rss
  const { reviewer: wired, close } = createNodeDeps({ log: () => undefined })
  const reader = inProcessReader(await createReaderPorts('ppocr'))
  const reviewer = createReviewer({ packs: wired.packs, reader, clock: () => new Date(), log: () => undefined })
  const review = (files: { name: string; bytes: Uint8Array }[]) =>
    reviewer.review({ files }, { id: 'bench', createdAt: new Date().toISOString() })
  try {
    return [
      ...(isAsked('text') ? [await benchText(folder, review)] : []),
      ...(isAsked('scan') ? await benchScan(folder, reader, emptyMemory) : []),
    ]
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true })
  }
}

type ReviewFiles = (files: { name: string; bytes: Uint8Array }[]) => Promise<Review>

/** Ten pages of text, from bytes to findings, against text with boxes alone. */
async function benchText(folder: string, review: ReviewFiles): Promise<Row> {
  const bytes = await tenPages()
  const path = join(folder, 'ten.pdf')
  await writeFile(path, bytes)
  for (let index = 0; index < 10; index++) await review([{ name: 'warm.pdf', bytes }])
  const runs = Array.from({ length: 15 })
  const ours: number[] = []
  const peers: number[] = []
  for (const _ of runs) {
    const { seconds, result } = await cpuOf(() => review([{ name: 'ten.pdf', bytes }]))
    if (result.status !== 'done') throw new Error(`the ten pages could not be reviewed: ${result.problem?.detail}`)
    ours.push(seconds)
    const peer = await cpuOfProgram('pdftotext', ['-bbox-layout', path, '-'])
    if (peer) peers.push(peer.seconds)
  }
  return beside(
    '10-page text PDF read, extracted, reviewed (CPU) vs pdftotext -bbox-layout',
    median(ours),
    peers.length ? median(peers) : null,
    's',
  )
}

/** A declaration with pages of further declarations behind it, as annexes. */
async function tenPages(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  for (const name of ['bm-hours-faults', 'bm-medical', 'bm-cdc-faults', 'bm-university']) {
    const source = await PDFDocument.load(await readFile(join(SAMPLES, `${name}-chromium.pdf`)))
    const room = 10 - pdf.getPageCount()
    for (const page of await pdf.copyPages(source, source.getPageIndices().slice(0, room))) pdf.addPage(page)
  }
  return pdf.save()
}

/** Pages as pictures, against Debian's tesseract. */
async function benchScan(folder: string, reader: PageReader, emptyMemory: number): Promise<Row[]> {
  const source = join(SAMPLES, 'bm-medical-chromium.pdf')
  const bytes = await readFile(source)
  const truth = piecesOfBboxLayout((await cpuOfProgram('pdftotext', ['-bbox-layout', source, '-']))?.output ?? '')
  const pages = (await rasterise(bytes, DPI)).slice(1, 1 + OCR_PAGES)
  const pictures = await Promise.all(
    pages.map(({ width, height, data }) =>
      sharp(data, { raw: { width, height, channels: 3 } })
        .withMetadata({ density: DPI })
        .jpeg({ quality: 60 })
        .toBuffer(),
    ),
  )
  const first = pictures[0]
  if (!first) throw new Error('the sample has too few pages')
  await reader.ocrPage({ name: 'warm.jpg', bytes: first }, 1)

  const ours = { seconds: 0, errors: 0 }
  const peer = { seconds: 0, errors: 0, installed: true }
  for (const [index, picture] of pictures.entries()) {
    const lines = truth[index + 1] ?? []
    const { seconds, result } = await cpuOf(() => reader.ocrPage({ name: 'page.jpg', bytes: picture }, 1))
    ours.seconds += seconds
    ours.errors += characterErrorRate(lines, piecesOfPage(result))
    const path = join(folder, `page-${index}.jpg`)
    await writeFile(path, picture)
    const other = await cpuOfProgram('tesseract', [path, '-', '-l', 'chi_sim', '--dpi', String(DPI), 'tsv'])
    const { width, height } = pages[index] ?? { width: 1, height: 1 }
    if (!other) peer.installed = false
    else {
      peer.seconds += other.seconds
      peer.errors += characterErrorRate(lines, piecesOfTsv(other.output, width, height))
    }
  }
  const count = pictures.length
  const memory = process.memoryUsage().rss
  const perPage = (all: { seconds: number; errors: number }, key: 'seconds' | 'errors') => all[key] / count
  return [
    beside(
      `scanned page, ${DPI} dpi, OCR (CPU) vs tesseract -l chi_sim`,
      perPage(ours, 'seconds'),
      peer.installed ? perPage(peer, 'seconds') : null,
      's',
    ),
    beside(
      '… characters wrong',
      perPage(ours, 'errors') * 100,
      peer.installed ? perPage(peer, 'errors') * 100 : null,
      '%',
    ),
    {
      ...alone('resident memory of one process with OCR loaded', `${(memory / 2 ** 20).toFixed(0)} MB`),
      peer: `${(emptyMemory / 2 ** 20).toFixed(0)} MB before`,
    },
  ]
}

function piecesOfPage(page: Page): Piece[] {
  return page.blocks
    .flatMap(linesOf)
    .flatMap((line) => line.spans)
    .flatMap(({ text, box, edges }) => {
      if (!box) return []
      const [y, height] = [box.y / page.height, box.height / page.height]
      if (!edges) return [{ text, x: box.x / page.width, y, width: box.width / page.width, height }]
      return text.split('').map((unit, index) => {
        const [left, right] = [edges[index] ?? box.x, edges[index + 1] ?? box.x + box.width]
        return { text: unit, x: left / page.width, y, width: (right - left) / page.width, height }
      })
    })
}

function linesOf(block: Block): Line[] {
  return block.kind === 'line' ? [block.line] : block.table.cells.flatMap((cell) => cell.lines)
}
