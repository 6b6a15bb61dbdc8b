import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Blobs } from '../../src/store/store.ts'
import { describeAsking } from './contract/answers.ts'
import { describeBatches } from './contract/batches.ts'
import { describeDeliveries } from './contract/deliveries.ts'
import { describeIdempotency } from './contract/idempotency.ts'
import { describeJobs } from './contract/jobs.ts'
import { describeWhatIsKept } from './contract/kept.ts'
import type { OpenStore, OpenStoreWithBlobs } from './contract/made.ts'
import { describePeople } from './contract/people.ts'
import { describeReviews } from './contract/reviews.ts'

/** What every store must do, whatever it is made of. */
export function describeStore(name: string, openStore: OpenStore): void {
  describe(name, () => {
    describeReviews(openStore)
    describeWhatIsKept(openStore)
    describeAsking(async () => {
      const { store, close } = await openStore()
      return { answers: store.answers, close }
    })
    describeJobs(openStore)
    describePeople(openStore)
    describeIdempotency(openStore)
    describeDeliveries(openStore)
    describeBatches(openStore)
  })
}

export function describeBlobs(name: string, open: OpenStoreWithBlobs): void {
  describe(name, () => {
    let blobs: Blobs
    let close: () => Promise<void>
    beforeEach(async () => {
      ;({ blobs, close } = await open())
    })
    afterEach(() => close())

    test('are found by what they hold', async () => {
      const bytes = new TextEncoder().encode('%PDF-1.7 申报书')
      const sha256 = await blobs.put(bytes)
      expect(sha256).toBe(await sha256Of(bytes))
      expect(await blobs.put(bytes)).toBe(sha256)
      expect(await blobs.get(sha256)).toEqual(bytes)
      expect(await blobs.has(sha256)).toBe(true)
      expect(await Array.fromAsync(blobs.list())).toEqual([sha256])
      await blobs.delete(sha256)
      await blobs.delete(sha256)
      expect(await blobs.get(sha256)).toBeNull()
      expect(await blobs.has(sha256)).toBe(false)
      expect(await blobs.get('../../etc/passwd')).toBeNull()
    })
  })
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
}
