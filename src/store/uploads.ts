import { sql } from 'kysely'
import { type Database, type Query, rowsOf, type SqlRow } from './database.ts'

export type Upload = { name: string; sha256: string }

/** Which files belong to which review. */
export interface Uploads {
  /** Which of these blobs some review needs. */
  needed(sha256s: string[]): Promise<string[]>
}

export function createUploads(database: Database): Uploads {
  return {
    async needed(sha256s) {
      const query = sql`
        SELECT DISTINCT sha256 FROM upload
        WHERE sha256 IN (SELECT each.value FROM ${database.dialect.strings(sha256s)})`
      return (await rowsOf(database, query)).map((row) => String(row.sha256))
    },
  }
}

export function insertUploads({ dialect }: Database, reviewId: string, uploads: Upload[]): Query {
  return sql`
    INSERT INTO upload (review_id, position, name, sha256)
    SELECT ${reviewId}, each.position, each.value ->> 'name', each.value ->> 'sha256' FROM ${dialect.objects(uploads)}`
}

/** In the order in which they were handed in. */
export function selectUploads({ tables }: Database, reviewId: string): Query {
  return tables.selectFrom('upload').select(['name', 'sha256']).where('review_id', '=', reviewId).orderBy('position')
}

export const toUpload = ({ name, sha256 }: SqlRow): Upload => ({ name: String(name), sha256: String(sha256) })
