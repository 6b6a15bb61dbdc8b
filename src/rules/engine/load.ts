import { functions } from '../functions.ts'
import { createEnvironment } from './cel.ts'
import { type Check, compileCheck } from './compile.ts'
import { LedgerFile, type LedgerLine, PackFile } from './files.ts'
import { type Pack, type PackSource, resolvePack } from './pack.ts'
import { type Fault, PackError, Source } from './yaml.ts'

export type Packs = { packs: Map<string, Pack>; checks: Map<string, Check> }

const CHECK = /(?:^|\/)checks\/([^/]+)\.yaml$/
const PACK = /(?:^|\/)packs\/([^/]+)\/(pack|ledger)\.yaml$/

/**
 * Reads every check and pack of `files` (path → text; see `packSourceFromFolder`), type-checks them and resolves `extends`.
 * Throws `PackError` with every fault, each with file, line and column.
 */
export function loadPacks(files: Map<string, string>): Packs {
  const faults: Fault[] = []
  const checks = loadChecks(files, faults)
  const sources = readPackFiles(files, faults)
  const packs = new Map<string, Pack>()
  for (const id of sources.keys()) resolvePack(id, { sources, checks, packs, open: [] })
  for (const { pack, ledger } of sources.values()) faults.push(...pack.faults, ...(ledger?.faults ?? []))
  if (faults.length > 0) throw new PackError(faults)
  return { packs, checks }
}

/** The check files alone, compiled. Faults are added to `faults`. */
export function loadChecks(files: Map<string, string>, faults: Fault[]): Map<string, Check> {
  const environment = createEnvironment(functions)
  const checks = new Map<string, Check>()
  for (const [path, text] of files) {
    const name = CHECK.exec(path)?.[1]
    if (name === undefined) continue
    const source = new Source(path, text)
    const check = compileCheck(source, environment)
    if (check && check.file.rule !== name)
      source.fault(['rule'], `the file is named ${name}, the rule ${check.file.rule}`)
    if (check && checks.has(name)) source.fault(['rule'], `${name} is defined twice, also in ${checks.get(name)?.path}`)
    if (check) checks.set(name, check)
    faults.push(...source.faults)
  }
  return checks
}

function readPackFiles(files: Map<string, string>, faults: Fault[]): Map<string, PackSource> {
  const sources = new Map<string, PackSource>()
  for (const [path, text] of files) {
    const match = PACK.exec(path)
    if (match?.[2] !== 'pack') continue
    const pack = new Source(path, text)
    const data = pack.read(PackFile)
    if (!data) faults.push(...pack.faults)
    else {
      if (data.id !== match[1]) pack.fault(['id'], `the folder is named ${match[1]}, the pack ${data.id}`)
      sources.set(data.id, { pack, data, ...readLedger(files, path.replace(/pack\.yaml$/, 'ledger.yaml'), data, pack) })
    }
  }
  return sources
}

function readLedger(
  files: Map<string, string>,
  path: string,
  data: PackFile,
  pack: Source,
): { ledger: Source | null; lines: LedgerLine[] } {
  const text = files.get(path)
  if (text === undefined) {
    if (!data.extends) pack.fault(['id'], 'no ledger.yaml beside the pack: every clause of the notice needs a line')
    return { ledger: null, lines: [] }
  }
  const ledger = new Source(path, text)
  return { ledger, lines: ledger.read(LedgerFile)?.clauses ?? [] }
}
