import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite } from '../../src/platform/node/sqlite.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createDatabase, type SqlQuery } from '../../src/store/database.ts'
import { done, idOf, putDone } from './contract/made.ts'

/** Ids whose declarations were read from the database, in the order in which that was asked for. */
let readAgain: string[]
let close: () => void
let store: ReturnType<typeof createStore>
beforeEach(() => {
  const file = openSqlite(':memory:')
  readAgain = []
  const batch = (queries: SqlQuery[]) => {
    for (const { sql, parameters } of queries)
      if (sql.includes('known IS NOT NULL')) readAgain.push(...parameters.map(String))
    return file.batch(queries)
  }
  store = createStore(createDatabase({ batch }, 'sqlite'))
  close = () => file.close()
})
afterEach(() => close())

test('what others were compared with is read once, and kept no longer than it is stored', async () => {
  await putDone(store, done(1, { declaration: { project: { name: '甲' } } }), ['t'])
  const names = async () => (await store.traces.related('default', ['t'], 'x', 9)).reviews.map(({ id }) => id)
  expect(await names()).toEqual([idOf(1)])
  expect(await names()).toEqual([idOf(1)])
  expect(readAgain).toHaveLength(1)

  await store.reviews.erase(idOf(1), '2024-11-21T00:00:00.000Z')
  // Another review under the same id stands for whatever would still look there.
  await putDone(store, done(1, { declaration: { project: { name: '乙' } } }), ['t'])
  const [found] = (await store.traces.related('default', ['t'], 'x', 9)).reviews
  expect(found?.declaration?.project?.name).toBe('乙')
  expect(readAgain).toHaveLength(2)
})
