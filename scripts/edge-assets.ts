/** Gathers what the edge worker loads at run time (packs, prompts, CJK cMaps of pdf.js) in `dist/edge-assets`, served by its ASSETS binding. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promptFilesFromFolder } from '../src/platform/node/prompt-source.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'dist/edge-assets')
const pdfjs = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')))

async function packFiles(): Promise<Record<string, string>> {
  const folder = join(root, 'rules')
  const files: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.yaml') || entry.name === 'readings.yaml') continue
    const path = join(entry.parentPath, entry.name)
    files[relative(root, path).replaceAll('\\', '/')] = await readFile(path, 'utf8')
  }
  return files
}

await rm(target, { recursive: true, force: true })
await mkdir(join(target, 'pdfjs'), { recursive: true })
await cp(join(pdfjs, 'cmaps'), join(target, 'pdfjs/cmaps'), { recursive: true })
await cp(join(pdfjs, 'standard_fonts'), join(target, 'pdfjs/standard_fonts'), { recursive: true })
await writeFile(join(target, 'packs.json'), JSON.stringify(await packFiles()))
await writeFile(
  join(target, 'prompts.json'),
  JSON.stringify(Object.fromEntries(promptFilesFromFolder(join(root, 'prompts')))),
)
