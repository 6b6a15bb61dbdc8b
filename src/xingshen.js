#!/usr/bin/env node
// The one file that an old Node can read: it hands over to the Node 24 that npm installed beside it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const NEEDED = 24

if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  // Saves half of the time that a short command takes: nothing is compiled twice.
  module.enableCompileCache()
  await import('./cli.ts')
} else {
  const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  if (existsSync(node)) handOver(node)
  else {
    console.error(
      `xingshen 需要 Node.js ${NEEDED}，当前是 ${process.version}。请先运行 npm install，它会带来 Node.js ${NEEDED}。`,
    )
    process.exitCode = 70
  }
}

function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
}
