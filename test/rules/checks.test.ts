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

describe.each([...checks.values()])('$file.rule', (check) => {
  const results = runExamples(check)
  test.runIf(results.length > 0).each(results)('$example.name: $example.expect', ({ finding, wrong }) => {
    expect(wrong, finding.message).toEqual([])
  })
})
