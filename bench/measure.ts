import { spawn } from 'node:child_process'

/** CPU seconds that `work` used in this process, all threads counted. */
export async function cpuOf<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const before = process.cpuUsage()
  const result = await work()
  const used = process.cpuUsage(before)
  return { seconds: (used.user + used.system) / 1e6, result }
}

export type ChildRun = { seconds: number; output: string }

/** Runs a program to its end; CPU seconds of it and its threads, by the shell's `times`. Null when it is not installed. */
export async function cpuOfProgram(program: string, args: string[]): Promise<ChildRun | null> {
  const { code, output, errors } = await run('bash', ['-c', '"$@" || exit $?; times >&2', '-', program, ...args])
  if (code === 127) return null
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${errors.slice(-300)}`)
  const last = errors.trim().split('\n').at(-1) ?? ''
  const times = [...last.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  )
  return { seconds: times.reduce((sum, each) => sum + each, 0), output }
}

function run(program: string, args: string[]): Promise<{ code: number; output: string; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part
    })
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      errors += part
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output, errors }))
  })
}

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
