import { type Exact, exact, sum } from '../engine/exact.ts'

/** How a quota follows from what the unit held in the years before. */
export type QuotaRule = {
  /** Of a unit that never applied; 0: the notice names no number. */
  first: number
  /** This part of the yearly average; 0: the quota does not follow from it. */
  share: Exact
  /** Of a unit that applied and held none. */
  none: number
  /** `open`: how a broken number is rounded is not written. */
  rounding: string
}

/** The least and the most that a quota may be. */
export type Quota = { least: number; most: number }

/** The least and the most the quota may be; `null` where it is not known. */
export function quotaOf(held: number[] | undefined, { first, share, none, rounding }: QuotaRule): Quota | null {
  const only = (quota: number) => ({ least: quota, most: quota })
  if (share.equals(0)) return first === 0 ? null : only(first)
  if (!held) return null
  if (held.length === 0) return only(first)
  const average = sum(held.map(exact)).div(held.length)
  if (average.equals(0)) return only(none)
  const quota = average.mul(share)
  return { least: (rounding === 'open' ? quota.floor() : quota.ceil()).valueOf(), most: quota.ceil().valueOf() }
}
