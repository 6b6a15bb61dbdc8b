import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimal, exact, percent, showShare } from '../../src/rules/engine/exact.ts'
import { type Item, Share } from '../../src/rules/engine/share.ts'
import { and, fail, not, type Outcome, or, pass, unknown } from '../../src/rules/outcome.ts'

const item = (place: Item['place'], weight: Item['weight'] = exact(1)): Item => ({
  label: 'x',
  weight,
  place,
  fields: ['teachers'],
})
const shareOf = (inside: number, outside: number, open: number) =>
  new Share([
    ...Array.from({ length: inside }, () => item('inside')),
    ...Array.from({ length: outside }, () => item('outside')),
    ...Array.from({ length: open }, () => item('open')),
  ])

describe('numbers are exact', () => {
  test('as written in decimal', () => {
    expect(exact(0.1).add(exact(0.2)).equals(exact(0.3))).toBe(true)
    expect(exact('30%').equals(exact('3/10'))).toBe(true)
    expect(exact(1e-7).toFraction()).toBe('1/10000000')
    expect(() => exact('一半')).toThrow(RangeError)
  })

  test('and printed as reviewers write them', () => {
    expect(decimal(exact('10/3'))).toBe('3.33')
    expect(decimal(exact('7.5'))).toBe('7.5')
    expect(decimal(exact(12))).toBe('12')
    expect(percent(exact('3/7'))).toBe('42.9%')
    expect(percent(exact('1/2'))).toBe('50.0%')
    expect(showShare(exact('2/3'))).toBe('2/3')
    expect(showShare(exact('1/2'))).toBe('50%')
  })
})

describe('a share with people not known', () => {
  const small = fc.nat({ max: 12 })

  test('fails exactly when no way of placing them reaches the bound, and passes exactly when every way does', () => {
    fc.assert(
      fc.property(
        small,
        small,
        small,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (inside, outside, open, n, d) => {
          fc.pre(inside + outside + open > 0 && n <= d)
          const total = inside + outside + open
          const reached = Array.from({ length: open + 1 }, (_, chosen) => (inside + chosen) * d >= n * total)
          const expected = reached.every(Boolean) ? 'pass' : reached.some(Boolean) ? 'unknown' : 'fail'
          expect(shareOf(inside, outside, open).atLeast(exact(`${n}/${d}`)).status).toBe(expected)
        },
      ),
    )
  })

  test('at most is the mirror of at least', () => {
    fc.assert(
      fc.property(
        small,
        small,
        small,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (inside, outside, open, n, d) => {
          fc.pre(inside + outside + open > 0 && n <= d)
          const bound = exact(`${n}/${d}`)
          const mirrored = shareOf(outside, inside, open).atLeast(exact(1).sub(bound))
          expect(shareOf(inside, outside, open).atMost(bound).status).toBe(mirrored.status)
        },
      ),
    )
  })

  test('the bound is in: two thirds of six is four', () => {
    expect(shareOf(4, 2, 0).atLeast(exact('2/3')).status).toBe('pass')
    expect(shareOf(3, 3, 0).atLeast(exact('2/3')).status).toBe('fail')
    expect(shareOf(3, 7, 0).atMost(exact('30%')).status).toBe('pass')
  })

  test('an item of unknown weight may outweigh all', () => {
    expect(new Share([item('inside'), item('outside', null)]).atLeast(exact('1/10')).status).toBe('unknown')
    expect(new Share([item('outside'), item('inside', null)]).atLeast(exact('9/10')).status).toBe('unknown')
  })

  test('nobody at all is not known', () => {
    expect(shareOf(0, 0, 0).atLeast(exact('1/2')).status).toBe('unknown')
  })

  test('the message can show the arithmetic', () => {
    expect(shareOf(3, 4, 0).atLeast(exact('1/2')).facts).toMatchObject({ share: '3/7 = 42.9%', bound: '50%' })
  })
})

describe('outcomes are three-valued', () => {
  const three: Outcome[] = [pass(), fail(), unknown('missing')]
  const rank = { fail: 0, unknown: 1, pass: 2 } as const

  test('and takes the worst, or the best', () => {
    for (const left of three) {
      for (const right of three) {
        const [low, high] = [left, right].sort((a, b) => rank[a.status] - rank[b.status])
        expect(and(left, right).status).toBe(low?.status)
        expect(or(left, right).status).toBe(high?.status)
        expect(not(and(left, right)).status).toBe(or(not(left), not(right)).status)
      }
    }
  })

  test('the facts of all stay printable, the fields of the decisive ones lead', () => {
    const outcome = and(pass({ a: 1 }, ['project.fee']), fail({ b: 2 }, ['project.hours']))
    expect(outcome).toMatchObject({ status: 'fail', facts: { a: 1, b: 2 }, fields: ['project.hours'] })
  })
})
