/**
 * Installs node-llama-cpp for `test/judge/small-model.test.ts`: 85 MB with the binary for this machine alone, where a plain
 * `npm install` of it takes 725 MB of variants for graphics cards. It is therefore no devDependency.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const VERSION = '3.22.1'
const BINARIES: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'mac-x64',
  'darwin-arm64': 'mac-arm64-metal',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
}

const machine = `${process.platform}-${process.arch}`
const binary = BINARIES[machine]
if (!binary) {
  console.error(`node-llama-cpp has no binary for ${machine}`)
  process.exit(1)
}
// Where npm never looks when it tidies up.
const folder = fileURLToPath(new URL('../node_modules/.cache/small-model', import.meta.url))
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/package.json`, '{"private":true}\n')
const packages = [`node-llama-cpp@${VERSION}`, `@node-llama-cpp/${binary}@${VERSION}`]
// Without scripts nothing is built or fetched besides.
const options = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder]
const { status } = spawnSync('npm', ['install', ...options, ...packages], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
