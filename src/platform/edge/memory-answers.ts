import type { Answers } from '../../store/answers.ts'

/** A model's answers for as long as this isolate lives. */
export function createMemoryAnswers() {
  const kept = new Map<string, { reviewId: string; answer: string }>()
  const asked = new Map<string, { owner: string; until: number }>()
  const at = (tenant: string, key: string) => `${tenant} ${key}`
  const isHeld = (place: string, owner: string) => asked.get(place)?.owner === owner

  const answers: Answers = {
    get: async (tenant, key) => kept.get(at(tenant, key))?.answer ?? null,
    async claim({ tenant, key, owner }, leaseMs) {
      const place = at(tenant, key)
      const known = kept.get(place)
      if (known) return { answer: known.answer }
      // The request that asked may have been cut off.
      if ((asked.get(place)?.until ?? 0) > Date.now() && !isHeld(place, owner)) return 'taken'
      asked.set(place, { owner, until: Date.now() + leaseMs })
      return 'claimed'
    },
    async renew({ tenant, key, owner }, leaseMs) {
      const place = at(tenant, key)
      if (isHeld(place, owner)) asked.set(place, { owner, until: Date.now() + leaseMs })
    },
    async free({ tenant, key, owner }) {
      if (isHeld(at(tenant, key), owner)) asked.delete(at(tenant, key))
    },
    freeAll: async () => asked.clear(),
    async put(tenant, key, { reviewId, answer }) {
      const place = at(tenant, key)
      const stored = kept.get(place) ?? { reviewId, answer }
      kept.set(place, stored)
      asked.delete(place)
      return stored.answer
    },
  }
  return {
    answers,
    forgetThoseOf(review: string): void {
      for (const [place, { reviewId }] of kept) if (reviewId === review) kept.delete(place)
    },
  }
}
