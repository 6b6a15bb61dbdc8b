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
  return {
    reviews: createReviews(database),
    steps: createSteps(database),
    answers: createAnswers(database),
    traces: createTraces(database),
    audit: createAudit(database),
    uploads: createUploads(database),
    jobs: createJobs(database),
    keys: createKeys(database),
    decisions: createDecisions(database),
    expiry: createExpiry(database),
    batches: createBatches(database),
    idempotency: createIdempotency(database),
    endpoints: createEndpoints(database),
    deliveries: createDeliveries(database),
    async ping() {
      await database.batch([database.tables.selectFrom('review').select('id').limit(1)])
    },
  }
}
