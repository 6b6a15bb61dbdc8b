/** `npm run samples`: writes every document of the plan with its truth into samples/documents. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { make } from './make.ts'
import { PLANS } from './plan.ts'
import { openPrinter } from './print.ts'

const WORDS: Record<string, string> = { pdf: 'chromium', 'pdf-libreoffice': 'libreoffice', docx: 'word' }
const OUT = join(import.meta.dirname, '..', 'documents')
const only = process.argv.slice(2)
const wanted = PLANS.filter((item) => only.length === 0 || only.some((id) => idOf(item).includes(id)))

function idOf(item: (typeof PLANS)[number]): string {
  return `${item.source.id}-${WORDS[item.kind] ?? item.kind}`
}

if (only.length === 0) await rm(OUT, { recursive: true, force: true })
await mkdir(OUT, { recursive: true })
const printer = await openPrinter()
try {
  for (const item of wanted) {
    const { files, truth } = await make(item, idOf(item), printer)
    await removeOld(idOf(item))
    for (const file of files) await writeFile(join(OUT, file.name), file.bytes)
    await writeFile(join(OUT, `${idOf(item)}.truth.json`), `${JSON.stringify(truth, null, 2)}\n`)
    const kilobytes = files.reduce((sum, file) => sum + file.bytes.length, 0) / 1024
    console.log(`${idOf(item)}  ${kilobytes.toFixed(0)} kB`)
  }
} finally {
  await printer.close()
}

/** A shorter form than last time must not leave its last pages behind. */
async function removeOld(id: string): Promise<void> {
  const old = (await readdir(OUT)).filter(
    (name) => name.startsWith(`${id}.`) || /^-\d+\.jpg$/.test(name.slice(id.length)),
  )
  for (const name of old.filter((each) => each.startsWith(id))) await rm(join(OUT, name))
}
