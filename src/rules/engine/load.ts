import { functions } from '../functions.ts'
import { createEnvironment } from './cel.ts'
import { type Check, compileCheck, type Parts } from './compile.ts'
import { indexFunctions } from './direct.ts'
import { ListFile, PackFile } from './files.ts'
import { type Pack, resolvePack } from './pack.ts'
import { byVersion, detectionOf, type PackSource, summaryDetectionOf } from './versions.ts'
import { type Fault, PackError, Source } from './yaml.ts'

/** By id; where several versions of one pack are loaded the newest has the id, and an older one `id@version`. */
export type Packs = { packs: Map<string, Pack> }

const CHECK = /(?:^|\/)checks\/([^/]+)\.yaml$/
const LIST = /(?:^|\/)lists\/([^/]+)\.yaml$/
const PACK = /(?:^|\/)packs\/([^/@]+)(?:@([^/]+))?\/(pack|ledger)\.yaml$/

/**
 * Reads every check, list and pack of `files` (path → text; see `packSourceFromFolder`), type-checks them and resolves `extends`.
 * Throws `PackError` with every fault, each with file, line and column.
 */
export function loadPacks(files: Map<string, string>): Packs {
  const faults: Fault[] = []
  const checks = loadChecks(files, faults)
  const sources = readPackFiles(files, faults)
  const lists = readLists(files, faults)
  const resolved = new Map<string, Pack>()
  for (const key of sources.keys()) resolvePack(key, { sources, checks, lists, packs: resolved, open: [] })
  faults.push(...faultsOf(sources))
  if (faults.length > 0) throw new PackError(faults)
  return { packs: new Map([...sources.keys()].flatMap((key) => entryOf(key, resolved.get(key)))) }
}

const entryOf = (key: string, pack: Pack | undefined): [string, Pack][] => (pack ? [[key, pack]] : [])

/**
 * As `loadPacks`, for files that the tests have proved: of a pack only what it is recognised by is read at once, rules and ledger
 * when somebody asks for them, the checks' examples never. A fault is thrown then, as `PackError`.
 */
export function openPacks(files: Map<string, string>): Packs {
  const faults: Fault[] = []
  const sources = readPackFiles(files, faults)
  const checks = openChecks(files, faults)
  const lists = readLists(files, faults)
  const resolved = new Map<string, Pack>()
  const resolve = (id: string): Pack => {
    const pack = resolved.get(id) ?? resolvePack(id, { sources, checks, lists, packs: resolved, open: [] })
    const found = [...faults, ...faultsOf(sources)]
    if (!pack || found.length > 0) throw new PackError(found)
    return pack
  }
  if (faults.length > 0) throw new PackError(faults)
  return { packs: new Map([...sources].map(([id, source]) => [id, openPack(source, sources, () => resolve(id))])) }
}

function openPack(source: PackSource, sources: Map<string, PackSource>, resolve: () => Pack): Pack {
  const { data } = source
  const { id, version, title, notice, validity } = data
  return {
    id,
    version,
    title,
    notice,
    validity,
    extends: data.extends ?? null,
    detection: detectionOf(source, sources),
    summaryDetection: summaryDetectionOf(source, sources),
    get rules() {
      return resolve().rules
    },
    get summaryRules() {
      return resolve().summaryRules
    },
    get ledger() {
      return resolve().ledger
    },
    get texts() {
      return resolve().texts
    },
  }
}

const faultsOf = (sources: Map<string, PackSource>): Fault[] =>
  [...sources.values()].flatMap(({ pack, ledger }) => [...pack.faults, ...(ledger?.faults ?? [])])

/** Checks by name, each compiled when a pack asks for it. */
function openChecks(files: Map<string, string>, faults: Fault[]): { get(name: string): Check | undefined } {
  const parts = createParts({ examples: false })
  const paths = new Map([...files.keys()].map((path) => [CHECK.exec(path)?.[1], path]))
  const checks = new Map<string, Check | undefined>()
  return {
    get(name) {
      const path = paths.get(name)
      if (path !== undefined && !checks.has(name)) {
        const source = new Source(path, files.get(path) ?? '', 'examples')
        checks.set(name, readCheck(name, source, parts) ?? undefined)
        faults.push(...source.faults)
      }
      return checks.get(name)
    },
  }
}

/** The check files alone, compiled. Faults are added to `faults`. */
export function loadChecks(files: Map<string, string>, faults: Fault[]): Map<string, Check> {
  const parts = createParts({ examples: true })
  const checks = new Map<string, Check>()
  for (const [path, text] of files) {
    const name = CHECK.exec(path)?.[1]
    if (name === undefined) continue
    const source = new Source(path, text)
    const check = readCheck(name, source, parts)
    if (check && checks.has(name)) source.fault(['rule'], `${name} is defined twice, also in ${checks.get(name)?.path}`)
    if (check) checks.set(name, check)
    faults.push(...source.faults)
  }
  return checks
}

const createParts = ({ examples }: { examples: boolean }): Parts => ({
  environment: createEnvironment(functions),
  functions: indexFunctions(functions),
  examples,
})

function readCheck(name: string, source: Source, parts: Parts): Check | null {
  const check = compileCheck(source, parts)
  if (check && check.file.rule !== name)
    source.fault(['rule'], `the file is named ${name}, the rule ${check.file.rule}`)
  return check
}

/** Lists of words by name, for parameters that say `{ list: NAME }`. */
function readLists(files: Map<string, string>, faults: Fault[]): Map<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const [path, text] of files) {
    const name = LIST.exec(path)?.[1]
    if (name === undefined) continue
    const source = new Source(path, text)
    const data = source.read(ListFile)
    if (data && data.list !== name) source.fault(['list'], `the file is named ${name}, the list ${data.list}`)
    if (data && lists.has(name)) source.fault(['list'], `${name} is defined twice`)
    if (data) lists.set(name, data.words)
    faults.push(...source.faults)
  }
  return lists
}

function readPackFiles(files: Map<string, string>, faults: Fault[]): Map<string, PackSource> {
  const sources: PackSource[] = []
  for (const [path, text] of files) {
    const match = PACK.exec(path)
    if (match?.[3] !== 'pack') continue
    const pack = new Source(path, text)
    const data = pack.read(PackFile)
    if (!data) faults.push(...pack.faults)
    else {
      if (data.id !== match[1]) pack.fault(['id'], `the folder is named ${match[1]}, the pack ${data.id}`)
      if (match[2] !== undefined && data.version !== match[2])
        pack.fault(['version'], `the folder is named ${match[1]}@${match[2]}, the version ${data.version}`)
      sources.push({ pack, data, ledger: ledgerBeside(path, files, data, pack) })
    }
  }
  return byVersion(sources)
}

function ledgerBeside(packPath: string, files: Map<string, string>, data: PackFile, pack: Source): Source | null {
  const path = packPath.replace(/pack\.yaml$/, 'ledger.yaml')
  const text = files.get(path)
  if (text !== undefined) return new Source(path, text)
  if (!data.extends) pack.fault(['id'], 'no ledger.yaml beside the pack: every clause of the notice needs a line')
  return null
}
