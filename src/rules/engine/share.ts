import Fraction from 'fraction.js'
import type { Cause } from '../finding.ts'
import { fail, type Outcome, pass, unknown } from '../outcome.ts'
import { remember } from '../remember.ts'
import { decimal, type Exact, exact, ONE, percent, showShare, sum, ZERO } from './exact.ts'

/**
 * One person, row or employer in a share. `weight` is 1 for heads, hours for hours, `null` where it is not known.
 * `place`: certainly inside, certainly outside, or not known. `fields` show it on the form.
 */
export type Item = {
  label: string
  weight: Exact | null
  place: 'inside' | 'outside' | 'open'
  /** With `open`: why. */
  why?: Cause
  /** May be another item once more, and then does not count: why. */
  twin?: Cause
  fields: string[]
}

type Weights = Record<Item['place'], Exact>

function countHeads(items: Item[]): Weights {
  const heads = { inside: 0, outside: 0, open: 0 }
  for (const { place } of items) heads[place]++
  return { inside: exact(heads.inside), outside: exact(heads.outside), open: exact(heads.open) }
}

function addWeights(items: Item[]): Weights {
  const weightAt = (place: Item['place']) =>
    sum(items.filter((item) => item.place === place).map((item) => item.weight ?? ZERO))
  return { inside: weightAt('inside'), outside: weightAt('outside'), open: weightAt('open') }
}

/** Heads and half hours: the same few shares on every form. */
const ratioOf = remember(1000, (key: string) => new Fraction(key))

const ratio = (part: Exact, whole: Exact): Exact =>
  whole.equals(ZERO) ? ZERO : ratioOf(`${part.n * whole.d}/${part.d * whole.n}`)

const labels = (items: Item[]): string => items.map((item) => item.label).join('、')

/** A share as an interval over what is certainly inside, certainly outside and not known (contract §2). */
export class Share {
  readonly items: Item[]
  /** Further facts for the message. */
  readonly also: Record<string, string | number>
  private readonly weights: Weights
  /** Everything is known: the share is no interval. */
  private readonly isSettled: boolean

  constructor(items: Item[], also: Record<string, string | number> = {}) {
    this.items = items
    this.also = also
    this.weights = items.every(({ weight }) => weight === ONE) ? countHeads(items) : addWeights(items)
    const isKnown = items.every(({ place, weight, twin }) => place !== 'open' && weight !== null && !twin)
    this.isSettled = isKnown && !this.total.equals(ZERO)
  }

  private get total(): Exact {
    return this.weigh('inside', 'outside', 'open')
  }

  weigh(...places: Item['place'][]): Exact {
    return sum(places.map((place) => this.weights[place]))
  }

  private hasUnknownWeight(...places: Item['place'][]): boolean {
    return this.items.some((item) => item.weight === null && places.includes(item.place))
  }

  /** The share when everything open is outside; an item of unknown weight outside may outweigh all. */
  get least(): Exact {
    const { total } = this
    if (this.isSettled) return ratio(this.weights.inside, total)
    if (this.hasUnknownWeight('outside', 'open') || total.equals(ZERO)) return ZERO
    const twins = this.weighTwins('inside')
    return total.equals(twins) ? ZERO : this.weigh('inside').sub(twins).div(total.sub(twins))
  }

  /** The share when everything open is inside. */
  get most(): Exact {
    const { total } = this
    if (this.isSettled) return ratio(this.weights.inside, total)
    if (this.hasUnknownWeight('inside', 'open') || total.equals(ZERO)) return ZERO.add(1)
    const twins = this.weighTwins('outside')
    return total.equals(twins) ? ZERO.add(1) : this.weigh('inside', 'open').div(total.sub(twins))
  }

  private weighTwins(place: Item['place']): Exact {
    return sum(this.items.filter((item) => item.twin && item.place === place).map((item) => item.weight ?? ZERO))
  }

  private get why(): Cause {
    const open = this.items.find((item) => item.place === 'open')
    return open?.why ?? this.items.find((item) => item.twin)?.twin ?? 'missing'
  }

  /** The arithmetic as a message shows it: `3/7 = 42.9%`. */
  get told(): string {
    const { inside } = this.weights
    return `${decimal(inside)}/${decimal(this.total)} = ${percent(ratio(inside, this.total))}`
  }

  facts(bound: Exact): Record<string, string | number> {
    const { total, isSettled } = this
    const { inside, outside } = this.weights
    const open = isSettled
      ? []
      : this.items.filter(({ place, weight, twin }) => place === 'open' || weight === null || twin)
    const [insideText, totalText] = [decimal(inside), decimal(total)]
    const ratioText = percent(ratio(inside, total))
    return {
      inside: insideText,
      outside: decimal(outside),
      total: totalText,
      percent: ratioText,
      share: `${insideText}/${totalText} = ${ratioText}`,
      least: isSettled ? ratioText : percent(this.least),
      most: isSettled ? ratioText : percent(this.most),
      bound: showShare(bound),
      open: open.length,
      openNames: labels(open),
      insideNames: labels(this.items.filter((item) => item.place === 'inside')),
      outsideNames: labels(this.items.filter((item) => item.place === 'outside')),
      ...this.also,
    }
  }

  private fieldsOf(...places: Item['place'][]): string[] {
    const ranked = places.flatMap((place) => this.items.filter((item) => item.place === place))
    return [...new Set(ranked.flatMap((item) => item.fields))]
  }

  /** 不低于: fails only when the best case fails, passes only when the worst case passes; the bound is in. */
  atLeast(bound: Exact): Outcome {
    if (this.items.length === 0) return unknown('missing', this.facts(bound), ['teachers'])
    if (this.most.lt(bound)) return fail(this.facts(bound), this.fieldsOf('outside', 'inside'), { confidence: 1 })
    if (this.least.gte(bound)) return pass(this.facts(bound), this.fieldsOf('inside', 'outside'), { confidence: 1 })
    return unknown(this.why, this.facts(bound), this.fieldsOf('open', 'outside', 'inside'))
  }

  /** 不低于 a bound that the notice's copy shows badly: it may also be `lower` (0: it may not). Certainly between the two, only the notice can tell. */
  atLeastEither(bound: Exact, lower: Exact): Outcome {
    if (lower.equals(ZERO)) return this.atLeast(bound)
    const [strict, lenient] = [this.atLeast(bound), this.atLeast(lower)]
    const facts = { ...strict.facts, lower: showShare(lower) }
    if (lenient.status === 'fail') return { ...lenient, facts, variant: 'either' }
    if (strict.status !== 'fail') return strict
    if (lenient.status === 'unknown') return lenient
    return unknown('context', facts, this.fieldsOf('outside', 'inside'), { variant: 'either' })
  }

  /** 不超过: the mirror of `atLeast`. */
  atMost(bound: Exact): Outcome {
    if (this.items.length === 0) return unknown('missing', this.facts(bound), ['teachers'])
    if (this.least.gt(bound)) return fail(this.facts(bound), this.fieldsOf('inside', 'outside'), { confidence: 1 })
    if (this.most.lte(bound)) return pass(this.facts(bound), this.fieldsOf('inside', 'outside'), { confidence: 1 })
    return unknown(this.why, this.facts(bound), this.fieldsOf('open', 'inside', 'outside'))
  }
}
