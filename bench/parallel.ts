/**
 * `node bench/parallel.ts [--pages N]`: pages read two at a time against one after the other, and the memory of a reading process over
 * N pages. Two pages of which one costs half as much again as the other, each twice, so that neither process waits for the other at the
 * end. To be run on an otherwise idle machine.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { rasterise } from '../samples/generate/scan.ts'
import type { File } from '../src/documents/ports.ts'
import { createReaderPool } from '../src/platform/node/reader-pool.ts'

const { values } = parseArgs({ options: { pages: { type: 'string', default: '20' } } })
const SAMPLES = join(import.meta.dirname, '../samples/documents')
const OPTIONS = { memoryMb: 1500, timeoutMs: 180_000, ocr: 'ppocr' } as const

const drawn = await rasterise(await readFile(join(SAMPLES, 'bm-medical-chromium.pdf')), 200)
const files: File[] = []
for (const { width, height, data } of drawn) {
  const image = sharp(data, { raw: { width, height, channels: 3 } }).withMetadata({ density: 200 })
  files.push({ name: 'page.jpg', bytes: new Uint8Array(await image.jpeg({ quality: 70 }).toBuffer()) })
}
const [first, second] = files.slice(1)
if (!first || !second) throw new Error('the sample has too few pages')

const pair = createReaderPool({ ...OPTIONS, size: 2 })
const single = createReaderPool({ ...OPTIONS, size: 1 })
try {
  const pages = [first, second, first, second]
  const atOnce = () => Promise.all(pages.map((page) => pair.ocrPage(page, 1)))
  const inTurn = async () => {
    for (const page of pages) await single.ocrPage(page, 1)
  }
  await Promise.all([atOnce(), inTurn()])
  const times: { atOnce: number; inTurn: number }[] = []
  for (let round = 0; round < 3; round++) times.push({ inTurn: await wall(inTurn), atOnce: await wall(atOnce) })
  for (const { inTurn: turn, atOnce: once } of times) {
    console.log(`in turn ${turn.toFixed(2)} s, at once ${once.toFixed(2)} s: ${(once / turn).toFixed(2)} of the time`)
  }
  let highest = 0
  for (let page = 0; page < Number(values.pages); page++) {
    const file = files[page % files.length]
    if (file) await single.ocrPage(file, 1)
    highest = Math.max(highest, ...(await peaksOfChildren()))
  }
  console.log(`${values.pages} pages: ${highest.toFixed(0)} MB at most in a reading process`)
} finally {
  await Promise.all([pair.close(), single.close()])
}

async function wall(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

/** The highest resident memory so far of each process that this one started, in MB (Linux). */
async function peaksOfChildren(): Promise<number[]> {
  const peaks: number[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    if (!status.includes(`\nPPid:\t${process.pid}\n`)) continue
    peaks.push(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024)
  }
  return peaks
}
