import { expect, test } from 'vitest'
import { createReviewId, REVIEW_ID } from '../../src/review/ids.ts'

test('ids sort by time and do not repeat', () => {
  const times = [0, 1, 31, 32, 1_732_000_000_000, 1_732_000_000_001, 2 ** 47]
  const ids = times.map((time) => createReviewId(new Date(time)))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(Array.from({ length: 1000 }, () => createReviewId(new Date(0)))).size).toBe(1000)
  for (const id of ids) expect(id).toMatch(REVIEW_ID)
})
