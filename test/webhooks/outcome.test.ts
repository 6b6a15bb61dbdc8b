import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRetryAfter, WAITS, waitAfter } from '../../src/webhooks/backoff.ts'
import { judgeAnswer } from '../../src/webhooks/outcome.ts'

const now = new Date('2025-01-02T03:04:05Z')
const HOUR = 3_600_000

describe('waits', () => {
  test('grow, and cover a day', () => {
    expect(WAITS).toEqual(WAITS.toSorted((a, b) => a - b))
    const total = WAITS.reduce((sum, wait) => sum + wait, 0)
    expect(total).toBeGreaterThanOrEqual(24 * HOUR)
    expect(total).toBeLessThan(26 * HOUR)
  })

  test('spread by a fifth around the plan, and end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: WAITS.length }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, random) => {
          const plan = WAITS[n - 1] ?? 0
          const wait = waitAfter(n, random) ?? -1
          expect(wait).toBeGreaterThanOrEqual(plan * 0.8 - 1)
          expect(wait).toBeLessThanOrEqual(plan * 1.2 + 1)
        },
      ),
    )
    expect(waitAfter(1, 0)).not.toBe(waitAfter(1, 1))
    expect(waitAfter(WAITS.length + 1, 0.5)).toBeNull()
  })

  test('are as long as the receiver asks, but no more than six hours', () => {
    expect(waitAfter(1, 0.5, readRetryAfter('120', now))).toBe(120_000)
    expect(waitAfter(1, 0.5, readRetryAfter('Thu, 02 Jan 2025 04:04:05 GMT', now))).toBe(HOUR)
    expect(waitAfter(1, 0.5, readRetryAfter('999999999', now))).toBe(6 * HOUR)
    expect(waitAfter(1, 0.5, readRetryAfter('soon', now))).toBe(5000)
    expect(waitAfter(1, 0.5, readRetryAfter(undefined, now))).toBe(5000)
  })
})

describe('an answer', () => {
  const judge = (answer: Parameters<typeof judgeAnswer>[0], attempts = 1) => judgeAnswer(answer, attempts, now, 0.5)

  test.each([200, 202, 204])('%d is taken as received', (status) => {
    expect(judge({ status })).toEqual({ state: 'delivered', status })
  })

  test.each([301, 307, 400, 401, 404, 429, 500, 503])('%d is tried again', (status) => {
    expect(judge({ status })).toEqual({ state: 'waiting', wait: 5000, error: `http_${status}` })
  })

  test('none at all is tried again, until it has been enough', () => {
    expect(judge({ fault: 'timeout' }, 2)).toEqual({ state: 'waiting', wait: 60_000, error: 'timeout' })
    expect(judge({ fault: 'timeout' }, 10)).toEqual({ state: 'dead', error: 'timeout', gone: false })
    expect(judge({ status: 500 }, 10)).toEqual({ state: 'dead', error: 'http_500', gone: false })
  })

  test('410 ends the endpoint; a refused address ends the message', () => {
    expect(judge({ status: 410 })).toEqual({ state: 'dead', error: 'http_410', gone: true })
    expect(judge({ fault: 'address_not_public' })).toEqual({ state: 'dead', error: 'address_not_public', gone: false })
  })
})
