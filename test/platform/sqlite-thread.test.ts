import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { openSqliteThread } from '../../src/platform/node/sqlite-thread.ts'
import { createDatabase, Refused, require } from '../../src/store/database.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-thread-'))
})
afterEach(() => rm(folder, { recursive: true }))

const write = (version: string) =>
  sql`INSERT INTO settling (tenant, version) VALUES ('t', ${version}) ON CONFLICT (tenant) DO UPDATE SET version = excluded.version`

test('what was written in a thread of its own is there when the folder is opened again', async () => {
  const first = openDataFolder(folder, openSqliteThread)
  await first.database.batch([write('one')])
  await first.close()
  const second = openDataFolder(folder)
  expect(await second.database.batch([sql`SELECT version FROM settling`])).toEqual([[{ version: 'one' }]])
  second.close()
})

test('batches that are asked for at once are carried out in turn, and a refused one changes nothing', async () => {
  const { database, close } = openDataFolder(folder, openSqliteThread)
  const asked = [
    database.batch([write('one')]),
    database.batch([write('two'), require(sql`SELECT 1 WHERE FALSE`)]).catch((error: unknown) => error),
    database.batch([sql`SELECT version FROM settling`]),
  ]
  const [, refused, rows] = await Promise.all(asked)
  expect(refused).toBeInstanceOf(Refused)
  expect(rows).toEqual([[{ version: 'one' }]])
  await close()
})

test('the event loop goes on while the database is at work', async () => {
  const { database, close } = openDataFolder(folder, openSqliteThread)
  let turns = 0
  const timer = setInterval(() => turns++, 5)
  await database.batch([
    sql`WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 1000000) SELECT sum(n) FROM count`,
  ])
  clearInterval(timer)
  expect(turns).toBeGreaterThan(2)
  await close()
})

test('who asks a closed database is told', async () => {
  const database = openSqliteThread(join(folder, 'x.db'))
  await database.close()
  await expect(createDatabase(database, 'sqlite').batch([sql`SELECT 1`])).rejects.toThrow('closed')
})

test('a fault of its migrations is thrown where it is opened', () => {
  openDataFolder(folder).close()
  const { close } = openDataFolder(folder)
  expect(() => openDataFolder(folder, openSqliteThread)).toThrow('正被另一个')
  close()
  expect(() => openSqliteThread('/nowhere/at/all.db')).toThrow()
})

/** Threads that were begun since this was called. */
function watchThreads(): Worker[] {
  const begun: Worker[] = []
  const { on } = Worker.prototype
  vi.spyOn(Worker.prototype, 'on').mockImplementation(function (this: Worker, ...listening) {
    if (!begun.includes(this)) begun.push(this)
    return on.apply(this, listening)
  })
  return begun
}

test('once its thread has ended, whoever asks or waits is told, and its owner is, once', async () => {
  const [begun, lost] = [watchThreads(), vi.fn()]
  const database = createDatabase(openSqliteThread(join(folder, 'x.db'), lost), 'sqlite')
  vi.restoreAllMocks()
  await database.batch([sql`SELECT 1`])
  const waiting = database.batch([
    sql`WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 100000000) SELECT sum(n) FROM count`,
  ])
  const told = expect(waiting).rejects.toThrow('closed')
  await begun[0]?.terminate()
  await told
  await expect(database.batch([sql`SELECT 1`])).rejects.toThrow('closed')
  expect(lost).toHaveBeenCalledOnce()
})

test('nobody is told of a loss where it was closed', async () => {
  const lost = vi.fn()
  const database = openSqliteThread(join(folder, 'x.db'), lost)
  await database.close()
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(lost).not.toHaveBeenCalled()
})

test('its thread is not profiled with the process that began it', async () => {
  const entry = fileURLToPath(new URL('./children/open-thread.ts', import.meta.url))
  await promisify(execFile)(process.execPath, ['--cpu-prof', '--cpu-prof-dir', folder, entry, join(folder, 'x.db')])
  expect((await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'))).toHaveLength(1)
})
