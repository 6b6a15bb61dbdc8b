import { describe, expect, test } from 'vitest'
import { packSourceFromFolder } from '../../src/platform/node/pack-source.ts'
import { runExamples } from '../../src/rules/engine/examples.ts'
import { loadChecks } from '../../src/rules/engine/load.ts'
import { type Fault, PackError } from '../../src/rules/engine/yaml.ts'

const faults: Fault[] = []
const checks = loadChecks(packSourceFromFolder('rules'), faults)

test('every check file loads', () => {
  expect(faults.length === 0 ? '' : new PackError(faults).message).toBe('')
  expect(checks.size).toBeGreaterThan(0)
})

const withExamples = [...checks.values()].filter(({ file }) => file.examples.length > 0)

describe.each(withExamples)('$file.rule', (check) => {
  test.each(runExamples(check))('$example.name: $example.expect', ({ finding, wrong }) => {
    expect(wrong, finding.message).toEqual([])
  })
})
