import { describe, expect, test } from 'vitest'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { compareReviews } from '../../src/review/compare.ts'
import { renderComparison } from '../../src/review/report/comparison.ts'
import { parseReviewRequest } from '../../src/review/request.ts'
import { createReviewer } from '../../src/review/reviewer.ts'
import type { Review } from '../../src/review/schema.ts'
import { hashPack } from '../../src/rules/engine/hash.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import { packOf } from '../rules/small-pack.ts'
import { compliant, noReader } from './service-under-test.ts'

const OWN = packSourceFromFolder('test/review/rules')
const STRICT = `id: strict-2026
version: 2.0.0
extends: try-2025
title: { zh-CN: 从严, en: Stricter }
notice: { number: 院〔2026〕1号, title: 院内通知, issuer: 某医院 }
validity: { from: "2026-01-01", until: "2026-12-31" }
rules:
  - { rule: enrollment-cap, params: { most: 100 } }
drop:
  - { rule: unit-quota, reason: 院内不限 }
`
const packsWith = (strict = STRICT) => loadPacks(new Map([...OWN, ['rules/packs/strict-2026/pack.yaml', strict]]))

async function review(options: object, declaration: object = compliant): Promise<Review> {
  const clock = () => new Date('2026-02-01T08:00:00Z')
  const reviewer = createReviewer({ packs: packsWith(), reader: noReader, clock, log: () => {} })
  const run = { id: 'rev_01', createdAt: '2026-02-01T07:59:00.000Z' }
  return reviewer.review({ ...parseReviewRequest({ declaration, ...options }), files: [] }, run)
}

describe('one form under two packs', () => {
  test('tells the verdicts and every rule that is decided otherwise', async () => {
    const comparison = compareReviews(await review({ pack: 'try-2025' }), await review({ pack: 'strict-2026' }))
    expect(comparison.before).toMatchObject({ verdict: 'pass', pack: { id: 'try-2025' } })
    expect(comparison.after.pack?.id).toBe('strict-2026')
    const told = comparison.changes.map(({ rule, before, after }) => [rule, before?.status, after?.status])
    expect(told).toEqual([
      ['enrollment-cap', 'pass', 'fail'],
      ['unit-quota', 'unknown', undefined],
    ])
    expect(comparison.same).toBe(2)
  })

  test('of one pack nothing differs', async () => {
    const one = await review({ pack: 'try-2025' })
    expect(compareReviews(one, one)).toMatchObject({ changes: [], same: 4 })
  })

  test('prints both sides of a change', async () => {
    const comparison = compareReviews(await review({ pack: 'try-2025' }), await review({ pack: 'strict-2026' }))
    const text = renderComparison(comparison)
    expect(text).toMatch(/^甲 {2}try-2025 1\.2\.3 .*：形式审查通过\n乙 {2}strict-2026 2\.0\.0 /)
    expect(text).toMatch(/enrollment-cap\n {4}甲 {2}通过.*\n {4}乙 {2}警告/)
    expect(text).toContain('乙  没有这条规则')
  })
})

describe('which rules a review was made by', () => {
  test('a review names the hash of its pack', async () => {
    const { pack } = await review({ pack: 'try-2025' })
    expect(pack).toEqual({ id: 'try-2025', version: '1.2.3', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  test('the hash changes with a parameter, a check and the pack that is extended, and with nothing else', async () => {
    const hashOf = (files: Map<string, string>) => hashPack(packOf(loadPacks(files), 'strict-2026'))
    const files = new Map([...OWN, ['rules/packs/strict-2026/pack.yaml', STRICT]])
    const edited = (path: string, from: string, to: string) =>
      new Map([...files].map(([name, text]) => [name, name.endsWith(path) ? text.replace(from, to) : text]))
    const hash = await hashOf(files)
    expect(await hashOf(new Map(files))).toBe(hash)
    expect(await hashOf(new Map([...files].map(([name, text]) => [name, text.replaceAll('\n', '\r\n')])))).toBe(hash)
    const others = await Promise.all([
      hashOf(edited('strict-2026/pack.yaml', 'most: 100', 'most: 99')),
      hashOf(edited('try-2025/pack.yaml', '试用办公室', '试用办')),
      hashOf(edited('try-2025/ledger.yaml', 'clauses:', '# read again\nclauses:')),
      hashOf(edited('checks/leader-employed.yaml', 'rule:', '# read again\nrule:')),
    ])
    expect(new Set([hash, ...others]).size).toBe(5)
  })
})

describe('the rules of a day', () => {
  test('a form is recognised only as one of a pack in force on that day', async () => {
    expect((await review({ asOf: '2025-03-01' })).pack?.id).toBe('try-2025')
    const early = await review({ asOf: '2024-12-31' })
    expect(early.problem?.code).toBe('unknown_pack')
    expect(early.problem?.detail).toContain('2025-01-01')
  })

  test('a pack that is asked for reviews, and the report says that it was not in force', async () => {
    const inForce = await review({ pack: 'strict-2026', asOf: '2026-12-31' })
    expect(inForce.notes?.join()).not.toContain('strict-2026')
    const late = await review({ pack: 'strict-2026', asOf: '2027-01-01' })
    expect(late.notes?.join()).toContain('strict-2026 适用于 2026-01-01 至 2026-12-31，不含指定的 2027-01-01')
  })
})
