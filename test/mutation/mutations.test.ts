import { describe, expect, test } from 'vitest'
import { misquotes } from './notices.ts'
import { runMutations } from './run.ts'
import { faultsOf, idleReasons, untried } from './tables.ts'

describe('one fact of a compliant form falsified at a time', () => {
  const run = runMutations()

  test('the bounds beyond which mutations lie are those of the notices', () => {
    expect(misquotes(run.packs)).toEqual([])
  })

  test('before any mutation no rule has anything to say', () => {
    expect(run.unclean).toEqual([])
  })

  test('the rule that must answer does, and no other without a reason', () => {
    expect(run.trials.length).toBeGreaterThan(6500)
    expect(faultsOf(run)).toEqual([])
  })

  test('no rule answers a change that leaves the form as compliant as it was', () => {
    expect(run.alarms).toEqual([])
  })

  test('every rule of every pack is tried, or says why it cannot be', () => {
    expect(untried(run)).toEqual([])
  })

  test('no reason for a second answer outlives its use', () => {
    expect(idleReasons(run)).toEqual([])
  })
})
