import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readArchive, writeArchive } from '../../src/platform/node/archive.ts'
import { openStorage, type Storage } from '../../src/platform/node/storage.ts'
import { CARRIED_TABLES, exportRows, LEFT_BEHIND } from '../../src/store/transfer.ts'
import { AT, by, done, finding, putDone, review, take } from './contract/made.ts'
import { type Cluster, hasPostgres, startPostgres } from './postgres.ts'

const NO_LOG = () => undefined

/** Two finished reviews, one in hand with a step stored, one waiting. */
async function fill({ store, blobs }: Storage): Promise<void> {
  const uploads = [{ name: '申报书.pdf', sha256: await blobs.put(new TextEncoder().encode('scan')) }]
  await putDone(store, done(1, { findings: [finding('leader-title', 'fail')] }), ['t1', 't2'], { uploads })
  await putDone(store, done(2), ['t2'], { uploads, tenant: 'other' })
  await store.reviews.accept(review(3), by({ uploads }))
  await store.reviews.accept(review(4), by())
  await take(store, 3)
  await store.answers.put('default', 'key', { reviewId: 'rev_0003', at: AT, answer: '{"answer":1}' })
}

async function rowsOf({ database }: Storage) {
  const rows = await Array.fromAsync(exportRows(database))
  return rows.map(({ table, row }) => ({ table, row: { ...row, ...(table === 'job' ? IN_HAND : {}) } }))
}

/** What an import makes ready again. */
const IN_HAND = { state: '', lease_owner: null, lease_until: null }

describe('all that is kept, carried elsewhere', () => {
  let folder: string
  let cluster: Cluster | undefined
  beforeAll(() => {
    cluster = hasPostgres ? startPostgres() : undefined
  })
  afterAll(() => cluster?.stop())
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xingshen-archive-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const openFolder = (name: string) => openStorage({ folder: join(folder, name) }, NO_LOG)

  test('every table is carried or left behind on purpose', async () => {
    const storage = await openFolder('a')
    const [rows = []] = await storage.database.batch([sql`SELECT name, type FROM sqlite_master`])
    const names = rows.filter(({ type }) => type === 'table').map(({ name }) => String(name))
    const expected = [...CARRIED_TABLES, ...LEFT_BEHIND, 'migration']
    expect(names.filter((name) => !name.startsWith('sqlite_')).sort()).toEqual(expected.sort())
    await storage.close()
  })

  test('from one folder to another: rows, files, work under way', async () => {
    const from = await openFolder('a')
    await fill(from)
    const written = await writeArchive(from, join(folder, 'out'))
    const to = await openFolder('b')
    expect(await readArchive(to, join(folder, 'out'))).toEqual(written)
    expect(await rowsOf(to)).toEqual(await rowsOf(from))
    expect(await to.store.jobs.due('review', 10)).toHaveLength(2)
    const { uploads } = (await to.store.reviews.request('rev_0003')) ?? { uploads: [] }
    expect(await to.blobs.get(uploads[0]?.sha256 ?? '')).toEqual(new TextEncoder().encode('scan'))
    for (const storage of [from, to]) await storage.close()
  })

  test.skipIf(!hasPostgres)(
    'what others write meanwhile is not in it by halves (skipped without PostgreSQL)',
    async () => {
      const databaseUrl = (await cluster?.createDatabase()) ?? ''
      const storage = await openStorage({ folder: join(folder, 'shared'), databaseUrl }, NO_LOG)
      await fill(storage)
      const before = await rowsOf(storage)
      const slowly = await storage.frozen(async (database) => {
        const rows = exportRows(database)
        const { value: first } = await rows.next()
        await putDone(storage.store, done(9), ['t9'])
        return [first, ...(await Array.fromAsync(rows))]
      })
      expect(slowly).toHaveLength(before.length)
      expect((await rowsOf(storage)).length).toBeGreaterThan(before.length)
      await storage.close()
    },
  )

  test.skipIf(!hasPostgres)('from a folder to PostgreSQL and back (skipped without PostgreSQL)', async () => {
    const from = await openFolder('a')
    await fill(from)
    await writeArchive(from, join(folder, 'out'))
    const databaseUrl = (await cluster?.createDatabase()) ?? ''
    const middle = await openStorage({ folder: join(folder, 'shared'), databaseUrl }, NO_LOG)
    await readArchive(middle, join(folder, 'out'))
    expect(await rowsOf(middle)).toEqual(await rowsOf(from))
    // Numbers of the audit trail go on behind those that came in.
    await middle.store.reviews.accept(review(5), by())
    await writeArchive(middle, join(folder, 'again'))
    const to = await openFolder('b')
    await readArchive(to, join(folder, 'again'))
    expect(await rowsOf(to)).toEqual(await rowsOf(middle))
    for (const storage of [from, middle, to]) await storage.close()
  })

  test('more rows than fit in one page', async () => {
    const from = await openFolder('a')
    for (let number = 1; number <= 450; number++) await from.store.reviews.accept(review(number), by())
    await writeArchive(from, join(folder, 'out'))
    const to = await openFolder('b')
    await readArchive(to, join(folder, 'out'))
    expect(await rowsOf(to)).toEqual(await rowsOf(from))
    for (const storage of [from, to]) await storage.close()
  })

  test('refuses a folder with something in it, a store with something in it, and half an archive', async () => {
    const from = await openFolder('a')
    await fill(from)
    await expect(writeArchive(from, folder)).rejects.toThrow('不是空目录')
    const out = join(folder, 'out')
    await writeArchive(from, out)
    await expect(readArchive(from, out)).rejects.toThrow('已有数据')
    const to = await openFolder('b')
    const rows = await readFile(join(out, 'rows.ndjson'), 'utf8')
    await writeFile(join(out, 'rows.ndjson'), rows.slice(0, rows.indexOf('\n') + 1))
    await expect(readArchive(to, out)).rejects.toThrow('实有 1 行')
    await rm(join(out, 'manifest.json'))
    await expect(readArchive(to, out)).rejects.toThrow('不是完整的导出目录')
    for (const storage of [from, to]) await storage.close()
  })
})
