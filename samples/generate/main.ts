/**
 * `npm run samples`: writes every document of the plan with its truth into samples/documents; words behind it name some of them. With
 * `--truth` the documents stay as they are and only what is expected of them is written anew.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Declaration } from '../../src/declaration/schema.ts'
import { make } from './make.ts'
import { PLANS } from './plan.ts'
import { openPrinter } from './print.ts'
import { fill, truthOf } from './truth.ts'

const WORDS: Record<string, string> = { pdf: 'chromium', 'pdf-libreoffice': 'libreoffice', docx: 'word' }
const Known = z.object({ files: z.array(z.string()), declaration: Declaration })
const OUT = join(import.meta.dirname, '..', 'documents')
const isTruthOnly = process.argv.includes('--truth')
const only = process.argv.slice(2).filter((argument) => argument !== '--truth')
const wanted = PLANS.filter((item) => only.length === 0 || only.some((id) => idOf(item).includes(id)))

function idOf(item: (typeof PLANS)[number]): string {
  return `${item.source.id}-${WORDS[item.kind] ?? item.kind}`
}

if (isTruthOnly) for (const item of wanted) await rewriteTruth(item, idOf(item))
else await drawAll()

async function drawAll(): Promise<void> {
  if (only.length === 0) await rm(OUT, { recursive: true, force: true })
  await mkdir(OUT, { recursive: true })
  const printer = await openPrinter()
  try {
    for (const item of wanted) {
      const { files, truth } = await make(item, idOf(item), printer)
      await removeOld(idOf(item))
      for (const file of files) await writeFile(join(OUT, file.name), file.bytes)
      await writeTruth(idOf(item), truth)
      const kilobytes = files.reduce((sum, file) => sum + file.bytes.length, 0) / 1024
      console.log(`${idOf(item)}  ${kilobytes.toFixed(0)} kB`)
    }
  } finally {
    await printer.close()
  }
}

/** Where the seals stand was found on the drawn pages, and those have not changed. */
async function rewriteTruth(item: (typeof PLANS)[number], id: string): Promise<void> {
  const old = Known.parse(JSON.parse(await readFile(join(OUT, `${id}.truth.json`), 'utf8')))
  const { declaration } = fill(item)
  if (old.declaration.seals) declaration.seals = old.declaration.seals
  await writeTruth(id, truthOf(item, declaration, old.files))
}

async function writeTruth(id: string, truth: Record<string, unknown>): Promise<void> {
  await writeFile(join(OUT, `${id}.truth.json`), `${JSON.stringify(truth, null, 2)}\n`)
}

/** A shorter form than last time must not leave its last pages behind. */
async function removeOld(id: string): Promise<void> {
  const old = (await readdir(OUT)).filter(
    (name) => name.startsWith(`${id}.`) || /^-\d+\.jpg$/.test(name.slice(id.length)),
  )
  for (const name of old.filter((each) => each.startsWith(id))) await rm(join(OUT, name))
}
