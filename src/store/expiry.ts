import { type Database, rowsOf } from './database.ts'

/** What retention has to do. */
export interface Expiry {
  /** Reviews that were finished before that moment (ISO 8601), the oldest first. */
  finishedBefore(moment: string, most: number): Promise<{ id: string; tenant: string }[]>
}

export function createExpiry(database: Database): Expiry {
  return {
    async finishedBefore(moment, most) {
      const rows = await rowsOf(
        database,
        database.tables
          .selectFrom('review')
          .select(['id', 'tenant'])
          .where('finished_at', '<', moment)
          .orderBy('finished_at')
          .limit(most),
      )
      return rows.map(({ id, tenant }) => ({ id: String(id), tenant: String(tenant) }))
    },
  }
}
