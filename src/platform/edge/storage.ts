import { createStore } from '../../store/create-store.ts'
import { createDatabase } from '../../store/database.ts'
import type { Blobs, ReviewStore, Store } from '../../store/store.ts'
import { createD1Executor, type D1 } from './d1.ts'
import { createMemoryBlobs, createMemoryStore } from './memory-store.ts'
import { createR2Blobs, type R2 } from './r2-blobs.ts'

/** A row of D1 holds at most 2 MB. */
const LARGEST_STEP = 1_500_000

/** `lasting`: what else is kept where a database is bound. */
export type EdgeStorage = { store: ReviewStore; blobs: Blobs; lasting?: Store }

/** D1 and R2 where they are bound; else what is kept lasts as long as the isolate. */
export function openEdgeStorage({ DB, BLOBS }: { DB?: D1; BLOBS?: R2 }): EdgeStorage {
  const memory = createMemoryStore()
  if (!DB) return memory
  const store = createStore(createDatabase(createD1Executor(DB), 'sqlite'))
  return {
    store: { ...store, steps: withoutLargeOnes(store.steps) },
    blobs: BLOBS ? createR2Blobs(BLOBS) : createMemoryBlobs(),
    lasting: store,
  }
}

/** A large step is worked out again where the review is begun anew. */
function withoutLargeOnes(steps: Store['steps']): Store['steps'] {
  return {
    ...steps,
    put: async (lease, name, result, progress) =>
      new TextEncoder().encode(result).length > LARGEST_STEP ? result : steps.put(lease, name, result, progress),
  }
}
