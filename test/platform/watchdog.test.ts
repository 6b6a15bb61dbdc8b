import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

const WATCHDOG = new URL('../../src/platform/node/watchdog.ts', import.meta.url).href

async function run(script: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [told, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { told, code, signal }
}

test('a process whose event loop hangs is ended, and says so', async () => {
  const { told, signal } = await run(`
    import { startWatchdog } from ${JSON.stringify(WATCHDOG)}
    startWatchdog({ most: 5, everyMs: 50 })
    setTimeout(() => { for (;;); }, 300)`)
  expect(signal).toBe('SIGKILL')
  expect(told).toContain('"event":"hung"')
}, 30_000)

test('one that works on in turns, or is stopped in time, is let be', async () => {
  const { code } = await run(`
    import { startWatchdog } from ${JSON.stringify(WATCHDOG)}
    const watchdog = startWatchdog({ most: 20, everyMs: 50 })
    let turns = 0
    const timer = setInterval(async () => {
      const until = Date.now() + 100
      while (Date.now() < until);
      if (++turns < 15) return
      clearInterval(timer)
      await watchdog.stop()
      const end = Date.now() + 1500
      while (Date.now() < end);
    }, 10)`)
  expect(code).toBe(0)
}, 30_000)
