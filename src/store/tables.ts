import { DummyDriver, type Generated, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'

/** The tables of migrations/sqlite, for the query builder. */
export type Tables = {
  review: {
    id: string
    status: string
    created_at: string
    finished_at: string | null
    external_id: string | null
    pack: string | null
    verdict: string | null
    attempts: Generated<number>
    request: string
    review: string
  }
  upload: { review_id: string; position: number; name: string; sha256: string }
  finding: { review_id: string; position: number; rule: string; status: string; severity: string }
  step: { review_id: string; name: string; result: string }
  answer: { key: string; review_id: string; at: string; answer: string }
  trace: { key: string; review_id: string }
  audit: { seq: Generated<number>; at: string; action: string; review_id: string; detail: string }
}

/** Builds and compiles queries; they are run by a platform's `Sql`. */
export const tables = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})
