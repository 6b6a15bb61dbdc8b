// Preloaded: at SIGUSR2 the thread of the database ends, as it would for want of memory.
import { syncBuiltinESMExports } from 'node:module'
import threads from 'node:worker_threads'

const { Worker } = threads
threads.Worker = class extends Worker {
  constructor(file, options) {
    super(file, options)
    if (String(file).includes('sqlite-worker')) process.on('SIGUSR2', () => void this.terminate())
  }
}
syncBuiltinESMExports()
