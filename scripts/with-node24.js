// node scripts/with-node24.js TOOL|FILE ARG…: runs a package's command, or a file, under Node 24 whatever Node started this.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode, NO_NODE } from '../src/node24.js'

const [tool = '', ...args] = process.argv.slice(2)
const node = findNode()
if (!node) {
  console.error(NO_NODE)
  process.exit(70)
}
const script = /\.(js|ts|mjs)$/.test(tool) ? tool : commandOf(tool)
const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
process.exitCode = spawnSync(node, [script, ...args], { stdio: 'inherit', env }).status ?? 1

function commandOf(name) {
  const folder = fileURLToPath(new URL(`../node_modules/${name}/`, import.meta.url))
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[name])
}
