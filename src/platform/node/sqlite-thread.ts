import { Worker } from 'node:worker_threads'
import type { SqlQuery, SqlRow } from '../../store/database.ts'
import { openSqlite, type SqliteDatabase } from './sqlite.ts'

export type Ask = SqlQuery[] | 'checkpoint' | 'close'
export type Reply = { id: number; ok: true; rows: SqlRow[][] } | { id: number; ok: false; message: string }

type Waiting = { resolve: (rows: SqlRow[][]) => void; reject: (error: Error) => void }

/**
 * As `openSqlite`, in a thread of its own: whoever waits for another answer of this process does not wait for the disk. Half of what an
 * accepted declaration costs is spent there. `onLost` is told when the thread has ended without having been closed: every batch is
 * rejected from then on.
 */
export function openSqliteThread(path: string, onLost: (error: Error) => void = () => {}): SqliteDatabase {
  // Here, so that a fault of the file or of its migrations is thrown to who opens it.
  openSqlite(path).close()
  // What this process is profiled or debugged by is not meant for its threads.
  const options = { workerData: path, execArgv: [] }
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), options)
  const waiting = new Map<number, Waiting>()
  let last = 0
  let gone: Error | undefined
  let closing = false
  worker.unref()

  function ask(what: Ask): Promise<SqlRow[][]> {
    if (gone) return Promise.reject(gone)
    return new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject })
      worker.ref()
      worker.postMessage({ id: last, ask: what })
    })
  }

  worker.on('message', (reply: Reply) => {
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (waiting.size === 0) worker.unref()
    if (reply.ok) asked?.resolve(reply.rows)
    else asked?.reject(new Error(reply.message))
  })
  function lose(error: Error): void {
    if (gone) return
    gone = error
    for (const { reject } of waiting.values()) reject(gone)
    waiting.clear()
    if (!closing) onLost(error)
  }
  worker.on('error', lose)
  worker.on('exit', () => lose(new Error('the database is closed')))

  return {
    batch: (queries) => ask(queries.map(({ sql, parameters }) => ({ sql, parameters }))),
    async checkpoint() {
      await ask('checkpoint')
    },
    async close() {
      closing = true
      await ask('close')
    },
  }
}
