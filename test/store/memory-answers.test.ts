import { describe } from 'vitest'
import { createMemoryStore } from '../../src/platform/edge/memory-store.ts'
import { describeAsking } from './contract/answers.ts'

describe('without a database', () => {
  describeAsking(async () => ({ answers: createMemoryStore().store.answers, close: async () => {} }))
})
