import { openStorage, type StorageSettings } from '../../src/platform/node/storage.ts'
import type { Review } from '../../src/review/schema.ts'
import { ask, listAll } from './client.ts'
import type { Upload } from './documents.ts'
import { type Asked, numberIn } from './model.ts'
import { type Expected, outcomeOf } from './outcome.ts'

/** What was handed in, with the id under which it was taken. */
export type Taken = Map<string, { upload: Upload; id: string }>

/** Faults in what came of the documents: lost, twice, another result, told of under two ids or not at all. */
export async function examineReviews(url: string, taken: Taken, expected: Expected, told: Map<string, Set<string>>) {
  const faults: string[] = []
  const all = await listAll(url)
  const byKey = Map.groupBy(all, ({ externalId = '' }) => externalId)
  for (const [key, { upload, id }] of taken) {
    const reviews = byKey.get(key) ?? []
    if (reviews.length !== 1 || reviews[0]?.id !== id) faults.push(`${key}: ${reviews.length} reviews instead of one`)
    const review = await ask<Review>(`${url}/v1/reviews/${id}`)
    if (outcomeOf(review, expected.across) !== expected.outcomes.get(upload.sample))
      faults.push(`${key} (${upload.sample}): another result: ${review.status} ${review.problem?.detail ?? ''}`)
    const ids = told.get(id)?.size ?? 0
    if (ids !== 1) faults.push(`${key}: told of under ${ids} webhook ids`)
  }
  return faults
}

/** Milliseconds between the time that stands on an answer and its being stored for all to see. */
const COMMIT = 2000

/** Calls of the model for what was answered and stored already. The service must have stopped. */
export async function examineCalls(settings: StorageSettings, asked: Asked[]) {
  const storage = await openStorage(settings, () => undefined)
  const rows = await storage.database.batch([storage.database.tables.selectFrom('answer').select(['at', 'answer'])])
  await storage.close()
  const stored = new Map<string, number>()
  for (const { at, answer } of rows[0] ?? []) {
    const call = asked[numberIn(String(answer)) ?? -1]
    if (call) stored.set(call.digest, Date.parse(String(at)))
  }
  const again = asked.filter(({ digest, at }) => at > (stored.get(digest) ?? Number.POSITIVE_INFINITY) + COMMIT)
  return {
    stored: stored.size,
    faults: again.map(({ number }) => `the model was asked (${number}) for what was stored already`),
  }
}
