import { expect, test } from 'vitest'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { evaluatePack } from '../../src/rules/engine/evaluate.ts'
import { loadPacks } from '../../src/rules/engine/load.ts'
import { packOf } from './small-pack.ts'

const pack = packOf(loadPacks(packSourceFromFolder('rules')), 'beijing-2025-municipal')

test('credits over the remote cap are one error, and the suggestion names the cap', () => {
  const project = { hours: 12, credits: 4, delivery: 'remote' as const }
  const failed = evaluatePack(pack, { declaration: { project } }).filter(
    ({ status, rule }) => status === 'fail' && rule.startsWith('credits-'),
  )
  expect(failed.map(({ rule }) => rule)).toEqual(['credits-cap'])
  expect(failed[0]?.suggestion).toContain('将学分调整到 3 学分以内')
})

test('every clause of the pack tells its place in the notice', () => {
  for (const { id, source } of pack.ledger)
    expect(source, id).toMatch(/^《申报具体要求》第[一二三]部分(?:“.+”|所附《.+》)/)
})
