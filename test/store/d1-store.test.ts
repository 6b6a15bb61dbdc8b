import { fileURLToPath } from 'node:url'
import { type D1Migration, readD1Migrations } from '@cloudflare/vitest-plugin'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe } from 'vitest'
import { createD1Executor, type D1 } from '../../src/platform/edge/d1.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createDatabase } from '../../src/store/database.ts'
import { describeStore } from './store-contract.ts'

const MIGRATIONS = fileURLToPath(new URL('../../src/store/migrations/sqlite/', import.meta.url))

/** As many as there are tests: none sees another's rows. */
const DATABASES = Array.from({ length: 200 }, (_, number) => `DB${number}`)

describe('D1', () => {
  let cloudflare: Miniflare
  let migrations: D1Migration[]
  const free = [...DATABASES]
  beforeAll(async () => {
    migrations = await readD1Migrations(MIGRATIONS)
    cloudflare = new Miniflare(
      convertV4MiniflareOptions({ modules: true, script: 'export default {}', d1Databases: DATABASES }),
    )
    await cloudflare.ready
  })
  afterAll(() => cloudflare.dispose())

  describeStore('the store in D1', async () => {
    const database = await cloudflare.getD1Database(free.pop() ?? '')
    for (const { queries } of migrations) await database.batch(queries.map((query) => database.prepare(query)))
    // Miniflare's types are those of workerd, which the rest of the tests does not have.
    const store = createStore(createDatabase(createD1Executor(database as unknown as D1), 'sqlite'))
    return { store, close: async () => {} }
  })
})
