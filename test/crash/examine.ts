import { openStorage, type StorageSettings } from '../../src/platform/node/storage.ts'
import type { Review } from '../../src/review/schema.ts'
import { ask, listAll } from './client.ts'
import type { Batch, Upload } from './documents.ts'
import { type Asked, numberIn } from './model.ts'
import { type Expected, outcomeOf } from './outcome.ts'

/** What was handed in, with the id under which it was taken. */
export type Taken = { single: Map<string, { upload: Upload; id: string }>; batches: Map<string, Batch> }

/** Faults in what came of the documents: lost, twice, another result, told of under two ids or not at all. */
export async function examineReviews(url: string, taken: Taken, expected: Expected, told: Map<string, Set<string>>) {
  const faults: string[] = []
  const all = await listAll(url)
  const byKey = Map.groupBy(all, ({ externalId = '' }) => externalId)
  for (const [key, { upload, id }] of taken.single) {
    const reviews = byKey.get(key) ?? []
    if (reviews.length !== 1 || reviews[0]?.id !== id) faults.push(`${key}: ${reviews.length} reviews instead of one`)
    const review = await ask<Review>(`${url}/v1/reviews/${id}`)
    if (outcomeOf(review, expected.across) !== expected.outcomes.get(upload.sample))
      faults.push(`${key} (${upload.sample}): another result: ${review.status} ${review.problem?.detail ?? ''}`)
    faults.push(...toldOnce(key, id, told))
  }
  const together = [...taken.batches.values()].reduce((sum, { uploads }) => sum + uploads.length, 0)
  const unnamed = byKey.get('')?.length ?? 0
  if (unnamed !== together) faults.push(`${unnamed} reviews of batches instead of ${together}`)
  for (const [id, batch] of taken.batches) {
    faults.push(...(await examineBatch(url, id, batch, expected)), ...toldOnce(batch.key, id, told))
  }
  return faults
}

function toldOnce(key: string, id: string, told: Map<string, Set<string>>): string[] {
  const ids = told.get(id)?.size ?? 0
  return ids === 1 ? [] : [`${key}: told of under ${ids} webhook ids`]
}

type Item = { name: string; review?: string; compared?: boolean }
type Answer = { status: string; counts: Record<string, number>; items: Item[] }

/** Whether all of a batch came to its result, and every form in it was found to be there twice. */
async function examineBatch(url: string, id: string, { key, uploads }: Batch, expected: Expected): Promise<string[]> {
  const faults: string[] = []
  const { status, counts, items } = await ask<Answer>(`${url}/v1/batches/${id}?limit=100`)
  const whole = counts.items === uploads.length && counts.done === uploads.length
  if (status !== 'done' || !whole) faults.push(`${key}: ${status}, ${JSON.stringify(counts)}`)
  for (const { name, sample } of uploads) {
    const own = items.filter((item) => item.name === name)
    const review = own[0]?.review && (await ask<Review>(`${url}/v1/reviews/${own[0].review}`))
    if (!review || own.length !== 1) faults.push(`${key}: ${own.length} of ${name}`)
    else if (outcomeOf(review, expected.across) !== expected.outcomes.get(sample))
      faults.push(`${key}: another result of ${name} (${sample}): ${review.status}`)
    else if (!isToldOf(review, uploads)) faults.push(`${key}: ${name} (${sample}) was not found to be there twice`)
  }
  return faults
}

/** A finding names one of the others: the twin in its batch, or a copy that was reviewed before. */
const isToldOf = ({ findings = [] }: Review, uploads: Upload[]): boolean =>
  findings.some(
    ({ rule, status, message }) =>
      rule === 'duplicate-declaration' &&
      status === 'fail' &&
      (/rev_/.test(message) || uploads.some(({ name }) => message.includes(name))),
  )

/** Milliseconds between the time that stands on an answer and its being stored for all to see. */
const COMMIT = 2000

/** Calls of the model for what was answered and stored already, and batches that were ended twice. The service must have stopped. */
export async function examineStored(settings: StorageSettings, asked: Asked[], batches: Taken['batches']) {
  const storage = await openStorage(settings, () => undefined)
  const { tables } = storage.database
  const rows = await storage.database.batch([
    tables.selectFrom('answer').select(['at', 'answer']),
    tables.selectFrom('audit').select('subject').where('action', '=', 'finished'),
  ])
  await storage.close()
  const ends = Map.groupBy(rows[1] ?? [], ({ subject }) => String(subject))
  const ended = [...batches].map(([id, { key }]) => ({ key, times: ends.get(id)?.length ?? 0 }))
  const stored = new Map<string, number>()
  for (const { at, answer } of rows[0] ?? []) {
    const call = asked[numberIn(String(answer)) ?? -1]
    if (call) stored.set(call.digest, Date.parse(String(at)))
  }
  const again = asked.filter(({ digest, at }) => at > (stored.get(digest) ?? Number.POSITIVE_INFINITY) + COMMIT)
  return {
    answers: stored.size,
    faults: [
      ...again.map(({ number }) => `the model was asked (${number}) for what was stored already`),
      ...ended.flatMap(({ key, times }) => (times === 1 ? [] : [`${key}: ended ${times} times`])),
    ],
  }
}
