import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What reads pages: another line in any of these files may read another page. */
const SOURCES = ['../../documents/', './ocr/', './images.ts', './pdf-renderer.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

/** A word that changes whenever the reader's own code does. */
export function readerVersion(): string {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap(filesOf)) hash.update(readFileSync(path)).update('\0')
  return hash.digest('hex').slice(0, 16)
}

function filesOf(path: string): string[] {
  if (path.endsWith('.ts')) return [path]
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return names.sort().map((name) => join(path, name))
}
