import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The Markdown files of a folder of prompts, by their names. */
export function promptFilesFromFolder(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'))
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
