import { parsePrompt, sha256 } from './prompt.ts'

/** Every version of every prompt that ever was, by id and version: SHA-256 of its file. */
export type Ledger = Record<string, Record<string, string>>

const promptFiles = (files: ReadonlyMap<string, string>) => [...files].filter(([name]) => name.endsWith('.md'))

/** What is wrong: a text changed without a new version, or a version that nobody entered. */
export async function checkLedger(files: ReadonlyMap<string, string>, ledger: Ledger): Promise<string[]> {
  const faults: string[] = []
  for (const [name, text] of promptFiles(files)) {
    const { id, version } = parsePrompt(name, text)
    const entered = ledger[id]?.[version]
    if (entered === undefined) faults.push(`${name}: version ${version} is not in the ledger (npm run prompt-ledger)`)
    else if (entered !== (await sha256(text))) faults.push(`${name}: changed without a new version`)
  }
  return faults
}

/** The ledger with versions that it does not know yet; what it knows is never changed. */
export async function enterAll(files: ReadonlyMap<string, string>, ledger: Ledger): Promise<Ledger> {
  const entered: Ledger = { ...ledger }
  for (const [name, text] of promptFiles(files)) {
    const { id, version } = parsePrompt(name, text)
    entered[id] = { [version]: await sha256(text), ...entered[id] }
  }
  return entered
}
