import { createAnswers } from './answers.ts'
import { createAudit } from './audit.ts'
import { createBatches } from './batches.ts'
import type { Database } from './database.ts'
import { createDecisions } from './decisions.ts'
import { createDeliveries } from './deliveries.ts'
import { createEndpoints } from './endpoints.ts'
import { createExpiry } from './expiry.ts'
import { createIdempotency } from './idempotency.ts'
import { createJobs } from './jobs.ts'
import { createKeys } from './keys.ts'
import { createReviews } from './reviews.ts'
import { createSteps } from './steps.ts'
import type { Store } from './store.ts'
import { createTraces } from './traces.ts'
import { createUploads } from './uploads.ts'

/** All parts over one database. */
export function createStore(database: Database): Store {
  const reviews = createReviews(database)
  const batches = createBatches(database)
  const { forget, ...traces } = createTraces(database)
  return {
    reviews: {
      ...reviews,
      async erase(id, ...how) {
        const erased = await reviews.erase(id, ...how)
        if (erased) forget([id])
        return erased
      },
    },
    steps: createSteps(database),
    answers: createAnswers(database),
    traces,
    audit: createAudit(database),
    uploads: createUploads(database),
    jobs: createJobs(database),
    keys: createKeys(database),
    decisions: createDecisions(database),
    expiry: createExpiry(database),
    batches: {
      ...batches,
      async erase(...asked) {
        const erased = await batches.erase(...asked)
        if (erased) forget(erased.reviews)
        return erased
      },
    },
    idempotency: createIdempotency(database),
    endpoints: createEndpoints(database),
    deliveries: createDeliveries(database),
    async ping() {
      await database.batch([database.tables.selectFrom('review').select('id').limit(1)])
    },
  }
}
