import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Runs the command as a shell would; `node` may be another Node. */
export function xingshen(args: string[], { input = '', node = process.execPath, env = {} } = {}) {
  const child = spawn(node, [`${ROOT}src/xingshen.js`, ...args], { cwd: ROOT, env: { ...process.env, ...env } })
  child.stdin.end(input)
  return finished(child)
}

export async function finished(child: ReturnType<typeof spawn>) {
  let [stdout, stderr] = ['', '']
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { status, stdout, stderr }
}
