/**
 * `node bench/pages.ts [--only WORDS] [--seeds 1,3] [--save DIR]`: pages damaged in every way, read and held against their text layer.
 * Odd seeds are for tuning, even ones are held out. Order of lines on the page counts only within a line.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PAGE_DAMAGES } from '../samples/generate/page-damages.ts'
import { seeded } from '../samples/generate/random.ts'
import { rasterise } from '../samples/generate/scan.ts'
import type { Page } from '../src/documents/model.ts'
import { ocrPage, openFile } from '../src/documents/read.ts'
import { textOf } from '../src/documents/text.ts'
import { createReaderPorts } from '../src/platform/node/reader-ports.ts'

const SAMPLES = join(import.meta.dirname, '../samples/documents')
const FORMS = ['bm-medical', 'bm-university', 'hp-new', 'wc-online-filing', 'bn-heart', 'sm-newborn']

const { values } = parseArgs({
  options: { only: { type: 'string' }, seeds: { type: 'string', default: '1' }, save: { type: 'string' } },
})
const ports = await createReaderPorts('ppocr')
if (values.save) await mkdir(values.save, { recursive: true })

console.log('damage'.padEnd(26), 'seed  missing  extra  pairs lost  cells exact  seconds')
for (const [name, damage] of Object.entries(PAGE_DAMAGES)) {
  if (values.only && !values.only.split(',').some((word) => name.includes(word))) continue
  for (const seed of values.seeds.split(',')) {
    const random = seeded(`${name} ${seed}`)
    const bytes = await readFile(join(SAMPLES, `${random.pick(FORMS)}-chromium.pdf`))
    const { pages } = await openFile({ name: 'form.pdf', bytes: new Uint8Array(bytes) }, ports)
    const front = Math.floor(random.between(1, pages.length))
    const [truth, behind] = [pages[front], pages[(front + 1) % pages.length]]
    if (!truth || !behind) throw new Error('these forms have a text layer on every page')
    const dpi = damage.dpi ?? 200
    const drawn = await rasterise(bytes, dpi)
    const [page, back] = [drawn[front], drawn[(front + 1) % pages.length]]
    if (!page || !back) throw new Error('poppler drew fewer pages')
    const file = await damage.make({ page, back, dpi, random })
    if (values.save) await writeFile(join(values.save, `${name}-${seed}-${file.name}`), file.bytes)
    const start = performance.now()
    const read = await ocrPage({ ...file, bytes: new Uint8Array(file.bytes) }, 1, ports)
    const seconds = (performance.now() - start) / 1000
    const sheets = [read, ...(read.facing ? [read.facing] : [])]
    report(name, seed, name === 'two on one A3' ? [truth, behind] : [truth], sheets, seconds)
  }
}

function report(name: string, seed: string, truth: Page[], read: Page[], seconds: number): void {
  const [wanted, got] = [truth.flatMap(linesOf), read.flatMap(linesOf)]
  const [characters, pairs] = [
    (lines: string[]) => lines.flatMap((line) => [...line]),
    (lines: string[]) => lines.flatMap(pairsOf),
  ]
  const [missing, total] = lost(characters(wanted), characters(got))
  const [extra] = lost(characters(got), characters(wanted))
  const [broken, all] = lost(pairs(wanted), pairs(got))
  const [wrong, cells] = lost(truth.flatMap(cellsOf), read.flatMap(cellsOf))
  const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`
  const figures = [percent(missing, total), percent(extra, total), percent(broken, all), `${cells - wrong}/${cells}`]
  console.log(
    name.padEnd(26),
    seed.padStart(3),
    ...figures.map((each) => each.padStart(10)),
    seconds.toFixed(1).padStart(6),
  )
}

function fold(text: string): string {
  return text.normalize('NFKC').replace(/[\s□☐☑☒■○●◉√×]/g, '')
}

function pairsOf(line: string): string[] {
  return [...line].slice(1).map((character, i) => `${[...line][i]}${character}`)
}

function linesOf(page: Page): string[] {
  return page.blocks
    .flatMap((block) => (block.kind === 'line' ? [block.line] : block.table.cells.flatMap((cell) => cell.lines)))
    .map((line) => fold(textOf(line)))
}

function cellsOf(page: Page): string[] {
  return page.blocks
    .flatMap((block) => (block.kind === 'table' ? block.table.cells : []))
    .map((cell) => fold(cell.lines.map(textOf).join('')))
    .filter((text) => text !== '')
}

/** How many of `wanted` are not in `got`, and how many were wanted; each counts once. */
function lost(wanted: string[], got: string[]): [number, number] {
  const left = new Map<string, number>()
  for (const each of got) left.set(each, (left.get(each) ?? 0) + 1)
  let missing = 0
  for (const each of wanted) {
    const count = left.get(each) ?? 0
    if (count === 0) missing++
    else left.set(each, count - 1)
  }
  return [missing, wanted.length]
}
