/** `npm run pack-pages`: writes docs/packs/<id>.md from every pack's rules, ledger and readings. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { packSourceFromFolder } from '../src/platform/node/pack-source.ts'
import { lookUpPack } from '../src/review/packs.ts'
import { loadPacks } from '../src/rules/engine/load.ts'
import type { Pack } from '../src/rules/engine/pack.ts'
import { ReadingsFile, readingsOf, renderPage, strayRules } from './pack-page.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

type Page = { path: string; text: string }

/** Every pack's page. Throws where a pack has no readings.yaml, or one that names a rule the pack does not run. */
export function pagesOf(rulesFolder = join(ROOT, 'rules')): Page[] {
  const { packs } = loadPacks(packSourceFromFolder(rulesFolder))
  const files = new Map(
    [...packs.keys()].map((id) => [id, readReadings(join(rulesFolder, 'packs', id, 'readings.yaml'))]),
  )
  const readings = (pack: Pack): ReadingsFile['readings'] => {
    const parent = pack.extends ? lookUpPack({ packs }, pack.extends) : undefined
    return readingsOf(pack, own(pack), parent ? readings(parent) : [])
  }
  const own = (pack: Pack): ReadingsFile => {
    const file = files.get(pack.id)
    const stray = file ? strayRules(pack, file) : []
    if (!file) throw new Error(`rules/packs/${pack.id}/readings.yaml is missing`)
    if (stray.length > 0) throw new Error(`rules/packs/${pack.id}/readings.yaml names rules that do not run: ${stray}`)
    return file
  }
  return [...packs.values()].map((pack) => ({
    path: join(ROOT, 'docs', 'packs', `${pack.id}.md`),
    text: renderPage(pack, own(pack), readings(pack)),
  }))
}

function readReadings(path: string): ReadingsFile | null {
  return existsSync(path) ? ReadingsFile.parse(parse(readFileSync(path, 'utf8'))) : null
}

if (import.meta.main) {
  for (const { path, text } of pagesOf()) {
    writeFileSync(path, text)
    console.log(path)
  }
}
