import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const CLI = join(import.meta.dirname, '../../src/cli.ts')

/** A process of the service. It is begun anew whenever it ends. */
type Member = { args: string[]; child: ChildProcess; ready: Promise<unknown> }

export type Fleet = {
  url: string
  /** Faults that the processes logged. */
  faults: string[]
  /** Kills one of the processes, or one of the processes that read for them; says which kind. */
  kill(kind: 'service' | 'reader'): Promise<boolean>
  stop(): Promise<void>
}

/** Starts the processes, each with its own arguments; the first one serves the interface. */
export async function startFleet(members: string[][], env: Record<string, string>): Promise<Fleet> {
  const port = await freePort()
  const faults: string[] = []
  let stopping = false

  function start(args: string[]): Member {
    const child = spawn(process.execPath, [CLI, 'serve', ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.includes('"error":')) faults.push(line)
      })
    return { args, child, ready: once(child.stdout ?? child, 'data') }
  }

  const fleet = members.map((args, index) => start(index === 0 ? [...args, '--port', String(port)] : args))

  async function replace(index: number): Promise<void> {
    const member = fleet[index]
    if (!member || stopping) return
    fleet[index] = start(member.args)
    await fleet[index]?.ready
  }

  async function killService(): Promise<boolean> {
    const index = Math.floor(Math.random() * fleet.length)
    const child = fleet[index]?.child
    if (!child || child.exitCode !== null) return false
    child.kill('SIGKILL')
    await once(child, 'exit')
    await replace(index)
    return true
  }

  function killReader(): boolean {
    const readers = fleet.flatMap(({ child }) => childrenOf(child.pid))
    const victim = readers[Math.floor(Math.random() * readers.length)]
    if (victim === undefined) return false
    try {
      process.kill(victim, 'SIGKILL')
      return true
    } catch {
      return false
    }
  }

  for (const { ready } of fleet) await ready
  return {
    faults,
    url: `http://127.0.0.1:${port}`,
    kill: async (kind) => (kind === 'service' ? killService() : killReader()),
    async stop() {
      stopping = true
      for (const { child } of fleet) {
        const ended = once(child, 'exit')
        if (child.exitCode === null && child.kill('SIGTERM'))
          await Promise.race([ended, sleep(30_000, undefined, { ref: false })])
      }
    },
  }
}

function childrenOf(pid: number | undefined): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map(Number)
  } catch {
    return []
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
