import { describe, expect, test } from 'vitest'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'

const packs = [...loadPacks(packSourceFromFolder('rules')).packs.values()]

describe.each(packs)('the ledger of $id', ({ ledger, rules }) => {
  test('numbers its clauses without a gap', () => {
    const numbers = ledger.map(({ id }) => Number(/-(\d+)$/.exec(id)?.[1])).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  test('gives every clause its place in the notice, its class and its strength', () => {
    const bare = ledger.filter(
      (line) => !line.source || !line.class?.length || !/^(must|soft|none)$/.test(line.strength ?? ''),
    )
    expect(bare.map(({ id }) => id)).toEqual([])
  })

  test('says of every hard clause that a form can show which rule checks it', () => {
    const open = ledger.filter(
      ({ strength, class: classes, checkedBy, process }) =>
        strength === 'must' && classes?.includes('form') && !checkedBy?.length && !process,
    )
    expect(open.map(({ id }) => id)).toEqual([])
  })

  test('lets no soft clause, and no rule without a clause, return a form', () => {
    const harsh = rules.filter(
      ({ severity, clauses }) => severity === 'error' && clauses.every(({ strength }) => strength === 'soft'),
    )
    expect(harsh.map(({ check }) => check.file.rule)).toEqual([])
  })
})
