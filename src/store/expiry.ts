import { type Database, rowsOf, type SqlRow } from './database.ts'

/** What retention has to do. */
export interface Expiry {
  /** Batches that were finished before that moment (ISO 8601), the oldest first. */
  batchesFinishedBefore(moment: string, most: number): Promise<{ id: string; tenant: string }[]>
  /** Reviews that were finished before that moment, the oldest first; those of a batch stay as long as that. */
  finishedBefore(moment: string, most: number): Promise<{ id: string; tenant: string }[]>
}

export function createExpiry(database: Database): Expiry {
  return {
    async batchesFinishedBefore(moment, most) {
      const query = database.tables
        .selectFrom('batch')
        .select(['id', 'tenant'])
        .where('finished_at', '<', moment)
        .orderBy('finished_at')
        .limit(most)
      return (await rowsOf(database, query)).map(toExpired)
    },

    async finishedBefore(moment, most) {
      const rows = await rowsOf(
        database,
        database.tables
          .selectFrom('review')
          .select(['id', 'tenant'])
          .where('finished_at', '<', moment)
          .where(({ or, eb, selectFrom }) =>
            or([eb('batch_id', 'is', null), eb('batch_id', 'not in', selectFrom('batch').select('batch.id'))]),
          )
          .orderBy('finished_at')
          .limit(most),
      )
      return rows.map(toExpired)
    },
  }
}

const toExpired = ({ id, tenant }: SqlRow) => ({ id: String(id), tenant: String(tenant) })
