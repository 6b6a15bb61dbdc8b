import { expect, test } from 'vitest'
import { callerOf, createLimiter } from '../../src/access/limiter.ts'

function limiter(quota: number, window: number) {
  const clock = { now: 1_000_000 }
  return { clock, take: createLimiter({ quota, window }, () => clock.now) }
}

test('lets the whole quota through at once, then says when the next may come', () => {
  const { take } = limiter(3, 60)
  expect([take('a'), take('a'), take('a')].map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
    [true, 2],
    [true, 1],
    [true, 0],
  ])
  expect(take('a')).toMatchObject({ allowed: false, remaining: 0, retryAfter: 20, reset: 60 })
})

test('quota flows back evenly, and a refused request costs nothing', () => {
  const { take, clock } = limiter(3, 60)
  for (let count = 0; count < 9; count++) take('a')
  clock.now += 19
  expect(take('a')).toMatchObject({ allowed: false, retryAfter: 1 })
  clock.now += 1
  expect(take('a').allowed).toBe(true)
  expect(take('a').allowed).toBe(false)
  clock.now += 60
  expect(take('a').remaining).toBe(2)
})

test('counts every caller alone', () => {
  const { take } = limiter(1, 60)
  expect([take('a'), take('b'), take('a')].map(({ allowed }) => allowed)).toEqual([true, true, false])
})

test.each([1, 3, 7, 60, 6000])('a quota of %i a minute is exactly that, all at once and over an hour', (quota) => {
  const { take, clock } = limiter(quota, 60)
  let allowed = 0
  for (let count = 0; count < quota + 5; count++) if (take('a').allowed) allowed += 1
  expect(allowed).toBe(quota)
  for (let minute = 0; minute < 60; minute++) {
    clock.now += 60
    for (let count = 0; count < quota + 1; count++) if (take('a').allowed) allowed += 1
  }
  expect(allowed).toBe(61 * quota)
})

test('remembers no more callers than fit, however many come', () => {
  const { take } = limiter(1, 60)
  for (let caller = 0; caller < 20_001; caller++) take(`caller ${caller}`)
  expect(take('caller 20000').allowed).toBe(false)
  expect(take('caller 0').allowed).toBe(true)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['', ''],
])('%s counts as %s', (address, caller) => expect(callerOf(address)).toBe(caller))
