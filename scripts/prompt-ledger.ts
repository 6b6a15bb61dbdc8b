/** Enters new prompt versions in `prompts/ledger.json`. A text that was changed under a version already entered is refused. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { checkLedger, enterAll } from '../src/judge/prompts/ledger.ts'
import { promptFilesFromFolder } from '../src/platform/node/prompt-source.ts'

const folder = fileURLToPath(new URL('../prompts/', import.meta.url))
const path = `${folder}ledger.json`
const files = promptFilesFromFolder(folder)
const ledger = await enterAll(files, JSON.parse(await readFile(path, 'utf8').catch(() => '{}')))
await writeFile(path, `${JSON.stringify(ledger, null, 2)}\n`)
const faults = await checkLedger(files, ledger)
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
