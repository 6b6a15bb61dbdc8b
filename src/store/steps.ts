import { sql } from 'kysely'
import { type Database, rowsOf } from './database.ts'
import { advanceJob, type Lease, type Progress } from './jobs.ts'

/** What a review under way has already worked out. Kept until the review is finished. */
export interface Steps {
  get(reviewId: string, name: string): Promise<string | null>
  /** The first writer wins; gives back what is stored. Throws `Refused` when the review is not in the writer's hands any more. */
  put(lease: Lease, name: string, result: string, progress?: Progress): Promise<string>
}

export function createSteps(database: Database): Steps {
  const { tables } = database
  const stored = (reviewId: string, name: string) =>
    tables.selectFrom('step').select('result').where('review_id', '=', reviewId).where('name', '=', name)
  return {
    async get(reviewId, name) {
      const [row] = await rowsOf(database, stored(reviewId, name))
      return row ? String(row.result) : null
    },

    async put(lease, name, result, progress) {
      const rows = await database.batch([
        ...advanceJob(lease, progress),
        sql`
          INSERT INTO step (review_id, name, result) VALUES (${lease.subject}, ${name}, ${result})
          ON CONFLICT DO NOTHING`,
        stored(lease.subject, name),
      ])
      return String(rows.at(-1)?.[0]?.result ?? result)
    },
  }
}
