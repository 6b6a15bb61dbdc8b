import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** The YAML files of a rules folder (`checks/`, `packs/`), by their path from the folder's parent, in a stable order. */
export function packSourceFromFolder(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
  const name = (path: string) => relative(join(folder, '..'), join(folder, path)).split(sep).join('/')
  return new Map(paths.map((path) => [name(path), readFileSync(join(folder, path), 'utf8')]))
}
