/** `npm run bench`: what reading and reviewing cost, each beside a peer on the same input in the same run. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { rasterise } from '../samples/generate/scan.ts'
import type { Block, Line, Page } from '../src/documents/model.ts'
import { inProcessReader } from '../src/documents/read.ts'
import { readSamples } from '../src/evaluation/read-samples.ts'
import { createNodeDeps } from '../src/node.ts'
import { createReaderPorts } from '../src/platform/node/reader-ports.ts'
import { createReviewer } from '../src/review/reviewer.ts'
import { characterErrorRate, type Piece } from './character-errors.ts'
import { cpuOf, cpuOfProgram, median } from './measure.ts'
import { piecesOfBboxLayout, piecesOfTsv } from './peers.ts'

const SAMPLES = join(import.meta.dirname, '../samples/documents')
const DPI = 200
const OCR_PAGES = 3

type Row = { what: string; ours: string; peer: string; ratio: string }
const rows: Row[] = []
const folder = await mkdtemp(join(tmpdir(), 'bench-'))
const emptyMemory = process.memoryUsage().rss

const { reviewer: wired, close } = createNodeDeps({ log: () => undefined })
const reader = inProcessReader(await createReaderPorts('ppocr'))
const reviewer = createReviewer({ packs: wired.packs, reader, clock: () => new Date(), log: () => undefined })
const review = (files: { name: string; bytes: Uint8Array }[], more: object = {}) =>
  reviewer.review({ files, ...more }, { id: 'bench', createdAt: new Date().toISOString() })

try {
  await benchJson()
  await benchText()
  await benchOcr()
  printRows()
} finally {
  await close()
  await rm(folder, { recursive: true, force: true })
}

/** (c) A declaration without a document. */
async function benchJson(): Promise<void> {
  const sample = (await readSamples(SAMPLES)).find(({ truth }) => truth.pack === 'beijing-2025-municipal')
  if (!sample) throw new Error('no sample for beijing-2025-municipal')
  const { declaration, pack } = sample.truth
  const times: number[] = []
  const once = async () => {
    const started = performance.now()
    await review([], { declaration, pack })
    times.push(performance.now() - started)
  }
  for (let index = 0; index < 50; index++) await once()
  const cpu = await cpuOf(async () => {
    for (let index = 0; index < 250; index++) await once()
  })
  rows.push({
    what: 'JSON declaration reviewed, median of 250',
    ours: `${median(times.slice(50)).toFixed(2)} ms, ${((cpu.seconds * 1000) / 250).toFixed(2)} ms CPU`,
    peer: '–',
    ratio: '–',
  })
}

/** (b) Ten pages of text, from bytes to findings, against text with boxes alone. */
async function benchText(): Promise<void> {
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
  pushRatio(
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

/** (a) and (d) Pages as pictures, against Debian's tesseract. */
async function benchOcr(): Promise<void> {
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
  pushRatio(
    `scanned page, ${DPI} dpi, OCR (CPU) vs tesseract -l chi_sim`,
    ours.seconds / count,
    peer.installed ? peer.seconds / count : null,
    's',
  )
  pushRatio('… characters wrong', (ours.errors / count) * 100, peer.installed ? (peer.errors / count) * 100 : null, '%')
  const memory = process.memoryUsage().rss
  rows.push({
    what: 'resident memory of one process with OCR loaded',
    ours: `${(memory / 2 ** 20).toFixed(0)} MB`,
    peer: `${(emptyMemory / 2 ** 20).toFixed(0)} MB before`,
    ratio: '–',
  })
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

function pushRatio(what: string, ours: number, peer: number | null, unit: string): void {
  rows.push({
    what,
    ours: `${ours.toFixed(2)} ${unit}`,
    peer: peer === null ? 'not installed' : `${peer.toFixed(2)} ${unit}`,
    ratio: peer === null ? '–' : `${(ours / peer).toPrecision(2)}×`,
  })
}

function printRows(): void {
  const head: Row = { what: 'what', ours: 'xingshen', peer: 'peer', ratio: 'ratio' }
  const all = [head, ...rows]
  const width = (key: keyof Row) => Math.max(...all.map((row) => row[key].length))
  for (const row of all)
    console.log(
      `${row.what.padEnd(width('what'))}  ${row.ours.padStart(width('ours'))}  ${row.peer.padStart(width('peer'))}  ${row.ratio.padStart(width('ratio'))}`,
    )
}
