import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSamples, type Sample } from '../../src/evaluation/read-samples.ts'

const FOLDER = join(import.meta.dirname, '../../samples/documents')
let samples: Sample[]
beforeAll(async () => {
  samples = await readSamples(FOLDER)
})

describe('the committed samples', () => {
  it('cover the five families of forms and both splits', () => {
    expect(new Set(samples.map(({ truth }) => truth.family))).toEqual(
      new Set(['national', 'beijing', 'shanghai', 'wenzhou', 'hunan']),
    )
    expect(samples.filter(({ truth }) => truth.split === 'held-out').length).toBeGreaterThan(8)
  })

  it('have their files, each of them used once, in under 20 MB', () => {
    const listed = samples.flatMap(({ truth }) => truth.files).sort()
    const present = readdirSync(FOLDER).filter((name) => !name.endsWith('.truth.json'))
    expect(listed).toEqual(present.sort())
    const bytes = present.reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0)
    expect(bytes).toBeLessThan(20_000_000)
  })

  it('use ID numbers of no assigned division only', () => {
    const numbers = samples.flatMap(({ truth }) => truth.declaration.leader?.idNumber ?? [])
    expect(numbers.length).toBeGreaterThan(20)
    for (const number of numbers) expect(number).toMatch(/^990101/)
  })

  it('return a form exactly when a rule is violated', () => {
    for (const { truth, name } of samples) {
      const fails = Object.values(truth.findings).filter((status) => status === 'fail')
      expect(truth.verdict !== undefined, name).toBe(fails.length > 0)
    }
  })
})
