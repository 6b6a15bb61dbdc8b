import { parentPort, workerData } from 'node:worker_threads'
import type { SqlQuery } from '../../store/database.ts'
import { openSqlite } from './sqlite.ts'
import type { Ask, Reply } from './sqlite-thread.ts'

/** The thread of `openSqliteThread`: does one thing after the other. */
const database = openSqlite(String(workerData))

parentPort?.on('message', async ({ id, ask }: { id: number; ask: Ask }) => {
  parentPort?.postMessage(await answer(id, ask))
  if (ask === 'close') parentPort?.close()
})

async function answer(id: number, ask: Ask): Promise<Reply> {
  try {
    return { id, ok: true, rows: await carryOut(ask) }
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

async function carryOut(ask: Ask) {
  if (ask === 'close') database.close()
  else if (ask === 'checkpoint') database.checkpoint()
  else return database.batch(ask satisfies SqlQuery[])
  return []
}
