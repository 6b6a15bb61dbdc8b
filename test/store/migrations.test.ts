import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readMigrations } from '../../src/platform/node/migrations.ts'
import { openPostgres } from '../../src/platform/node/postgres.ts'
import { openDataFolder } from '../../src/platform/node/sqlite-store.ts'
import { hasPostgres, startPostgres } from './postgres.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xingshen-migrations-'))
})
afterEach(() => rm(folder, { recursive: true }))

const columnsIn = (database: DatabaseSync) =>
  database
    .prepare(
      `SELECT lower(tables.name || '.' || columns.name) AS name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' ORDER BY 1`,
    )
    .all()
    .map(({ name }) => String(name))

test('migrations of both engines have the same numbers', () => {
  const names = (engine: 'sqlite' | 'postgres') => readMigrations(engine).map(({ name }) => name)
  expect(names('postgres')).toEqual(names('sqlite'))
})

test.skipIf(!hasPostgres)('both engines have the same tables and columns', async () => {
  openDataFolder(folder).close()
  const sqlite = new DatabaseSync(join(folder, 'xingshen.db'), { readOnly: true })
  const cluster = startPostgres()
  const postgres = await openPostgres({ url: await cluster.createDatabase() })
  const [rows = []] = await postgres.batch([
    {
      sql: `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
      parameters: [],
    },
  ])
  await postgres.close()
  cluster.stop()
  const there = columnsIn(sqlite)
  expect(there.length).toBeGreaterThan(50)
  expect(rows.map(({ name }) => String(name)).sort()).toEqual(there.sort())
  sqlite.close()
})

describe('data of the version before jobs', () => {
  /** As 0001–0003 left it: one review finished, one waiting, an answer. */
  function makeOld(): void {
    const database = new DatabaseSync(join(folder, 'xingshen.db'))
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('CREATE TABLE migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, at TEXT NOT NULL) STRICT')
    for (const { name, script, checksum } of readMigrations('sqlite').slice(0, 3)) {
      database.exec(script)
      database.prepare('INSERT INTO migration VALUES (?, ?, ?)').run(name, checksum, '')
    }
    const insert = database.prepare(
      `INSERT INTO review (id, status, created_at, verdict, external_id, request, review) VALUES (?, ?, '', ?, ?, '{}', ?)`,
    )
    insert.run('rev_1', 'done', 'pass', 'E-1', JSON.stringify(finished))
    insert.run('rev_2', 'running', null, null, JSON.stringify({ ...finished, id: 'rev_2', status: 'running' }))
    database.exec("INSERT INTO trace VALUES ('a', 'rev_1'); INSERT INTO answer VALUES ('key', 'rev_1', '', 'said')")
    database.close()
  }

  const finished = {
    ...{ id: 'rev_1', status: 'done', createdAt: '2024-11-20T08:00:00.000Z', verdict: 'pass', externalId: 'E-1' },
    ...{ rerunOf: 'rev_0', documents: [] },
    declaration: { leader: { name: '林若溪', title: null } },
    fields: { 'leader.name': { value: '林若溪', raw: '林若溪', confidence: 1, evidence: [] } },
    findings: [],
  }

  test('is brought along', async () => {
    makeOld()
    const { store, close } = openDataFolder(folder)
    expect(await store.reviews.get('rev_1', { tenant: 'default' })).toEqual(finished)
    const [running, listed] = await store.reviews.list({}, { limit: 9 })
    expect([running?.id, listed?.id]).toEqual(['rev_2', 'rev_1'])
    expect(listed).not.toHaveProperty('declaration')
    const { reviews } = await store.traces.related('default', ['a'], '', 9)
    const { declaration, fields, rerunOf } = finished
    expect(reviews).toEqual([{ id: 'rev_1', verdict: 'pass', externalId: 'E-1', rerunOf, declaration, fields }])
    expect(await store.answers.get('default', 'key')).toBe('said')
    expect(await store.jobs.due('review', 9)).toEqual([{ id: 'review/rev_2', kind: 'review' }])
    await store.reviews.erase('rev_1', '')
    expect(await store.answers.get('default', 'key')).toBeNull()
    close()
  })
})
