import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const NEEDED = 24

/**
 * The Node that runs this if it is new enough, else the one that npm installed as a package; `null` when there is none.
 * npm's own link to it is not used: npm 10 deletes that link again where packages of other systems carry the same one.
 */
export function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED) return process.execPath
  const system = { linux: 'linux', win32: 'win' }[process.platform]
  const file = `node_modules/node-${system}-${process.arch}/bin/node${process.platform === 'win32' ? '.exe' : ''}`
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url))
  return existsSync(path) ? path : null
}

export const NO_NODE = `xingshen 需要 Node.js ${NEEDED}，当前是 ${process.version}。请先运行 npm install，它会带来 Node.js ${NEEDED}；该系统没有现成的安装包时，请自行安装。`
