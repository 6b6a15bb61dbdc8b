import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres } from '../../src/platform/node/postgres.ts'
import { type Cluster, hasPostgres, openPostgresStore, startPostgres } from './postgres.ts'
import { describeStore } from './store-contract.ts'

describe.skipIf(!hasPostgres)('PostgreSQL (skipped where it is not installed)', () => {
  let cluster: Cluster
  beforeAll(() => {
    cluster = startPostgres()
  })
  afterAll(() => cluster.stop())

  describeStore('the store in PostgreSQL', () => openPostgresStore(cluster))

  test('several processes that start at once migrate once', async () => {
    const url = await cluster.createDatabase()
    const opened = await Promise.all([1, 2, 3].map(() => openPostgres({ url })))
    const [first] = opened
    const [rows] = (await first?.batch([{ sql: 'SELECT name FROM migration', parameters: [] }])) ?? []
    expect(rows?.length).toBeGreaterThan(3)
    for (const database of opened) await database.close()
  })

  test('refuses data that a newer version wrote', async () => {
    const url = await cluster.createDatabase()
    const first = await openPostgres({ url })
    await first.batch([{ sql: "INSERT INTO migration VALUES ('9999.sql', '', '')", parameters: [] }])
    await first.close()
    await expect(openPostgres({ url })).rejects.toThrow(/9999/)
  })

  test('the audit trail can be neither changed nor deleted', async () => {
    const database = await openPostgres({ url: await cluster.createDatabase() })
    const run = (sql: string) => database.batch([{ sql, parameters: [] }])
    await run("INSERT INTO audit (at, action, subject, detail) VALUES ('', 'accepted', 'rev_1', '{}')")
    await expect(run("UPDATE audit SET action = 'x'")).rejects.toThrow(/append-only/)
    await expect(run('DELETE FROM audit')).rejects.toThrow(/append-only/)
    await expect(run('TRUNCATE audit')).rejects.toThrow(/append-only/)
    await database.close()
  })
})
