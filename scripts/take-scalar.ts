/** Takes Scalar's page program out of its package, whose other 270 packages the service does not need: `npm run take-scalar`. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { SCALAR } from '../src/platform/node/scalar.ts'

const folder = mkdtempSync(join(tmpdir(), 'scalar-'))
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, encoding: 'utf8' })

// npm checks the package against the registry's own digest.
const archive = run('npm', 'pack', '--silent', `@scalar/api-reference@${SCALAR.version}`).trim()
run('tar', '-xzf', archive, 'package/dist/browser/standalone.js')
const program = readFileSync(join(folder, 'package/dist/browser/standalone.js'))
writeFileSync(fileURLToPath(SCALAR.file), gzipSync(program, { level: 9 }))
rmSync(folder, { recursive: true })
