import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import type { Watched } from './watchdog.ts'

/** The thread of `startWatchdog`. It counts its own looks: a machine that was asleep is nobody's fault. */
const { beats, most, everyMs } = workerData as Watched
let last = -1
let missed = 0

setInterval(() => {
  const now = Atomics.load(beats, 0)
  missed = now === last ? missed + 1 : 0
  last = now
  if (missed < most) return
  // The process's own streams need its event loop.
  writeSync(2, `${JSON.stringify({ at: new Date().toISOString(), level: 'error', event: 'hung' })}\n`)
  process.kill(process.pid, 'SIGKILL')
}, everyMs)
