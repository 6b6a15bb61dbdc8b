import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Body, fire } from './fire.ts'

const CLI = join(import.meta.dirname, '../../src/cli.ts')
const PAGE = 100
/** Of JavaScript in the service's process. */
const HEAP_MB = 256

/** The service in a process and a data folder of its own. */
export async function startService() {
  const folder = await mkdtemp(join(tmpdir(), 'xingshen-load-'))
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // What is not collected would end it; without a bound Node leaves rubbish lying as long as the machine has room.
    env: { ...process.env, NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` },
  })
  const url = await addressOf(child.stdout)
  let warmed = 0

  return {
    url,
    /** Reviews made by `warmUp`. */
    get warmed() {
      return warmed
    },
    async warmUp(...volleys: Body[][]): Promise<void> {
      for (const bodies of volleys) {
        warmed += (await fire(url, { rate: 10, bodies })).taken
      }
      await untilDone(url, 120)
    },
    settledMemory: async () => {
      await sleep(5000)
      return residentMb(child.pid)
    },
    /** The most it held at any second. */
    watchMemory() {
      let peak = 0
      const timer = setInterval(async () => {
        peak = Math.max(peak, await residentMb(child.pid))
      }, 1000)
      return {
        stop() {
          clearInterval(timer)
          return peak
        },
      }
    },
    untilDone: (seconds: number) => untilDone(url, seconds),
    async stop() {
      const ended = once(child, 'exit')
      if (child.kill('SIGTERM')) await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    output.on('data', (chunk) => {
      if (text.length < 10_000) text += chunk
      const address = /http:\/\/[\d.]+:\d+/.exec(text)?.[0]
      if (address) resolve(address)
    })
    output.on('end', () => reject(new Error(`the service did not start: ${text}`)))
  })
}

/** Waits until nothing is queued or running. */
async function untilDone(url: string, seconds: number): Promise<{ seconds: number; done: number; failed: number }> {
  const started = performance.now()
  while ((await count(url, 'queued')) + (await count(url, 'running')) > 0) {
    if (performance.now() - started > seconds * 1000) throw new Error(`not done after ${seconds} s`)
    await sleep(1000)
  }
  const failed = await count(url, 'failed')
  return { seconds: (performance.now() - started) / 1000, done: failed + (await count(url, 'done')), failed }
}

async function count(url: string, status: string): Promise<number> {
  let cursor: string | null = null
  let found = 0
  do {
    const answer = await fetch(`${url}/v1/reviews?status=${status}&limit=${PAGE}${cursor ? `&cursor=${cursor}` : ''}`)
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    const page = (await answer.json()) as { reviews: unknown[]; next: string | null }
    found += page.reviews.length
    cursor = page.next
  } while (cursor)
  return found
}

/** Linux only, as all measuring here. */
async function residentMb(pid = 0): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
